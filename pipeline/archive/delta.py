"""What stands in the package, and what the archive holds -> what is new, changed, withdrawn since, and why."""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pipeline.archive.delta_log import CHANGED, NEW, WITHDRAWN, Delivered, Entry, Told
from pipeline.archive.delta_state import State, issuer_set


@dataclass(frozen=True, slots=True)
class Erased:
    """A tombstone: when and why a release was erased."""

    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is known about releases that are not in the package."""

    erased: Mapping[str, Erased]  # by release_id
    held: Mapping[str, str]  # release_id -> end of its embargo
    rejected: Mapping[str, str]  # first digits of a digest -> why, in German


class Known(NamedTuple):
    """One release: as it stands in the package, and what the archive was told of it last."""

    release_id: str
    state: State | None
    told: Told | None

    @property
    def is_held(self) -> bool:
        """Whether the archive has it."""
        return self.told is not None and self.told[1].status != WITHDRAWN

    @property
    def is_news(self) -> bool:
        """Whether the next delivery says something of it: it is new, changed or withdrawn."""
        if self.state is None or self.told is None or not self.is_held:
            return self.state is not None or self.is_held
        return bool(self.state.changed(self.told[1].digests))


def beside(states: Iterable[State], told: Iterable[Told]) -> Iterator[Known]:
    """Releases of the package and of all deliveries, both by release_id -> each release once."""
    told = iter(told)
    first = next(told, None)
    if first is None:
        yield from (Known(state.release_id, state, None) for state in states)
        return
    left = ((state.release_id, 0, state) for state in states)
    right = ((one[1].release_id, 1, one) for one in chain([first], told))
    for key, same in groupby(heapq.merge(left, right, key=itemgetter(0, 1)), key=itemgetter(0)):
        found: dict[int, Any] = {side: value for _, side, value in same}
        yield Known(key, found.get(0), found.get(1))


def compare(states: Callable[[], Iterable[State]], delivered: Delivered, reasons: Reasons) -> Iterator[Entry]:
    """The entries of the next delivery: first what is new or changed, then what is withdrawn, by release_id."""
    gone: list[Known] = []
    for known in beside(states(), delivered.entries()):
        if known.state is None:
            gone += [known] if known.is_held else []
        elif (entry := _entry(known.state, known, delivered.last)) is not None:
            yield entry
    places = _successors(states() if gone else (), {known.told[1].place for known in gone if known.told})
    for known in gone:
        assert known.told is not None
        last = known.told[1]
        why = _why(known.release_id, places.get(last.place), reasons)
        yield Entry(known.release_id, WITHDRAWN, last.year, last.digests, last.place, last.sets, why)


def _successors(states: Iterable[State], places: set[str]) -> dict[str, str]:
    """Places of raw files -> the first release that is from there now."""
    found: dict[str, str] = {}
    for state in states:
        if state.place in places:
            found.setdefault(state.place, state.release_id)
    return found


def _entry(state: State, known: Known, last: str) -> Entry | None:
    if known.told is None:
        return _of(state, NEW, f"Neu seit der Lieferung vom {last}" if last else "Erste Lieferung")
    day, entry = known.told
    if not known.is_held:
        return _of(state, NEW, f"Wieder aufgenommen; zurückgezogen war sie am {day}")
    differs = state.changed(entry.digests)
    return _of(state, CHANGED, f"Geändert: {'; '.join(differs)}") if differs else None


def _of(state: State, status: str, reason: str) -> Entry:
    return Entry(state.release_id, status, state.year, state.digests, state.place, " ".join(sets(state)), reason)


def sets(state: State) -> list[str]:
    """The OAI sets of a release: its issuer and its themes."""
    found = [issuer_set(state.issuer), *(f"thema:{theme}" for theme in state.themes)]
    return [name for name in found if name]


def _why(key: str, successor: str | None, reasons: Reasons) -> str:
    if key in reasons.erased:
        return f"Gelöscht am {reasons.erased[key].when}: {reasons.erased[key].reason}"
    if key in reasons.held:
        return f"Sperrfrist bis {reasons.held[key]}"
    if successor is not None:
        return f"Ersetzt durch {successor}: Die Datei hat jetzt einen anderen Inhalt"
    if key[:12] in reasons.rejected:
        return f"Abgewiesen: {reasons.rejected[key[:12]]}"
    return "Die Datei liegt nicht mehr in data/raw"


def erased(lines: Iterable[str]) -> dict[str, Erased]:
    """data/curation/erased.csv -> tombstones by release_id."""
    return {row["id"]: Erased(row["when"], row["reason"]) for row in csv.DictReader(lines)}
