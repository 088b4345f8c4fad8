"""The assignments of one theme, the strongest first: numbers, of which a record is made when a page asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.report.store import Ints, Positions, Rows, coded, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """What one theme was assigned to; ``positions``: of the releases."""

    _table: Rows[tr.ThemeAssignment]
    _rows: Ints
    positions: Sequence[int]

    @classmethod
    def of_all(cls, columns: pa.Table, order: Positions, themes: Sequence[tr.Theme]) -> Mapping[str, ThemeRows]:
        """The stored assignments -> those of each theme that has any."""
        numbers = {theme.theme_id: n for n, theme in enumerate(themes)}
        theme, release = coded(columns["theme_id"], numbers), order.codes(columns["release_id"])
        rank, share = (columns[name].to_numpy() for name in ("rank", "share"))
        strongest = np.lexsort((release, -share, rank)).astype(np.int32)
        strongest = strongest[(theme[strongest] >= 0) & (release[strongest] >= 0)]
        places, bounds = grouped(theme[strongest], len(themes))
        table = Rows(t.ASSIGNMENTS, columns)
        parts = {name: strongest[places[bounds[n] : bounds[n + 1]]] for name, n in numbers.items()}
        return {name: cls(table, rows, release[rows].tolist()) for name, rows in parts.items() if len(rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tr.ThemeAssignment]:
        return (self._table[row] for row in self._rows.tolist())
