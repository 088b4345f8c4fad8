"""What a harvester sees: a record a release, a deleted one for each that was withdrawn, one for the finding aid.

The datestamp of a record is the day of the delivery that brought it or changed it. What no delivery has seen yet
carries the day of the package: the newest publication date, or the last delivery where that is later.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.archive.delta import Erased, sets
from pipeline.archive.delta_log import WITHDRAWN, Delivered, Entry
from pipeline.archive.delta_state import State, issuer_set, line

RECORDS, SETS = "oai/records.csv", "oai/sets.csv"  # below the folder of the holding
HOLDING_SET = "findbuch"
_PARENTS = {"thema": "Themen", "herausgeber": "Herausgeber", HOLDING_SET: "Findbuch des Bestands"}
_HEAD = ("name", "datestamp", "status", "year", "sets")


@dataclass(frozen=True, slots=True)
class Record:
    """One item of the repository; its name is a release_id, or empty for the finding aid."""

    name: str
    datestamp: str  # a day
    deleted: bool
    year: str
    sets: tuple[str, ...]


def day(text: str) -> str:
    """A date of any precision -> its first day."""
    return f"{text[:10]}-01-01"[:10] if len(text) < 7 else f"{text[:10]}-01"[:10]


def records(
    states: Iterable[State], entries: Iterable[Entry], delivered: Delivered, erased: dict[str, Erased], stand: str
) -> Iterator[Record]:
    """Everything there is to harvest; ``entries`` are those of the delivery to come."""
    today = max(day(stand), delivered.last) if stand or delivered.last else "1970-01-01"
    fresh = {entry.release_id: entry for entry in entries}
    present = set()
    for state in states:
        key = state.release_id
        present.add(key)
        when = today if key in fresh else delivered.held[key][0]
        yield Record(key, when, deleted=False, year=state.year, sets=tuple(sets(state)))
    yield from _gone(fresh, delivered, erased, present, today)
    when = today if fresh or not delivered.last else delivered.last
    yield Record("", when, deleted=False, year="", sets=(HOLDING_SET,))


def _gone(
    fresh: dict[str, Entry], delivered: Delivered, erased: dict[str, Erased], present: set[str], today: str
) -> Iterator[Record]:
    """Deleted records: withdrawn now, withdrawn earlier, erased."""
    for key, entry in fresh.items():
        if entry.status == WITHDRAWN:
            when = max(today, erased[key].when) if key in erased else today
            yield Record(key, when, deleted=True, year=entry.year, sets=tuple(entry.sets.split()))
    for key, (when, entry) in delivered.withdrawn.items():
        if key not in present:
            yield Record(key, when, deleted=True, year=entry.year, sets=tuple(entry.sets.split()))
    for key, tombstone in erased.items():
        if key not in present and key not in fresh and key not in delivered.withdrawn:
            yield Record(key, day(tombstone.when), deleted=True, year="", sets=())


def set_names(states: Iterable[State]) -> dict[str, str]:
    """Sets and their names, parents first."""
    found = dict(_PARENTS)
    for state in states:
        if state.issuer:
            found.setdefault(issuer_set(state.issuer), state.issuer)
        for theme, label in zip(state.themes, state.labels, strict=True):
            found.setdefault(f"thema:{theme}", label)
    return dict(sorted(found.items()))


def to_csv(found: Iterable[Record]) -> Iterator[bytes]:
    """Records by datestamp and name -> records.csv."""
    yield line(_HEAD)
    for one in sorted(found, key=lambda r: (r.datestamp, r.name)):
        yield line([one.name, one.datestamp, "deleted" if one.deleted else "", one.year, " ".join(one.sets)])


def from_csv(lines: Iterable[str]) -> Iterator[Record]:
    """records.csv -> its records, in the same order."""
    for row in csv.DictReader(lines):
        is_deleted = row["status"] == "deleted"
        yield Record(row["name"], row["datestamp"], is_deleted, row["year"], tuple(row["sets"].split()))
