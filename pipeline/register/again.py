"""Rows that lie in a table on disk and are read each time somebody goes through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.table import Table


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
        return self.table.rows_of(sorted(ids))

    def columns_of(self, ids: Iterable[str], *columns: str) -> Iterator[tuple[Any, ...]]:
        """The same, and only these columns: no record is made."""
        ascending = sorted(ids)
        wanted = pa.array(ascending, pa.string())
        for group in self.table.groups(of=ascending):
            chosen = group.filter(pc.is_in(group["release_id"], wanted)).select(list(columns))
            yield from zip(*(column.to_pylist() for column in chosen.columns), strict=True)


def of(rows: Iterable[Row], ids: set[str]) -> Iterator[Row]:
    """The rows of some releases, from a table or from what is in memory."""
    return rows.of(ids) if isinstance(rows, Again) else (row for row in rows if row.release_id in ids)
