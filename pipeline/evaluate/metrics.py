"""Counts per release -> precision, recall and F1 with a bootstrap interval."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from pipeline.evaluate.compare import Counts

_LOW, _HIGH = 0.025, 0.975  # the middle 95 % of the draws


@dataclass(frozen=True, slots=True)
class Score:
    """Micro-averaged over releases; ``low`` and ``high`` bound F1 with 95 % confidence."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    found: int


def summarise(releases: Sequence[dict[str, Counts]], draws: int) -> dict[str, dict[str, float]]:
    """Counts of every release -> scores per type, as plain dicts for JSON."""
    types = list(releases[0]) if releases else []
    return {kind: asdict(score([counts[kind] for counts in releases], draws)) for kind in types}


def score(column: Sequence[Counts], draws: int) -> Score:
    """Counts of one type over all releases -> its score.

    The interval resamples releases, not mentions: mentions of one release stand or fall together
    (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13). Seed 0.
    """
    precision, recall, f1 = _prf(column)
    rng, size = random.Random(0), len(column)  # noqa: S311  chance for statistics, not for secrets
    drawn = (_prf([column[rng.randrange(size)] for _ in range(size)])[2] for _ in range(draws))
    low, high = bounds(drawn, f1)
    p, r, f, lowest, highest = (round(value, 4) for value in (precision, recall, f1, low, high))
    return Score(p, r, f, lowest, highest, sum(c.gold for c in column), sum(c.found for c in column))


def bounds(drawn: Iterable[float], otherwise: float) -> tuple[float, float]:
    """Drawn values -> what the middle 95 % of them lie between; the value itself where nothing was drawn."""
    values = sorted(drawn)
    if not values:
        return otherwise, otherwise
    return values[int(len(values) * _LOW)], values[int(len(values) * _HIGH)]


def _prf(column: Iterable[Counts]) -> tuple[float, float, float]:
    hit = gold = found = 0
    for counts in column:
        hit, gold, found = hit + counts.hit, gold + counts.gold, found + counts.found
    precision, recall = hit / found if found else 0.0, hit / gold if gold else 0.0
    return precision, recall, 2 * hit / (gold + found) if gold + found else 0.0
