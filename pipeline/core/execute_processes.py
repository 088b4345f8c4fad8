"""Batches over processes of this computer; one that is killed costs the work on a few batches, never a result."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from pipeline.core.errors import ExecutionError

TRIES = 3
AHEAD = 4  # batches under way for each worker: none waits for work, and little piles up behind a slow batch
_make: Callable[[], Callable[[Any], Any]] | None = None
_worker: Callable[[Any], Any] | None = None


@dataclass(slots=True)
class _Task:
    """A batch that is under way."""

    number: int
    batch: list[Any]
    future: Future[Any] | None = None


def mapped(make_worker: Callable[[], Callable[[Any], Any]], batches: Iterator[Any], count: int) -> Iterator[Any]:
    """Each batch -> its result, in order, worked on by ``count`` processes."""
    pool, under_way = _Pool(make_worker, count), deque[_Task]()
    try:
        for number, batch in enumerate(batches, 1):
            task = _Task(number, batch)
            pool.give(task)
            under_way.append(task)
            if len(under_way) >= AHEAD * count:
                yield pool.first(under_way)
        while under_way:
            yield pool.first(under_way)
    finally:
        pool.stop()


class _Pool:
    """A process pool that is replaced when it breaks."""

    def __init__(self, make_worker: Callable[[], Callable[[Any], Any]], count: int) -> None:
        self._make_worker, self._count = make_worker, count
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self._count, context, _begin, (self._make_worker,))

    def stop(self) -> None:
        """End the processes; what they are at is given up."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def give(self, task: _Task) -> None:
        """Hand a batch to the pool; a pool found broken here is mended when the result is asked for."""
        try:
            task.future = self._pool.submit(_work, task.batch)
        except BrokenProcessPool:
            task.future = None

    def first(self, under_way: deque[_Task]) -> Any:
        """The result of the first batch, which then is no longer under way."""
        if _is_lost(under_way[0]):
            self._mend([task for task in under_way if _is_lost(task)])
        future = under_way.popleft().future
        assert future is not None
        return future.result()

    def _mend(self, lost: list[_Task]) -> None:
        """Do again, one at a time, what was lost: so the batch that kills its worker is known from the others."""
        self.stop()
        self._start()
        for task in lost:
            for _ in range(TRIES):
                self.give(task)
                if not _is_lost(task):
                    break
                self.stop()
                self._start()
            else:
                raise ExecutionError(
                    f"batch {task.number}: the worker process was killed {TRIES} times, most likely for its "
                    "memory; set fewer execution → processes or a smaller batch_size in params.yaml"
                )


def _is_lost(task: _Task) -> bool:
    """Whether a batch, waited for, has no result because a process was killed."""
    return task.future is None or isinstance(task.future.exception(), BrokenProcessPool)


def _begin(make_worker: Callable[[], Callable[[Any], Any]]) -> None:
    """The start of a worker process: it ends with the one that started it, and leaves Ctrl-C to that one."""
    global _make  # noqa: PLW0603  one worker a process
    _make = make_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _work(batch: Any) -> Any:
    global _worker  # noqa: PLW0603  made with the first batch, so that its errors reach the caller as they are
    if _worker is None:
        assert _make is not None
        _worker = _make()
    return _worker(batch)
