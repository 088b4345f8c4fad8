"""What the themes of releases follow from -> digests: one of all that is learnt from, one of each block.

Every table is gone through once, a group of rows at a time. A digest is made of values alone: neither how rows are
cut into groups nor where they lie in memory changes it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core import tables
from pipeline.core.store import key
from pipeline.core.table import Table

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
# of these tables a block follows from every column, themes from the columns named here
LEARNT: Mapping[str, tuple[Table[Any], tuple[str, ...]]] = {
    "releases": (tables.RELEASES, ("release_id", "issuer", "text")),
    "sentences": (tables.SENTENCES, ()),
    "terms": (tables.TERMS, ("release_id", "term", "surface", "pos", "count")),
    "mentions": (tables.MENTIONS, ("release_id", "label", "text")),
}


@dataclass(frozen=True, slots=True)
class Digests:
    """The digest of what is learnt from, and that of each block."""

    learnt: bytes
    blocks: list[bytes]


class Flat(NamedTuple):
    """A column as numbers: a value or a length in each row, and for texts where each begins in all letters."""

    rows: np.ndarray[Any, Any]
    at: np.ndarray[Any, Any] | None = None
    letters: memoryview | None = None


class Sum:
    """Rows, in any pieces, -> their digest. Lengths and letters are summed apart: pieces leave no trace."""

    def __init__(self) -> None:
        self._sums: dict[str, Any] = {}

    def add(self, columns: Mapping[str, Flat], first: int, last: int) -> None:
        """The rows from ``first`` up to ``last`` of some columns."""
        for name, column in columns.items():
            self._part(name).update(column.rows[first:last])
            if column.at is not None and column.letters is not None:
                self._part(name + " letters").update(column.letters[column.at[first] : column.at[last]])

    def _part(self, name: str) -> Any:
        if name not in self._sums:
            self._sums[name] = hashlib.blake2b(digest_size=16)
        return self._sums[name]

    def digest(self) -> bytes:
        """The digest of all rows so far."""
        return key(b"", *(part for name, one in self._sums.items() for part in (name, one.digest())))


def digests(
    ids: Sequence[str], bounds: Sequence[int], learnt: Collection[str], echoes: Collection[str]
) -> Digests:
    """Sorted ids of all releases, where their blocks begin, the ids to learn from, repetitions -> the digests."""
    number = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    old = np.isin(np.arange(len(ids)), [bisect_left(ids, release_id) for release_id in learnt])
    blocks, themes = [b""] * (len(bounds) - 1), []
    for name, (table, columns) in LEARNT.items():
        whole = Sum()
        for block, digest in _of_blocks(_pieces(table, ids), number, old, (whole, columns)):
            blocks[block] = key(blocks[block], name, digest)
        themes.append(whole.digest())
    return Digests(key(b"", *themes, *sorted(echoes)), blocks)


def _pieces(table: Table[Any], ids: Sequence[str]) -> Iterator[tuple[dict[str, Flat], Ints]]:
    """Groups of rows -> their columns, and the place of each row's release in ``ids``; -1 for none."""
    for group in filter(len, table.groups()):
        named = group["release_id"].combine_chunks()
        # both are sorted: only neighbours need be looked up
        first, last = bisect_left(ids, named[0].as_py()), bisect_right(ids, named[-1].as_py())
        found = pc.index_in(named, pa.array(ids[first:last], pa.string()))
        place = np.asarray(pc.add(found, first).fill_null(-1), dtype=np.int64)
        yield {name: flat(group[name].combine_chunks()) for name in group.column_names}, place


def _of_blocks(
    pieces: Iterator[tuple[dict[str, Flat], Ints]], number: Ints, old: Flags, learnt: tuple[Sum, Sequence[str]]
) -> Iterator[tuple[int, bytes]]:
    """Pieces of a table -> (block, its digest); on the way the rows of old releases go to what is learnt."""
    at, own = -1, Sum()
    for columns, place in pieces:
        known = place >= 0
        for first, last, block in runs(np.where(known, number[place], -1)):
            if block != at and block >= 0:
                if at >= 0:
                    yield at, own.digest()
                at, own = block, Sum()
            if block >= 0:
                own.add(columns, first, last)
        chosen = {name: columns[name] for name in learnt[1]}
        for first, last, is_old in runs(known & old[place]):
            if is_old:
                learnt[0].add(chosen, first, last)
    if at >= 0:
        yield at, own.digest()


def runs(values: np.ndarray[Any, Any]) -> Iterator[tuple[int, int, int]]:
    """Values -> (first, last, value) of each stretch of equal neighbours.

    >>> list(runs(np.array([7, 7, 4])))
    [(0, 2, 7), (2, 3, 4)]
    """
    ends = [*(np.flatnonzero(values[1:] != values[:-1]) + 1).tolist(), len(values)] if len(values) else []
    return zip([0, *ends[:-1]], ends, values[[end - 1 for end in ends]].tolist(), strict=True)


def flat(column: pa.Array) -> Flat:
    """An Arrow column -> its numbers; what is not there is told from what is empty."""
    if not pa.types.is_string(column.type):
        there = np.asarray(column.is_valid()).astype(np.uint8)
        values = np.asarray(column.fill_null(0)).view(np.uint8).reshape(len(column), -1)
        return Flat(np.ascontiguousarray(np.column_stack([there, values])))
    _, offsets, letters = column.buffers()
    at = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    lengths = np.where(np.asarray(column.is_valid()), np.diff(at), -1).astype(np.int32)
    return Flat(lengths, at, memoryview(letters if letters is not None else b""))
