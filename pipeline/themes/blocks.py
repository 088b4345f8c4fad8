"""Sorted release ids -> blocks of neighbours: what is worked out, kept and looked up together.

Too long a stretch is cut before the id whose sum is lowest, and so on with both parts. So where a corpus is cut
follows from the ids alone, and a release more or less changes its own block and hardly ever another, in a corpus
of any size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

Sums = np.ndarray[Any, np.dtype[np.uint32]]
# releases in a block: a block costs a look into the cache, a new release costs its block
MOST = 64
# what a block has on average
USUAL = 32


def starts(ids: Sequence[str]) -> list[int]:
    """Where each block begins, and where the last one ends."""
    sums = np.fromiter((zlib.crc32(release_id.encode()) for release_id in ids), np.uint32, len(ids))
    return [0, *_ends(sums, 0, len(ids))]


def _ends(sums: Sums, first: int, last: int) -> Iterator[int]:
    if last - first > MOST:
        at = first + 1 + int(np.argmin(sums[first + 1 : last]))
        yield from _ends(sums, first, at)
        yield from _ends(sums, at, last)
    elif last > first:
        yield last


def cut(ids: Sequence[str], bounds: Sequence[int]) -> list[Sequence[str]]:
    """The ids of each block."""
    return [ids[first:last] for first, last in pairwise(bounds)]
