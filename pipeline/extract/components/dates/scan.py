"""Text -> hits: where an expression of time stands and how it reads. The longest reading wins."""

from __future__ import annotations

import re

from pipeline.extract.components.dates.lexicon import BLOCKED, RULES, TRIGGERS, Hit

_WORD = re.compile(r"(?<!\w)\w+")


def scan(text: str) -> list[Hit]:
    """All hits, left to right, without overlap."""
    hits: list[Hit] = []
    blocked = [m.span() for m in BLOCKED.finditer(text)]
    free, b = 0, 0
    for word in _WORD.finditer(text):
        start = word.start()
        while b < len(blocked) and blocked[b][1] <= start:
            b += 1
        inside = b < len(blocked) and blocked[b][0] <= start
        if start < free or inside or not _may_begin(word[0]):
            continue
        hit = _longest(text, start)
        if hit:
            hits.append(hit)
            free = hit.end
    return hits


def _may_begin(word: str) -> bool:
    return word[0].isdigit() or word[:3].lower() in TRIGGERS


def _longest(text: str, start: int) -> Hit | None:
    best: Hit | None = None
    for rule in RULES:
        hit = rule.match(text, start)
        if hit and (best is None or hit.end > best.end):
            best = hit
    return best
