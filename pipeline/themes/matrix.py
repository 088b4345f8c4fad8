"""Terms of releases -> a TF-IDF matrix, a row a release and a column a term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from pipeline.core.records import Term

MAX_TERMS = 20_000
MAX_SHARE = 0.5  # a term of every second release separates nothing


@dataclass(frozen=True, slots=True)
class Matrix:
    """TF-IDF weights, each row of length 1, and what rows and columns stand for."""

    weights: sparse.csr_matrix
    releases: tuple[str, ...]
    terms: tuple[str, ...]


def build(terms: Mapping[str, Sequence[Term]], fitted: Sequence[str], releases: Sequence[str]) -> Matrix:
    """Terms by release -> the matrix of ``releases``; vocabulary and rarity are learnt from ``fitted`` only."""
    vocabulary = choose_vocabulary([terms.get(release, ()) for release in fitted])
    if not vocabulary:
        return Matrix(sparse.csr_matrix((len(releases), 0)), tuple(releases), ())
    transformer = TfidfTransformer(sublinear_tf=True).fit(_counts(terms, fitted, vocabulary))
    weights = transformer.transform(_counts(terms, releases, vocabulary))
    return Matrix(weights.tocsr(), tuple(releases), tuple(vocabulary))


def choose_vocabulary(documents: Sequence[Sequence[Term]]) -> list[str]:
    """Documents -> the terms of at least two (in larger corpora three) and at most half of them, sorted."""
    frequency = Counter(term.term for document in documents for term in document)
    least, most = (2 if len(documents) < 200 else 3), MAX_SHARE * len(documents)
    kept = [(-count, term) for term, count in frequency.items() if least <= count <= most]
    return sorted(term for _, term in sorted(kept)[:MAX_TERMS])


def _counts(
    terms: Mapping[str, Sequence[Term]], releases: Sequence[str], vocabulary: Sequence[str]
) -> sparse.csr_matrix:
    column = {term: i for i, term in enumerate(vocabulary)}
    cells = [
        (row, column[term.term], term.count)
        for row, release in enumerate(releases)
        for term in terms.get(release, ())
        if term.term in column
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(releases), len(vocabulary))
    return sparse.csr_matrix((np.asarray(values, dtype=float), (rows, columns)), shape=shape)
