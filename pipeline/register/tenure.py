"""Who held an office when, as far as the releases attest it: the ground for names and offices that stand alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from pipeline.register.facts import months
from pipeline.register.names import fold
from pipeline.register.privacy import is_office

# no local term of office is shorter than five years, so two years after a mention nobody else is likely to hold it
NEAR = 24
# two holders of one day already contradict each other: more than a few need not be looked at
_TOGETHER = 8
_WORD = re.compile(r"\w+")
Office = tuple[str, str]  # issuer, office in one word


@lru_cache(maxsize=50_000)
def office(role: str) -> str:
    """A role -> the word that names the office, folded; empty where it names none.

    >>> office("neue Oberbürgermeisterin der Stadt Falkenrode")
    'oberbürgermeisterin'
    """
    return next((word for word in _WORD.findall(fold(role)) if is_office(word)), "")


@dataclass(slots=True)
class Tenures:
    """Attested holders of offices; ``holder`` answers for any day."""

    _attested: defaultdict[Office, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    _sorted: dict[Office, list[tuple[str, str]]] = field(default_factory=dict)
    issuers: set[str] = field(default_factory=set)  # of whose offices something is known

    def attest(self, issuer: str, role: str, day: str, person: str) -> None:
        """A release of that day gives the person that office."""
        if word := office(role):
            self._attested[issuer, word].add((day, person))
            self.issuers.add(issuer)
            self._sorted.pop((issuer, word), None)

    def holder(self, issuer: str | None, role: str, day: str) -> str | None:
        """The person that held an office that day, where the releases before and after agree on one."""
        key = issuer or "", office(role)
        if not all(key) or key not in self._attested:
            return None
        if key not in self._sorted:
            self._sorted[key] = sorted(self._attested[key])
        held = self._sorted[key]
        before, after = _around(held, day)
        agreed = {person for _, person in before + after}
        if len(agreed) != 1:
            return None
        # attested on both sides, or on one side and not long from it
        near = (before and after) or min(_apart(day, other) for other, _ in before + after) <= NEAR
        return agreed.pop() if near else None


Attested = list[tuple[str, str]]


def _around(held: Attested, day: str) -> tuple[Attested, Attested]:
    """Days with their holders -> those of the last day up to ``day`` and of the first day from it on."""
    end, start = bisect_right(held, (day, "\uffff")), bisect_left(held, (day, ""))
    before = list(takewhile(lambda x: x[0] == held[end - 1][0], reversed(held[:end][-_TOGETHER:])))
    after = list(takewhile(lambda x: x[0] == held[start][0], held[start : start + _TOGETHER]))
    return before, after


def _apart(one: str, other: str) -> int:
    return months(min(one, other), max(one, other))


def attested(facts: Iterable[tuple[str, str, str, str]]) -> Tenures:
    """(issuer, role, day, person) -> tenures."""
    tenures = Tenures()
    for fact in facts:
        tenures.attest(*fact)
    return tenures
