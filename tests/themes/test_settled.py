"""Which releases themes are learnt from."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipeline.themes import settled as module
from pipeline.themes.settled import old_enough, settled


def _corpus(dates: dict[str, int]) -> pa.Table:
    """Ids and days -> the columns, as they lie in the table: by id, in pieces."""
    first = dt.date(2024, 1, 1)
    rows = [{"release_id": i, "published": first + dt.timedelta(dates[i])} for i in sorted(dates)]
    half = len(rows) // 2
    return pa.concat_tables([pa.Table.from_pylist(rows[:half]), pa.Table.from_pylist(rows[half:])])


def test_a_small_corpus_is_learnt_from_whole():
    assert settled(_corpus({"b": 2, "a": 3, "c": 1})).to_pylist() == ["a", "b", "c"]


@given(st.integers(0, 200_000))
def test_at_most_one_release_in_fifty_waits_and_one_more_never_makes_fewer_old(count):
    old = old_enough(count)
    assert count - count / 50 - 1 <= old <= count
    assert old_enough(count + 1) >= old


def test_one_more_release_seldom_changes_what_is_learnt_from():
    sizes = [old_enough(count) for count in range(1_000, 50_000)]
    changes = sum(a != b for a, b in pairwise(sizes))
    assert 150 < changes < 200


def test_a_newer_release_changes_nothing_and_is_not_learnt_from(monkeypatch):
    monkeypatch.setattr(module, "WHOLE", 10)
    monkeypatch.setattr(module, "old_enough", lambda count: count // 10 * 10)
    dates = {f"{i * 37 % 101:03}": i for i in range(24)}
    before = settled(_corpus(dates)).to_pylist()
    assert before == sorted(sorted(dates, key=lambda i: dates[i])[:20])
    # in the order of ids it comes first
    assert settled(_corpus({**dates, "000a": 24})).to_pylist() == before


def test_of_one_day_the_lower_ids_are_old(monkeypatch):
    monkeypatch.setattr(module, "old_enough", lambda count: count - 1)
    assert settled(_corpus({"a": 5, "c": 1, "b": 5})).to_pylist() == ["a", "c"]


def test_of_a_long_corpus_every_nth_release_is_learnt_from(monkeypatch):
    corpus = _corpus({f"{i:04}": 0 for i in range(25)})
    assert len(settled(corpus)) == 25
    monkeypatch.setattr(module, "LEARNT", 10)
    assert settled(corpus).to_pylist() == [f"{i:04}" for i in range(0, 25, 3)]
