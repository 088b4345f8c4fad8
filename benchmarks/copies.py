"""A large corpus for the register, from the tables of this checkout: ``python -m benchmarks.copies TIMES FOLDER``.

Every release comes so many times, each copy with a day and rare names of its own, so that the number of entities
grows with the corpus. Then, in FOLDER: ``python -m pipeline.register``.
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

TABLES: tuple[Table[Any], ...] = (t.RELEASES, t.SENTENCES, t.MENTIONS, t.QUOTES)
_LETTERS = "abdefgiklmnoprtu"
_COMMON = 3  # a name in so many releases is a common one


def main(times: int, folder: Path) -> None:
    """Write the tables, and what else the stage reads, into a folder."""
    for name in ("data/authority", "data/curation"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    shutil.copy(ROOT / "params.yaml", folder)
    where: defaultdict[str | None, set[str]] = defaultdict(set)
    for mention in t.MENTIONS.stream(ROOT):
        where[mention.name].add(mention.release_id)
    for table in TABLES:
        rows = _copies(table, times, lambda name: len(where[name]) < _COMMON)
        sys.stdout.write(f"{table.path}: {table.write(rows, folder, in_order=True):,} rows\n")


def _copies(table: Table[Any], times: int, rare: Callable[[str | None], bool]) -> Iterator[Any]:
    by_release: defaultdict[str, list[Any]] = defaultdict(list)
    for row in table.stream(ROOT):
        by_release[row.release_id].append(row)
    for new, old, number in sorted(
        (_id(old, number), old, number) for old in by_release for number in range(times)
    ):
        for row in by_release[old]:
            yield replace(row, release_id=new, **dict(_changes(row, number, rare)))


def _id(release_id: str, number: int) -> str:
    return hashlib.sha256(f"{release_id} {number}".encode()).hexdigest()[:12]


def _changes(row: Any, number: int, rare: Callable[[str | None], bool]) -> Iterator[tuple[str, Any]]:
    names = {field.name for field in fields(row)}
    for field in {"name", "speaker"} & names:
        if (name := getattr(row, field)) and rare(name):
            yield field, name + _code(number)
    if "published" in names:
        yield "published", f"{2005 + number % 20}-{row.published[5:7]}-{min(28, int(row.published[8:10])):02}"
        yield "source_path", f"{number}/{row.source_path}"


def _code(number: int) -> str:
    return "" if not number else _LETTERS[number % 16] + _code(number // 16)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
