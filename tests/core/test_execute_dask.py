"""The same results from a Dask cluster: a real scheduler and two workers on this computer, one of them killed."""

import importlib
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from pipeline.core import execute
from pipeline.core.errors import ExecutionError, ModelError
from tests.core import workers

distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
execute_dask = importlib.import_module("pipeline.core.execute_dask")
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_network():
    """The tests here talk to a cluster on 127.0.0.1, and to nothing else."""


def start(tmp_path, module, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "20s"}
    with (tmp_path / "cluster.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
            cwd=tmp_path, env=environment, stdout=log, stderr=log,
        )  # fmt: skip


def worker(tmp_path):
    file = str(tmp_path / "scheduler.json")
    return start(
        tmp_path, "dask_worker", "--scheduler-file", file, "--no-nanny", "--nthreads", "1", "--no-dashboard",
        "--host", "127.0.0.1", "--local-directory", str(tmp_path),
    )  # fmt: skip


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two workers; (its address, a function that starts one more worker)."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    running = [
        start(
            folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show",
            "--scheduler-file", str(file),
        )
    ]  # fmt: skip
    running += [worker(folder), worker(folder)]
    end = time.monotonic() + 120
    while not (file.exists() and file.stat().st_size) and time.monotonic() < end:
        time.sleep(0.1)
    yield json.loads(file.read_text())["address"], running, folder
    for process in reversed(running):
        process.kill()
        process.wait()


@contextmanager
def two_workers(cluster):
    """At the start of a test there are two workers, whatever the last one did."""
    address, running, folder = cluster
    with distributed.Client(address, set_as_default=False, timeout=60) as client:
        alive = sum(process.poll() is None for process in running[1:])
        running += [worker(folder) for _ in range(2 - alive)]
        client.wait_for_workers(2, timeout=120)
        yield address


def settings(tmp_path, monkeypatch, address):
    text = f"execution: {{backend: dask, scheduler: '{address}', processes: 0, small: 1000}}"
    (tmp_path / "params.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def flat(results):
    return [item for batch in results for item in batch]


def test_results_come_in_order_and_each_worker_is_made_once(cluster, tmp_path, monkeypatch):
    with two_workers(cluster) as address:
        settings(tmp_path, monkeypatch, address)
        results = execute.map_batches(
            partial(workers.counting, str(tmp_path)), iter(range(200)), 3, "test", anywhere=True
        )
        assert flat(results) == [2 * item for item in range(200)]
    assert len(list(tmp_path.glob("made-*"))) == 2
    assert len(list(tmp_path.glob("batch-*"))) == 67


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(cluster, tmp_path, monkeypatch):
    with two_workers(cluster) as address:
        settings(tmp_path, monkeypatch, address)
        results = execute.map_batches(partial(workers.slow, 0.02), range(300), 3, "test", anywhere=True)
        found = [next(results) for _ in range(20)]
        victim = next(process for process in cluster[1][1:] if process.poll() is None)
        victim.kill()
        victim.wait()
        assert flat([*found, *results]) == [2 * item for item in range(300)]


def test_an_error_in_a_worker_reaches_the_caller_as_it_is(cluster, tmp_path, monkeypatch):
    with two_workers(cluster) as address:
        settings(tmp_path, monkeypatch, address)
        with pytest.raises(ModelError, match="is not installed"):
            list(execute.map_batches(workers.without_a_model, range(9), 3, "test", anywhere=True))
        with pytest.raises(ZeroDivisionError):
            list(execute.map_batches(workers.failing, range(9), 3, "test", anywhere=True))


def test_a_worker_with_other_code_is_refused(cluster, tmp_path, monkeypatch):
    with two_workers(cluster) as address:
        settings(tmp_path, monkeypatch, address)
        monkeypatch.setattr(execute_dask, "code", lambda _: b"other")
        with pytest.raises(ExecutionError, match="another version of presselese"):
            list(execute.map_batches(workers.doubler, range(9), 3, "test", anywhere=True))


def test_work_that_touches_files_stays_on_this_computer(tmp_path, monkeypatch):
    """A worker somewhere else has not this folder: no scheduler is asked, though none is there."""
    settings(tmp_path, monkeypatch, "tcp://127.0.0.1:9")
    results = execute.map_batches(partial(workers.counting, str(tmp_path)), range(9), 3, "test")
    assert flat(results) == [2 * item for item in range(9)]


def test_no_scheduler_is_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setattr(execute_dask, "_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "", "unsinn"):
        settings(tmp_path, monkeypatch, address)
        with pytest.raises(ExecutionError, match="execution → scheduler: no scheduler with workers"):
            list(execute.map_batches(workers.doubler, range(9), 3, "test", anywhere=True))
