"""The bytes of ``data/curation/corrections.csv`` -> its rows, each sound or with the fault it has.

Reads what spreadsheets save: commas, semicolons and tabs, UTF-8 with and without mark, UTF-16 and Windows-1252,
every line end, quoted cells, Excel's line ``sep=;``, empty columns at the end, German words (``ledger.toml``).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from pipeline.core.errors import InputError
from pipeline.core.records import EntityType
from pipeline.core.text import fold
from pipeline.register import authority

COLUMNS = ("action", "type", "target", "value", "reason", "who", "when")
NEEDS_VALUE = frozenset({"split", "merge", "rename", "relabel"})
PERSON_ONLY = frozenset({"set_role", "private"})
_TABLE = tomllib.loads(files(__package__).joinpath("ledger.toml").read_text(encoding="utf-8"))
_ALLOWED = ", ".join(_TABLE["types"])
SEPARATOR = re.compile(r'"?sep=(.)"?[;,\t]*')


def _words(section: str) -> dict[str, str]:
    return {fold(word): meant for meant, words in _TABLE[section].items() for word in words}


HEADS, ACTIONS = _words("columns"), _words("actions")
TYPES = cast("dict[str, EntityType]", _words("types"))


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the ledger."""

    line: int
    action: str
    type: EntityType
    target: str
    value: str


@dataclass(frozen=True, slots=True)
class Faulty:
    """One line of the ledger that nobody could carry out, and why, in German."""

    line: int
    action: str
    target: str
    message_de: str


def parse(data: bytes, place: str) -> list[Correction | Faulty]:
    """The bytes of a ledger -> its rows in order.

    Raises InputError with the line where the file as a whole cannot be read.
    """
    rows = _cells(_decode(data, place), place)
    line, head = next(rows, (1, []))
    header = [HEADS.get(fold(cell), fold(cell)) for cell in head]
    _check_header(header, f"{place}: line {line}")
    return [_row(header, cells, line) for line, cells in rows]


def _decode(data: bytes, place: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            continue
        if "\0" not in text:
            return text
        line = text[: text.index("\0")].count("\n") + 1
    raise InputError(f"{place}: line {line}: is not text; save the table as CSV (UTF-8)")


def _cells(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    """The text -> (line on which a row begins, its cells) of every row that is not empty."""
    text = re.sub(r"\r\n?", "\n", text)
    first = text.partition("\n")[0]
    if chosen := SEPARATOR.fullmatch(first.strip()):
        # the line stays, empty, so that all others keep their numbers
        text, delimiter = text[len(first) :], chosen[1]
    else:
        head = text.lstrip("\n").partition("\n")[0]
        delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, [" ".join(cell.split()) for cell in cells]
            begin = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{place}: line {begin}: is not CSV: {error}; close the quotation mark that this row opens"
        ) from None


def _check_header(header: list[str], place: str) -> None:
    wanted = f"the header must be {','.join(COLUMNS)}"
    if missing := [name for name in COLUMNS[:4] if name not in header]:
        raise InputError(f"{place}: column {missing[0]} is missing; {wanted}")
    if twice := [name for name in COLUMNS if header.count(name) > 1]:
        raise InputError(f"{place}: column {twice[0]} stands twice; {wanted}")


def _row(header: list[str], cells: list[str], line: int) -> Correction | Faulty:
    row = dict(zip(header, cells, strict=False))
    said, target, value = row.get("action", ""), row.get("target", ""), row.get("value", "")
    action = ACTIONS.get(fold(said), said.lower())
    fault = _fault(action, row.get("type", ""), target, value)
    if not fault and any(cells[len(header) :]):
        fault = "Die Zeile hat mehr Spalten als die Kopfzeile."
    if fault:
        return Faulty(line, action, target, f"Zeile {line}: {fault}")
    return Correction(line, action, TYPES[fold(row["type"])], target, value)


def _fault(action: str, kind: str, target: str, value: str) -> str | None:
    meant = TYPES.get(fold(kind))
    faults = {
        f"Die Aktion „{action}“ gibt es nicht. Erlaubt sind {', '.join(_TABLE['actions'])}.": (
            action not in _TABLE["actions"]
        ),
        f"Die Art „{kind}“ gibt es nicht. Erlaubt sind {_ALLOWED}.": meant is None,
        "Die Spalte target ist leer; hier steht der Name, um den es geht.": not target,
        f"Die Spalte value ist leer; {action} braucht sie.": action in NEEDS_VALUE and not value,
        f"relabel braucht in value eine Art ({_ALLOWED}).": action == "relabel" and fold(value) not in TYPES,
        f"{action} gilt nur für Personen.": action in PERSON_ONLY and meant != "person",
        authority.FORMS_DE: action == "set_authority" and not authority.acceptable(value, meant),
    }
    return next((message for message, true in faults.items() if true), None)
