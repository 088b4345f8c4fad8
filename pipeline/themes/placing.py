"""Releases -> how near they are to the discovered themes, a batch at a time: a corpus of any length fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pipeline.core.records import Mention, Term
from pipeline.themes.coded import MARK, speaking_words
from pipeline.themes.space import Space

Array = np.ndarray[Any, np.dtype[np.float64]]

# a release that is further from its theme than this has none of the discovered themes
MIN_NEARNESS = 0.2
# how sharply a release leans towards its nearest theme; at .1 a theme that is .07 nearer takes twice the share
SOFTNESS = 0.1
# sums of floats differ in their last digits from machine to machine; nearness equal to this digit is equal
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Where:
    """Where the discovered themes lie."""

    space: Space
    middles: Array

    def nearness(self, counts: sparse.csr_matrix) -> Array:
        """Counts of content terms -> what each theme takes of each release; 0 where it is too far away."""
        points = self.space.points(counts)
        return np.where(points @ self.middles.T >= MIN_NEARNESS, shares(points, self.middles), 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """What discovered themes are told by; ``ids`` is empty where none were discovered."""

    ids: tuple[str, ...]
    place: Mapping[str, int]  # content terms -> their columns
    where: Where | None
    weights: Array  # themes x terms
    min_share: float


def shares(points: Array, middles: Array) -> Array:
    """How much each theme takes of each release; rows add up to 1, a release without any known term gets none."""
    near = np.round(points @ middles.T, DIGITS)
    powers = np.exp((near - near.max(axis=1, keepdims=True)) / SOFTNESS)
    known = np.linalg.norm(points, axis=1) > 0
    return np.where(known[:, None], powers / powers.sum(axis=1, keepdims=True), 0.0)


def placed(terms: Sequence[Sequence[Term]], mentions: Sequence[Sequence[Mention]], found: Found) -> Array:
    """Terms and mentions of some releases -> the share of each discovered theme, a row a release."""
    if found.where is None:
        return np.zeros((len(terms), 0))
    rows = [_counted(*both, found.place) for both in zip(terms, mentions, strict=True)]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    values = np.array([count for row in rows for count in row.values()], dtype=np.int32)
    counts = sparse.csr_matrix((values, columns, starts), shape=(len(rows), len(found.place)))
    return found.where.nearness(counts)


def _counted(terms: Sequence[Term], mentions: Sequence[Mention], place: Mapping[str, int]) -> dict[int, int]:
    """How often each content term stands in one release, by column, in their order."""
    counts = {place[term.term]: term.count for term in terms if term.term in place}
    for word in (word + MARK for m in mentions for word in speaking_words(m.label, m.text)):
        if word in place:
            counts[place[word]] = counts.get(place[word], 0) + 1
    return dict(sorted(counts.items()))
