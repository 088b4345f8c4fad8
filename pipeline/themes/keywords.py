"""Which terms speak for which theme, and how well the terms of a theme belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

Array = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

TOP = 10
DIGITS = 6
# a term of one release is that release's, not the theme's
MIN_RELEASES = 2


def theme_terms(counts: sparse.csr_matrix, labels: Ints, number: int) -> Array:
    """Counts of terms and the theme of each release -> the weight of each term for each theme, 0 to 1.

    A term's weight is the share of the theme's releases that have it, times how much more often it stands there
    than elsewhere (in doublings). What stands everywhere alike weighs nothing.
    """
    present = (counts > 0).astype(float)
    sizes = np.bincount(labels, minlength=number).astype(float)
    member = sparse.csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))), (number, len(labels)))
    inside = np.asarray((member @ present).todense())
    total = inside.sum(axis=0)
    share = inside / np.maximum(sizes, 1)[:, None]
    # half a release is added on both sides, so that rare terms do not look surer than they are
    expected = (total + 0.5) / (sizes.sum() + 1)
    lift = np.log2(np.maximum((inside + 0.5) / (sizes[:, None] + 1), 1e-9) / np.maximum(expected, 1e-9))
    weights = np.where(inside >= MIN_RELEASES, share * np.maximum(lift, 0), 0.0)
    top = weights.max(axis=1, keepdims=True)
    even = np.divide(weights, top, out=np.zeros_like(weights), where=top > 0)
    return np.asarray(np.round(even, DIGITS))


def strongest(weights: Array, size: int = TOP) -> list[list[int]]:
    """Weights of terms by theme -> the columns of the strongest terms of each, none without weight."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :size]
    return [[int(i) for i in row if weights[theme, i] > 0] for theme, row in enumerate(order)]


def coherence(tops: Sequence[Sequence[int]], counts: sparse.csr_matrix) -> list[float]:
    """The mean NPMI of the pairs of terms of each theme, -1 to 1: do its words stand in the same releases?"""
    columns = sorted({column for top in tops for column in top})
    present = (counts[:, columns] > 0).astype(float)
    together = np.asarray((present.T @ present).todense()) / max(1, counts.shape[0])
    place = {column: i for i, column in enumerate(columns)}
    return [_npmi(together, [place[column] for column in sorted(top)]) for top in tops]


def _npmi(together: Array, terms: Sequence[int]) -> float:
    pairs = [(a, b) for a in terms for b in terms if a < b]
    if not pairs:
        return 0.0
    joint = np.array([together[a, b] for a, b in pairs])
    alone = np.array([together[a, a] * together[b, b] for a, b in pairs])
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(joint / alone) / -np.log(joint)
    # never together: -1; always together (log 1): 1
    return round(float(np.mean(np.where(joint <= 0, -1.0, np.where(joint >= 1, 1.0, values)))), DIGITS)


def diversity(tops: Sequence[Sequence[int]]) -> float:
    """Different terms among the strongest of all themes, 0 to 1: 1 when no two themes share a term."""
    size = sum(len(top) for top in tops)
    return round(len({column for top in tops for column in top}) / size, DIGITS) if size else 0.0
