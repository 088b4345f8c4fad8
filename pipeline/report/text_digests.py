"""Texts -> digests of 128 bits, many at a time and without a Python object for each of the short ones.

A short text's digest is the sum of its bytes, each times a number that its place has: two texts are given
the same digest no more often than by chance, and numpy sums a hundred thousand at once. A long one goes through
blake2b. Which of the two it is follows from the text alone, so it has the same digest in whatever table it stands.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.store import Ints

_LONG = 64  # bytes of the longest text that is summed


def texts(column: pa.Array) -> Ints:
    """Texts, of which none is missing -> their digests."""
    short = pc.less_equal(pc.binary_length(column), _LONG)
    chosen = short.to_numpy(zero_copy_only=False)
    found = np.empty((len(column), 2), dtype=np.uint64)
    found[chosen] = _summed(column.filter(short))
    found[~chosen] = words(column.filter(pc.invert(short)).to_pylist())
    return found


def words(texts: list[str]) -> Ints:
    """A few texts -> digests, which are others than those of ``texts``."""
    return np.frombuffer(b"".join(map(_digest, texts)), np.uint64).reshape(-1, 2)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


_PLACES = np.ascontiguousarray(words([f"place {number}" for number in range(_LONG)]).T)


def _summed(column: pa.Array) -> Ints:
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1].astype(np.int64)
    signs = np.frombuffer(data or b"", np.uint8)[bounds[0] : bounds[-1]].astype(np.uint64) + np.uint64(1)
    places = np.arange(len(signs)) - np.repeat(bounds[:-1] - bounds[0], np.diff(bounds))
    return np.stack([_sums(signs * weights[places], bounds - bounds[0]) for weights in _PLACES], axis=1)


def _sums(values: Ints, bounds: Ints) -> Ints:
    """Numbers -> the sums of those between one bound and the next."""
    totals = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    found: Ints = totals[bounds[1:]] - totals[bounds[:-1]]
    return found
