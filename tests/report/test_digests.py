"""Values of columns -> digests: the same wherever they stand, others for anything else."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from pipeline.report.digests import rows
from pipeline.report.text_digests import texts

TEXTS = ["", "\0", "\0\0", "a", "b", "ab", "ba", "aa", "a\0", "\0a", "ä", "None", "x" * 63, "x" * 64, "x" * 65,
         "x" * 66, "y" + "x" * 64, "x" * 64 + "y", "ß" * 32, "ß" * 33, "Falkenrode"]  # fmt: skip
LISTS = [None, [], [""], ["", ""], ["a"], ["a", "b"], ["b", "a"], ["ab"], ["a", "a"], ["a", "b", "a"], ["x" * 70]]


def _found(values, kind):
    return rows(pa.table({"column": pa.chunked_array([pa.array(values, kind)])}), "table")


def _different(digests):
    return len({row.tobytes() for row in digests}) == len(digests)


@pytest.mark.parametrize(
    ("values", "kind"), [([None, *TEXTS], pa.string()), (LISTS, pa.list_(pa.string()))], ids=["texts", "lists"]
)
def test_values_that_differ_have_different_digests_in_any_company(values, kind):
    found = _found(values, kind)
    assert _different(found)
    assert (_found(values[::-1], kind) == found[::-1]).all()
    assert all((_found([value], kind)[0] == digest).all() for value, digest in zip(values, found, strict=True))


def test_a_piece_of_a_column_has_the_digests_of_its_values():
    """Arrow hands out pieces that begin anywhere in the same bytes."""
    whole = pa.array(TEXTS)
    assert (texts(whole.slice(4, 9)) == texts(whole)[4:13]).all()
    lists = pa.array(LISTS, pa.list_(pa.string()))
    piece = rows(pa.table({"column": pa.chunked_array([lists.slice(3, 5)])}), "table")
    assert (piece == _found(LISTS, lists.type)[3:8]).all()


def test_both_halves_of_a_digest_tell_texts_apart():
    many = texts(pa.array([f"{number:x}" for number in range(50_000)]))
    assert [len(np.unique(half)) for half in many.T] == [50_000, 50_000]
