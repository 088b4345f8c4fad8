"""Releases -> how many of them fall into each year or quarter, counted as numbers; every theme asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from pipeline.report.heads import Head


class Periods:
    """The year or the quarter of every release."""

    def __init__(self, heads: Sequence[Head], grain: str) -> None:
        periods = [head.period(grain) for head in heads]
        self._names = sorted(set(periods))
        at = {name: place for place, name in enumerate(self._names)}
        self._places = np.array([at[period] for period in periods], dtype=np.int32)

    def counts(self, positions: Sequence[int] | None = None) -> Counter[str]:
        """Period -> number of the releases at some positions, of all by default."""
        places = self._places if positions is None else self._places[list(positions)]
        counts = np.bincount(places, minlength=len(self._names)).tolist()
        return Counter({name: count for name, count in zip(self._names, counts, strict=True) if count})
