"""How many themes a corpus carries: by the coherence of their terms and by whether they return from its parts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.metrics import adjusted_rand_score

from pipeline.core.theme_records import ThemeNumber
from pipeline.themes.clusters import LEAVES, Tree, grow, middles, nearest
from pipeline.themes.keywords import coherence, strongest, theme_terms

Array = np.ndarray[Any, np.dtype[np.float64]]

PARTS = 2
MIN_PER_THEME = 6
DIGITS = 3
# an accepted number of themes stays unless another is clearly better: readers compare years. Fewer releases than
# these say little by their number, and a theme that comes or goes is much of them
LOYALTY, ENOUGH = 0.15, 200
# of numbers that do nearly as well the finer tells a reader more: each doubling may cost so much
DETAIL = 0.05


def try_numbers(points: Array, counts: sparse.csr_matrix, most: int, accepted: int) -> list[ThemeNumber]:
    """Points and counts of releases -> a row for each number of themes that was tried, one of them chosen.

    Of a large corpus every n-th release is looked at. No rows: the corpus is too small for two themes.
    """
    step = max(1, -(-len(points) // LEAVES))
    points, counts = points[::step], counts[::step].tocsr()
    # to compare numbers the start from the branches is good enough
    limit = min(most, len(points) // MIN_PER_THEME)
    if limit < 2:
        return []
    trees = [grow(points), *(grow(points[np.arange(len(points)) % PARTS == part]) for part in range(PARTS))]
    rows = [_try(number, points, counts, trees) for number in range(2, limit + 1)]
    loyalty = LOYALTY * min(1.0, len(points) / ENOUGH)
    best = max(rows, key=lambda row: (row[3] + loyalty * (row[0] == accepted), row[0]))
    return [ThemeNumber(*row, chosen=row is best) for row in rows]


def _try(
    number: int, points: Array, counts: sparse.csr_matrix, trees: Sequence[Tree]
) -> tuple[int, float, float, float]:
    whole = nearest(points, middles(trees[0].leaves, trees[0], number, drawn=0))
    weights = theme_terms(counts, whole, int(whole.max()) + 1)
    coherent = float(np.mean(coherence(strongest(weights), counts)))
    parts = [nearest(points, middles(tree.leaves, tree, number, drawn=0)) for tree in trees[1:]]
    stable = float(np.mean([adjusted_rand_score(whole, part) for part in parts]))
    coherent, stable = round(coherent, DIGITS), round(stable, DIGITS)
    return number, coherent, stable, round(coherent + stable + DETAIL * math.log2(number), DIGITS)
