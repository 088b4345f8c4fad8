"""What the stage reads: rows from disk as often as they are asked for, and releases whose texts wait on disk."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from pipeline.core import tables as t
from pipeline.core.records import Release
from pipeline.core.store import FOLDER
from pipeline.register.work import Found

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Again(Generic[Row]):
    """Rows that are read anew each time somebody goes through them."""

    read: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.read()


def read(shelf: Shelf) -> Found:
    """The tables of the earlier stages, as the register goes through them."""
    return Found(
        Again(lambda: t.MENTIONS.stream(same={})),
        shelf.fill(t.RELEASES.stream()),
        Again(t.SENTENCES.stream),
        Again(t.QUOTES.stream),
    )


class Shelf:
    """Where texts lie while the stage runs: a nameless file that vanishes with the process, however it ends."""

    def __enter__(self) -> Self:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=FOLDER)
        self._ends = array("q", [0])
        self._open = (-1, "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def fill(self, releases: Iterable[Release]) -> Iterator[Shelved]:
        """Releases -> the same, their texts on the shelf."""
        # issuers, places and days recur: one object each
        known = dict[str | None, str | None]().setdefault
        for number, release in enumerate(releases):
            data = release.text.encode()
            self._file.write(data)
            self._ends.append(self._ends[-1] + len(data))
            issuer, place = (
                known(release.issuer, release.issuer),
                known(release.dateline_place, release.dateline_place),
            )
            day = known(release.published, release.published) or ""
            yield Shelved(release.release_id, release.source_path, issuer, day, place, self, number)

    def text(self, number: int) -> str:
        """The text of the release of that number; the same again costs nothing."""
        if self._open[0] != number:
            start, end = self._ends[number : number + 2]
            self._file.seek(start)
            self._open = number, self._file.read(end - start).decode()
        return self._open[1]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A release whose text lies on a shelf."""

    release_id: str
    source_path: str
    issuer: str | None
    published: str
    dateline_place: str | None
    shelf: Shelf
    number: int

    @property
    def text(self) -> str:
        """The text, read from the shelf."""
        return self.shelf.text(self.number)
