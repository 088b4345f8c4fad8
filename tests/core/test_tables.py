"""Stored tables: schema, key, order, bytes."""

import dataclasses

import pytest

from pipeline.core import tables as t
from pipeline.core.errors import TableError
from tests import builders as b


def test_rows_come_back_in_key_order_and_equal(tmp_path):
    rows = [b.mention("Weimar", "LOC", 9), b.mention("Anna", "PER", 0, title="Dr.")]
    assert t.MENTIONS.write(rows, tmp_path) == 2
    assert t.MENTIONS.read(tmp_path) == [rows[1], rows[0]]


def test_equal_content_is_equal_bytes_whatever_the_order(tmp_path):
    rows = [b.mention("Weimar", "LOC", start) for start in (0, 10, 20)]
    t.MENTIONS.write(rows, tmp_path / "a")
    t.MENTIONS.write(reversed(rows), tmp_path / "b")
    path = t.MENTIONS.path
    assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()


@pytest.mark.parametrize("table", t.ALL, ids=lambda table: table.path.stem)
def test_an_empty_table_keeps_its_columns(table, tmp_path):
    table.write([], tmp_path)
    assert list(table.read_frame(tmp_path).columns) == [f.name for f in dataclasses.fields(table.row)]


@pytest.mark.parametrize("table", t.ALL, ids=lambda table: table.path.stem)
def test_the_key_names_columns_of_the_table(table):
    assert set(table.key) <= set(table.columns)


def test_a_key_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(TableError, match="mentions"):
        t.MENTIONS.write([b.mention("Weimar", "LOC"), b.mention("Weimar", "LOC")], tmp_path)


def test_a_word_that_the_table_does_not_know_is_refused(tmp_path):
    with pytest.raises(TableError, match="column label"):
        t.MENTIONS.write([b.mention("Weimar", "CITY")], tmp_path)


def test_a_missing_table_says_what_to_run(tmp_path):
    with pytest.raises(TableError, match="dvc repro"):
        t.MENTIONS.read(tmp_path)


def test_rows_between_two_keys_are_those_and_no_others(tmp_path):
    rows = [b.term("wald", release_id=release_id) for release_id in ("a", "b", "b1", "c", "d")]
    t.TERMS.write(rows, tmp_path)
    assert t.TERMS.read_between("b", "c", tmp_path) == rows[1:4]
    assert t.TERMS.read_arrow(tmp_path, ["release_id"]).column_names == ["release_id"]
