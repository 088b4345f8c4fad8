"""data/curation/deliveries/ -> what the archive holds: one file a delivery, each only what changed with it.

A delivery is a fact of the world that no program can work out anew; so its record is an input, written once by
``make deliver`` and kept in git, and `dvc repro` reads it like any other file that a person keeps.
"""

from __future__ import annotations

import csv
import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.archive.delta_state import line
from pipeline.core.errors import InputError

FOLDER = Path("data/curation/deliveries")
NEW, CHANGED, WITHDRAWN = "neu", "geändert", "zurückgezogen"
_STEM = re.compile(r"\d{4}-\d{2}-\d{2}(?:-\d{1,3})?")


class Entry(NamedTuple):
    """What a delivery said of one release."""

    release_id: str
    status: str  # NEW, CHANGED, WITHDRAWN
    year: str
    digests: str
    place: str
    sets: str
    reason: str


HEAD = Entry._fields
Told = tuple[str, Entry]  # day of a delivery and what it said of a release


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the archive was told in all deliveries; read from their files as it is asked for."""

    files: tuple[Path, ...] = ()  # in the order of their days

    @property
    def last(self) -> str:
        """The day of the last delivery; empty before the first."""
        return self.files[-1].stem[:10] if self.files else ""

    def entries(self) -> Iterator[Told]:
        """The last entry of every release, and the day of its delivery, by release_id."""
        told = (_told(file, turn) for turn, file in enumerate(self.files))
        for _, same in groupby(heapq.merge(*told, key=itemgetter(0, 1)), key=itemgetter(0)):
            *_, (_, _, last) = same
            yield last


def load(folder: Path = FOLDER) -> Delivered:
    """All deliveries; raises InputError for a file that is none."""
    return Delivered(tuple(sorted(folder.glob("*.csv"), key=_turn)))


def _told(file: Path, turn: int) -> Iterator[tuple[str, int, Told]]:
    day = file.stem[:10]
    return ((entry.release_id, turn, (day, entry)) for entry in in_order(file))


def in_order(file: Path) -> Iterator[Entry]:
    """The entries of one delivery by release_id; a file that somebody sorted otherwise is held in memory."""
    runs = [partial(_run, file, gone=gone) for gone in (False, True)]
    if all(_ascends(run()) for run in runs):
        return heapq.merge(*(run() for run in runs), key=attrgetter("release_id"))
    # a release named twice in one delivery: its last line counts
    return iter(sorted({entry.release_id: entry for entry in read(file)}.values(), key=attrgetter("release_id")))


def _run(file: Path, *, gone: bool) -> Iterator[Entry]:
    return (entry for entry in read(file) if (entry.status == WITHDRAWN) == gone)


def _ascends(entries: Iterator[Entry]) -> bool:
    return all(first.release_id < second.release_id for first, second in pairwise(entries))


def _turn(file: Path) -> tuple[str, int]:
    if not _STEM.fullmatch(file.stem):
        raise InputError(f"{file}: is no delivery; its name must be its day, like 2026-05-03.csv")
    return file.stem[:10], int(file.stem[11:] or 1)


def read(file: Path) -> Iterator[Entry]:
    """The entries of one delivery."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        if tuple(next(rows, ())) != HEAD:
            raise InputError(f"{file}: its first line must be {','.join(HEAD)}; take it back from git")
        for row in filter(None, rows):
            yield Entry(*(row if len(row) == len(HEAD) else [*row, *("" for _ in HEAD)][: len(HEAD)]))


def lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Entries -> the file of a delivery."""
    yield line(HEAD)
    yield from map(line, entries)


def next_file(when: str, folder: Path = FOLDER) -> Path:
    """The file for a delivery of this day; raises InputError for a day before the last delivery."""
    days = sorted((_turn(file) for file in folder.glob("*.csv")), reverse=True)
    if days and when < days[0][0]:
        raise InputError(f"WHEN={when}: the last delivery was on {days[0][0]}; deliveries go forward in time")
    same = [number for day, number in days if day == when]
    return folder / (f"{when}-{max(same) + 1}.csv" if same else f"{when}.csv")
