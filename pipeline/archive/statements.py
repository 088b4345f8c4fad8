"""data/curation/statements.csv -> what somebody has to say against or about a release (Gegendarstellung).

Columns ``release,kind,date,author,text``; ``release`` is a release_id, an identifier or the path of the raw file.
The German heads ``Mitteilung;Art;Datum;Verfasser;Text`` are understood too.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.archive import rows
from pipeline.archive.description import Statement
from pipeline.core import tables as t
from pipeline.core.errors import InputError

FILE = Path("data/curation/statements.csv")
KINDS = ("Gegendarstellung", "Berichtigung", "Widerruf", "Stellungnahme")
_COLUMNS = ("release", "kind", "date", "author", "text")
_GERMAN = dict(zip(("mitteilung", "art", "datum", "verfasser", "text"), _COLUMNS, strict=True))
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def load(prefix: str) -> Mapping[str, list[Statement]]:
    """The file of the project -> statements by release_id."""
    return read(FILE.read_bytes(), rows.light(t.RELEASES, "release_id", "source_path"), prefix)


def read(content: bytes, releases: Iterable[tuple[Any, ...]], prefix: str) -> Mapping[str, list[Statement]]:
    """The file's bytes and (release_id, source path) of the corpus -> statements by release_id.

    Raises InputError with the line for what cannot be attached: a counter-statement must not get lost silently.
    """
    found: dict[str, list[Statement]] = defaultdict(list)
    listed = list(_rows(content))
    known = _known({row["release"] for _, row in listed}, releases, prefix)
    for line, row in listed:
        if row["release"] not in known:
            raise InputError(
                f"{FILE}, line {line}: no release {row['release']!r}; give its id or its path below data/raw"
            )
        found[known[row["release"]]].append(_statement(line, row))
    return found


def _known(wanted: set[str], releases: Iterable[tuple[Any, ...]], prefix: str) -> dict[str, str]:
    """What releases are called in the file -> their ids; the corpus is not even read for an empty file."""
    named = ((key, i) for i, path in releases for key in (i, f"{prefix}{i}", path)) if wanted else ()
    return {key: i for key, i in named if key in wanted}


def _statement(line: int, row: Mapping[str, str]) -> Statement:
    if row["kind"] not in KINDS:
        raise InputError(f"{FILE}, line {line}: kind {row['kind']!r}; known are {', '.join(KINDS)}")
    if not _DATE.fullmatch(row["date"]):
        raise InputError(f"{FILE}, line {line}: date {row['date']!r}; write it as 2024-05-03")
    if not row["text"]:
        raise InputError(f"{FILE}, line {line}: the text is missing")
    return Statement(row["kind"], row["date"], row["author"], row["text"])


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of every row that is not empty; the head tells comma, semicolon and tab apart."""
    text = _decode(content)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [_GERMAN.get(cell.strip().lower(), cell.strip().lower()) for cell in next(reader, [])]
    if missing := [name for name in _COLUMNS if name not in names]:
        raise InputError(
            f"{FILE}: columns {', '.join(missing)} are missing; the first line is {','.join(_COLUMNS)}"
        )
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            row = dict.fromkeys(_COLUMNS, "") | {n: c.strip() for n, c in zip(names, cells, strict=False)}
            yield line, row
        line = reader.line_num + 1


def _decode(content: bytes) -> str:
    """Bytes as spreadsheets write them: UTF-8 with or without mark, UTF-16, Windows-1252."""
    for encoding in ("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
