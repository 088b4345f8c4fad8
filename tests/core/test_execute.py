"""Mapping over batches: the same results however many processes work."""

import functools

import pytest

from pipeline.core import execute


def doubler():
    return double


def double(batch):
    return [2 * item for item in batch]


def failing():
    return functools.partial(divide, 0)


def divide(by, batch):
    return [item // by for item in batch]


def settings(tmp_path, monkeypatch, processes):
    (tmp_path / "params.yaml").write_text(f"execution: {{processes: {processes}, small: 10}}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_results_come_in_order_from_any_number_of_processes(processes, tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes)
    results = list(execute.map_batches(doubler, range(25), 4, "test"))
    assert [item for batch in results for item in batch] == [2 * item for item in range(25)]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_in_a_worker_reaches_the_caller(processes, tmp_path, monkeypatch):
    settings(tmp_path, monkeypatch, processes)
    with pytest.raises(ZeroDivisionError):
        list(execute.map_batches(failing, range(3), 2, "test"))


def test_batches_hold_every_item_once():
    assert list(execute.batched("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
