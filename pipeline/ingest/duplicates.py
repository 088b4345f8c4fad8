"""Which releases say the same, and which correct another: the latest is the one to be read.

Works on the traits of packed releases, an array; a text is fetched only of pairs that are probably alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.ingest import minhash
from pipeline.ingest.alike import Alike
from pipeline.ingest.minhash import Numbers
from pipeline.ingest.shelf import Rows

_SAME_STORY = 0.3
# of all earlier releases of an issuer the few whose signatures agree most are compared word by word
_LOOKED_AT = 5
# no office corrects what it sent out before so many others
_REMEMBERED = 20_000
_SMALL = ("text", "issuer", "number", "refers", "published", "corrected")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two releases by row: ``later`` is to be read, it repeats or replaces ``earlier``."""

    later: int
    earlier: int
    kind: str
    similarity: float
    because: str


def find(traits: Rows, chosen: Numbers, alike: Alike, threshold: float) -> list[Pair]:
    """Traits (on disk), which rows of them count, how alike two rows are -> pairs, each pair once.

    A chain of corrections gives one pair for each version that is out of date, all with the last version.
    """
    return _Finder(traits, chosen, alike, threshold).pairs()


class _Finder:
    """Numbers releases by their rank in time; of the same day a corrected version is the later one."""

    def __init__(self, traits: Rows, chosen: Numbers, alike: Alike, threshold: float) -> None:
        # of equals the first chosen comes first: in which order they came onto the shelf is chance
        rank = np.lexsort((traits["corrected"][chosen], traits["published"][chosen]))
        self._order = chosen[rank]
        self._rows = {name: traits[name][self._order] for name in _SMALL}
        self._signatures = traits["signature"]
        self._threshold, self._of = threshold, alike.of

    def pairs(self) -> list[Pair]:
        found: dict[tuple[int, int], Pair] = {}
        chained = _Chains()
        for pair in self._identical():
            found[pair.earlier, pair.later] = pair
        for pair in _latest(self._corrections(), chained, self._alike):
            found.setdefault((pair.earlier, pair.later), pair)
        for pair in self._near():
            if not chained.together(pair.earlier, pair.later):
                found.setdefault((pair.earlier, pair.later), pair)
        return [self._numbered(pair) for pair in found.values()]

    def _numbered(self, pair: Pair) -> Pair:
        later, earlier = int(self._order[pair.later]), int(self._order[pair.earlier])
        return Pair(later, earlier, pair.kind, round(pair.similarity, 4), pair.because)

    def _alike(self, one: int, other: int) -> float:
        return self._of(int(self._order[one]), int(self._order[other]))

    def _identical(self) -> Iterator[Pair]:
        for group in _groups(self._rows["text"]):
            for earlier in group[:-1]:
                yield Pair(int(group[-1]), int(earlier), "identical", 1.0, "gleicher Text")

    def _near(self) -> Iterator[Pair]:
        for older, newer in minhash.candidates(self._signatures, self._order, self._threshold):
            alike = self._alike(older, newer)
            if alike >= self._threshold:
                yield Pair(newer, older, "near", alike, f"{round(100 * alike)} % gemeinsame Wortfolgen")

    def _corrections(self) -> Iterator[Pair]:
        """Each release that corrects one before it, with the one it corrects."""
        for group in _groups(self._rows["issuer"]):
            for newer in group[self._rows["corrected"][group] > 0]:
                yield from self._corrected(int(newer), group[group < newer])
            for same in _groups(self._number(group)):
                yield from self._same_number(group[same])

    def _number(self, group: Numbers) -> Numbers:
        """Number and year together: many offices begin with 1 every January."""
        numbers, years = self._rows["number"][group], self._rows["published"][group].astype("S4").astype(np.int64)
        return np.where(numbers == 0, 0, numbers ^ (years.astype(np.uint64) << np.uint64(40)))

    def _corrected(self, newer: int, before: Numbers) -> Iterator[Pair]:
        """The one whose number it names, else the most similar one that tells the same story."""
        refers = self._rows["refers"][newer]
        named = before[self._rows["number"][before] == refers] if refers else before[:0]
        if len(named):
            older = int(named[-1])
            yield Pair(
                newer, older, "correction", self._alike(newer, older), "nennt die Nummer der ersetzten Fassung"
            )
            return
        before = before[-_REMEMBERED:]
        close = minhash.estimate(self._signatures[self._order[before]], self._signatures[self._order[newer]])
        best = before[np.argsort(close, kind="stable")[-_LOOKED_AT:]]
        alike = max(((self._alike(int(older), newer), int(older)) for older in best), default=(0.0, -1))
        if alike[0] >= _SAME_STORY:
            yield Pair(newer, alike[1], "correction", alike[0], "nennt sich korrigierte Fassung")

    def _same_number(self, same: Numbers) -> Iterator[Pair]:
        for older, newer in pairwise(map(int, same)):
            alike = self._alike(older, newer)
            if alike >= _SAME_STORY:
                yield Pair(newer, older, "correction", alike, "gleiche Nummer desselben Herausgebers")


class _Chains:
    """Versions of one release that were found two by two, put together; the last stands for all."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def last(self, one: int) -> int:
        while one in self._next:
            one = self._next[one]
        return one

    def link(self, one: int, other: int) -> int | None:
        """Put two chains together; the end of the older one, which is out of date now."""
        first, second = sorted((self.last(one), self.last(other)))
        if first == second:
            return None
        self._next[first] = second
        return first

    def together(self, one: int, other: int) -> bool:
        return self.last(one) == self.last(other)


def _latest(links: Iterable[Pair], chains: _Chains, alike: Callable[[int, int], float]) -> Iterator[Pair]:
    """Links between neighbouring versions -> each version out of date with the last one."""
    because: dict[int, Pair] = {}
    for link in links:
        if (outdated := chains.link(link.earlier, link.later)) is not None:
            because[outdated] = link
    for earlier, link in because.items():
        last = chains.last(earlier)
        yield Pair(last, earlier, "correction", alike(earlier, last), link.because)


def _groups(keys: Numbers) -> Iterator[Numbers]:
    """The positions of equal keys, for each key that stands more than once; 0 is no key."""
    order = np.argsort(keys, kind="stable")
    ends = np.flatnonzero(np.diff(keys[order])) + 1
    for group in np.split(order, ends):
        if len(group) > 1 and keys[group[0]] != 0:
            yield group
