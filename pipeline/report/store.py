"""The stored tables, looked up by release without ever turning a whole table into Python objects."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa

from pipeline.core.table import Table

Row = TypeVar("Row")
Arrow = dict[str, pa.Table]  # table file's stem -> its columns


class Slices(Generic[Row]):
    """A table whose first key is ``release_id``: the rows of one release are a contiguous slice."""

    def __init__(self, table: Table[Row], columns: pa.Table) -> None:
        self._row = table.row
        joined = columns.combine_chunks()
        self._columns = [joined[name].combine_chunks() for name in table.columns]
        self._size = int(joined.num_rows)
        self._where = _runs(joined["release_id"])

    def of(self, release_id: str) -> list[Row]:
        """The rows of a release, in key order."""
        start, length = self._where.get(release_id, (0, 0))
        if not length:
            return []
        columns = [column.slice(start, length).to_pylist() for column in self._columns]
        return [self._row(*values) for values in zip(*columns, strict=True)]

    def __len__(self) -> int:
        return self._size


class Bounds:
    """Where sentences begin and end, as numbers: lists of mentions ask for them a hundred thousand times."""

    def __init__(self, columns: pa.Table) -> None:
        self._starts, self._ends = (columns[name].to_numpy() for name in ("start", "end"))
        self._where = _runs(columns["release_id"])

    def around(self, release_id: str, at: int) -> tuple[int, int] | None:
        """The sentence of a release that holds an offset."""
        first, length = self._where.get(release_id, (0, 0))
        place = bisect_right(self._starts, at, first, first + length) - 1
        if place < first or self._ends[place] <= at:
            return None
        return int(self._starts[place]), int(self._ends[place])


class Texts:
    """The text of each release, kept as Arrow keeps it."""

    def __init__(self, columns: pa.Table) -> None:
        self._texts = columns["text"].combine_chunks()
        self._at = {name: n for n, name in enumerate(columns["release_id"].to_pylist())}

    def of(self, release_id: str) -> str:
        """The text of a release."""
        return str(self._texts[self._at[release_id]].as_py())


def _runs(column: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
    """A sorted column -> value -> (first row, number of rows)."""
    if not len(column):
        return {}
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    codes = encoded.indices.to_numpy()
    starts = np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1, [len(codes)]])
    names = encoded.dictionary.to_pylist()
    return {names[codes[a]]: (int(a), int(b - a)) for a, b in pairwise(starts)}


def records(table: Table[Row], columns: pa.Table) -> list[Row]:
    """All rows of a small table."""
    return [table.row(**values) for values in columns.to_pylist()]


def grouped(keys: np.ndarray[Any, Any], size: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Codes 0…size-1 -> (positions ordered by code, where each code begins): a group is one slice of the first."""
    order = np.argsort(keys, kind="stable")
    return order, np.searchsorted(keys[order], np.arange(size + 1))
