"""Terms of a release -> soft shares of the guided themes.

A term counts by its seed's strength, by where it stands (title, lead, rest), by how often, damped, and by how rare
it is in the corpus. Shares need not sum to one: a release with little evidence stays little assigned.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.records import Term
from pipeline.themes.emphasis import Layout, best_passage, emphasis, needles
from pipeline.themes.matching import SeedIndex
from pipeline.themes.wording import INSIDE

MAX_ASSIGNED = 3
TERMS_KEPT = 8
# evidence that is missing in every release: it takes more than one strong term in the title (2.5 x 3 x log 2)
PRIOR = 8.0
# a theme needs about two clear terms before it may be named at all
MIN_EVIDENCE = 4.0
# a word inside a name says less: a museum that sponsors a race makes no culture of it
IN_NAME = 0.7
# themes compete: the strongest is favoured a little, as a reader would name it
SHARPNESS = 1.5
# a theme of means comes first only where it is twice as strong as the strongest subject
STANDS_BACK = 0.5


@dataclass(frozen=True, slots=True)
class Shared:
    """What one theme takes of one release."""

    theme_id: str
    share: float
    terms: tuple[Term, ...]  # strongest first
    weights: tuple[float, ...]
    sentence_start: int | None


def rarity(frequency: Mapping[str, int], releases: int) -> dict[str, float]:
    """Releases by term -> a factor from .5 (it stands in every one) to 1 (in one); small corpora hardly matter.

    The factor leans on the corpus as far as it is large: with one release it is 1 for every term.
    """
    trust = releases / (releases + 50.0)
    scale = math.log(releases + 1)
    return {
        t: 1 - 0.5 * trust * (math.log(n + 1) - math.log(2)) / scale if n > 1 else 1.0
        for t, n in frequency.items()
    }


def assign(
    terms: Sequence[Term], where: Layout, index: SeedIndex, rare: dict[str, float], min_share: float
) -> list[Shared]:
    """The themes a release is assigned to, most important first; at most three, maybe none."""
    found = evidence(terms, where, index, rare)
    sums = {theme: sum(weights.values()) for theme, weights in found.items()}
    shares = soft_shares(sums)
    ranked = sorted(shares, key=lambda theme: (-shares[theme], theme))
    chosen = [t for t in ranked if shares[t] >= min_share and sums[t] >= MIN_EVIDENCE][:MAX_ASSIGNED]
    chosen.sort(key=lambda theme: -shares[theme] * (STANDS_BACK if theme in index.means else 1.0))
    return [_shared(theme, shares[theme], found[theme], terms, where) for theme in chosen]


def evidence(
    terms: Sequence[Term], where: Layout, index: SeedIndex, rare: dict[str, float]
) -> dict[str, dict[int, float]]:
    """Theme -> {position of a term in ``terms``: what it contributes}."""
    found: dict[str, dict[int, float]] = {}
    for position, term in enumerate(terms):
        hits = index.find(term.term)
        if not hits:
            continue
        weight = math.log1p(term.count) * emphasis(term, where) * rare.get(term.term, 1.0)
        weight *= IN_NAME if term.pos == INSIDE else 1.0
        for theme, strength in hits.items():
            found.setdefault(theme, {})[position] = strength * weight
    return found


def soft_shares(sums: dict[str, float]) -> dict[str, float]:
    """Evidence by theme -> shares, each from 0 to 1, together below 1."""
    powers = {theme: value**SHARPNESS for theme, value in sums.items()}
    total = sum(powers.values()) + PRIOR**SHARPNESS
    return {theme: power / total for theme, power in powers.items()}


def _shared(theme: str, share: float, found: dict[int, float], terms: Sequence[Term], where: Layout) -> Shared:
    order = sorted(found, key=lambda position: (-found[position], terms[position].term))
    kept = order[:TERMS_KEPT]
    passage = best_passage({needles(terms[p]): found[p] for p in kept}, where)
    return Shared(theme, share, tuple(terms[p] for p in kept), tuple(found[p] for p in kept), passage)
