"""Releases that lie beside each other -> blocks, and a digest of all that the files of a block are made of.

Only the releases of a block whose digest is new are looked at one by one.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.archive import rows
from pipeline.archive.keys import SIZE, Sources
from pipeline.core.blocks import packed, sizes

_USUAL, _MOST = 64, 512  # releases
Piece = tuple[int, pa.RecordBatch]  # the number of a block, and rows of it


def starts(ids: Sequence[str]) -> list[int]:
    """Where each block begins, and where the last one ends."""
    found = [0, *accumulate(sizes(ids, _USUAL, _MOST))]
    return found if found[-1] == len(ids) else [*found, len(ids)]


def digests(ids: Sequence[str], bounds: Sequence[int], sources: Sources) -> list[bytes]:
    """What each block is made of: its ids, and every row, with what is looked up for it."""
    found = [
        hashlib.blake2b(sources.stamp + "\0".join(ids[first:end]).encode(), digest_size=SIZE)
        for first, end in pairwise(bounds)
    ]
    lasts = [ids[end - 1] for end in bounds[1:]]
    for name in rows.TABLES if lasts else ():
        for number, pieces in groupby(_pieces(sources.batches(name), lasts), key=itemgetter(0)):
            said = packed(pa.Table.from_batches([batch for _, batch in pieces]))
            found[number].update(f"{said.size} {name} ".encode())
            found[number].update(said)
    for release_id, beside in sources.beside() if lasts else ():
        found[_block(lasts, release_id)].update(f"{release_id} {beside!r}\n".encode())
    return [digest.digest() for digest in found]


def _block(lasts: Sequence[str], release_id: str) -> int:
    """The block in which a release lies, or would lie: one that is held back is in none."""
    return min(bisect_left(lasts, release_id), len(lasts) - 1)


def _pieces(batches: Iterable[pa.RecordBatch], lasts: Sequence[str]) -> Iterator[Piece]:
    """Rows, which ascend by their first column, cut where blocks end."""
    for batch in filter(len, batches):
        runs = pc.run_end_encode(batch.column(0))
        ids, ends = runs.values.to_pylist(), runs.run_ends.to_pylist()
        number, start = _block(lasts, ids[0]), 0
        while start < len(batch):
            whole = number == len(lasts) - 1
            at = len(ids) if whole else bisect_right(ids, lasts[number])
            end = ends[at - 1] if at else 0
            if end > start:
                yield number, batch.slice(start, end - start)
            number, start = number + 1, end
