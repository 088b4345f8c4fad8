"""Rows of stored tables -> digests of 128 bits, a column at a time, in numbers instead of Python objects.

A digest is two numbers of 64 bits. Every value has one; those of a row are weighed by their columns, summed and
stirred, so that a value that moves to another column or another row gives another digest. Digests of rows can be
summed again: the sum tells the rows of a release from any others.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.store import Ints
from pipeline.report.text_digests import texts, words

Digests = Ints  # a row a digest, two columns of unsigned numbers
_NONE = -(1 << 62)  # stands for a number that is not there


def rows(columns: pa.Table, name: str, *more: Digests) -> Digests:
    """Each row of a table -> its digest; ``name`` tells tables apart, ``more`` belongs to the rows as well."""
    total = np.zeros((columns.num_rows, 2), dtype=np.uint64) + weight(name)
    for field, column in zip(columns.column_names, columns.columns, strict=True):
        total += _values(column) * weight(f"{name} {field}")
    for number, digests in enumerate(more):
        total += digests * weight(f"{name} {number}")
    return stirred(total)


def word(text: str) -> Digests:
    """A text -> its digest."""
    found: Digests = words([text])[0]
    return found


def summed(digests: Digests, owners: Ints, size: int) -> Digests:
    """Digests of rows -> their sums by the number of the owner of each row; a row of number -1 has none."""
    total = np.zeros((size + 1, 2), dtype=np.uint64)
    np.add.at(total, owners, digests)
    return total[:-1]


def or_none(digests: Digests, none: Digests | int = 0) -> Digests:
    """Digests that are looked up by number -> the same, with one at the end for number -1."""
    return np.concatenate((digests, np.zeros((1, 2), dtype=np.uint64) + none))


def _values(column: pa.ChunkedArray) -> Digests:
    parts = [_chunk(chunk) for chunk in column.chunks]
    return np.concatenate(parts or [np.empty((0, 2), np.uint64)])


def _chunk(chunk: pa.Array) -> Digests:
    """A piece of a column; words that recur are looked at once."""
    if pa.types.is_integer(chunk.type) or pa.types.is_boolean(chunk.type):
        return _numbers(pc.fill_null(chunk.cast(pa.int64()), _NONE).to_numpy().view(np.uint64))
    if pa.types.is_floating(chunk.type):
        told = np.where(chunk.is_valid().to_numpy(zero_copy_only=False), 0, 1).astype(np.uint64)
        return _numbers(pc.fill_null(chunk, 0.0).to_numpy().view(np.uint64)) + np.stack((told, told), axis=1)
    if pa.types.is_list(chunk.type):
        return _lists(chunk)
    coded = chunk.dictionary_encode()
    known = or_none(stirred(texts(coded.dictionary) + weight("text")), word("no text"))
    found: Digests = known[coded.indices.fill_null(len(known) - 1).to_numpy()]
    return found


def _lists(chunk: pa.Array) -> Digests:
    """Lists of texts: what stands in them is weighed by its place in its list."""
    lengths = pc.fill_null(pc.list_value_length(chunk), 0).to_numpy().astype(np.int64)
    ends = np.cumsum(lengths)
    places = np.arange(lengths.sum()) - np.repeat(ends - lengths, lengths)
    parts = _chunk(chunk.flatten()) * stirred(places.astype(np.uint64)[:, None] + weight("place"))
    sums = np.concatenate((np.zeros((1, 2), np.uint64), np.cumsum(parts, axis=0, dtype=np.uint64)))
    missing = chunk.is_null().to_numpy(zero_copy_only=False).astype(np.uint64)[:, None] * weight("no list")
    return stirred(sums[ends] - sums[ends - lengths] + missing + weight("list"))


def _numbers(values: Ints) -> Digests:
    return stirred(np.stack((values, values), axis=1) + weight("numbers"))


@cache
def weight(name: str) -> Any:
    """The weight of a column: two odd numbers."""
    return word(name) | np.uint64(1)


def stirred(x: Digests) -> Digests:
    """Every bit of a number -> a change of half of the bits (the last step of SplitMix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: Digests = x ^ (x >> np.uint64(31))
    return found
