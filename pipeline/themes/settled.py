"""The releases of a corpus -> those that its themes are learnt from, the same ones while it grows by a few.

Themes that were learnt anew with every release would move with every release: each page and each archived file
that names a theme would change on a Monday on which one release was published. So they are learnt from the older
releases only, and newer ones are assigned to what is there. How many are old follows from the corpus alone, never
from an earlier run: the same folder gives the same bytes wherever it is read for the first time.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

# a corpus up to this size is learnt whole: there each release counts, and learning takes a second or two
WHOLE = 1_000
# of a larger one at most one release in fifty waits until it is learnt from
STEP = 1.02
# a theme of one release in a hundred is seen two hundred times in so many; more of them only cost time and memory
LEARNT = 20_000


def settled(releases: pa.Table) -> pa.Array:
    """``release_id`` and ``published`` of a corpus -> the sorted ids of the releases to learn from.

    Of the oldest :func:`old_enough`, at most 20,000: every n-th in the order of ids, which are hashes, so that is
    a drawn sample. Of one day the lower ids come first.
    """
    order = pc.sort_indices(releases, sort_keys=[("published", "ascending"), ("release_id", "ascending")])
    old = releases["release_id"].take(order[: old_enough(len(releases))])
    return drawn(old.take(pc.array_sort_indices(old)).combine_chunks())


def old_enough(count: int) -> int:
    """How many of so many releases count as old: the largest of 1,000, 1,020, 1,041, ... that is not above it.

    All of a corpus of up to 1,000. It grows in steps of a fiftieth, so that one more release seldom changes it.
    """
    if count <= WHOLE:
        return count
    step = WHOLE
    while (following := -(-step * 51 // 50)) <= count:
        step = following
    return step


def drawn(ids: pa.Array) -> pa.Array:
    """Sorted ids -> all of them, or of very many every n-th."""
    return ids.take(pa.array(range(0, len(ids), max(1, -(-len(ids) // LEARNT))), pa.int64()))
