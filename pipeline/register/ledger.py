"""The text of ``data/curation/corrections.csv`` -> its rows, each sound or with the fault it has."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import cast

from pipeline.core.errors import InputError
from pipeline.core.records import EntityType
from pipeline.core.text import fold

COLUMNS = ("action", "type", "target", "value", "reason", "who", "when")
NEEDS_VALUE = {
    "merge": True,
    "rename": True,
    "relabel": True,
    "set_role": False,
    "reject": False,
    "private": False,
}
TYPES: dict[str, EntityType] = {
    "person": "person",
    "place": "place", "ort": "place",
    "organisation": "organisation", "organization": "organisation",
    "initiative": "initiative",
}  # fmt: skip
_ALLOWED = "person, place, organisation, initiative"
PERSON_ONLY = frozenset({"set_role", "private"})


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
    """The bytes of a ledger -> its rows in order. Reads commas, semicolons and tabs, UTF-8 and Windows-1252.

    Raises InputError with the line where the file as a whole cannot be read.
    """
    text = _decode(data, place)
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(header, place)
        return [_row(header, cells, reader.line_num) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise InputError(f"{place}: line {reader.line_num}: is not CSV: {error}") from None


def _decode(data: bytes, place: str) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            continue
        if "\0" not in text:
            return text
        line = text[: text.index("\0")].count("\n") + 1
    raise InputError(f"{place}: line {line}: is not text; save the table as CSV (UTF-8)")


def _check_header(header: list[str], place: str) -> None:
    if missing := [name for name in COLUMNS[:4] if name not in header]:
        raise InputError(
            f"{place}: line 1: column {missing[0]} is missing; the header must be {','.join(COLUMNS)}"
        )


def _row(header: list[str], cells: list[str], line: int) -> Correction | Faulty:
    row = dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=False))
    action, target, value = row.get("action", "").lower(), row.get("target", ""), row.get("value", "")
    kind = TYPES.get(fold(row.get("type", "")))
    if fault := _fault(action, row.get("type", ""), target, value):
        return Faulty(line, action, target, f"Zeile {line}: {fault}")
    if len(cells) > len(header):
        return Faulty(line, action, target, f"Zeile {line}: Die Zeile hat mehr Spalten als die Kopfzeile.")
    return Correction(line, action, cast("EntityType", kind), target, value)


def _fault(action: str, kind: str, target: str, value: str) -> str | None:
    known = {action: False, **NEEDS_VALUE}
    faults = {
        f"Die Aktion „{action}“ gibt es nicht. Erlaubt sind {', '.join(NEEDS_VALUE)}.": action not in NEEDS_VALUE,
        f"Die Art „{kind}“ gibt es nicht. Erlaubt sind {_ALLOWED}.": fold(kind) not in TYPES,
        "Die Spalte target ist leer; hier steht der Name, um den es geht.": not target,
        f"Die Spalte value ist leer; {action} braucht sie.": known[action] and not value,
        f"relabel braucht in value eine Art ({_ALLOWED}).": action == "relabel" and fold(value) not in TYPES,
        f"{action} gilt nur für Personen.": action in PERSON_ONLY and TYPES.get(fold(kind)) != "person",
    }
    return next((message for message, true in faults.items() if true), None)
