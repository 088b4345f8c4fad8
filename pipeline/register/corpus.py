"""What the stage reads: rows from disk as often as they are asked for, and releases whose texts wait on disk."""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core import tables as t
from pipeline.core.blocks import sizes
from pipeline.core.records import Mention
from pipeline.core.store import FOLDER
from pipeline.register.again import Again
from pipeline.register.looks import NAMES, Looks
from pipeline.register.memory import Eyes
from pipeline.register.work import Found

_FIELDS = ("release_id", "source_path", "issuer", "published", "dateline_place")
Words = dict[Any, Any]  # each is its own value
Bare = tuple[str, str, str | None, str, str | None, bytes]  # these, and the text in UTF-8
_BATCH = 512  # releases that are read at a time
_USUAL, _MOST = 256, 1024  # releases of a block
_BUFFER = 1 << 17  # bytes: texts are mostly asked for in their order


def read(shelf: Shelf, eyes: Eyes, zones: Sequence[str]) -> Found:
    """The tables of the earlier stages, as the register goes through them; texts are looked at as they pass."""
    looks, releases = Looks(), list[Shelved]()
    # words that recur anywhere are one object in all mentions, which saves half the memory
    same: defaultdict[str, Words] = defaultdict(dict)
    spots = _Spots(zones)
    for block in _blocks():
        releases.extend(shelf.fill(_bare(block)))
        eyes.see(block.select(["release_id", "text"]), spots.until(releases[-1].release_id), looks)
    del spots
    pa.default_memory_pool().release_unused()
    return Found(_mentions(same), releases, Again(t.SENTENCES), Again(t.QUOTES), looks, same["name"])


def _mentions(same: dict[str, Words]) -> Iterator[Mention]:
    for group in t.MENTIONS.groups():
        yield from map(Mention, *(_values(group[name], same[name]) for name in t.MENTIONS.columns))


def _values(column: pa.ChunkedArray, known: Words) -> list[Any]:
    if column.type != pa.string():
        return column.to_pylist()  # type: ignore[no-any-return]
    coded = column.combine_chunks().dictionary_encode("encode")
    words = [known.setdefault(word, word) for word in coded.dictionary.to_pylist()]
    return list(map(words.__getitem__, coded.indices.to_pylist()))


def _blocks() -> Iterator[pa.Table]:
    """Releases as they lie in their table, cut into blocks; some hundred in memory."""
    rest = t.RELEASES.arrow_schema().empty_table().select([*_FIELDS, "text"])
    for batch in t.RELEASES.arrow_batches([*_FIELDS, "text"], by=_BATCH):
        rest = pa.concat_tables([rest, pa.Table.from_batches([batch])])
        for size in sizes(rest["release_id"].to_pylist(), _USUAL, _MOST):
            yield rest.slice(0, size)
            rest = rest.slice(size)
    if len(rest):
        yield rest


def _bare(releases: pa.Table) -> Iterator[Bare]:
    *fields, texts = releases.columns
    return zip(*(field.to_pylist() for field in fields), texts.cast(pa.binary()).to_pylist(), strict=True)


class _Spots:
    """Where names stand in the releases that are asked for in their order."""

    def __init__(self, zones: Sequence[str]) -> None:
        spots = t.MENTIONS.read_arrow(columns=["release_id", "start", "end", "label", "zone"])
        wanted = pc.and_(_is_in(spots["zone"], zones), _is_in(spots["label"], NAMES))
        self._spots = spots.filter(wanted).select(["release_id", "start", "end"]).combine_chunks()
        runs = pc.run_end_encode(self._spots["release_id"].combine_chunks())
        self._ids, self._ends = runs.values.to_pylist(), runs.run_ends.to_pylist()
        self._given = 0

    def until(self, last: str) -> pa.Table:
        """The spots up to a release, which were not given before."""
        count = bisect_right(self._ids, last)
        start, self._given = self._given, self._ends[count - 1] if count else 0
        return self._spots.slice(start, self._given - start)


def _is_in(column: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(words, pa.string()))


class Shelf:
    """Where texts lie while the stage runs: a nameless file that vanishes with the process, however it ends."""

    def __enter__(self) -> Self:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=FOLDER, buffering=_BUFFER)
        self._ends = array("q", [0])
        self._open = (-1, "")
        self._known = dict[str | None, str | None]()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def fill(self, releases: Iterable[Bare]) -> Iterator[Shelved]:
        """Releases -> the same, their texts on the shelf."""
        # issuers, places and days recur: one object each
        known = self._known.setdefault
        for release_id, path, issuer, published, place, text in releases:
            number = len(self._ends) - 1
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
