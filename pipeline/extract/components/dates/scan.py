"""Text -> hits: where an expression of time stands and how it reads. The longest reading wins."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.components.dates.lexicon import Hit, Rule, RuleSet, blocked, rules

_WORD = re.compile(r"\w+")
_WEB = re.compile(r"://|www\.|@")
_LEFT, _RIGHT = 60, 40  # characters around a hit in which something that is no date may hold it


def scan(text: str, held: RuleSet | None = None) -> list[Hit]:
    """All hits, left to right, without overlap; of two readings of a length the earlier rule's."""
    held = held or rules()
    hits: list[Hit] = []
    free = 0
    for word in _WORD.finditer(text):
        if not held.may_begin(word[0]) or (start := word.start()) < free:
            continue
        hit = longest(text, start, held.at(text, start))
        if hit and not _blocked(text, start):
            hits.append(hit)
            free = hit.end
    return hits


def longest(text: str, start: int, candidates: Iterable[Rule]) -> Hit | None:
    """The longest reading of what begins at an offset; of equal ones the earlier rule's."""
    best: Hit | None = None
    for rule in candidates:
        hit = rule.match(text, start)
        if hit and (best is None or hit.end > best.end):
            best = hit
    return best


def _blocked(text: str, start: int) -> bool:
    """Whether a hit stands inside something that only looks like a date: a phone number, a paragraph, a page."""
    glued = text[max(0, start - 300) : start].rsplit(maxsplit=1)
    if glued and text[start - 1 : start].strip() and _WEB.search(glued[-1]):
        return True
    left = max(0, start - _LEFT)
    window = text[left : start + _RIGHT]
    cut = window.find(" ") if left and " " in window[: start - left] else 0
    pattern = blocked(window)
    return pattern is not None and any(m.start() <= start - left < m.end() for m in pattern.finditer(window, cut))
