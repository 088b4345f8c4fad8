"""Extract runs again only for what is new, and what comes out are the bytes of a cold run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time

import pytest

from pipeline.core import store, tables
from pipeline.extract import __main__ as stage
from pipeline.extract import cache, work
from pipeline.extract.settings import ExtractParams
from tests.builders import release, zone
from tests.performance import made

posix = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL and no limits of file sizes there")


@pytest.fixture
def read(monkeypatch):
    """The ids of releases that a reader was given, run by run."""
    seen: list[str] = []
    make = work.make_reader

    def watched(*arguments):
        reader = make(*arguments)

        def look(batch):
            seen.extend(item[0].release_id for item in batch)
            return reader(batch)

        return look

    monkeypatch.setattr(work, "make_reader", watched)
    return seen


def run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    return stage.main(), made.outputs(folder)


def test_a_second_run_reads_nothing_and_writes_the_same_bytes(tmp_path, monkeypatch, read):
    folder = made.project(tmp_path / "a", 7)
    first = run(folder, monkeypatch)
    assert len(read) == 7
    shutil.rmtree(folder / "data/extract")
    assert run(folder, monkeypatch) == first
    assert len(read) == 7
    assert len(first[1]) == 7


def test_one_release_added_is_the_only_one_read_and_the_bytes_are_those_of_a_cold_run(tmp_path, monkeypatch, read):
    folder, cold = made.project(tmp_path / "a", 7), made.project(tmp_path / "b", 8)
    run(folder, monkeypatch)
    made.corpus(folder, range(8))
    read.clear()
    warm = run(folder, monkeypatch)
    assert read == [f"{7:012x}"]
    assert warm == run(cold, monkeypatch)


def test_a_release_taken_out_leaves_no_word_in_tables_or_cache(tmp_path, monkeypatch):
    folder = made.project(tmp_path / "a", 7)
    run(folder, monkeypatch)
    made.corpus(folder, range(1, 7))
    run(folder, monkeypatch)
    assert {row.release_id for row in tables.SENTENCES.read()} == {f"{number:012x}" for number in range(1, 7)}
    with store.Store(folder / ".cache/presselese/extract.sqlite", 100) as known:
        (count,) = known._base.execute("SELECT count(*) FROM part").fetchone()
    # the releases, the summary of their block and its rows, and that these tables were seen
    assert count == 6 + 2 + 1


def test_a_moved_file_is_known(tmp_path, monkeypatch, read):
    folder = made.project(tmp_path / "a", 3)
    run(folder, monkeypatch)
    made.corpus(folder, range(3), source_path="anderswo/neu.txt")
    read.clear()
    run(folder, monkeypatch)
    assert read == []


def test_keys_change_with_all_that_rows_follow_from(tmp_path, monkeypatch):
    monkeypatch.chdir(made.project(tmp_path / "a", 1))
    item = (release(), (zone("body", 0, 3),))
    settings = ExtractParams(model="model", model_version="0.1.0", batch_size=2)
    stamps = [cache.stamp(settings)]
    assert stamps == [cache.stamp(settings.model_copy(update={"batch_size": 9, "max_cache_mb": 1}))]
    stamps.append(cache.stamp(settings.model_copy(update={"model_version": "0.2.0"})))
    (tmp_path / "a/model/extra").write_text("x", encoding="utf-8")
    stamps.append(cache.stamp(settings))
    (tmp_path / "a/data/authority").unlink()
    stamps.append(cache.stamp(settings))
    monkeypatch.setattr(store, "libraries", lambda: ["spacy-9.9.9.dist-info"])
    stamps.append(cache.stamp(settings))
    monkeypatch.setattr(store, "code", lambda *_: b"other")
    stamps.append(cache.stamp(settings))
    assert len(set(stamps)) == 6
    others = [
        item,
        (release(title="Anders"), item[1]),
        (release(), ()),
        (release(published="2020-01-01"), item[1]),
    ]
    assert len({cache.key(stamps[0], other) for other in others}) == 4


def test_what_another_run_threw_away_in_between_is_read_again(tmp_path, monkeypatch, read):
    folder = made.project(tmp_path / "a", 4)
    first = run(folder, monkeypatch)
    read.clear()
    find = work._Run.find

    def find_and_lose(self):
        find(self)
        # the first release and the rows of the block that it is in
        self._known._base.execute(
            "DELETE FROM part WHERE id IN (SELECT min(id) FROM part UNION SELECT max(id) - 1 FROM part)"
        )

    monkeypatch.setattr(work._Run, "find", find_and_lose)
    assert run(folder, monkeypatch) == first
    assert len(read) == 1


def test_without_a_cache_every_run_reads_all(tmp_path, monkeypatch, read):
    folder = made.project(tmp_path / "a", 3)
    params = folder / "params.yaml"
    params.write_text(params.read_text().replace("max_cache_mb: 100", "max_cache_mb: 0"))
    assert run(folder, monkeypatch) == run(folder, monkeypatch)
    assert len(read) == 6


def test_where_all_is_known_no_language_library_is_imported(tmp_path, monkeypatch):
    folder = made.project(tmp_path / "a", 3)
    run(folder, monkeypatch)
    said, errors = made.start(folder, before="os").communicate()
    assert said == "False\n", errors


@posix
def test_after_a_kill_at_any_moment_the_next_run_gives_the_bytes_of_an_undisturbed_run(tmp_path, monkeypatch):
    """Three moments here; `make bench` tries twenty, on the whole pipeline."""
    expected = run(made.project(tmp_path / "calm", 60), monkeypatch)[1]
    folder = made.project(tmp_path / "killed", 60, processes=2)
    random.seed(0)
    for _ in range(3):
        process = made.start(folder)
        wait_for_cache(folder, random.random() * 0.5)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    errors = made.start(folder).communicate()[1]
    assert "extract: 60 releases" in errors
    assert made.outputs(folder) == expected


def wait_for_cache(folder, seconds):
    """Until work has begun, and then some time more."""
    end = time.monotonic() + 30
    while not (folder / ".cache/presselese/extract.sqlite").exists() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(seconds)


def test_two_runs_at_once_on_one_cache_give_the_same_bytes(tmp_path, monkeypatch):
    expected = run(made.project(tmp_path / "calm", 30), monkeypatch)[1]
    (tmp_path / "one" / ".cache").mkdir(parents=True)
    one = made.project(tmp_path / "one", 30)
    two = made.project(tmp_path / "two", 30, cache=one)
    processes = [made.start(one), made.start(two)]
    assert all("extract: 30 releases" in process.communicate()[1] for process in processes)
    assert made.outputs(one) == made.outputs(two) == expected


@posix
def test_a_full_disk_is_one_line_and_the_next_run_completes(tmp_path, monkeypatch):
    """The limit of file sizes stands for a full disk: the system refuses to write on."""
    folder = made.project(tmp_path / "a", 40)
    (folder / "limited.py").write_text(
        "import resource\nimport tests.extract.stand_in\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))\n"
    )
    process = made.start(folder, before="limited")
    errors = process.communicate()[1].splitlines()
    assert process.returncode == 1
    assert [line for line in errors if "Traceback" in line or "rror:" in line] == errors[-1:]
    assert "make room on the disk and run again" in errors[-1]
    assert "extract: 40 releases" in run(folder, monkeypatch)[0]
