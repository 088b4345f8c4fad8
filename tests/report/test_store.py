"""Looking into stored tables: what is found is what a plain search would find, and nothing stays behind."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.report.laid_out import Mapped, laid_out
from pipeline.report.store import Positions, Rows, Slices
from tests.report import sample

_NAMES = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=6)


def _column(names, cut):
    """A column in two pieces, as tables on disk have them."""
    return pa.chunked_array([pa.array(names[:cut], pa.string()), pa.array(names[cut:], pa.string())])


@settings(deadline=None)  # the first call compiles
@given(st.lists(_NAMES, unique=True).map(sorted), _NAMES, st.integers(0, 5))
def test_an_identifier_is_found_where_it_stands(names, other, cut):
    order = Positions(_column(names, cut))
    assert list(order) == names
    assert [order.at(name) for name in names] == list(range(len(names)))
    assert order.at(other) == (names.index(other) if other in names else -1)


@settings(deadline=None)  # the first call compiles
@given(st.lists(_NAMES, unique=True).map(sorted), st.lists(_NAMES).map(sorted), st.integers(0, 5))
def test_the_rows_of_a_key_are_all_of_its_rows_and_no_others(known, keys, cut):
    """Also where rows belong to a key that is not known."""
    rows = [r.CorrectionResult(n, "drop", key, "applied", "") for n, key in enumerate(keys)]
    columns = pa.table(
        {name: [getattr(row, name) for row in rows] for name in t.CORRECTION_RESULTS.columns},
        schema=t.CORRECTION_RESULTS.arrow_schema(),
    )

    class ByTarget:
        row, key, columns = r.CorrectionResult, ("target",), t.CORRECTION_RESULTS.columns

    slices = Slices(ByTarget, columns, Positions(_column(known, cut)))
    for key in [*known, "nobody"]:
        assert slices.of(key) == ([row for row in rows if row.target == key] if key in known else [])
    every = Rows(ByTarget, columns)
    assert list(every) == rows
    assert list(every.pick(range(len(rows))[::-2])) == rows[::-2]


_PLACES = st.lists(st.integers(0, 99), max_size=60)


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.integers(0, 3), min_size=100, max_size=100), _PLACES, st.integers(0, 99), st.integers(0, 250))
def test_rows_taken_out_ahead_are_the_rows_that_were_asked_for(counts, jumps, start, cut):
    """Keys asked for one after the other, here and there, and again."""
    keys = [f"{n:03}" for n in range(100)]
    rows = [r.Zone(key, n, n + 1, "body") for key, count in zip(keys, counts, strict=True) for n in range(count)]
    columns = pa.table(
        {name: _cut([getattr(row, name) for row in rows], cut) for name in t.ZONES.columns},
        schema=t.ZONES.arrow_schema(),
    )
    slices = Slices(t.ZONES, columns, Positions(_column(keys, cut)))
    for place in [*range(start, 100), *jumps, *range(start), *jumps, 99, 0, 1]:
        assert slices.at(place) == [row for row in rows if row.release_id == keys[place]]


def _cut(values, at):
    """Values as a column in two pieces."""
    kind = pa.int64() if values and isinstance(values[0], int) else pa.string()
    return pa.chunked_array([pa.array(values[:at], kind), pa.array(values[at:], kind)], kind)


@pytest.fixture
def stored(tmp_path, monkeypatch):
    sample.write_tables(tmp_path)
    monkeypatch.chdir(tmp_path)
    return {"releases": t.RELEASES.path, "mentions": t.MENTIONS.path}


def test_laid_out_tables_hold_what_was_stored_also_after_it_was_given_back(stored, tmp_path):
    with laid_out(stored, tmp_path / "shared"):
        tables = Mapped(tmp_path / "shared")
        for _ in range(2):
            assert tables.arrow["releases"].equals(t.RELEASES.read_arrow())
            assert tables.arrow["mentions"].equals(t.MENTIONS.read_arrow())
            tables.give_back()


def _fail(stored, folder):
    with laid_out(stored, folder):
        assert [path.stem for path in sorted(folder.iterdir())] == sorted(stored)
        raise ZeroDivisionError


def test_nothing_stays_of_laid_out_tables_also_after_a_fault_or_a_killed_run(stored, tmp_path):
    stale = tmp_path / "shared" / "old.arrow"
    stale.parent.mkdir()
    stale.write_bytes(b"of a run that was killed")
    with pytest.raises(ZeroDivisionError):
        _fail(stored, stale.parent)
    assert not stale.parent.exists()
