"""Releases -> points: near to each other where they are about the same thing, in other words or in the same ones.

A point is two halves. One says what a release's words mean (vectors that know German beyond this corpus), the
other which words of this corpus stand together (its own leading directions). Compounds count whole and in parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pipeline.themes.coded import MARK, Coded
from pipeline.themes.compounds import splitter, stem
from pipeline.themes.vectors import Vectors

Array = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

# how much the corpus's own directions count beside meaning; they say little where releases are few
OWN, FEW = 0.7, 200
DIRECTIONS = 30
MAX_SHARE = 0.3  # a word of every third release separates nothing
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Half:
    """One way to read terms: as which stems, how rare each is in the corpus, and where each lies."""

    stems: sparse.csr_matrix  # terms x stems
    rarity: Array
    place: Array  # stems x dimensions

    def points(self, counts: sparse.csr_matrix) -> Array:
        """Counts of terms, a row a release -> a point of length 1 each, or 0 without a known term."""
        return _unit(_weights(counts, self.stems, self.rarity) @ self.place)


@dataclass(frozen=True, slots=True)
class Space:
    """How counts of terms become points."""

    meaning: Half  # each word as itself where it is known, else as its parts
    own: Half  # each word as itself and as its parts
    trust: float  # how much the corpus's own directions count beside meaning

    def points(self, counts: sparse.csr_matrix) -> Array:
        """Counts of terms, a row a release -> a point of length 1 each; without a known term all zero."""
        return _unit(np.hstack([self.meaning.points(counts), self.trust * self.own.points(counts)]))


def learn(coded: Coded, rows: Ints, vectors: Vectors) -> Space:
    """The terms of a corpus and the rows to learn from -> how its releases become points."""
    counts = coded.counts[rows]
    # the noun of a phrase is a term of its own and counted there
    whole = [[stem(term.rstrip(MARK))] if " " not in term else [] for term in coded.terms]
    split = splitter({word for words in whole for word in words} | set(vectors.place))
    every = [[part for word in words for part in (word, *split(word))] for words in whole]
    known = [
        [
            part
            for word in words
            for part in ([word] if word in vectors.place else split(word))
            if part in vectors.place
        ]
        for words in whole
    ]
    names, stems = _stems(every)
    rarity = _rarity(counts, stems, 2 if len(rows) < FEW else 3)
    own = Half(stems, rarity, _directions(_weights(counts, stems, rarity)))
    names, stems = _stems(known)
    meaning = Half(
        stems, _rarity(counts, stems, 1), vectors.rows[[vectors.place[name] for name in names]].astype(float)
    )
    return Space(meaning, own, OWN * min(1.0, len(rows) / FEW))


def _stems(parts: Sequence[Sequence[str]]) -> tuple[list[str], sparse.csr_matrix]:
    """The stems of each term -> all stems, sorted, and which term has which."""
    names = sorted({part for row in parts for part in row})
    place = {name: i for i, name in enumerate(names)}
    cells = [(i, place[part]) for i, row in enumerate(parts) for part in dict.fromkeys(row)]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return names, sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(parts), len(names)))


def _rarity(counts: sparse.csr_matrix, stems: sparse.csr_matrix, least: int) -> Array:
    """How rare each stem is; 0 where it stands in fewer than ``least`` releases or in very many."""
    size = counts.shape[0]
    frequency = np.bincount(((counts > 0) @ stems).tocsr().indices, minlength=stems.shape[1])
    rarity = np.log((1 + size) / (1 + frequency)) + 1
    return np.where((frequency >= least) & (frequency <= max(least, MAX_SHARE * size)), rarity, 0.0)


def _directions(weights: sparse.csr_matrix) -> Array:
    """The directions in which the releases of a corpus differ most; fewer where it is tiny."""
    # a second to import, and not needed where themes are known
    import scipy.sparse.linalg  # noqa: PLC0415
    from sklearn.utils.extmath import randomized_svd  # noqa: PLC0415

    size = min(DIRECTIONS, min(weights.shape) - 1)
    if size < 1:
        return np.zeros((weights.shape[1], 1))
    length = scipy.sparse.linalg.norm(weights, axis=1)
    even = sparse.diags(1 / np.maximum(length, 1e-9)) @ weights
    return np.asarray(np.round(randomized_svd(even, size, random_state=0)[2].T, DIGITS))


def _weights(counts: sparse.csr_matrix, stems: sparse.csr_matrix, rarity: Array) -> sparse.csr_matrix:
    """Damped counts of stems, weighed by rarity."""
    weights = (counts.astype(float) @ stems).tocsr()
    weights.data = 1 + np.log(weights.data)
    return (weights @ sparse.diags(rarity)).tocsr()


def _unit(rows: Array) -> Array:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, length, out=np.zeros_like(rows, dtype=float), where=length > 1e-9))
