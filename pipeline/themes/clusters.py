"""Points -> the middles of themes: k-means on the sphere.

It starts from the branches of a Ward tree and from twenty drawn sets of releases; the tightest result counts. So
another seed finds the same themes, or nearly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import kmeans_plusplus

Array = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

# a tree of more leaves costs minutes and starts no better
LEAVES = 2_000
ROUNDS = 100
DRAWN = 20
# sums of floats differ in their last digits from machine to machine; nearness equal to this digit is equal
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Tree:
    """The branches of some evenly spread points."""

    leaves: Array
    merges: Array


def grow(points: Array) -> Tree:
    """Points of length 1 -> their Ward tree; of many, every n-th is a leaf."""
    leaves = points[:: max(1, -(-len(points) // LEAVES))]
    return Tree(leaves, linkage(leaves, "ward"))


def middles(points: Array, tree: Tree, number: int, seed: int = 0, drawn: int = DRAWN) -> Array:
    """Points and their tree -> the middles of ``number`` themes (fewer where points are equal), none empty."""
    branches = _means(tree.leaves, fcluster(tree.merges, number, "maxclust") - 1)
    others = (kmeans_plusplus(tree.leaves, number, random_state=seed * DRAWN + i)[0] for i in range(drawn))
    found = [settle(tree.leaves, start) for start in (branches, *others)]
    # the first of equals; looked for among the leaves, then settled among all
    best = max(found, key=lambda middle: _tightness(tree.leaves, middle))
    return best if points is tree.leaves else settle(points, best)


def _tightness(points: Array, found: Array) -> float:
    """The mean nearness of releases to their theme."""
    return round(float((points @ found.T).max(axis=1).mean()), DIGITS)


def settle(points: Array, start: Array) -> Array:
    """Middles to start from -> middles that their own points no longer move; empty ones are dropped."""
    found = start
    before: Ints | None = None
    for _ in range(ROUNDS):
        labels = nearest(points, found)
        if before is not None and np.array_equal(labels, before):
            break
        found, before = _means(points, labels), labels
    return found


def nearest(points: Array, found: Array) -> Ints:
    """The middle that each point is nearest to; the first of equals."""
    return np.asarray(np.argmax(np.round(points @ found.T, DIGITS), axis=1), dtype=np.int64)


def _means(points: Array, labels: Ints) -> Array:
    """The directions in which the points of each label lie."""
    sums = np.vstack([points[labels == label].sum(axis=0) for label in np.unique(labels)])
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))
