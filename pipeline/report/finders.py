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
_OF_TYPE: dict[str, int] = {kind: number for number, kind in enumerate(ENTITY_TYPES.values())}
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

    def told(self, position: int, start: int, end: int, kind: str) -> str:
        """Position of a release, place and type of an entity -> where it stands and what found it, in words."""
        spot = f"Zeichen {german.number(start)} bis {german.number(end)}"
        key = _key(position, start, end, _OF_TYPE[kind])
        place = int(np.searchsorted(self._keys, key))
        if place == len(self._keys) or self._keys[place] != key:
            return spot  # a correction gave the mention another type
        row = int(self._order[place])
        return f"{spot}, {found_by(self._words[self._found[row]], float(self._sure[row]))}"

    def sureness(self, release: Ints, start: Ints, end: Ints, label: Ints) -> Ints:
        """Places of mentions -> how sure each is; 0 where none stands there."""
        keys = _key(release, start, end, label)
        if not len(self._keys):
            return np.zeros(len(keys))
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[places] == keys, self._sure[self._order[places]], 0.0)


def _key(release: Any, start: Any, end: Any, label: Any) -> Any:
    """Everything that tells a mention from others, as one number."""
    long = np.minimum(end - start, (1 << _LONG) - 1)
    return ((np.int64(release) << _START | start) << _LONG | long) << 2 | label
