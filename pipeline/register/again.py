"""Rows that lie in a table on disk and are read each time somebody goes through them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.table import Table

_BATCH = 2048  # rows that are read at a time


class OfRelease(Protocol):
    """What stands in one release."""

    @property
    def release_id(self) -> str:
        """The release."""


Row = TypeVar("Row", bound=OfRelease)


@dataclass(frozen=True, slots=True)
class Again(Generic[Row]):
    """A table whose first column is the release."""

    table: Table[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.table.stream()

    def of(self, ids: Iterable[str]) -> Iterator[Row]:
        """The rows of some releases, in the order of the table; of the others no record is made."""
        ordered = sorted(ids)
        for batch in self.table.arrow_batches(self.table.columns, by=_BATCH):
            kept = batch.filter(pc.is_in(batch.column(0), _within(ordered, batch.column(0))))
            yield from map(self.table.row, *(column.to_pylist() for column in kept.columns))


def _within(ordered: list[str], keys: pa.Array) -> pa.Array:
    """The ids between the first and the last key: a table of any length costs what it is long."""
    start, end = bisect_left(ordered, keys[0].as_py()), bisect_right(ordered, keys[-1].as_py())
    return pa.array(ordered[start:end], pa.string())


def of(rows: Iterable[Row], ids: set[str]) -> Iterator[Row]:
    """The rows of some releases, from a table or from what is in memory."""
    return rows.of(ids) if isinstance(rows, Again) else (row for row in rows if row.release_id in ids)
