"""Map a function over batches: in this process, over processes, or on a Dask cluster; results in order.

The bytes that come out never depend on where the work is done: batches are cut before it is shared out, and
results are yielded in the order of their batches. No more batches are under way than the workers need, so that
neither a long corpus nor a slow consumer fills the memory. A worker that dies costs time, not results.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import cache
from itertools import chain, islice
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from pipeline.core.params import Params, load

Item = TypeVar("Item")
Result = TypeVar("Result")
Worker = Callable[[list[Item]], Result]
_EVERY = 1000  # batches between two lines in the log where nobody knows how many there will be


class ExecutionParams(Params):
    """params.yaml, section execution; changes no output, only the time it takes."""

    backend: Literal["auto", "processes", "dask"] = "auto"
    scheduler: str = ""  # address of the Dask scheduler
    processes: Annotated[int, Field(ge=0)]  # 0: one for every core
    small: int  # auto: below this many items work stays in this process


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Items -> lists of at most ``size`` items, in order."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def map_batches(  # noqa: PLR0913  what, on what, and where it may be done
    make_worker: Callable[[], Worker[Item, Result]],
    items: Iterable[Item],
    size: int,
    what: str,
    total: int | None = None,
    *,
    anywhere: bool = False,
    heavy: int = 0,
) -> Iterator[Result]:
    """Cut ``items`` into batches of ``size``, give each to a worker, yield one result a batch, in order.

    ``make_worker`` is called once in each process, before its first batch, so that it may load a model; it, the
    batches and the results must pickle when there are other processes. ``items`` may be an iterator, of which no
    more than needed is taken; then ``total`` says how many there are, if that is known. ``what`` names the work.
    Work that touches no file may be done ``anywhere``; other work stays on this computer, whatever the backend.
    ``heavy``: as how many more items the work counts where processes are chosen, for few items that take long.
    """
    if total is None and isinstance(items, Sized):
        total = len(items)
    settings = load("execution", ExecutionParams)
    seen, rest = total, iter(items)
    if seen is None:
        head = list(islice(rest, max(1, settings.small - heavy)))
        seen, rest = len(head), chain(head, rest)
    if seen == 0:
        return
    batches = batched(rest, size)
    expected = None if total is None else -(-total // size)
    if settings.backend == "dask" and anywhere:
        from pipeline.core import execute_dask  # noqa: PLC0415  an extra; and slow to import

        results = execute_dask.mapped(make_worker, batches, settings.scheduler)
    else:
        results = _here(make_worker, batches, process_count(seen + heavy))
    yield from progress(results, expected, what)


def _here(
    make_worker: Callable[[], Worker[Item, Result]], batches: Iterator[list[Item]], processes: int
) -> Iterator[Result]:
    if processes > 1:
        from pipeline.core import execute_processes  # noqa: PLC0415  not needed for a small corpus

        return execute_processes.mapped(make_worker, batches, processes)
    return map(make_worker(), batches)


def process_count(items: int) -> int:
    """How many processes are to share out so many items, by params.yaml."""
    settings = load("execution", ExecutionParams)
    if settings.processes:
        return settings.processes
    return 1 if settings.backend == "auto" and items < settings.small else cores()


@cache
def cores() -> int:
    """The cores that this process may use; two threads of one core count once, since both are kept busy by one."""
    import psutil  # noqa: PLC0415  not needed for a small corpus

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, psutil.cpu_count(logical=False) or allowed))


def progress(results: Iterable[Result], total: int | None, what: str, unit: str = "batches") -> Iterator[Result]:
    """Pass results through, showing how far the work is: a bar on a terminal, a line a tenth in a log."""
    if sys.stderr.isatty():
        yield from _bar(results, total, what)
        return
    log = logging.getLogger("presselese")
    step, of = (max(1, total // 10), f" of {total}") if total else (_EVERY, "")
    for done, result in enumerate(results, 1):
        yield result
        if done % step == 0 and (total is None or total >= 10):
            log.info("%s: %d%s %s", what, done, of, unit)


def _bar(results: Iterable[Result], total: int | None, what: str) -> Iterator[Result]:
    from rich.progress import Progress  # noqa: PLC0415  only where somebody watches

    with Progress(transient=True) as bar:
        task: Any = bar.add_task(what, total=total)
        for result in results:
            yield result
            bar.advance(task)
