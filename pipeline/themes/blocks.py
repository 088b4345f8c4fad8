"""Sorted release ids -> blocks of neighbours: what is worked out, kept and looked up together.

A block ends after an id whose sum is one of sixty-four, whatever stands around it. So a release more or less
changes its own block and no other, in a corpus of any size.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise

# releases in a block, on average: a block costs a look into the cache, a new release costs its block
SIZE = 64


def starts(ids: Sequence[str]) -> list[int]:
    """Where each block begins, and where the last one ends."""
    inner = (n for n, release_id in enumerate(ids[:-1], 1) if zlib.crc32(release_id.encode()) % SIZE == 0)
    return [0, *inner, len(ids)] if ids else [0]


def cut(ids: Sequence[str], bounds: Sequence[int]) -> list[Sequence[str]]:
    """The ids of each block."""
    return [ids[first:last] for first, last in pairwise(bounds)]
