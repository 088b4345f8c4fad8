"""data/curation/deliveries/ -> what the archive holds: one file a delivery, each only what changed with it.

A delivery is a fact of the world that no program can work out anew; so its record is an input, written once by
``make deliver`` and kept in git, and `dvc repro` reads it like any other file that a person keeps.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.delta_state import line
from pipeline.core.errors import InputError

FOLDER = Path("data/curation/deliveries")
HEAD = ("release_id", "status", "year", "digests", "place", "sets", "reason")
NEW, CHANGED, WITHDRAWN = "neu", "geändert", "zurückgezogen"
_STEM = re.compile(r"\d{4}-\d{2}-\d{2}(?:-\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a delivery said of one release."""

    release_id: str
    status: str  # NEW, CHANGED, WITHDRAWN
    year: str
    digests: str
    place: str
    sets: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the archive knows after all deliveries: the last entry of every release, and when it was delivered."""

    last: str = ""  # day of the last delivery; empty before the first
    held: Mapping[str, tuple[str, Entry]] = field(default_factory=dict)  # release_id -> day, entry
    withdrawn: Mapping[str, tuple[str, Entry]] = field(default_factory=dict)


def load(folder: Path = FOLDER) -> Delivered:
    """All deliveries in the order of their days; raises InputError for a file that is none."""
    held: dict[str, tuple[str, Entry]] = {}
    withdrawn: dict[str, tuple[str, Entry]] = {}
    files = sorted(folder.glob("*.csv"), key=_turn)
    for file in files:
        for entry in read(file):
            gone = entry.status == WITHDRAWN
            held.pop(entry.release_id, None)
            withdrawn.pop(entry.release_id, None)
            (withdrawn if gone else held)[entry.release_id] = (file.stem[:10], entry)
    return Delivered(files[-1].stem[:10] if files else "", held, withdrawn)


def _turn(file: Path) -> tuple[str, int]:
    if not _STEM.fullmatch(file.stem):
        raise InputError(f"{file}: is no delivery; its name must be its day, like 2026-05-03.csv")
    return file.stem[:10], int(file.stem[11:] or 1)


def read(file: Path) -> Iterator[Entry]:
    """The entries of one delivery."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if tuple(rows.fieldnames or ()) != HEAD:
            raise InputError(f"{file}: its first line must be {','.join(HEAD)}; take it back from git")
        for row in rows:
            yield Entry(*(row[name] or "" for name in HEAD))


def lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Entries -> the file of a delivery."""
    yield line(HEAD)
    for entry in entries:
        yield line([getattr(entry, name) for name in HEAD])


def next_file(when: str, folder: Path = FOLDER) -> Path:
    """The file for a delivery of this day; raises InputError for a day before the last delivery."""
    days = sorted((_turn(file) for file in folder.glob("*.csv")), reverse=True)
    if days and when < days[0][0]:
        raise InputError(f"WHEN={when}: the last delivery was on {days[0][0]}; deliveries go forward in time")
    same = [number for day, number in days if day == when]
    return folder / (f"{when}-{max(same) + 1}.csv" if same else f"{when}.csv")
