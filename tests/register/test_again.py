"""Rows of some releases come from a table as they come from a list."""

import pytest

from pipeline.core import tables as t
from pipeline.core.records import Sentence
from pipeline.register.again import Again, of

ROWS = [Sentence(f"{n:012x}", 10 * k, 10 * k + 9, "body") for n in range(0, 9_000, 3) for k in range(1 + n % 4)]


@pytest.mark.parametrize(
    "numbers",
    [(), (0,), (8_997,), (1, 2, 4), (0, 1, 3, 4_500, 8_997, 70_000), range(9_000), range(0, 9_000, 7)],
)
def test_a_table_gives_the_rows_of_some_releases_in_its_order(numbers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    t.SENTENCES.write(ROWS)
    ids = {f"{n:012x}" for n in numbers}
    expected = [row for row in ROWS if row.release_id in ids]
    assert bool(expected) is any(n % 3 == 0 and n < 9_000 for n in numbers)
    assert list(of(Again(t.SENTENCES), ids)) == list(of(ROWS, ids)) == expected


def test_an_empty_table_gives_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    t.SENTENCES.write([])
    assert list(of(Again(t.SENTENCES), {"000000000000"})) == []
