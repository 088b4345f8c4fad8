"""Releases -> the themes that their own words form, beside the given ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.core.records import Term
from pipeline.themes.emphasis import Layout, best_passage, needles
from pipeline.themes.factors import Array, choose_number, factorise
from pipeline.themes.guided import MAX_ASSIGNED, TERMS_KEPT, Shared
from pipeline.themes.labels import label, unique
from pipeline.themes.matrix import Matrix, build
from pipeline.themes.settings import ThemesParams


@dataclass(frozen=True, slots=True)
class DiscoveredTheme:
    """A theme found in the corpus: its id, its German name, its terms as shown."""

    theme_id: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was discovered; empty when the corpus is too small."""

    themes: tuple[DiscoveredTheme, ...]
    assigned: Mapping[str, list[Shared]]


NOTHING = Discovery((), {})


def discover(
    terms: Mapping[str, Sequence[Term]],
    layouts: Mapping[str, Layout],
    repeated: frozenset[str],
    settings: ThemesParams,
) -> Discovery:
    """Content terms by release -> themes. Releases in ``repeated`` say what others say and are not learnt from."""
    releases = sorted(layouts)
    fitted = [release for release in releases if release not in repeated]
    if len(fitted) < settings.min_releases:
        return NOTHING
    matrix = build(terms, fitted, releases)
    rows = [i for i, release in enumerate(releases) if release not in repeated]
    number = choose_number(matrix.weights[rows], settings.max_themes, settings.seed)
    if not number:
        return NOTHING
    factors = factorise(matrix.weights, rows, number, settings.seed)
    reader = _Reader(
        _themes(factors.components, matrix, _surfaces(terms), settings.terms_per_theme),
        factors.components,
        {term: i for i, term in enumerate(matrix.terms)},
        settings.min_share,
    )
    return Discovery(
        reader.themes,
        {
            release: reader.assign(shares, terms.get(release, ()), layouts[release])
            for release, shares in zip(releases, factors.shares, strict=True)
        },
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """The fitted themes, ready to say which of them a release has and which of its terms say so."""

    themes: tuple[DiscoveredTheme, ...]
    components: Array
    column: Mapping[str, int]
    min_share: float

    def assign(self, shares: Array, terms: Sequence[Term], where: Layout) -> list[Shared]:
        """The shares of one release -> its themes, largest first; at most three, maybe none."""
        ranked = [int(i) for i in np.argsort(-np.round(shares, 6), kind="stable")[:MAX_ASSIGNED]]
        known = [term for term in terms if term.term in self.column]
        return [self._shared(i, float(shares[i]), known, where) for i in ranked if shares[i] >= self.min_share]

    def _shared(self, theme: int, share: float, known: Sequence[Term], where: Layout) -> Shared:
        weights = {t: round(float(self.components[theme, self.column[t.term]]) * t.count, 6) for t in known}
        kept = sorted((t for t in known if weights[t] > 0), key=lambda t: (-weights[t], t.term))[:TERMS_KEPT]
        passage = best_passage({needles(t): weights[t] for t in kept}, where)
        return Shared(self.themes[theme].theme_id, share, tuple(kept), tuple(weights[t] for t in kept), passage)


def _surfaces(terms: Mapping[str, Sequence[Term]]) -> dict[str, str]:
    """Term -> its most frequent surface in the corpus."""
    seen: dict[str, Counter[str]] = {}
    for document in terms.values():
        for term in document:
            seen.setdefault(term.term, Counter())[term.surface] += term.count
    return {term: min(forms, key=lambda form: (-forms[form], form)) for term, forms in seen.items()}


def _themes(
    components: Array, matrix: Matrix, surfaces: Mapping[str, str], size: int
) -> tuple[DiscoveredTheme, ...]:
    tops = [_strongest(row, matrix.terms) for row in components]
    labels = unique([label(top, surfaces) for top in tops])
    return tuple(
        DiscoveredTheme(f"neu-{i:02}", name, tuple(surfaces[term] for term, _ in top[:size]))
        for i, (name, top) in enumerate(zip(labels, tops, strict=True), 1)
    )


def _strongest(row: Array, terms: Sequence[str]) -> list[tuple[str, float]]:
    """A component -> its terms with weights, strongest first; rounded first, so that noise decides nothing."""
    rounded = np.round(row, 6)
    order = np.argsort(-rounded, kind="stable")
    return [(terms[i], float(rounded[i])) for i in order if rounded[i] > 0]
