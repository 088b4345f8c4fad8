"""What the stage reads: rows from disk as often as they are asked for, and releases whose texts wait on disk."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import pyarrow as pa

from pipeline.core import tables as t
from pipeline.core.store import FOLDER
from pipeline.register.again import Again
from pipeline.register.work import Found

_FIELDS = ("release_id", "source_path", "issuer", "published", "dateline_place")
Bare = tuple[str, str, str | None, str, str | None, bytes]  # these, and the text in UTF-8
_BATCH = 512  # releases that are read at a time
_BUFFER = 1 << 17  # bytes: texts are mostly asked for in their order


def read(shelf: Shelf) -> Found:
    """The tables of the earlier stages, as the register goes through them."""
    return Found(
        t.MENTIONS.stream(same={}),
        shelf.fill(_releases()),
        Again(t.SENTENCES),
        Again(t.QUOTES),
    )


def _releases() -> Iterator[Bare]:
    for batch in t.RELEASES.arrow_batches([*_FIELDS, "text"], by=_BATCH):
        *fields, texts = batch.columns
        yield from zip(*(field.to_pylist() for field in fields), texts.cast(pa.binary()).to_pylist(), strict=True)


class Shelf:
    """Where texts lie while the stage runs: a nameless file that vanishes with the process, however it ends."""

    def __enter__(self) -> Self:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=FOLDER, buffering=_BUFFER)
        self._ends = array("q", [0])
        self._open = (-1, "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def fill(self, releases: Iterable[Bare]) -> Iterator[Shelved]:
        """Releases -> the same, their texts on the shelf."""
        # issuers, places and days recur: one object each
        known = dict[str | None, str | None]().setdefault
        for number, (release_id, path, issuer, published, place, text) in enumerate(releases):
            self._file.write(text)
            self._ends.append(self._ends[-1] + len(text))
            day = known(published, published) or ""
            yield Shelved(release_id, path, known(issuer, issuer), day, known(place, place), self, number)

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
