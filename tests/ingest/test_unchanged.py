"""A run in which nothing changed gives the same bytes without working."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core import tables
from pipeline.ingest import __main__ as stage
from pipeline.ingest import raw, unchanged, whole
from tests.ingest import made
from tests.ingest.test_take import _corpus

_TABLES = ("releases", "zones", "rejected", "duplicates")
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


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
        patch.setattr(whole, "_take_in", None)
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


def test_one_file_more_is_taken_in_as_in_a_cold_run_and_each_file_is_weighed_once(before, monkeypatch):
    files = {f"c{number:02}.txt": made.RELEASE.replace("2021", f"20{number:02}") for number in range(1, 20)}
    for name, text in files.items():
        Path("data/raw", name).write_text(text, encoding="utf-8")
    stage.main()
    Path("data/raw/c05x.txt").write_text(made.RELEASE.replace("2021", "2019 \n\nNeu."), encoding="utf-8")
    weighed = []
    real = raw.measured
    monkeypatch.setattr(raw, "measured", lambda listed: weighed.append(listed.path) or real(listed))
    stage.main()
    warm = _bytes()
    assert sorted(weighed) == sorted([*files, "a.txt", "b.jsonl", "c05x.txt", "leer.txt"])
    shutil.rmtree(".cache")
    shutil.rmtree("data/ingest")
    stage.main()
    assert _bytes() == warm != before


@pytest.mark.usefixtures("before")
def test_a_file_edited_between_two_looks_at_it_is_not_taken_for_the_old_one():
    """What is remembered within a run is the digest; the bytes are held against it when they are read."""
    [listed] = [listed for listed in raw.files() if listed.path == "a.txt"]
    scale = raw.Scale()
    first = scale.weigh(listed, 0)
    listed.place.write_text("anders", encoding="utf-8")
    second = scale.weigh(listed, 0)
    assert second == first
    with pytest.raises(raw.reject("changed").__class__, match="changed"):
        raw.load(second)
    assert raw.weigh(listed).sha256 != first.sha256


def test_what_looks_up_and_writes_imports_no_reader():
    code = "import sys, pipeline.ingest.__main__, pipeline.ingest.save; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True
    )
    assert "pipeline.ingest.sources" in done.stdout.split()
    assert not {"trafilatura", "py3langid.langid", "docx", "pypdfium2", "ftfy", "pandas"} & set(
        done.stdout.split()
    )
