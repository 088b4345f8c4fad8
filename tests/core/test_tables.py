"""Stored tables: schema, key, order, bytes."""

import dataclasses
import os
import subprocess
import sys
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.core import table_writer
from pipeline.core import tables as t
from pipeline.core.errors import TableError
from pipeline.core.table_writer import GROUP
from tests import builders as b

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


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


def test_rows_of_some_keys_are_those_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.core.table_writer.GROUP", 4)
    rows = [b.term(term, release_id=key) for key in ("a", "b", "b1", "c", "d") for term in ("baum", "wald")]
    t.TERMS.write(rows, tmp_path)
    for keys in ([], ["a"], ["b", "c"], ["aa", "b1", "z"], ["a", "b", "b1", "c", "d"]):
        assert list(t.TERMS.rows_of(keys, tmp_path)) == [row for row in rows if row.release_id in keys]
    assert t.TERMS.read_arrow(tmp_path, ["release_id"]).column_names == ["release_id"]


def many(count):
    return [b.mention("Weimar", "LOC", start) for start in range(count)]


def test_a_stream_gives_the_rows_of_read_and_the_count_without_reading(tmp_path):
    rows = many(5000)
    t.MENTIONS.write(rows, tmp_path)
    assert list(t.MENTIONS.stream(tmp_path)) == t.MENTIONS.read(tmp_path) == rows
    assert t.MENTIONS.count(tmp_path) == 5000


def test_a_stream_holds_no_more_than_a_few_thousand_rows(tmp_path):
    """The first row is there although the second group of the file is damaged."""
    t.MENTIONS.write(many(2 * GROUP), tmp_path)
    path = tmp_path / t.MENTIONS.path
    second = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    data[second.dictionary_page_offset or second.data_page_offset] ^= 0xFF
    path.write_bytes(data)
    rows = t.MENTIONS.stream(tmp_path)
    assert next(rows) == b.mention("Weimar", "LOC", 0)


@pytest.mark.parametrize("ask", [lambda table, at: list(table.stream(at)), lambda table, at: table.count(at)])
def test_a_stream_of_a_missing_or_foreign_table_says_what_to_run(ask, tmp_path):
    with pytest.raises(TableError, match="not found; run `dvc repro`"):
        ask(t.MENTIONS, tmp_path)
    t.QUOTES.write([], tmp_path)
    (tmp_path / t.QUOTES.path).rename(tmp_path / t.MENTIONS.path)
    with pytest.raises(TableError, match="is not the table Mention"):
        ask(t.MENTIONS, tmp_path)
    (tmp_path / t.MENTIONS.path).write_bytes(b"PAR1 kaputt")
    with pytest.raises(TableError, match="is not the table Mention"):
        ask(t.MENTIONS, tmp_path)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(0, 250), max_size=4))
def test_bytes_do_not_depend_on_how_rows_are_handed_to_a_writer(cuts, tmp_path, monkeypatch):
    monkeypatch.setattr(table_writer, "GROUP", 100)
    rows = many(250)
    t.MENTIONS.write(rows, tmp_path / "whole")
    edges = [0, *sorted(cuts), len(rows)]
    with t.MENTIONS.writer(tmp_path / "pieces") as writer:
        for first, last in pairwise(edges):
            writer.add([[getattr(row, name) for row in rows[first:last]] for name in t.MENTIONS.columns])
    path = t.MENTIONS.path
    assert (tmp_path / "whole" / path).read_bytes() == (tmp_path / "pieces" / path).read_bytes()


def test_what_a_killed_run_leaves_unfinished_is_nothing_to_dvc(tmp_path):
    """Else the folder would look changed for ever, once its tables come back from DVC's cache."""
    patterns = (ROOT / ".dvcignore").read_text(encoding="utf-8").splitlines()
    with t.MENTIONS.writer(tmp_path):
        (left,) = (tmp_path / t.MENTIONS.path).parent.iterdir()
        assert any(fnmatch(left.name, pattern) for pattern in patterns)


def test_words_that_recur_anywhere_are_one_object_where_that_is_asked_for(tmp_path):
    t.MENTIONS.write(many(5000), tmp_path)
    first, *_, last = t.MENTIONS.stream(tmp_path, same={})
    assert first.name is last.name
    assert (first.start, last.confidence) == (0, 1.0)
    assert type(last.confidence) is float
    assert type(first.start) is int


def test_what_breaks_off_leaves_the_last_table_and_nothing_beside_it(tmp_path):
    t.MENTIONS.write(many(3), tmp_path)
    before = (tmp_path / t.MENTIONS.path).read_bytes()
    with pytest.raises(TableError):
        t.MENTIONS.write([*many(GROUP), *many(3)], tmp_path, in_order=True)
    assert [path.name for path in (tmp_path / t.MENTIONS.path).parent.iterdir()] == ["mentions.parquet"]
    assert (tmp_path / t.MENTIONS.path).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"label": "CITY"}, "column label: 'CITY' is none of PER, LOC, ORG, INITIATIVE"),
        ({"text": None}, "column text: is empty"),
        ({"confidence": "viel"}, "column confidence: "),
        ({"start": "0"}, "column start: "),
    ],
)
def test_a_fault_is_told_with_column_and_value(change, told, tmp_path):
    with pytest.raises(TableError, match=told):
        t.MENTIONS.write([dataclasses.replace(b.mention("Weimar", "LOC"), **change)], tmp_path)


def test_what_is_written_passes_the_pandera_schema_and_what_is_refused_does_not(tmp_path):
    """Stages check with Arrow, which is fast; pandera is the second opinion."""
    t.MENTIONS.write(many(3), tmp_path)
    assert len(t.MENTIONS.read_frame(tmp_path)) == 3
    free = dataclasses.replace(t.MENTIONS, one_of={})
    free.write([dataclasses.replace(b.mention("Weimar", "LOC"), label="CITY")], tmp_path)
    with pytest.raises(TableError, match="column label: isin"):
        t.MENTIONS.read_frame(tmp_path)


def test_words_that_recur_are_one_object_in_memory(tmp_path):
    t.MENTIONS.write(many(100), tmp_path)
    first, *_, last = t.MENTIONS.read(tmp_path)
    assert first.release_id is last.release_id
    assert first.label is last.label


def test_writing_imports_no_pandas_and_a_frame_can_still_be_asked_for(tmp_path):
    """Arrow would import it with its first value, which takes as long as all else that a stage needs."""
    code = (
        "import sys; from pathlib import Path; from pipeline.core import tables;"
        "tables.SENTENCES.write([tables.SENTENCES.row('a' * 12, 0, 5, 'body')], Path(sys.argv[1]));"
        "read = tables.SENTENCES.read_arrow(Path(sys.argv[1]));"
        "read['start'].to_numpy(); read['release_id'].to_pylist(); assert 'pandas' not in sys.modules;"
        "import pandas, pyarrow; frame = tables.SENTENCES.read_frame(Path(sys.argv[1]));"
        "assert pyarrow.Table.from_pandas(frame).num_rows == 1;"
        "assert pyarrow.array(pandas.Series([None, 1.0])).null_count"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=ENVIRONMENT, check=True)
