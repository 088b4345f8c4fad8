"""The whole stage: what is known comes from the cache, the rest from workers, and all of it goes to the tables.

No more than a few batches are in memory: results wait on disk, in the order of the releases, for their tables.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cached_property, partial
from itertools import chain, compress, count, islice
from typing import IO, TYPE_CHECKING, NamedTuple

from pipeline.core import execute, store
from pipeline.core.table_writer import Writer
from pipeline.extract import authority, blocks, cache, packed, recurrence
from pipeline.extract.ahead import Ahead, LostError
from pipeline.extract.blocks import Item
from pipeline.extract.known import Blocks, Rows, Summary
from pipeline.extract.settings import ExtractParams

if TYPE_CHECKING:
    from pipeline.extract.nlp import Reader as Language

Reader = Callable[[list[Item]], list[bytes]]
_KEY = 16
_LENGTH = 4


class Counts(NamedTuple):
    """How much was found, and in how many releases."""

    releases: int
    mentions: int
    dates: int
    quotes: int


class _Block(NamedTuple):
    """A block of releases: what stands in it, and how many releases lie before it and up to its end."""

    digest: bytes
    begin: int
    end: int


def extract(settings: ExtractParams) -> Counts:
    """Read the releases, write the seven tables."""
    store.FOLDER.mkdir(parents=True, exist_ok=True)
    file = store.FOLDER / "extract.sqlite"
    with (
        store.Store(file, settings.max_cache_mb, settings.batch_size) as known,
        tempfile.TemporaryFile(dir=store.FOLDER) as shelf,
        Ahead(settings.model, settings.model_version) as ahead,
    ):
        run = _Run(settings, known, shelf, ahead)
        run.look()
        run.find()
        return run.write()


class _Run:
    """One run of the stage: of each release its key, and whether it is new, are all that stays in memory.

    And a batch of new ones, which are all that there are in most runs.
    """

    def __init__(self, settings: ExtractParams, known: store.Store, shelf: IO[bytes], ahead: Ahead) -> None:
        self._settings, self._known, self._shelf, self._ahead = settings, known, shelf, ahead
        self._first: list[Item] = []
        self._stamp = cache.stamp(settings)
        self._kept = Blocks(known, self._stamp)
        self._blocks: list[_Block] = []
        self._keys, self._new = bytearray(), bytearray()
        self._names = recurrence.Known()
        # kept where the last run saw the same tables, so that nothing can be new
        self._same = store.key(self._stamp, "tables", *blocks.sums())

    def look(self) -> None:
        """Which releases are new."""
        if self._known.get(self._same) is None:
            self._ahead.start()
        for block in blocks.cut():
            begin, digest = len(self._new), block.digest()
            summary = self._kept.summary(digest)
            if summary and self._kept.is_whole(summary):
                self._keys += summary.keys
                self._new += bytes(len(block.releases))
                self._names.merge(summary.known)
            else:
                self._look_at(block.items())
            self._blocks.append(_Block(digest, begin, len(self._new)))

    def _look_at(self, items: Iterator[Item]) -> None:
        for item in items:
            self._keys += (key := cache.key(self._stamp, item))
            data = self._known.get(key)
            self._new.append(data is None)
            if data is not None:
                packed.note(data, self._names)
                continue
            self._ahead.meet()
            if len(self._first) < self._settings.batch_size:
                self._first.append(item)

    def find(self) -> None:
        """What the new releases give, onto the shelf and into the cache."""
        numbers = compress(count(), self._new)
        size, total = self._settings.batch_size, sum(self._new)
        if not total:
            self._ahead.stop()
            return
        make = self._make_here if self._ahead.helps() else self._make
        for batch in execute.map_batches(make, self._items(), size, "extract", total, anywhere=True):
            for data, number in zip(batch, numbers, strict=False):
                self._known.put(self._key(number), data)
                packed.note(data, self._names)
                self._shelf.write(len(data).to_bytes(_LENGTH) + data)
        self._shelf.seek(0)

    def _items(self) -> Iterator[Item]:
        """The new releases."""
        if sum(self._new) == len(self._first):
            yield from self._first
            return
        for block, place in zip(blocks.cut(), self._blocks, strict=True):
            if any(new := self._new[place.begin : place.end]):
                yield from compress(block.items(), new)

    def write(self) -> Counts:
        """The tables of all releases, new and known."""
        with ExitStack() as stack:
            writers = {name: stack.enter_context(table.writer()) for name, table in packed.TABLES.items()}
            # one block is written while the rows of the next are looked up
            hand = stack.enter_context(ThreadPoolExecutor(1))
            written = hand.submit(_write, writers, {})
            for block in self._blocks:
                rows = self._rows(block, writers)
                written.result()
                written = hand.submit(_write, writers, rows)
            written.result()
        self._known.put(self._same, b"")
        counts = (writers[name].count for name in ("mentions", "dates", "quotes"))
        return Counts(len(self._new), *counts)

    def _rows(self, block: _Block, writers: dict[str, Writer]) -> Rows:
        summary = None if any(self._new[block.begin : block.end]) else self._kept.summary(block.digest)
        rows = self._kept.rows(block.digest, summary, self._names) if summary else None
        return rows or self._made(block, writers)

    def _made(self, block: _Block, writers: dict[str, Writer]) -> Rows:
        """The rows of a block release by release, kept for the next run."""
        summary = Summary()
        columns: dict[str, list[list[object]]] = {n: [[] for _ in t.columns] for n, t in packed.TABLES.items()}
        for number in range(block.begin, block.end):
            data = self._packed(number)
            summary.add(self._key(number), data)
            for name, values in packed.unpack(data, self._names).items():
                for column, more in zip(columns[name], values, strict=True):
                    column.extend(more)
        rows = {name: writers[name].checked(values) for name, values in columns.items()}
        self._kept.put(block.digest, summary, self._names, rows)
        return rows

    def _packed(self, number: int) -> bytes:
        if self._new[number]:
            return self._shelf.read(int.from_bytes(self._shelf.read(_LENGTH)))
        # a second run on the same cache may have thrown it away in between
        return self._known.get(self._key(number)) or self._reader(list(islice(_all(), number, number + 1)))[0]

    def _key(self, number: int) -> bytes:
        return bytes(self._keys[number * _KEY : (number + 1) * _KEY])

    @cached_property
    def _make(self) -> Callable[[], Reader]:
        return partial(make_reader, self._settings.model, self._settings.model_version, authority.load())

    def _make_here(self) -> Reader:
        """What finds names in this process, on pages that the one beside it makes as long as that lives."""
        gazetteers = authority.load()

        def read(batch: list[Item]) -> list[bytes]:
            try:
                return _read_ahead(self._ahead, gazetteers, batch)
            except LostError:
                return self._reader(batch)

        return read

    @cached_property
    def _reader(self) -> Reader:
        return self._make()


def _write(writers: dict[str, Writer], rows: Rows) -> None:
    for name, table in rows.items():
        writers[name].add_table(table)


def _all() -> Iterator[Item]:
    return chain.from_iterable(block.items() for block in blocks.cut())


def make_reader(model: str, version: str, gazetteers: authority.Authority) -> Reader:
    """A function from batch to packed rows, with the model loaded; called once a process."""
    from pipeline.extract import nlp  # noqa: PLC0415  spaCy takes a second, and is not needed where all is known

    return partial(_read, nlp.load(model, version), gazetteers)


def _read_ahead(ahead: Ahead, gazetteers: authority.Authority, batch: list[Item]) -> list[bytes]:
    pages = ahead.pages(batch)
    from pipeline.extract import rows  # noqa: PLC0415  all rules come with it
    from pipeline.extract.components import units  # noqa: PLC0415

    if ahead.is_busy():
        # the model is still being loaded: time to compile what this text asks for
        rows.of_page("", units.page(*batch[0]), gazetteers)
    return [
        packed.pack(release.release_id, rows.of_page(release.release_id, page, gazetteers))
        for (release, _), page in zip(batch, pages, strict=True)
    ]


def _read(reader: Language, gazetteers: authority.Authority, batch: list[Item]) -> list[bytes]:
    from pipeline.extract import rows  # noqa: PLC0415  all rules come with it

    return [
        packed.pack(release.release_id, rows.of_page(release.release_id, reader.read(release, zones), gazetteers))
        for release, zones in batch
    ]
