"""What is added up over all assignments while they are written: once through, however many there are."""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.core.theme_records import ThemeAssignment

SHOWN = 5
# terms of a theme that are remembered while counting; far more than are ever shown
_REMEMBERED = 2_000
DIGITS = 6


@dataclass(slots=True)
class Tally:
    """Sums by theme. ``ids`` are the sorted ids of all releases; rows come in their order."""

    ids: Sequence[str]
    # the numbers of the releases of each theme, four bytes each: there may be millions
    numbers: defaultdict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("i")))
    guided: int = 0  # releases with a guided theme
    shares: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    terms: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    best: defaultdict[str, list[tuple[float, str, int]]] = field(default_factory=lambda: defaultdict(list))
    at: int = 0
    # discovered and guided theme -> shares of the discovered one in releases that are first about the guided one
    together: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    def passing(self, rows: Iterable[ThemeAssignment], discovered: frozenset[str]) -> Iterator[ThemeAssignment]:
        """The same rows, added up on the way. Rows of a release must come together."""
        release: list[ThemeAssignment] = []
        for row in rows:
            if release and release[0].release_id != row.release_id:
                self._meet(release, discovered)
                release = []
            release.append(row)
            self._add(row)
            yield row
        self._meet(release, discovered)

    def _add(self, row: ThemeAssignment) -> None:
        theme = row.theme_id
        while self.ids[self.at] != row.release_id:
            self.at += 1
        self.numbers[theme].append(self.at)
        self.shares[theme] += row.share
        terms, share = self.terms[theme], row.share
        for place, surface in enumerate(row.terms, 1):
            terms[surface] = terms.get(surface, 0.0) + share / place
        if len(terms) > 2 * _REMEMBERED:
            kept = self.strongest_terms(theme, _REMEMBERED)
            self.terms[theme] = {surface: self.terms[theme][surface] for surface in kept}
        if row.sentence_start is not None:
            # of equal shares the earlier release stays: its id is turned round so that the heap drops the later
            entry = (row.share, _turned(row.release_id), row.sentence_start)
            (heapq.heappush if len(self.best[theme]) < SHOWN else heapq.heappushpop)(self.best[theme], entry)

    def _meet(self, release: list[ThemeAssignment], discovered: frozenset[str]) -> None:
        """A release whose first guided theme is known says what its discovered themes are about."""
        self.guided += any(row.theme_id not in discovered for row in release)
        guided = next((row.theme_id for row in release if row.rank == 1 and row.theme_id not in discovered), None)
        for row in release:
            if guided and row.theme_id in discovered:
                self.together[row.theme_id, guided] += row.share

    def releases(self, theme: str) -> list[str]:
        """The releases that have a theme."""
        return [self.ids[number] for number in self.numbers.get(theme, ())]

    def strongest_terms(self, theme: str, size: int) -> list[str]:
        """The surfaces that speak most for a theme."""
        found = self.terms[theme]
        return sorted(found, key=lambda surface: (-round(found[surface], DIGITS), surface))[:size]

    def sentences(self, theme: str) -> list[str]:
        """Where it is said best, as "release_id:start"."""
        ranked = sorted(self.best[theme], reverse=True)
        return [f"{_turned(release)}:{start}" for _, release, start in ranked]

    def nearest(self, theme: str) -> tuple[str, float] | None:
        """The guided theme that most of a discovered theme belongs to, and how much of it, 0 to 1."""
        found = {guided: share for (new, guided), share in self.together.items() if new == theme}
        if not found:
            return None
        guided = min(found, key=lambda g: (-round(found[g], DIGITS), g))
        return guided, round(found[guided] / self.shares[theme], DIGITS)


_TURN = {ord(a): b for a, b in zip("0123456789abcdef", "fedcba9876543210", strict=True)}


def _turned(release_id: str) -> str:
    """A release id -> one that sorts the other way round; its own inverse."""
    return release_id.translate(_TURN)
