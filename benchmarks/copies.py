"""A large corpus, from the tables of this checkout: ``python -m benchmarks.copies TIMES FOLDER [MORE]``.

Every release comes so many times, each copy with a day and rare names of its own, so that the number of entities
grows with the corpus. ``MORE``: so many releases of one copy more. What ingest and extract write is copied; then,
in FOLDER: ``python -m pipeline.register``, ``python -m pipeline.themes``.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from benchmarks.press import ROOT
from pipeline.core import tables as t
from pipeline.core.table import Table

TABLES: tuple[Table[Any], ...] = (
    t.RELEASES, t.ZONES, t.DUPLICATES, t.SENTENCES, t.MENTIONS, t.DATES, t.EVENTS, t.FINDINGS, t.QUOTES, t.TERMS,
)  # fmt: skip
_LETTERS = "abdefgiklmnoprtu"
_COMMON = 3  # a name in so many releases is a common one


def main(times: int, folder: Path, more: int = 0) -> None:
    """Write the tables, and what else the stages read, into a folder."""
    for name in ("data/authority", "data/curation"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    shutil.copy(ROOT / "params.yaml", folder)
    copies = _copies(times, more)
    where: defaultdict[str | None, set[str]] = defaultdict(set)
    for mention in t.MENTIONS.stream(ROOT):
        where[mention.name].add(mention.release_id)
    for table in TABLES:
        rows = _rows(table, copies, lambda name: len(where[name]) < _COMMON)
        sys.stdout.write(f"{table.path}: {table.write(rows, folder, in_order=True):,} rows\n")
    t.REJECTED.write(t.REJECTED.stream(ROOT), folder)


def _copies(times: int, more: int) -> list[tuple[str, str, int]]:
    """(new id, id in this checkout, number of the copy) of every release, in the order of the new ids."""
    known = [row["release_id"] for row in t.RELEASES.read_arrow(ROOT, ["release_id"]).to_pylist()]
    pairs = [(old, number) for number in range(times) for old in known] + [(old, times) for old in known[:more]]
    return sorted((_id(old, number), old, number) for old, number in pairs)


def _rows(
    table: Table[Any], copies: list[tuple[str, str, int]], rare: Callable[[str | None], bool]
) -> Iterator[Any]:
    by_release: defaultdict[str, list[Any]] = defaultdict(list)
    for row in table.stream(ROOT):
        by_release[row.release_id].append(row)
    for new, old, number in copies:
        found = [replace(row, release_id=new, **dict(_changes(row, number, rare))) for row in by_release[old]]
        # other_id is part of a key and new as well
        yield from sorted(found, key=lambda row: row.other_id) if table is t.DUPLICATES else found


def _id(release_id: str, number: int) -> str:
    return hashlib.sha256(f"{release_id} {number}".encode()).hexdigest()[:12]


def _changes(row: Any, number: int, rare: Callable[[str | None], bool]) -> Iterator[tuple[str, Any]]:
    names = {field.name for field in fields(row)}
    for field in {"name", "speaker"} & names:
        if (name := getattr(row, field)) and rare(name):
            yield field, name + _code(number)
    if "other_id" in names:
        yield "other_id", _id(row.other_id, number)
    if "published" in names:
        yield "published", f"{2005 + number % 20}-{row.published[5:7]}-{min(28, int(row.published[8:10])):02}"
        yield "source_path", f"{number}/{row.source_path}"


def _code(number: int) -> str:
    return "" if not number else _LETTERS[number % 16] + _code(number // 16)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int((sys.argv[3:] or ["0"])[0]))
