"""What found each mention: one number a mention, so that a hundred thousand lookups cost a second."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.core.records import ENTITY_TYPES
from pipeline.report import german
from pipeline.report.marks import found_by

_LABELS = {label: number for number, label in enumerate(ENTITY_TYPES)}
_OF_TYPE: dict[str, int] = {kind: number for number, kind in enumerate(ENTITY_TYPES.values())}
_START, _LONG = 28, 16  # bits of an offset and of a mention's length; what is longer than that shares its number


class Finders:
    """Mentions by release, place and label -> what found them, and how sure it is."""

    def __init__(self, mentions: pa.Table, positions: dict[str, int]) -> None:
        encoded = mentions["release_id"].combine_chunks().dictionary_encode()
        codes = np.array(
            [positions.get(name, 0) for name in encoded.dictionary.to_pylist()] or [0], dtype=np.int64
        )
        start, end = (mentions[name].to_numpy().astype(np.int64) for name in ("start", "end"))
        labels = np.array([_LABELS[label] for label in mentions["label"].to_pylist()], dtype=np.int64)
        release = codes[encoded.indices.to_numpy()] if len(labels) else labels
        keys = _key(release, start, end, labels)
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._found = mentions["found_by"].combine_chunks().dictionary_encode()
        self._sure = mentions["confidence"].to_numpy()

    def told(self, position: int, start: int, end: int, kind: str) -> str:
        """Position of a release, place and type of an entity -> where it stands and what found it, in words."""
        spot = f"Zeichen {german.number(start)} bis {german.number(end)}"
        key = _key(position, start, end, _OF_TYPE[kind])
        place = int(np.searchsorted(self._keys, key))
        if place == len(self._keys) or self._keys[place] != key:
            return spot  # a correction gave the mention another type
        row = int(self._order[place])
        return f"{spot}, {found_by(str(self._found[row].as_py()), float(self._sure[row]))}"


def _key(release: Any, start: Any, end: Any, label: Any) -> Any:
    """Everything that tells a mention from others, as one number."""
    long = np.minimum(end - start, (1 << _LONG) - 1)
    return ((release << _START | start) << _LONG | long) << 2 | label
