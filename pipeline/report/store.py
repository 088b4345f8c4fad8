"""The stored tables, looked up by their first key without ever turning a whole table into Python objects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.table import Table

Row = TypeVar("Row")
Item = TypeVar("Item")
Arrow = dict[str, pa.Table]  # table file's stem -> its columns
Ints = np.ndarray[Any, np.dtype[Any]]
_KEPT = 2048  # records at hand for those who ask for the same one again
_BATCH = 2048  # records made at a time
_OFFSET = 28  # bits of an offset
_AHEAD = 32  # keys whose rows are taken out at once when keys are asked for in their order


class Positions:
    """Sorted identifiers -> their places, kept as bytes side by side: a dict would take ten times the memory."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._ids = np.concatenate([_bytes(chunk) for chunk in column.chunks] or [np.empty(0, "S1")])
        self._words = pa.concat_arrays(column.chunks or [pa.array([], column.type)])

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return (str(name, "utf-8") for name in self._ids)

    def at(self, name: str) -> int:
        """Where an identifier stands; -1 where it is unknown."""
        wanted = name.encode()
        place = int(np.searchsorted(self._ids, wanted))
        return place if place < len(self) and self._ids[place] == wanted else -1

    def name(self, place: int) -> str:
        """The identifier at a place."""
        return str(self._ids[place], "utf-8")

    def codes(self, column: pa.ChunkedArray) -> Ints:
        """A column of identifiers -> the place of each; -1 where one is unknown."""
        return _indices(column, self._words)

    def keys(self, column: pa.ChunkedArray) -> Ints:
        """Identifiers -> numbers in the same order: 2n+1 for the one at place n, even ones for others."""
        return np.concatenate([self._keys(chunk) for chunk in column.chunks] or [np.empty(0, np.int32)])

    def _keys(self, chunk: pa.Array) -> Ints:
        words = chunk.dictionary_encode()
        wanted = _bytes(words.dictionary)
        places = np.searchsorted(self._ids, wanted).astype(np.int32)
        last = np.minimum(places, len(self._ids) - 1)
        known = self._ids[last] == wanted if len(self._ids) else np.zeros(len(places), bool)
        keys: Ints = (2 * places + known)[words.indices.to_numpy(zero_copy_only=False)]
        return keys


def _bytes(column: pa.Array) -> Any:
    return np.array(column.cast(pa.binary()).to_pylist(), dtype=np.bytes_)


class Slices(Generic[Row]):
    """A table whose rows of one first key are a contiguous slice: all of a release, all of an entity."""

    def __init__(self, table: Table[Row], columns: pa.Table, order: Positions | None = None) -> None:
        self._row = table.row
        self._columns = [columns[name] for name in table.columns]
        self._size = int(columns.num_rows)
        column = columns[table.key[0]]
        self.order = order if order is not None else Positions(pa.chunked_array([column.unique()]))
        keys, wanted = self.order.keys(column), 2 * np.arange(len(self.order)) + 1
        self._spans = [np.searchsorted(keys, wanted, side).astype(np.int32) for side in ("left", "right")]
        self._last, self._start = -2, 0
        self._ahead: list[Row] = []

    def of(self, key: str) -> list[Row]:
        """The rows of a release or an entity, in the order of the table."""
        place = self.order.at(key)
        return self.at(place) if place >= 0 else []

    def at(self, place: int) -> list[Row]:
        """The same by the place of the key; who asks for one key after the other gets rows taken out ahead."""
        first, last = self.span(place)
        in_turn, self._last = place == self._last + 1, place
        if first == last:
            return []
        if not self._start <= first < self._start + len(self._ahead):
            until = self.span(min(place + _AHEAD, len(self.order)) - 1)[1] if in_turn else last
            self._start, self._ahead = first, self._made(first, max(until, last))
        return self._ahead[first - self._start : last - self._start]

    def _made(self, first: int, last: int) -> list[Row]:
        columns = [column.slice(first, last - first).to_pylist() for column in self._columns]
        return list(map(self._row, *columns))

    def span(self, place: int) -> tuple[int, int]:
        """From which row to which the rows of a key stand."""
        first, last = self._spans
        return int(first[place]), int(last[place])

    def __len__(self) -> int:
        return self._size


class Bounds:
    """Where sentences begin and end, as numbers: lists of mentions ask for them a hundred thousand times."""

    def __init__(self, sentences: Slices[Any], columns: pa.Table) -> None:
        self._sentences = sentences
        self._starts, self._ends = (columns[name].to_numpy().astype(np.int32) for name in ("start", "end"))
        self._keys = sentences.order.keys(columns["release_id"]).astype(np.int64) << _OFFSET | self._starts

    def all_around(self, positions: Ints, at: Ints) -> list[tuple[int, int] | None]:
        """The same as ``around`` for many offsets at once."""
        if not len(self._starts):
            return [None] * len(positions)
        keys = 2 * positions.astype(np.int64) + 1
        places = np.searchsorted(self._keys, keys << _OFFSET | at, "right") - 1
        known = (places >= 0) & (self._keys[places] >> _OFFSET == keys) & (self._ends[places] > at)
        found = zip(self._starts[places].tolist(), self._ends[places].tolist(), strict=True)
        return [pair if known else None for pair, known in zip(found, known.tolist(), strict=True)]

    def of(self, position: int) -> list[tuple[int, int]]:
        """The sentences of a release, by its position."""
        first, last = self._sentences.span(position)
        return list(zip(self._starts[first:last].tolist(), self._ends[first:last].tolist(), strict=True))

    def around(self, position: int, at: int) -> tuple[int, int] | None:
        """The sentence of a release, by its position, that holds an offset."""
        first, last = self._sentences.span(position)
        place = bisect_right(self._starts, at, first, last) - 1
        if place < first or self._ends[place] <= at:
            return None
        return int(self._starts[place]), int(self._ends[place])


class ByName(Mapping[str, Item]):
    """Identifiers -> what stands at their place."""

    def __init__(self, order: Positions, items: Sequence[Item]) -> None:
        self._order, self._items = order, items

    def __getitem__(self, name: str) -> Item:
        place = self._order.at(name)
        if place < 0:
            raise KeyError(name)
        return self._items[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)


class Rows(Sequence[Row]):
    """A table as records that are made when they are asked for; ``kept``: the rows that count, all by default."""

    def __init__(self, table: Table[Row], columns: pa.Table, kept: Ints | None = None) -> None:
        self._row = table.row
        self._columns = [columns[name] for name in table.columns]
        self._kept = np.arange(columns.num_rows, dtype=np.int32) if kept is None else kept
        self._made = lru_cache(_KEPT)(self._make)

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, number: int) -> Row: ...
    @overload
    def __getitem__(self, number: slice) -> list[Row]: ...
    def __getitem__(self, number: int | slice) -> Row | list[Row]:
        if isinstance(number, slice):
            return [self._made(int(row)) for row in self._kept[number]]
        return self._made(int(self._kept[number]))

    def __iter__(self) -> Iterator[Row]:
        return self.pick(np.arange(len(self._kept)))

    def pick(self, numbers: Sequence[int] | Ints) -> Iterator[Row]:
        """Many records, in the order of the numbers: far cheaper than one after the other."""
        for first in range(0, len(numbers), _BATCH):
            rows = pa.array(self._kept[np.asarray(numbers[first : first + _BATCH], dtype=np.int64)])
            yield from map(self._row, *(column.take(rows).to_pylist() for column in self._columns))

    def _make(self, row: int) -> Row:
        return self._row(*(column[row].as_py() for column in self._columns))


def records(table: Table[Row], columns: pa.Table) -> list[Row]:
    """All rows of a small table."""
    return [table.row(**values) for values in columns.to_pylist()]


def grouped(keys: Ints, size: int) -> tuple[Ints, Ints]:
    """Codes 0…size-1 -> (positions ordered by code, where each code begins): a group is one slice of the first."""
    order = np.argsort(keys, kind="stable").astype(np.int32)
    return order, np.searchsorted(keys[order], np.arange(size + 1))


def coded(column: pa.ChunkedArray, numbers: dict[str, int]) -> Ints:
    """A column of words -> the number of each, without a Python object a row; -1 for a word that has none."""
    places = _indices(column, pa.array(list(numbers), column.type))
    return np.array([*numbers.values(), -1], dtype=np.int64)[places]


def _indices(column: pa.ChunkedArray, words: pa.Array) -> Ints:
    """A column of words -> the place of each among ``words``; -1 where it is not one of them."""
    places = pc.fill_null(pc.index_in(column, words), -1)
    return np.concatenate([chunk.to_numpy() for chunk in places.chunks] or [np.empty(0, np.int32)])


def distinct(values: Ints) -> Ints:
    """Numbers -> each once, in order; sorting is several times faster here than the table that numpy makes."""
    ordered = np.sort(values)
    found: Ints = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found
