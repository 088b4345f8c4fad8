"""What became of each release waits here for the files of the whole: on disk, in a file without a name.

In memory stay where each record lies and how its parts are sorted, some fifty bytes a release.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from pipeline.archive import kept
from pipeline.archive.formats import JOINED
from pipeline.archive.parts import Part
from pipeline.core import store

Order = tuple[str, ...]
_AT_ONCE = 256  # records


class Shelf:
    """Records by the number of their release; all are put before the first is taken."""

    def __init__(self, ids: list[str]) -> None:
        self._ids = ids
        self._starts, self._lengths = (array("q", bytes(8 * len(ids))) for _ in range(2))
        self._orders: list[list[Order | None]] = [[None] * len(ids) for _ in JOINED]
        self._same: dict[Order, Order] = {}
        self._end = 0
        self._waiting: list[bytes] = []
        store.FOLDER.mkdir(parents=True, exist_ok=True)
        # records are read in any order: what a buffer would read ahead is never asked for
        self._file = tempfile.TemporaryFile(dir=store.FOLDER, buffering=0)  # noqa: SIM115  closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, number: int, data: bytes) -> None:
        """Keep the record of a release."""
        self._waiting.append(data)
        if len(self._waiting) >= _AT_ONCE:
            self._write()
        self._starts[number], self._lengths[number] = self._end, len(data)
        self._end += len(data)
        for order, key in zip(self._orders, kept.keys(data), strict=True):
            order[number] = None if key is None else self._same.setdefault(key, key)

    def get(self, number: int) -> bytes:
        """The record of a release."""
        return self._read(self._starts[number], self._lengths[number])

    def file(self, number: int, form: int) -> kept.File:
        """A file of a release, without reading more of its record."""
        return kept.file(self._read(self._starts[number] + form * kept.FILE, kept.FILE))

    def _read(self, start: int, length: int) -> bytes:
        if self._waiting:
            self._write()
        self._file.seek(start)
        return self._file.read(length)

    def _write(self) -> None:
        data = memoryview(b"".join(self._waiting))
        self._waiting.clear()
        self._file.seek(0, os.SEEK_END)
        while data:
            data = data[self._file.write(data) :]

    def parts(self, form: int) -> Iterator[Part]:
        """The parts of a joined format, in the order of their keys."""
        for key, number in self._sorted(form):
            yield Part(key, kept.part(self.get(number), form))

    def frame(self, form: int) -> Iterator[Part]:
        """The same without what is in them."""
        return (Part(key, b"") for key, _ in self._sorted(form))

    def _sorted(self, form: int) -> Iterator[tuple[Order, int]]:
        orders = self._orders[form]
        there = [number for number, order in enumerate(orders) if order is not None]
        # equal orders stay in the order of ids, which is that of their numbers
        there.sort(key=lambda number: orders[number] or ())
        return (((*(orders[number] or ()), self._ids[number]), number) for number in there)
