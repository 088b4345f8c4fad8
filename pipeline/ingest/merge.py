"""Rows of the last run's table that hold today, with new ones between them, in the order of release ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.core.table import Table
from pipeline.core.table_writer import GROUP, Writer
from pipeline.ingest.minhash import Numbers

Records = Callable[[list[int]], Iterator[Any]]
Patch = Callable[[pa.Table, Numbers], pa.Table]
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True)
class Order:
    """All releases of today, by id: id, digest, whether the last run had it from the same file."""

    ids: Numbers
    shas: Numbers
    is_old: Numbers

    def found(self, rows: pa.Table) -> tuple[pa.Table, Numbers]:
        """Rows of the last run -> those that hold, and the place of each one's release."""
        ids = _texts(rows["release_id"])
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        holds = (self.ids[at] == ids) & self.is_old[at]
        if "source_sha256" in rows.column_names:
            holds &= self.shas[at] == _texts(rows["source_sha256"])
        return (rows if holds.all() else rows.filter(pa.array(holds))), at[holds]

    def until(self, rows: pa.Table) -> int:
        """The place after the last of some rows."""
        return int(np.searchsorted(self.ids, _texts(rows["release_id"][-1:])[0], side="right"))


class Merged:
    """Writes a table of the last run anew; ``patch`` puts into columns what the corpus says today."""

    def __init__(self, table: Table[Any], folder: Path, order: Order, records: Records, patch: Patch) -> None:
        self._last = replace(table, path=folder / table.path.name)
        self._columns, self._place = table.columns, table.columns.index("release_id")
        self._order, self._records, self._patch = order, records, patch

    def write(self, writer: Writer) -> int:
        """Write all rows; how many of them were there."""
        begin, count = 0, 0
        for group in filter(len, self._last.groups()):
            rows, at = self._order.found(group)
            stop = self._order.until(group)
            self._put(writer, rows, at, begin, stop)
            begin, count = stop, count + len(at)
        self._put(writer, self._last.arrow_schema().empty_table(), _NONE, begin, len(self._order.ids))
        return count

    def _put(self, writer: Writer, rows: pa.Table, at: Numbers, begin: int, stop: int) -> None:
        """Some rows, and the new ones of the places from ``begin`` on, so many at a time as a group has."""
        low = 0
        for end in (*range(begin + GROUP, stop, GROUP), stop):
            high = int(np.searchsorted(at, end))
            new = begin + np.flatnonzero(~self._order.is_old[begin:end])
            old = self._patch(rows.slice(low, high - low), at[low:high])
            writer.add_table(self._among(writer, old, at[low:high], new) if len(new) else old)
            low, begin = high, end

    def _among(self, writer: Writer, old: pa.Table, at: Numbers, new: Numbers) -> pa.Table:
        rows = list(map(attrgetter(*self._columns), self._records(new.tolist())))
        if not rows:
            return old
        columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True))
        ids = np.array(columns[self._place], "S")
        places = np.searchsorted(self._order.ids, ids)
        both = pa.concat_tables([old, writer.checked(columns)])
        return both.take(pa.array(np.argsort(np.concatenate([at, places]), kind="stable")))


def _texts(column: pa.ChunkedArray) -> Numbers:
    return np.array(column.to_pylist(), "S")
