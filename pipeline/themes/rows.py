"""What was assigned -> the rows of the tables THEMES and ASSIGNMENTS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.core.theme_records import Theme, ThemeAssignment
from pipeline.themes.discovered import DiscoveredTheme
from pipeline.themes.guided import Shared
from pipeline.themes.scheme import GuidedTheme

Assigned = Mapping[str, Sequence[Shared]]  # by release

# the last digits of a float depend on the order in which a machine adds; six say all that a share can say
DIGITS = 6


def assignment_rows(assigned: Assigned) -> list[ThemeAssignment]:
    """Assigned themes by release -> a row each; rank counts from 1 within the scheme."""
    return [
        ThemeAssignment(
            release_id,
            shared.theme_id,
            round(shared.share, DIGITS),
            rank,
            list(dict.fromkeys(term.surface for term in shared.terms)),
            shared.sentence_start,
        )
        for release_id, themes in assigned.items()
        for rank, shared in enumerate(themes, 1)
    ]


def guided_rows(scheme: Sequence[GuidedTheme], assigned: Assigned, size: int) -> list[Theme]:
    """The themes of the scheme that occur -> a row each, with the terms that said so most in this corpus."""
    present = {shared.theme_id for themes in assigned.values() for shared in themes}
    return [
        Theme(
            t.theme_id,
            "guided",
            t.label,
            _corpus_terms(t.theme_id, assigned)[:size],
            *_extent(t.theme_id, assigned),
        )
        for t in scheme
        if t.theme_id in present
    ]


def discovered_rows(themes: Sequence[DiscoveredTheme], assigned: Assigned) -> list[Theme]:
    """Discovered themes -> a row each."""
    return [
        Theme(t.theme_id, "discovered", t.label, list(t.terms), *_extent(t.theme_id, assigned)) for t in themes
    ]


def _extent(theme_id: str, assigned: Assigned) -> tuple[int, float]:
    """How many releases have a theme, and its share of all of them."""
    shares = [shared.share for themes in assigned.values() for shared in themes if shared.theme_id == theme_id]
    return len(shares), round(sum(shares) / max(1, len(assigned)), DIGITS)


def _corpus_terms(theme_id: str, assigned: Assigned) -> list[str]:
    """The surfaces that gave a theme its evidence, strongest in the corpus first."""
    weights: Counter[str] = Counter()
    for themes in assigned.values():
        for shared in themes:
            if shared.theme_id == theme_id:
                weights.update({t.surface: w for t, w in zip(shared.terms, shared.weights, strict=True)})
    return sorted(weights, key=lambda surface: (-round(weights[surface], DIGITS), surface))
