"""The process beside the stage: the same bytes with it, without it, and when it dies."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.core.errors import ModelError
from pipeline.extract import __main__ as stage
from pipeline.extract import ahead, work
from tests.performance import made

ROOT = Path(__file__).parents[2]
MODEL = "de_presse_sm"
with_model = pytest.mark.skipif(
    importlib.util.find_spec(MODEL) is None, reason="the German model is not installed"
)


def project(folder, count, *, model=MODEL, small=100, processes=0):
    """A folder with a real model, in which one process works, or this one and the one beside it."""
    made.project(folder, count)
    version = importlib.import_module(MODEL).__version__
    (folder / "params.yaml").write_text(
        f"execution: {{processes: {processes}, small: {small}}}\n"
        f"extract: {{model: {model}, model_version: {version}, batch_size: 2, max_cache_mb: 100}}\n"
    )
    return folder


def run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    stage.main()
    return made.outputs(folder)


@pytest.fixture
def here(monkeypatch):
    """How often the model was loaded in this process."""
    loaded = []
    make = work.make_reader
    monkeypatch.setattr(work, "make_reader", lambda *given: loaded.append(1) or make(*given))
    return loaded


@with_model
def test_pages_come_from_beside_and_the_bytes_are_the_same(tmp_path, monkeypatch, here):
    expected = run(project(tmp_path / "alone", 5, processes=1), monkeypatch)
    assert here == [1]
    assert run(project(tmp_path / "beside", 5), monkeypatch) == expected
    assert here == [1]


@with_model
def test_one_release_added_is_read_beside(tmp_path, monkeypatch, here):
    folder = project(tmp_path / "a", 5)
    run(folder, monkeypatch)
    made.corpus(folder, range(6))
    warm = run(folder, monkeypatch)
    assert here == []
    assert warm == run(project(tmp_path / "b", 6, processes=1), monkeypatch)


@with_model
@pytest.mark.parametrize("after", [0, 1])
def test_a_process_that_is_killed_costs_no_row(tmp_path, monkeypatch, here, after):
    expected = run(project(tmp_path / "alone", 5, processes=1), monkeypatch)
    answers, given = ahead.Ahead._answers, []

    def killed(self, rest):
        for page in answers(self, rest):
            if len(given) == after:
                os.kill(self._process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
                self._process.join()
            given.append(1)
            yield page

    monkeypatch.setattr(ahead.Ahead, "_answers", killed)
    assert run(project(tmp_path / "killed", 5), monkeypatch) == expected
    assert here == [1, 1]


@with_model
def test_what_is_wrong_with_the_model_is_told_by_the_stage(tmp_path, monkeypatch):
    folder = project(tmp_path / "a", 2)
    params = folder / "params.yaml"
    params.write_text(params.read_text().replace("model_version: ", "model_version: 9"))
    monkeypatch.chdir(folder)
    with pytest.raises(ModelError, match=r"params\.yaml names 9"):
        stage.main()


@pytest.fixture
def started(monkeypatch):
    """Whether the process was started."""
    found = []
    start = ahead.Ahead.start
    monkeypatch.setattr(ahead.Ahead, "start", lambda self: found.append(1) or start(self))
    return found


@with_model
def test_where_nothing_can_be_new_no_process_is_started(tmp_path, monkeypatch, started):
    folder = project(tmp_path / "a", 3)
    first = run(folder, monkeypatch)
    assert started == [1]
    assert run(folder, monkeypatch) == first
    assert started == [1]


@pytest.mark.parametrize("settings", ["processes: 2", "processes: 0, backend: dask", "processes: 0, small: 1"])
def test_who_shares_out_work_otherwise_gets_no_process_beside(tmp_path, monkeypatch, settings):
    small = "" if "small" in settings else ", small: 9"
    (tmp_path / "params.yaml").write_text(f"execution: {{{settings}{small}}}\n")
    monkeypatch.chdir(tmp_path)
    with ahead.Ahead(MODEL, "1") as beside:
        beside.start()
        assert not beside.helps()


def test_where_many_are_new_it_ends(tmp_path, monkeypatch):
    (tmp_path / "params.yaml").write_text("execution: {processes: 0, small: 3}\n")
    monkeypatch.chdir(tmp_path)
    with ahead.Ahead(MODEL, "1") as beside:
        beside.start()
        process = beside._process
        helps = [beside.meet() or beside.helps() for _ in range(4)]
        assert helps == [True, True, False, False]
        assert not process.is_alive()


def test_spacy_comes_without_its_commands_which_can_be_had_later():
    code = (
        "import sys, pipeline.extract.nlp, spacy;"
        "print('spacy.cli' in sys.modules, 'weasel' in sys.modules);"
        "print('pipelines' in spacy.info(silent=True), 'spacy.cli' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.split() == ["False", "False", "True", "True"]
