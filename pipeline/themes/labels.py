"""A discovered theme's strongest terms -> a German name that a press officer would write.

One telling noun phrase, or two nouns joined by "und"; never a list of four.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from pipeline.core.text import fold

CANDIDATES = 12
# a phrase is worth a little less weight for being readable; a compound says more than its part
_PHRASE_BONUS, _COMPOUND_BONUS = 1.6, 1.25
_COMPOUND_LETTERS = 10
_ALIKE = 0.75


def label(terms: Sequence[tuple[str, float]], surfaces: Mapping[str, str]) -> str:
    """Terms with weights, strongest first -> the name of their theme.

    >>> label([("breitbandausbau", 0.9), ("glasfaser", 0.8), ("netz", 0.1)],
    ...       {"breitbandausbau": "Breitbandausbau", "glasfaser": "Glasfaser", "netz": "Netz"})
    'Breitbandausbau und Glasfaser'
    """
    scored = sorted(terms[:CANDIDATES], key=lambda pair: (-_telling(*pair), pair[0]))
    if not scored:
        return "Ohne Namen"
    first = scored[0][0]
    others = [term for term, _ in scored[1:] if not alike(first, term) and " " not in term]
    shown = [surfaces[first]] + ([] if " " in first else [surfaces[t] for t in others[:1]])
    return " und ".join(shown)


def _telling(term: str, weight: float) -> float:
    if " " in term:
        return weight * _PHRASE_BONUS
    return weight * (_COMPOUND_BONUS if len(term) >= _COMPOUND_LETTERS else 1.0)


def alike(first: str, second: str) -> bool:
    """Whether two terms would say the same twice: one within the other, or nearly the same letters."""
    a, b = fold(first), fold(second)
    shared = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    return a in b or b in a or shared >= _ALIKE * min(len(a), len(b))


def unique(labels: Sequence[str]) -> list[str]:
    """Labels -> the same, later doubles numbered, so that no two themes of a report read alike."""
    seen: dict[str, int] = {}
    result = []
    for text in labels:
        seen[text] = seen.get(text, 0) + 1
        result.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return result
