"""A document becomes windows: runs of words that are read together, cut where a sentence is likely to end."""

from __future__ import annotations

from collections.abc import Sequence

STRONG = frozenset(".!?…:")
CLOSING = frozenset("“”»«\")’'")
WEAK = frozenset(",;–—-")


def cut(words: Sequence[str], sizes: Sequence[int], breaks: frozenset[int] | set[int], limit: int) -> list[tuple[int, int]]:
    """Words with their sizes become (start, end) windows of at most limit; a break begins a new window for sure."""
    windows: list[tuple[int, int]] = []
    start, size, strong, weak = 0, 0, 0, 0
    i = 0
    while i < len(words):
        if i in breaks and i > start:
            windows.append((start, i))
            start, size, strong, weak = i, 0, 0, 0
        if size + sizes[i] > limit and i > start:
            end = strong if strong > start else weak if weak > start else i
            windows.append((start, end))
            start, i, size, strong, weak = end, end, 0, 0, 0
            continue
        size += sizes[i]
        if words[i] in STRONG or (words[i] in CLOSING and strong == i and i > start):
            strong = i + 1
        elif words[i] in WEAK:
            weak = i + 1
        i += 1
    if start < len(words):
        windows.append((start, len(words)))
    return windows
