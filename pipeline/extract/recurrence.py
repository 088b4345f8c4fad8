"""Initiatives across releases: a name that one release is sure of is found where another could not prove it.

A release keeps, beside its mentions, the candidates that its scorer doubted. When all releases are read, a doubted
name counts as found where another release is sure of it and the corpus does not mostly doubt it. Counting needs no
order, so neither the order of releases nor workers nor the cache change what is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pipeline.core.records import Mention
from pipeline.core.text import fold

FOUND_BY = "rule:initiative-recurs"
SURE = 0.8  # of a mention that may speak for others
SHARE = 0.25  # of the releases that hold a name as a candidate, this part at least must have found it
CONFIDENCE = 0.6  # of what another release proves: less than what a release itself shows
_WEAK = frozenset({"model", "rule:repeat"})  # finders that another release may contradict
Names = Sequence[tuple[str, str, float]]  # form, name, confidence


@dataclass(slots=True)
class Known:
    """What the releases of a corpus say about each form of a name; releases may come in any order."""

    _found: Counter[str] = field(default_factory=Counter)
    _doubted: Counter[str] = field(default_factory=Counter)
    _names: dict[str, tuple[float, str]] = field(default_factory=dict)

    def add(self, found: Names, doubted: Iterable[str]) -> None:
        """Take in what one release found and doubted."""
        forms = {form for form, _, _ in found}
        self._found.update(forms)
        self._doubted.update(set(doubted) - forms)
        for form, name, confidence in found:
            if confidence >= SURE:
                # of several releases the surest names it, of equals the first in the alphabet
                self._names[form] = min(self._names.get(form, (0.0, "")), (-confidence, name))

    def merge(self, other: Known) -> None:
        """Take in what many releases found and doubted."""
        self._found.update(other._found)
        self._doubted.update(other._doubted)
        for form, name in other._names.items():
            self._names[form] = min(self._names.get(form, (0.0, "")), name)

    def data(self) -> list[Any]:
        """All of it as JSON can hold it."""
        return [self._found, self._doubted, self._names]

    @classmethod
    def of(cls, data: list[Any]) -> Self:
        """The same from data."""
        found, doubted, names = data
        return cls(Counter(found), Counter(doubted), {form: (sure, name) for form, (sure, name) in names.items()})

    def name(self, form: str) -> str | None:
        """The name that a doubted form has where the corpus is sure of it."""
        if form not in self._names:
            return None
        found, doubted = self._found[form], self._doubted[form]
        return self._names[form][1] if found >= SHARE * (found + doubted) else None


def found(mentions: Iterable[Mention]) -> list[tuple[str, str, float]]:
    """What a release says about names it found: each form once, with the most confidence."""
    best: dict[str, tuple[float, str]] = {}
    for mention in mentions:
        if mention.label == "INITIATIVE":
            form = fold(mention.text)
            best[form] = min(best.get(form, (0.0, "")), (-mention.confidence, mention.name))
    return [(form, name, -confidence) for form, (confidence, name) in sorted(best.items())]


def forms(doubted: Iterable[Mention]) -> set[str]:
    """The forms of names that a release doubted."""
    return {fold(mention.text) for mention in doubted}


def settle(mentions: Sequence[Mention], doubted: Sequence[Mention], known: Known) -> Sequence[Mention]:
    """The mentions of a release with those that other releases prove, in the order of the table."""
    proven = list(_proven([m for m in doubted if not _is_inside(m, mentions)], known))
    if not proven:
        return mentions
    # many patterns, and needed only where something is raised
    from pipeline.extract.components.initiatives import unclaimed  # noqa: PLC0415

    kept = [m for m in mentions if m.label == "INITIATIVE"]
    kept += unclaimed([m for m in mentions if m.label != "INITIATIVE"], proven)
    return sorted([*kept, *proven], key=lambda m: (m.start, m.end, m.label))


def _is_inside(doubted: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a place belongs to a name that more than the model found: "Muster" in "Muster e. V."."""
    return any(m.start <= doubted.start and doubted.end <= m.end and m.found_by not in _WEAK for m in mentions)


def _proven(doubted: Sequence[Mention], known: Known) -> Iterator[Mention]:
    """The longest first; no two overlap."""
    taken: list[tuple[int, int]] = []
    for mention in sorted(doubted, key=lambda m: (m.start - m.end, m.start)):
        name = known.name(fold(mention.text))
        if name and not any(mention.start < end and start < mention.end for start, end in taken):
            taken.append((mention.start, mention.end))
            yield replace(mention, name=name, found_by=FOUND_BY, confidence=CONFIDENCE)
