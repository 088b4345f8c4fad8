"""The stored tables, looked up by release without ever turning a whole table into Python objects."""

from __future__ import annotations

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
        self._columns = columns.combine_chunks()
        self._where = _runs(self._columns["release_id"])

    def of(self, release_id: str) -> list[Row]:
        """The rows of a release, in key order."""
        start, length = self._where.get(release_id, (0, 0))
        if not length:
            return []
        return [self._row(**values) for values in self._columns.slice(start, length).to_pylist()]

    def __len__(self) -> int:
        return int(self._columns.num_rows)


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
