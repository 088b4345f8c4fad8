"""Map a function over batches, in this process or over several, results in order.

The bytes that come out never depend on the number of workers: batches are cut before work is shared out,
and results are yielded in the order of their batches.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

from rich.progress import Progress

from pipeline.core.params import Params, load

Item = TypeVar("Item")
Result = TypeVar("Result")
Worker = Callable[[list[Item]], Result]

_worker: Callable[[Any], Any] | None = None


class ExecutionParams(Params):
    """params.yaml, section execution; changes no output, only the time it takes."""

    processes: int  # 0: one for every two cores' worth of work, none for a small corpus
    small: int  # below this many items work stays in this process


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Items -> lists of at most ``size`` items, in order."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def map_batches(
    make_worker: Callable[[], Worker[Item, Result]], items: Sequence[Item], size: int, what: str
) -> Iterator[Result]:
    """Cut ``items`` into batches of ``size``, give each to a worker, yield one result a batch, in order.

    ``make_worker`` is called once in each process, so that it may load a model; it and the results must pickle
    when processes are used. ``what`` names the work in the progress display.
    """
    processes = process_count(len(items))
    batches = list(batched(items, size))
    if processes <= 1:
        yield from progress(map(make_worker(), batches), len(batches), what)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (make_worker,)) as pool:
        yield from progress(pool.map(_work, batches), len(batches), what)


def process_count(items: int) -> int:
    """How many processes are to share out so many items, by params.yaml."""
    settings = load("execution", ExecutionParams)
    if settings.processes:
        return settings.processes
    return 1 if items < settings.small else (os.cpu_count() or 1)


def _start(make_worker: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker  # noqa: PLW0603  one worker a process, made when the process starts
    _worker = make_worker()


def _work(batch: list[Any]) -> Any:
    assert _worker is not None
    return _worker(batch)


def progress(results: Iterable[Result], total: int, what: str, unit: str = "batches") -> Iterator[Result]:
    """Pass results through, showing how far the work is: a bar on a terminal, a line a tenth in a log."""
    if sys.stderr.isatty():
        yield from _bar(results, total, what)
        return
    log, step = logging.getLogger("presselese"), max(1, total // 10)
    for done, result in enumerate(results, 1):
        yield result
        if total >= 10 and done % step == 0:
            log.info("%s: %d of %d %s", what, done, total, unit)


def _bar(results: Iterable[Result], total: int, what: str) -> Iterator[Result]:
    with Progress(transient=True) as progress:
        task = progress.add_task(what, total=total)
        for result in results:
            yield result
            progress.advance(task)
