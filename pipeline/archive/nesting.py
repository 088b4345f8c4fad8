"""Stretches of a text that may cross each other -> pieces that nest, as XML asks for.

A stretch that is cut by another's end goes on behind it as a further piece with the same key; so is one that runs
over the end of a paragraph.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text that one element is to hold; ``key`` says which."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Open:
    """Here a piece begins; ``number`` counts the pieces of its stretch from 1."""

    at: int
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Close:
    """Here the innermost open piece ends."""

    at: int


def nest(stretches: Iterable[Stretch], start: int, end: int, numbers: dict[str, int]) -> Iterator[Open | Close]:
    """What opens and closes between two offsets, in order; ``numbers`` counts pieces from call to call."""
    clipped = ((max(s.start, start), min(s.end, end), s.key) for s in stretches)
    queue = [(first, -last, key) for first, last, key in clipped if first < last]
    heapq.heapify(queue)
    still_open: list[int] = []
    while queue or still_open:
        if still_open and (not queue or still_open[-1] <= queue[0][0]):
            yield Close(still_open.pop())
            continue
        first, negative, key = heapq.heappop(queue)
        last = -negative
        if still_open and last > still_open[-1]:
            heapq.heappush(queue, (still_open[-1], negative, key))
            last = still_open[-1]
        numbers[key] = numbers.get(key, 0) + 1
        still_open.append(last)
        yield Open(first, key, numbers[key])
