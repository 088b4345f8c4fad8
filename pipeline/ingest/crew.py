"""Worker processes for work that may hang or die: what goes wrong costs one part of one job, never the run.

A worker answers with one message for each part of its job. One that is silent for too long is killed, one that
dies is replaced; both times the caller hears how many parts were done before, and decides how to go on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Literal, Self

Work = Callable[[Any], Iterator[Any]]
_CONTEXT = multiprocessing.get_context("spawn")
_POLL = 0.5


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be worked on; ``apart`` is a job that makes new jobs, and gets a worker of its own."""

    payload: Any
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """News of a job: a message, the end, or that its worker was lost after so many messages."""

    job: Job
    kind: Literal["message", "done", "lost"]
    message: Any = None
    parts: int = 0  # messages up to now, this one included


class Crew:
    """So many workers, each a process, started when there is something to do; after an end, once more."""

    def __init__(self, make: Callable[[], Work], size: int, seconds: float) -> None:
        self._make, self._seconds = make, seconds
        self._free = [_Worker(make) for _ in range(size)]
        self._reader = _Worker(make)
        self._busy: list[_Worker] = []
        self._size = size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for worker in (*self._free, *self._busy, self._reader):
            worker.stop()

    def begin(self) -> None:
        """Start a worker before there is something to do: it takes as long as finding out what that is."""
        self._free[-1].start()

    def run(self, jobs: Iterator[Job | None], urgent: deque[Job]) -> Iterator[Event]:
        """Work on jobs as they come, urgent ones first; news of all of them, in no certain order.

        ``jobs`` may yield None to say that there is none yet. What the caller adds to ``urgent`` is taken up too.
        """
        apart: deque[Job] = deque()
        more = True
        while more or urgent or apart or self._busy:
            if apart and self._reader not in self._busy:
                self._give(self._reader, apart.popleft())
            while self._free and urgent:
                self._give(self._free.pop(), urgent.popleft())
            if more and self._free and not apart:
                try:
                    job = next(jobs)
                except StopIteration:
                    more = False
                    continue
                if job is not None:
                    apart.append(job) if job.apart else self._give(self._free.pop(), job)
            yield from self._listen(0.0 if more and self._free and not apart else _POLL, backlog=len(urgent))

    def _give(self, worker: _Worker, job: Job) -> None:
        worker.give(job)
        self._busy.append(worker)

    def _listen(self, seconds: float, backlog: int) -> Iterator[Event]:
        # a reader that is ahead of the others waits, else what it read would pile up
        heard = [worker for worker in self._busy if worker is not self._reader or backlog < 2 * self._size]
        for worker in self._busy:
            if worker not in heard:
                worker.heard = time.monotonic()
        ready = wait([worker.connection for worker in heard], seconds) if heard else []
        for worker in heard:
            if worker.connection in ready:
                if (event := self._hear(worker)) is not None:
                    yield event
            elif worker.is_ready and time.monotonic() - worker.heard > self._seconds:
                worker.stop()
                yield self._dismiss(worker, "lost", "timeout")

    def _hear(self, worker: _Worker) -> Event | None:
        try:
            kind, message = worker.connection.recv()
        except (EOFError, OSError):
            worker.stop()
            return self._dismiss(worker, "lost", "crash")
        if kind == "error":
            raise message
        worker.heard = time.monotonic()
        if kind == "ready":
            worker.is_ready = True
            return None
        if kind == "done":
            return self._dismiss(worker, "done", None)
        worker.parts += 1
        return Event(worker.job, "message", message, worker.parts)

    def _dismiss(self, worker: _Worker, kind: Literal["done", "lost"], message: Any) -> Event:
        self._busy.remove(worker)
        if worker is not self._reader:
            self._free.append(worker)
        return Event(worker.job, kind, message, worker.parts)


class _Worker:
    """One process and the line to it."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._make = make
        self._process: Any = None
        self.connection: Connection
        self.job: Job
        self.parts, self.heard, self.is_ready = 0, 0.0, False

    def start(self) -> None:
        if self._process is None:
            self.connection, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(target=_serve, args=(self._make, theirs), daemon=True)
            self._process.start()
            theirs.close()

    def give(self, job: Job) -> None:
        self.start()
        self.job, self.parts, self.heard = job, 0, time.monotonic()
        # a worker that died idle is found out when it is listened to
        with contextlib.suppress(OSError):
            self.connection.send(job.payload)

    def stop(self) -> None:
        if self._process is None:
            return
        self.connection.close()
        if hasattr(os, "killpg"):
            # a converter that the worker started goes with it
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        self._process, self.is_ready = None, False


def _serve(make: Callable[[], Work], connection: Connection) -> None:
    """The life of a worker: jobs in, messages out, until the line is cut."""
    if hasattr(os, "setsid"):
        os.setsid()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        try:
            work = make()
            # what it takes to start does not count as silence
            connection.send(("ready", None))
            while True:
                for message in work(connection.recv()):
                    connection.send(("message", message))
                connection.send(("done", None))
        except (EOFError, OSError, KeyboardInterrupt):
            raise
        except Exception as error:  # noqa: BLE001  a bug of ours is the caller's to raise
            traceback.print_exc(file=sys.stderr)
            connection.send(("error", error))
