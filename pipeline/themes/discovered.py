"""The terms of a corpus -> the themes that its own words form, beside the given ones.

What they are is decided here; what they are called and which id they bear, in ``labels`` and ``passport``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pipeline.core.theme_records import ThemeDiscovery, ThemeNumber
from pipeline.themes.clusters import grow, middles, nearest, settle
from pipeline.themes.coded import NAME, Coded, keep
from pipeline.themes.keywords import coherence, diversity, strongest, theme_terms
from pipeline.themes.numbers import try_numbers
from pipeline.themes.placing import Where
from pipeline.themes.settings import ThemesParams
from pipeline.themes.space import learn
from pipeline.themes.vectors import Vectors

Array = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

MIN_TERMS = 20
MIN_MEMBERS = 3
MAX_TERMS = 50_000
NUMBER_MESSAGE = (
    "{number} Themen wurden in den Texten entdeckt, aus {terms} Begriffen von {releases} Mitteilungen."
)
TOO_FEW = (
    "Für entdeckte Themen braucht es mindestens {least} verschiedene Mitteilungen; hier sind es {releases}. "
    "Der Bericht zeigt deshalb nur die vorgegebenen Themen."
)
NO_WORDS = (
    "Die Mitteilungen haben zu wenige Begriffe gemeinsam, um darin Themen zu entdecken. "
    "Der Bericht zeigt deshalb nur die vorgegebenen Themen."
)


@dataclass(frozen=True, slots=True)
class Discovery:
    """Themes as numbers: releases x themes, themes x terms."""

    terms: Coded  # the content terms that themes are made of
    where: Where | None  # None: there are no themes
    shares: Array  # of the releases learnt from; 0 where one is too far from a theme to have it
    weights: Array  # of each term for each theme, 0 to 1
    coherence: tuple[float, ...]
    numbers: tuple[ThemeNumber, ...]
    summary: ThemeDiscovery

    @property
    def number(self) -> int:
        """How many themes were discovered."""
        return int(self.weights.shape[0])


@dataclass(frozen=True, slots=True)
class Choice:
    """What themes are learnt from."""

    welcome: Callable[[str, str], bool]  # of a term and its kind: whether it may make a theme
    repeated: Collection[str]  # releases that say what others say


def discover(
    coded: Coded,
    choice: Choice,
    vectors: Vectors,
    accepted: Sequence[dict[str, float]],
    settings: ThemesParams,
) -> Discovery:
    """Terms -> themes.

    ``accepted`` are the terms of the themes of the accepted run: where they still fit, the search starts from
    them, so that themes stay the same.
    """
    again = choice.repeated
    rows = np.array([i for i, release in enumerate(coded.releases) if release not in again], dtype=np.int64)
    content = content_terms(coded, choice.welcome, rows)
    if len(rows) < settings.min_releases:
        return _nothing(
            content, "too_few", TOO_FEW.format(least=settings.min_releases, releases=len(rows)), len(rows)
        )
    if np.count_nonzero(content.frequency > 1) < MIN_TERMS:
        return _nothing(content, "no_words", NO_WORDS, len(rows))
    space = learn(content, rows, vectors)
    points = space.points(content.counts[rows])
    some = points.any(axis=1)
    learnt, points = rows[some], points[some]
    # names help to see what belongs together; a theme is never known by them
    counts = (content.counts[learnt] @ sparse.diags(_speaking(content))).tocsr()
    numbers = try_numbers(points, counts, settings.max_themes, len(accepted))
    if not numbers:
        return _nothing(content, "no_structure", NO_WORDS, len(rows))
    number = next(row.number for row in numbers if row.chosen)
    found = _themes(points, space.points(_as_counts(accepted, content.terms)), number)
    labels = nearest(points, found)
    weights = theme_terms(counts, labels, len(found))
    order = _worth(labels, weights, counts)
    if not order:
        return _nothing(content, "no_structure", NO_WORDS, len(rows))
    return _found(content, Where(space, found[order]), weights[order], numbers, len(rows))


def content_terms(coded: Coded, welcome: Callable[[str, str], bool], rows: Ints) -> Coded:
    """The terms that may make themes; of very many, the most frequent.

    A word of a single release names no theme, but its meaning says what the release is about.
    """
    frequency = np.bincount(coded.counts[rows].indices, minlength=len(coded.terms))
    chosen = [
        i
        for i, (term, kind) in enumerate(zip(coded.terms, coded.kinds, strict=True))
        if frequency[i] and welcome(term, kind)
    ]
    chosen = sorted(chosen, key=lambda i: (-int(frequency[i]), coded.terms[i]))[:MAX_TERMS]
    return keep(coded, sorted(chosen))


def _worth(labels: Ints, weights: Array, counts: sparse.csr_matrix) -> list[int]:
    """The themes that deserve a name, that of most releases first.

    A handful of releases or of words is no theme, nor are words that rather avoid each other: such releases are a
    rest and stay without a discovered theme.
    """
    sizes = np.bincount(labels, minlength=len(weights))
    coherent = np.array(coherence(strongest(weights), counts))
    good = (sizes >= MIN_MEMBERS) & ((weights > 0).sum(axis=1) >= MIN_MEMBERS) & (coherent > 0)
    return [int(i) for i in np.argsort(-sizes, kind="stable") if good[i]]


def _speaking(content: Coded) -> Array:
    """1 for terms that a theme may be known by, 0 for names."""
    return np.array([kind != NAME for kind in content.kinds], dtype=float)


def _themes(points: Array, accepted: Array, number: int) -> Array:
    """The middles of ``number`` themes; from the accepted ones where they are as many."""
    if len(accepted) == number and accepted.any(axis=1).all():
        return settle(points, accepted)
    return middles(points, grow(points), number)


def _as_counts(themes: Sequence[dict[str, float]], terms: Sequence[str]) -> sparse.csr_matrix:
    """The terms of accepted themes -> a row each, as if it were a release that has them."""
    place = {term: i for i, term in enumerate(terms)}
    cells = [(i, place[t]) for i, weights in enumerate(themes) for t in weights if t in place]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(themes), len(terms)))


def _found(
    content: Coded, where: Where, weights: Array, numbers: Sequence[ThemeNumber], releases: int
) -> Discovery:
    tops = strongest(weights)
    coherent = coherence(tops, content.counts)
    summary = ThemeDiscovery(
        "found",
        releases,
        len(content.terms),
        len(weights),
        round(float(np.mean(coherent)), 6),
        diversity(tops),
        NUMBER_MESSAGE.format(number=len(weights), terms=len(content.terms), releases=releases),
    )
    near = where.nearness(content.counts)
    return Discovery(content, where, near, weights, tuple(coherent), tuple(numbers), summary)


def _nothing(content: Coded, status: str, message: str, releases: int) -> Discovery:
    summary = ThemeDiscovery(status, releases, len(content.terms), 0, None, None, message)
    size = (len(content.releases), 0)
    return Discovery(content, None, np.zeros(size), np.zeros((0, len(content.terms))), (), (), summary)
