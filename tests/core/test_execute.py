"""Mapping over batches: the same results however many processes work, and whatever happens to them."""

import os
import subprocess
import sys
import textwrap
import time
from functools import partial
from itertools import count, islice
from pathlib import Path

import psutil
import pytest

from pipeline.core import execute
from pipeline.core.errors import ExecutionError, ModelError, ParamsError
from tests.core import workers

ROOT = Path(__file__).parents[2]


def settings(tmp_path, monkeypatch, **values):
    values = {"processes": 0, "small": 10, **values}
    section = ", ".join(f"{key}: {value}" for key, value in values.items())
    (tmp_path / "params.yaml").write_text(f"execution: {{{section}}}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def flat(results):
    return [item for batch in results for item in batch]


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_results_come_in_order_from_any_number_of_processes(processes, tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes=processes)
    results = list(execute.map_batches(workers.doubler, range(25), 4, "test"))
    assert flat(results) == [2 * item for item in range(25)]
    assert [len(batch) for batch in results] == [4, 4, 4, 4, 4, 4, 1]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_in_a_worker_reaches_the_caller(processes, tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes=processes)
    with pytest.raises(ZeroDivisionError):
        list(execute.map_batches(workers.failing, range(3), 2, "test"))


@pytest.mark.parametrize("processes", [1, 2])
def test_a_model_that_is_missing_is_one_clear_error_in_any_process(processes, tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes=processes)
    with pytest.raises(ModelError, match="is not installed"):
        list(execute.map_batches(workers.without_a_model, range(3), 2, "test"))


def test_batches_hold_every_item_once():
    assert list(execute.batched("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]


def test_nothing_to_do_makes_no_worker(tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch)
    assert list(execute.map_batches(workers.without_a_model, iter([]), 2, "test")) == []


@pytest.mark.parametrize("processes", [1, 2])
def test_an_endless_iterator_is_taken_no_further_than_needed(processes, tmp_path, monkeypatch):
    """Back-pressure: between results, only a bounded number of batches is read ahead."""
    settings(tmp_path, monkeypatch, processes=processes)
    taken = []
    items = (taken.append(number) or number for number in count())
    results = execute.map_batches(workers.doubler, items, 5, "test")
    assert flat(islice(results, 3)) == [2 * item for item in range(15)]
    assert len(taken) <= 10 + 5 * (3 + 4 * processes)
    results.close()


def test_each_process_makes_its_worker_once(tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes=2)
    list(execute.map_batches(partial(workers.counting, str(tmp_path)), range(30), 2, "test"))
    made = [path.name.partition("-")[2] for path in tmp_path.glob("made-*")]
    users = {path.name.rpartition("-")[2] for path in tmp_path.glob("batch-*")}
    assert set(made) == users
    assert 1 <= len(made) <= 2
    assert len(list(tmp_path.glob("batch-*"))) == 15


def test_a_killed_process_costs_no_result_and_doubles_none(tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes=2)
    results = execute.map_batches(partial(workers.killed_once, str(tmp_path), 17), range(60), 3, "test")
    assert flat(results) == [2 * item for item in range(60)]
    assert (tmp_path / "killed").exists()


def test_a_batch_that_kills_every_process_is_named_with_the_remedy(tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes=2)
    with pytest.raises(ExecutionError, match=r"batch 3: .*fewer execution → processes"):
        list(execute.map_batches(partial(workers.killed_always, 5), range(12), 2, "test"))


def test_a_small_corpus_stays_in_this_process_unless_told_otherwise(tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch)
    assert execute.process_count(9) == 1
    assert execute.process_count(10) == execute.cores()
    settings(tmp_path, monkeypatch, backend="processes")
    assert execute.process_count(9) == execute.cores()
    assert 1 <= execute.cores() <= os.cpu_count()


def test_an_unknown_backend_is_named(tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, backend="spark")
    with pytest.raises(ParamsError, match="execution → backend"):
        list(execute.map_batches(workers.doubler, range(3), 2, "test"))


def test_processes_end_when_the_one_that_started_them_is_killed(tmp_path):
    (tmp_path / "params.yaml").write_text("execution: {processes: 2, small: 0}", encoding="utf-8")
    program = tmp_path / "program.py"
    program.write_text(
        textwrap.dedent("""
            from functools import partial
            from pipeline.core import execute
            from tests.core import workers
            if __name__ == "__main__":
                make = partial(workers.counting, ".")
                for _ in execute.map_batches(make, iter(lambda: 0, 1), 2, "test"):
                    pass
        """),
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "program.py"], cwd=tmp_path, env=environment)
    assert waited(lambda: list(tmp_path.glob("made-*")))
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    assert len(children) >= 2
    assert not psutil.wait_procs(children, timeout=60)[1]


def waited(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_progress_is_lines_in_a_log_with_and_without_a_total(caplog):
    caplog.set_level("INFO", "presselese")
    assert list(execute.progress(range(20), 20, "test")) == list(range(20))
    assert caplog.messages[0] == "test: 2 of 20 batches"
    assert len(caplog.messages) == 10
    caplog.clear()
    assert len(list(execute.progress(range(2000), None, "test"))) == 2000
    assert caplog.messages == ["test: 1000 batches", "test: 2000 batches"]
