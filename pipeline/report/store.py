"""The stored tables, looked up by their first key without ever turning a whole table into Python objects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

import numpy as np
import pyarrow as pa

from pipeline.core.table import Table

Row = TypeVar("Row")
Item = TypeVar("Item")
Arrow = dict[str, pa.Table]  # table file's stem -> its columns
Ints = np.ndarray[Any, np.dtype[Any]]
_KEPT = 2048  # records at hand for those who ask for the same one again
_BATCH = 2048  # records made at a time


class Positions:
    """Sorted identifiers -> their places, kept as bytes side by side: a dict would take ten times the memory."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._ids = np.concatenate([_bytes(chunk) for chunk in column.chunks] or [np.empty(0, "S1")])

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return (str(name, "utf-8") for name in self._ids)

    def at(self, name: str) -> int:
        """Where an identifier stands; -1 where it is unknown."""
        wanted = name.encode()
        place = int(np.searchsorted(self._ids, wanted))
        return place if place < len(self) and self._ids[place] == wanted else -1

    def codes(self, column: pa.ChunkedArray) -> Ints:
        """A column of identifiers -> the place of each; -1 where one is unknown."""
        keys = self.keys(column)
        return np.where(keys % 2 == 1, keys // 2, -1).astype(np.int32)

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
        self._row, self._names = table.row, table.columns
        self._columns = {name: columns[name] for name in table.columns}
        self._size = int(columns.num_rows)
        column = columns[table.key[0]]
        self.order = order if order is not None else Positions(pa.chunked_array([column.unique()]))
        keys, wanted = self.order.keys(column), 2 * np.arange(len(self.order)) + 1
        self._spans = [np.searchsorted(keys, wanted, side).astype(np.int32) for side in ("left", "right")]

    def of(self, key: str) -> list[Row]:
        """The rows of a release or an entity, in the order of the table."""
        return [self._row(*values) for values in self.part(key, self._names)]

    def part(self, key: str, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """The same, but only the columns that are named."""
        place = self.order.at(key)
        first, last = self.span(place) if place >= 0 else (0, 0)
        if first == last:
            return []
        columns = [self._columns[name].slice(first, last - first).to_pylist() for name in names]
        return list(zip(*columns, strict=True))

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

    def around(self, position: int, at: int) -> tuple[int, int] | None:
        """The sentence of a release, by its position, that holds an offset."""
        first, last = self._sentences.span(position)
        place = bisect_right(self._starts, at, first, last) - 1
        if place < first or self._ends[place] <= at:
            return None
        return int(self._starts[place]), int(self._ends[place])


class Texts:
    """The text of each release, kept as Arrow keeps it."""

    def __init__(self, columns: pa.Table, order: Positions) -> None:
        self._texts, self._order = columns["text"], order

    def of(self, release_id: str) -> str:
        """The text of a release."""
        return str(self._texts[self._order.at(release_id)].as_py())


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
        for first in range(0, len(self._kept), _BATCH):
            rows = self._kept[first : first + _BATCH]
            low, high = int(rows[0]), int(rows[-1]) + 1
            columns = [column.slice(low, high - low).to_pylist() for column in self._columns]
            made = list(zip(*columns, strict=True))
            yield from (self._row(*made[row - low]) for row in rows.tolist())

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
    """A column of words -> the number of each, without a Python object a row."""
    parts = []
    for chunk in column.chunks:
        words = chunk.dictionary_encode()
        known = np.array([numbers.get(word, -1) for word in words.dictionary.to_pylist()] or [0], dtype=np.int64)
        parts.append(known[words.indices.to_numpy(zero_copy_only=False)])
    return np.concatenate(parts or [np.empty(0, np.int64)])
