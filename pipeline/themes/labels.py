"""A discovered theme's terms and typical texts -> a German name that a press officer would write.

One noun phrase that the texts themselves use, or two nouns joined by "und"; never a list of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.core.text import fold
from pipeline.themes.compounds import stem
from pipeline.themes.phrases import joined, nominative

CANDIDATES = 15
# a phrase that fewer of the typical texts use is chance
MIN_TEXTS, MIN_SHARE = 2, 0.1
# a phrase may weigh a little less than the two nouns, for being readable; a compound says more than its part
_PHRASE_BONUS, _COMPOUND_BONUS = 1.3, 1.25
_COMPOUND_LETTERS = 10
_ALIKE = 0.55
UNNAMED = "Ohne Namen"


@dataclass(frozen=True, slots=True)
class Word:
    """A term that speaks for a theme."""

    term: str
    surface: str
    weight: float


def label(words: Sequence[Word], texts: Sequence[str]) -> str:
    """Words, strongest first, and the texts of typical releases -> the name of their theme.

    >>> label([Word("breitbandausbau", "Breitbandausbau", 0.9), Word("glasfaser", "Glasfaser", 0.8)], [])
    'Breitbandausbau und Glasfaser'
    """
    nouns = sorted((w for w in words[:CANDIDATES] if " " not in w.term), key=lambda w: (-_telling(w), w.term))
    if not nouns:
        return next((name for w in words if (name := nominative(w.surface))), UNNAMED)
    first = nouns[0]
    second = next((w for w in nouns[1:] if not alike(first.term, w.term)), None)
    pair = first.surface if second is None else f"{first.surface} und {second.surface}"
    best = (first.weight + (second.weight if second else 0.0)) / 2
    phrases = {**_adjectives(words[:CANDIDATES]), **_joined(nouns, texts)}
    named = [(weight * _PHRASE_BONUS, name) for name, weight in phrases.items() if weight * _PHRASE_BONUS >= best]
    return max(named, key=lambda one: (one[0], one[1]))[1] if named else pair


def _telling(word: Word) -> float:
    return word.weight * (_COMPOUND_BONUS if len(word.term) >= _COMPOUND_LETTERS else 1.0)


def _adjectives(words: Sequence[Word]) -> dict[str, float]:
    named = {name: w.weight for w in reversed(words) if " " in w.term and (name := nominative(w.surface))}
    return dict(sorted(named.items()))


def _joined(nouns: Sequence[Word], texts: Sequence[str]) -> dict[str, float]:
    """Phrases that enough of the texts use -> the mean weight of their two nouns."""
    shown = {stem(w.term): w.surface for w in reversed(nouns)}
    weight = {stem(w.term): w.weight for w in reversed(nouns)}
    least = max(MIN_TEXTS, MIN_SHARE * len(texts))
    found = {phrase: phrase.split() for phrase, count in joined(texts, shown).items() if count >= least}
    return {
        phrase: (weight[stem(parts[0].lower())] + weight[stem(parts[-1].lower())]) / 2
        for phrase, parts in found.items()
        if not alike(parts[0], parts[-1])
    }


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
