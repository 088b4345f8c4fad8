"""A process beside this one that loads the model while this one still looks up what is known.

Of few new releases it makes the pages; what they name is found here, where the patterns are compiled meanwhile. It
is a help and no more: whatever goes wrong in it goes wrong again, or better, in the process that asks for pages.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Self

from pipeline.core.execute import ExecutionParams
from pipeline.core.params import load
from pipeline.extract.serve import serve

if TYPE_CHECKING:
    # columns and tables come with it, which pages do without
    from pipeline.extract.blocks import Item
    from pipeline.extract.components.page import Page

_CONTEXT = multiprocessing.get_context("spawn")


class LostError(Exception):
    """The process is gone: pages have to be made without it."""


class Ahead:
    """The process, once it is started; it ends with the one that started it."""

    def __init__(self, model: str, version: str) -> None:
        self._model, self._version = model, version
        self._met, self._most = 0, 0
        self._process: SpawnProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the process, where this computer's processes are chosen by the number of new releases."""
        settings = load("execution", ExecutionParams)
        self._most = settings.small if (settings.backend, settings.processes) == ("auto", 0) else 0
        if self._most > 1:
            self._line, theirs = _CONTEXT.Pipe()
            self._process = _CONTEXT.Process(target=serve, args=(theirs, self._model, self._version), daemon=True)
            self._process.start()
            theirs.close()

    def meet(self) -> None:
        """One more new release: where they are many, other processes read them."""
        self._met += 1
        if self._met >= self._most:
            self.stop()

    def helps(self) -> bool:
        """Whether pages may be asked for."""
        return self._process is not None

    def stop(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None:
            self._line.close()
            self._process.kill()
            self._process.join()
            self._process = None

    def pages(self, items: Sequence[Item]) -> Iterator[Page]:
        """Releases -> their pages; while the caller is at one, the next is made. Raises LostError."""
        with _lost():
            self._line.send(items[0])
        return self._answers(items[1:])

    def _answers(self, rest: Sequence[Item]) -> Iterator[Page]:
        for following in (*rest, None):
            with _lost():
                page: Page = self._line.recv()
                if following is not None:
                    self._line.send(following)
            yield page

    def is_busy(self) -> bool:
        """Whether a page that was asked for is not there yet."""
        with _lost():
            return not self._line.poll()


@contextmanager
def _lost() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError):
        raise LostError from None
