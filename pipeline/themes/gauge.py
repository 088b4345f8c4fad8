"""What the themes of a release are told by, kept from run to run as plain arrays: nothing in it is run."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pipeline.themes.placing import Where
from pipeline.themes.space import Half, Space

Array = np.ndarray[Any, np.dtype[np.float64]]
Arrays = dict[str, np.ndarray[Any, Any]]


@dataclass(frozen=True, slots=True)
class Gauge:
    """What was learnt that a release is held against."""

    rare: dict[str, float]  # terms that stand in several releases -> how much less they say
    terms: tuple[str, ...]  # content terms, in the order of their columns
    where: Where | None  # None: there are no discovered themes
    weights: Array  # themes x terms


def pack(gauge: Gauge) -> bytes:
    """A gauge -> bytes."""
    stored = {
        "rare": _words(list(gauge.rare)),
        "factors": np.array(list(gauge.rare.values()), dtype=np.float64),
        "terms": _words(list(gauge.terms)),
        **_flat("weights", sparse.csr_matrix(gauge.weights)),
        **(_packed(gauge.where) if gauge.where else {}),
    }
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **stored)
    return file.getvalue()


def unpack(data: bytes) -> Gauge:
    """The same bytes -> the gauge, equal to the last bit."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        stored = dict(file)
    rare = dict(zip(_read(stored["rare"]), stored["factors"].tolist(), strict=True))
    where = _where(stored) if "middles" in stored else None
    return Gauge(rare, tuple(_read(stored["terms"])), where, _sparse("weights", stored).toarray())


def _packed(where: Where) -> Arrays:
    space = where.space
    arrays = {"middles": where.middles, "trust": np.array([space.trust])}
    for name, half in (("meaning", space.meaning), ("own", space.own)):
        arrays |= {f"{name}.rarity": half.rarity, f"{name}.place": half.place, **_flat(name, half.stems)}
    return arrays


def _where(stored: Arrays) -> Where:
    meaning, own = (
        Half(_sparse(name, stored), stored[f"{name}.rarity"], stored[f"{name}.place"])
        for name in ("meaning", "own")
    )
    return Where(Space(meaning, own, float(stored["trust"][0])), stored["middles"])


def _flat(name: str, matrix: sparse.csr_matrix) -> Arrays:
    parts = (matrix.data, matrix.indices, matrix.indptr, np.array(matrix.shape))
    return {f"{name}.{part}": array for part, array in zip(_PARTS, parts, strict=True)}


_PARTS = ("data", "indices", "indptr", "shape")


def _sparse(name: str, stored: Arrays) -> sparse.csr_matrix:
    *parts, shape = (stored[f"{name}.{part}"] for part in _PARTS)
    return sparse.csr_matrix(tuple(parts), shape=tuple(shape.tolist()))


def _words(words: list[str]) -> np.ndarray[Any, Any]:
    return np.frombuffer(json.dumps(words, ensure_ascii=False).encode(), np.uint8)


def _read(array: np.ndarray[Any, Any]) -> list[str]:
    words: list[str] = json.loads(array.tobytes())
    return words
