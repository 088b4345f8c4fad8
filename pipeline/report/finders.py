"""What found each mention: a few numbers a mention, so that a hundred thousand lookups cost a second."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.core.records import ENTITY_TYPES
from pipeline.report import german
from pipeline.report.marks import found_by
from pipeline.report.store import Ints, Positions, coded

_LABELS: dict[str, int] = {label: number for number, label in enumerate(ENTITY_TYPES)}
_START, _LONG = 28, 16  # bits of an offset and of a mention's length; what is longer than that shares its number


class Finders:
    """Mentions by release, place and label -> what found them, and how sure it is."""

    def __init__(self, mentions: pa.Table, order: Positions) -> None:
        release = order.codes(mentions["release_id"])
        start, end = (mentions[name].to_numpy() for name in ("start", "end"))
        keys = _key(release, start, end, coded(mentions["label"], _LABELS))
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._order]
        self._words: list[str] = mentions["found_by"].unique().to_pylist()
        self._found = coded(mentions["found_by"], {word: n for n, word in enumerate(self._words)}).astype(np.int32)
        self._sure = mentions["confidence"].to_numpy()

    def told(self, row: int, start: int, end: int) -> str:
        """A mention by its row and place -> where it stands and what found it, in words."""
        spot = f"Zeichen {german.number(start)} bis {german.number(end)}"
        if row < 0:
            return spot  # a correction gave the mention another type
        return f"{spot}, {found_by(self._words[self._found[row]], float(self._sure[row]))}"

    def rows(self, release: Ints, start: Ints, end: Ints, label: Ints) -> Ints:
        """Places of mentions -> the row of each in its table; -1 where none stands there."""
        keys = _key(release, start, end, label)
        if not len(self._keys):
            return np.full(len(keys), -1, dtype=np.int32)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[places] == keys, self._order[places], -1).astype(np.int32)

    def sureness(self, release: Ints, start: Ints, end: Ints, label: Ints) -> Ints:
        """Places of mentions -> how sure each is; 0 where none stands there."""
        rows = self.rows(release, start, end, label)
        if not len(self._sure):
            return np.zeros(len(rows))
        return np.where(rows >= 0, self._sure[rows], 0.0)


def _key(release: Any, start: Any, end: Any, label: Any) -> Any:
    """Everything that tells a mention from others, as one number."""
    long = np.minimum(end - start, (1 << _LONG) - 1)
    return ((np.int64(release) << _START | start) << _LONG | long) << 2 | label
