"""Where a corpus is cut into blocks, what their digests follow from, and what is kept as bytes."""

from __future__ import annotations

import doctest
from dataclasses import fields, replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import table_writer
from pipeline.core import tables as t
from pipeline.themes import blocks, digests, gauge, outcome, packed
from tests.themes.parts import corpus, run

IDS = st.sets(st.integers(0, 1 << 40), max_size=600).map(lambda found: sorted(f"{n:012x}" for n in found))


def cut(ids):
    return list(map(tuple, blocks.cut(ids, blocks.starts(ids))))


@given(IDS)
def test_blocks_hold_every_id_once_in_order_and_not_too_many(ids):
    assert [release_id for block in cut(ids) for release_id in block] == ids
    assert all(0 < len(block) <= blocks.MOST for block in cut(ids))


@given(IDS, st.integers(0, 1 << 40))
def test_one_more_id_changes_few_blocks(ids, number):
    more = sorted({*ids, f"{number:012x}"})
    assert len(set(cut(more)) - set(cut(ids))) <= 4


def test_of_many_ids_one_more_changes_one_or_two_blocks():
    ids = sorted(f"{n * 7919 % 1_000_003:012x}" for n in range(20_000))
    before = set(cut(ids))
    changes = [len(set(cut(sorted([*ids, f"{n:012x}x"]))) - before) for n in range(0, 1_000_000, 25_000)]
    assert max(changes) <= 3
    assert sum(changes) <= 1.2 * len(changes)


def lay_out(rows):
    t.RELEASES.write(rows.releases)
    t.SENTENCES.write(rows.sentences)
    t.TERMS.write(rows.terms)
    t.MENTIONS.write(rows.mentions)


def digest(rows, learnt=None):
    lay_out(rows)
    ids = [row.release_id for row in rows.releases]
    return digests.digests(ids, blocks.starts(ids), ids[:40] if learnt is None else learnt, ())


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("here")
def test_digests_do_not_depend_on_how_rows_are_grouped(monkeypatch):
    rows = corpus(100)
    whole = digest(rows)
    assert len(whole.blocks) > 1
    for group in (1, 7, 64):
        monkeypatch.setattr(table_writer, "GROUP", group)
        assert digest(rows) == whole


# what identifies a row, or is one of a few words, is not changed here
COLUMNS = [
    (part, name)
    for part, (table, _) in digests.LEARNT.items()
    for name in table.columns
    if name not in {"release_id", "zone", "label"}
]


def other(value):
    """A value that is not the same."""
    return {str: lambda: value + "x", int: lambda: value + 1, float: lambda: value / 2, type(None): lambda: ""}[
        type(value)
    ]()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("part", "name"), COLUMNS)
def test_every_column_tells_in_the_digest_of_its_block_alone(part, name):
    rows = corpus(100)
    before = digest(rows)
    records = list(getattr(rows, part))
    value = getattr(records[0], name)
    records[0] = replace(records[0], **{name: 5 if value is None and name == "confidence" else other(value)})
    after = digest(replace(rows, **{part: records}))
    assert [a == b for a, b in zip(after.blocks, before.blocks, strict=True)] == [
        False,
        *[True] * (len(before.blocks) - 1),
    ]
    told = name in digests.LEARNT[part][1]
    assert (after.learnt != before.learnt) == told


@pytest.mark.usefixtures("here")
def test_what_is_learnt_follows_from_the_releases_learnt_from_alone():
    rows = corpus(100)
    before = digest(rows)
    terms = [replace(row, count=row.count + 1) if row.release_id > f"{50:012x}" else row for row in rows.terms]
    assert digest(replace(rows, terms=terms)).learnt == before.learnt
    assert digest(rows, [f"{i:012x}" for i in range(39)]).learnt != before.learnt
    ids = [row.release_id for row in rows.releases]
    assert digests.digests(ids, blocks.starts(ids), ids[:40], ids[:1]).learnt != before.learnt


@given(st.lists(st.none() | st.text(max_size=3)), st.integers(0, 5))
def test_a_column_gives_the_same_numbers_wherever_it_lies_in_memory(values, skipped):
    apart = digests.flat(
        pa.array([*["davor"] * skipped, *values, "danach"], pa.string()).slice(skipped, len(values))
    )
    alone = digests.flat(pa.array([*values, "danach"], pa.string()))
    sums = [digests.Sum(), digests.Sum()]
    for one, column in zip(sums, (apart, alone), strict=True):
        one.add({"x": column}, 0, len(values))
    assert sums[0].digest() == sums[1].digest()


def test_nothing_and_an_empty_text_are_told_apart():
    found = set()
    for values in ([None, "ab"], ["", "ab"], ["a", "b"], ["ab", ""], [None, "ab", None]):
        one = digests.Sum()
        one.add({"x": digests.flat(pa.array(values, pa.string()))}, 0, len(values))
        found.add(one.digest())
    for values in ([None, 1], [0, 1], [1, 0]):
        one = digests.Sum()
        one.add({"x": digests.flat(pa.array(values, pa.int64()))}, 0, len(values))
        found.add(one.digest())
    assert len(found) == 8


@pytest.mark.usefixtures("here")
def test_the_digests_of_an_empty_corpus():
    assert digest(corpus(0)).blocks == []


@pytest.mark.parametrize("size", [4, 60])
def test_what_is_kept_comes_back_as_it_was(size):
    result = run(corpus(size))
    assert outcome.unpack(outcome.pack(result.outcome)) == result.outcome
    assert list(packed.unpack(packed.pack(result.rows))) == result.rows
    back = gauge.unpack(gauge.pack(result.gauge))
    assert (back.rare, back.terms) == (result.gauge.rare, result.gauge.terms)
    assert np.array_equal(back.weights, result.gauge.weights)
    assert (back.where is None) == (size == 4)
    if back.where is not None:
        counts = result.learnt.found.terms.counts
        assert np.array_equal(back.where.nearness(counts), result.gauge.where.nearness(counts))
        assert [field.name for field in fields(back.where.space)] == ["meaning", "own", "trust"]


def test_examples():
    found = doctest.testmod(digests)
    assert found.attempted > 0
    assert found.failed == 0
