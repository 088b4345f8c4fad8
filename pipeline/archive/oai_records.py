"""What a harvester sees: a record a release, a deleted one for each that was withdrawn, one for the finding aid.

The datestamp of a record is the day of the delivery that brought it or changed it. What no delivery has seen yet
carries the day of the package: the newest publication date, or the last delivery where that is later.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from pipeline.archive.delta import Erased, Known, sets
from pipeline.archive.delta_log import Delivered
from pipeline.archive.delta_state import State, issuer_set, line

RECORDS, SETS = "oai/records.csv", "oai/sets.csv"  # below the folder of the holding
HOLDING_SET = "findbuch"
_PARENTS = {"thema": "Themen", "herausgeber": "Herausgeber", HOLDING_SET: "Findbuch des Bestands"}
_MEMORY = 1 << 20  # bytes
_HEAD = ("name", "datestamp", "status", "year", "sets")


class Record(NamedTuple):
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
    known: Iterable[Known], delivered: Delivered, erased: Mapping[str, Erased], stand: str, *, is_news: bool
) -> Iterator[Record]:
    """Everything there is to harvest, by name; ``is_news``: whether the delivery to come says anything.

    All that comes in is in the order of release ids, so that nothing need be held.
    """
    today = max(day(stand), delivered.last) if stand or delivered.last else "1970-01-01"
    when = today if is_news or not delivered.last else delivered.last
    yield Record("", when, deleted=False, year="", sets=(HOLDING_SET,))
    buried = sorted(erased)
    at = 0
    for one in known:
        while at < len(buried) and buried[at] < one.release_id:
            yield _tombstone(buried[at], erased[buried[at]])
            at += 1
        is_buried = at < len(buried) and buried[at] == one.release_id
        yield _record(one, erased[one.release_id] if is_buried else None, today)
        at += is_buried
    yield from (_tombstone(key, erased[key]) for key in buried[at:])


def _record(one: Known, tombstone: Erased | None, today: str) -> Record:
    """What there is to harvest of one release: itself, or that it is no more."""
    if one.state is not None:
        when = today if one.told is None or one.is_news else one.told[0]
        return Record(one.release_id, when, deleted=False, year=one.state.year, sets=tuple(sets(one.state)))
    assert one.told is not None
    when, entry = one.told
    if one.is_news:
        when = max(today, tombstone.when) if tombstone is not None else today
    return Record(one.release_id, when, deleted=True, year=entry.year, sets=tuple(entry.sets.split()))


def _tombstone(key: str, tombstone: Erased) -> Record:
    return Record(key, day(tombstone.when), deleted=True, year="", sets=())


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
    """Records by name -> records.csv, by datestamp and name; where a day has many, they wait on disk."""
    with ExitStack() as stack:
        days: dict[str, IO[bytes]] = {}
        for one in found:
            if one.datestamp not in days:
                days[one.datestamp] = stack.enter_context(SpooledTemporaryFile(_MEMORY))
            days[one.datestamp].write(_line(one))
        yield line(_HEAD)
        for _, lines in sorted(days.items()):
            lines.seek(0)
            yield from lines


def _line(one: Record) -> bytes:
    return line([one.name, one.datestamp, "deleted" if one.deleted else "", one.year, " ".join(one.sets)])


def from_csv(lines: Iterable[str]) -> Iterator[Record]:
    """records.csv -> its records, in the same order."""
    for row in csv.DictReader(lines):
        is_deleted = row["status"] == "deleted"
        yield Record(row["name"], row["datestamp"], is_deleted, row["year"], tuple(row["sets"].split()))
