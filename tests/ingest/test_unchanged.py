"""A run in which nothing changed gives the same bytes without working."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core import tables
from pipeline.ingest import __main__ as stage
from pipeline.ingest import unchanged, whole
from tests.ingest import made
from tests.ingest.test_take import _corpus

_TABLES = ("releases", "zones", "rejected", "duplicates")


def test_the_tables_that_are_kept_are_those_of_the_stage():
    stored = (tables.RELEASES, tables.ZONES, tables.REJECTED, tables.DUPLICATES)
    assert [table.path for table in stored] == list(unchanged._TABLES)


def _bytes() -> list[bytes]:
    return [Path("data/ingest", f"{name}.parquet").read_bytes() for name in _TABLES]


@pytest.fixture
def before(tmp_path, monkeypatch):
    """The tables of a first run."""
    _corpus(tmp_path, {"a.txt": made.RELEASE.encode(), "leer.txt": b"", "b.jsonl": b'{"text": "zu kurz"}\n'})
    monkeypatch.chdir(tmp_path)
    assert stage.main() == "ingest: 1 releases, 2 rejected"
    return _bytes()


def test_cold_and_warm_cached_and_uncached_runs_give_the_same_bytes(before, monkeypatch):
    Path("data/ingest/releases.parquet").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(whole, "take_in", None)
        assert stage.main() == "ingest: 1 releases, 2 rejected"
    assert _bytes() == before
    Path(".cache/presselese/last.json").write_text("{}", encoding="utf-8")
    assert stage.main() == "ingest: 1 releases, 2 rejected"
    assert _bytes() == before, "from the cache of single files"


def test_a_damaged_copy_is_not_used(before):
    Path(".cache/presselese/zones.parquet").write_bytes(b"x")
    stage.main()
    assert _bytes() == before


def test_a_file_taken_out_leaves_no_trace_of_its_text(before):
    Path("data/raw/a.txt").unlink()
    assert stage.main() == "ingest: 0 releases, 2 rejected"
    assert tables.RELEASES.read() == []
    assert before != _bytes()
    kept = b"".join(file.read_bytes() for file in Path(".cache/presselese").iterdir())
    assert b"Falkenrode" not in kept
