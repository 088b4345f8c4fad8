"""Corrections of a workbook and the bytes of the ledger -> the bytes to be appended, each correction once.

No byte of the ledger is changed. What is appended has its form: encoding, separator, order of columns, line ends.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.core.errors import InputError
from pipeline.core.text import fold
from pipeline.register import authority
from pipeline.register.ledger import COLUMNS, HEADS, SEPARATOR, TYPES, Correction, Faulty, parse
from pipeline.register.workbook_rows import Fault, Filled

_HEADER = ",".join(COLUMNS) + "\n"
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FATES = frozenset({"merge", "relabel", "reject"})
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a workbook: bytes to append, how many rows are new and known, what is wrong with others."""

    data: bytes
    new: int
    known: int
    faults: tuple[Fault, ...]


def take(ledger: bytes, found: Iterable[Filled | Fault], place: str) -> Taken:
    """The ledger as it is and the rows of a workbook -> what is to be appended."""
    decided = _decided(parse(ledger or _HEADER.encode(), place))
    here: dict[Key, Filled] = {}
    new: list[Filled] = []
    faults: list[Fault] = []
    known = 0
    for row in found:
        if isinstance(row, Fault):
            faults.append(row)
            continue
        key, content = _key(row), _content(row)
        if (before := here.get(key)) and _content(before) != content:
            faults.append(Fault(row.place, f"Widerspricht {before.place}; es kann nur eines gelten."))
        elif before or decided.get(key) == content:
            known += 1
        else:
            new.append(row)
        here.setdefault(key, row)
    return Taken(_appended(ledger, new, place), len(new), known, tuple(faults))


def _decided(rows: Sequence[Correction | Faulty]) -> dict[Key, str]:
    """What the ledger says last about each thing it decides."""
    return {_key(row): _content(row) for row in rows if isinstance(row, Correction)}


def _key(row: Correction | Filled) -> Key:
    """What a row decides: an entry's fate, name, office or identifier; each part that is split off by itself."""
    slot = row.action
    if row.action in _FATES:
        slot = "fate"
    elif row.action == "split":
        slot = f"split {fold(row.value)}"
    elif row.action == "set_authority":
        slot = f"authority {(authority.read_id(row.value) or ('',))[0]}"
    return row.type, fold(row.target), slot


def _content(row: Correction | Filled) -> str:
    value = TYPES[fold(row.value)] if row.action == "relabel" else row.value
    return f"{row.action} {'' if row.action in {'reject', 'private'} else value}"


@dataclass(frozen=True, slots=True)
class _Form:
    """How a ledger is written."""

    encoding: str
    separator: str
    columns: tuple[str, ...]
    line_end: str


def _appended(ledger: bytes, rows: Sequence[Filled], place: str) -> bytes:
    if not rows:
        return b""
    head = b"" if ledger.strip() else _HEADER.encode()
    form = _form(ledger or head)
    out = io.StringIO()
    if ledger and not ledger.rstrip(b"\0").endswith((b"\n", b"\r")):
        out.write(form.line_end)
    writer = csv.writer(out, delimiter=form.separator, lineterminator=form.line_end)
    writer.writerows([getattr(row, name) if name else "" for name in form.columns] for row in rows)
    try:
        return head + out.getvalue().encode(form.encoding)
    except UnicodeEncodeError as error:
        raise InputError(
            f"{place}: Das Zeichen „{error.object[error.start]}“ gibt es in der Kodierung dieser Datei "
            f"({form.encoding}) nicht; speichern Sie sie als „CSV UTF-8“"
        ) from None


def _form(ledger: bytes) -> _Form:
    """A ledger that can be read -> its form."""
    encoding = next((name for mark, name in _MARKS.items() if ledger.startswith(mark)), "")
    if not encoding:
        encoding = "utf-8" if _is_utf8(ledger) else "cp1252"
    text = ledger.decode(encoding).lstrip("\ufeff")
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    lines = [line for line in text.splitlines() if line.strip()]
    chosen = SEPARATOR.fullmatch(lines[0].strip())
    head = lines[1] if chosen else lines[0]
    separator = chosen[1] if chosen else max(",;\t", key=head.count)
    titles = next(csv.reader([head], delimiter=separator))
    return _Form(encoding, separator, tuple(_column(title) for title in titles), line_end)


def _column(title: str) -> str:
    name = HEADS.get(fold(title), fold(title))
    return name if name in COLUMNS else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
