"""A TF-IDF matrix -> discovered themes: non-negative factors, their number chosen by coherence and stability."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

Array = np.ndarray[Any, np.dtype[np.float64]]

TOP = 10
# choosing the number needs no more than this: every n-th release of a larger corpus, the most frequent terms,
# and a coarse fit; the chosen number is then fitted in full
SAMPLE, SAMPLE_TERMS = 2_000, 2_000
COARSE, FINE = (60, 1e-3), (400, 1e-4)
PARTS = 2
MIN_PER_THEME = 6


@dataclass(frozen=True, slots=True)
class Factors:
    """Releases x themes and themes x terms, strongest theme of the corpus first."""

    shares: Array
    components: Array


def fit(weights: sparse.csr_matrix, number: int, seed: int, effort: tuple[int, float] = FINE) -> NMF:
    """The NMF model of ``number`` themes. NNDSVDa starts from the data, so that the seed hardly matters."""
    model = NMF(number, init="nndsvda", random_state=seed, max_iter=effort[0], tol=effort[1])
    with warnings.catch_warnings():
        # a factor that still moves in the fourth digit is good enough for a share in per cent
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(weights)


def factorise(weights: sparse.csr_matrix, fitted: Sequence[int], number: int, seed: int) -> Factors:
    """Fit on the rows ``fitted``, apply to all; themes sorted by their weight in the corpus."""
    model = fit(weights[fitted], number, seed)
    loads = np.asarray(model.transform(weights), dtype=float)
    scale = np.linalg.norm(model.components_, axis=1)
    loads, components = loads * scale, model.components_ / np.maximum(scale, 1e-12)[:, None]
    order = np.argsort(-np.round(loads.sum(axis=0), 6), kind="stable")
    total = loads.sum(axis=1, keepdims=True)
    shares = np.divide(loads, total, out=np.zeros_like(loads), where=total > 1e-9)
    return Factors(shares[:, order], components[order])


def choose_number(weights: sparse.csr_matrix, most: int, seed: int) -> int:
    """How many themes a corpus carries: the number of best coherence and stability; 0 if it is too small."""
    limit = min(most, weights.shape[0] // MIN_PER_THEME, weights.shape[1] // TOP)
    if limit < 2:
        return 0
    sample = _sample(weights)
    scores = {number: round(_quality(sample, number, seed), 3) for number in range(2, limit + 1)}
    # of equals the larger number: it says more
    return max(scores, key=lambda number: (scores[number], number))


def _sample(weights: sparse.csr_matrix) -> sparse.csr_matrix:
    rows = weights[:: max(1, -(-weights.shape[0] // SAMPLE))]
    frequency = np.asarray((rows > 0).sum(axis=0)).ravel()
    columns = np.sort(np.argsort(-frequency, kind="stable")[:SAMPLE_TERMS])
    return rows[:, columns].tocsr()


def _quality(weights: sparse.csr_matrix, number: int, seed: int) -> float:
    """Coherence of the top terms plus how far they return when half of the releases is left out."""
    whole = top_terms(fit(weights, number, seed, COARSE).components_)
    rows = np.arange(weights.shape[0])
    parts = [
        top_terms(fit(weights[rows % PARTS != part], number, seed, COARSE).components_) for part in range(PARTS)
    ]
    stability = float(np.mean([agreement(whole, part) for part in parts]))
    return coherence(whole, weights) + stability


def top_terms(components: Array) -> list[frozenset[int]]:
    """The columns of the strongest terms of each component."""
    return [frozenset(np.argsort(-row, kind="stable")[:TOP].tolist()) for row in components]


def agreement(these: list[frozenset[int]], those: list[frozenset[int]]) -> float:
    """Two sets of themes -> mean Jaccard overlap of their terms under the best pairing, 0 to 1."""
    overlap = np.array([[len(a & b) / len(a | b) for b in those] for a in these])
    rows, columns = linear_sum_assignment(-overlap)
    return float(overlap[rows, columns].mean())


def coherence(tops: list[frozenset[int]], weights: sparse.csr_matrix) -> float:
    """Mean NPMI of the term pairs of each theme, -1 to 1: do the words of a theme stand in the same releases?"""
    columns = sorted(set().union(*tops))
    present = (weights[:, columns] > 0).astype(float)
    together = np.asarray((present.T @ present).todense()) / weights.shape[0]
    place = {column: i for i, column in enumerate(columns)}
    return float(np.mean([_npmi(together, [place[c] for c in sorted(top)]) for top in tops]))


def _npmi(together: Array, terms: list[int]) -> float:
    pairs = [(a, b) for a in terms for b in terms if a < b]
    joint = np.array([together[a, b] for a, b in pairs])
    alone = np.array([together[a, a] * together[b, b] for a, b in pairs])
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(joint / alone) / -np.log(joint)
    # never together: -1; always together (log 1): 1
    return float(np.mean(np.where(joint <= 0, -1.0, np.where(joint >= 1, 1.0, values))))
