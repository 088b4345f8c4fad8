"""What stands in the package, and what the archive holds -> what is new, changed, withdrawn since, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.archive.delta_log import CHANGED, NEW, WITHDRAWN, Delivered, Entry
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


def compare(states: Iterable[State], delivered: Delivered, reasons: Reasons) -> Iterator[Entry]:
    """The entries of the next delivery: first what is new or changed, then what is withdrawn, by release_id."""
    seen: set[str] = set()
    places: dict[str, str] = {}
    for state in states:
        seen.add(state.release_id)
        places.setdefault(state.place, state.release_id)
        if (entry := _entry(state, delivered)) is not None:
            yield entry
    for key, (_, last) in sorted(delivered.held.items()):
        if key not in seen:
            why = _why(key, places.get(last.place), reasons)
            yield Entry(key, WITHDRAWN, last.year, last.digests, last.place, last.sets, why)


def _entry(state: State, delivered: Delivered) -> Entry | None:
    key = state.release_id
    if key in delivered.held:
        differs = state.changed(delivered.held[key][1].digests)
        return _of(state, CHANGED, f"Geändert: {'; '.join(differs)}") if differs else None
    if key in delivered.withdrawn:
        return _of(state, NEW, f"Wieder aufgenommen; zurückgezogen war sie am {delivered.withdrawn[key][0]}")
    return _of(state, NEW, f"Neu seit der Lieferung vom {delivered.last}" if delivered.last else "Erste Lieferung")


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
