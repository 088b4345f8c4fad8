"""The whole stage: what is known comes from the cache, the rest from workers, and all of it goes to the tables.

No more than a few batches are in memory: results wait on disk, in the order of the releases, for their tables.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property, partial
from itertools import compress, count, groupby, islice
from operator import attrgetter
from typing import IO, TYPE_CHECKING, NamedTuple

from pipeline.core import execute, store, tables
from pipeline.core.records import Release, Zone
from pipeline.extract import authority, cache, packed, recurrence, rows
from pipeline.extract.cache import Item
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


def extract(settings: ExtractParams) -> Counts:
    """Read the releases, write the seven tables."""
    store.FOLDER.mkdir(parents=True, exist_ok=True)
    file = store.FOLDER / "extract.sqlite"
    with (
        store.Store(file, settings.max_cache_mb, settings.batch_size) as known,
        tempfile.TemporaryFile(dir=store.FOLDER) as shelf,
    ):
        run = _Run(settings, known, shelf)
        run.look()
        run.find()
        return run.write()


class _Run:
    """One run of the stage: of each release its key, and whether it is new, are all that stays in memory."""

    def __init__(self, settings: ExtractParams, known: store.Store, shelf: IO[bytes]) -> None:
        self._settings, self._known, self._shelf = settings, known, shelf
        self._keys, self._new = bytearray(), bytearray()
        self._names = recurrence.Known()

    def look(self) -> None:
        """Which releases are new."""
        stamp = cache.stamp(self._settings)
        for item in _all():
            self._keys += (key := cache.key(stamp, item))
            data = self._known.get(key)
            self._new.append(data is None)
            if data is not None:
                packed.note(data, self._names)

    def find(self) -> None:
        """What the new releases give, onto the shelf and into the cache."""
        numbers = compress(count(), self._new)
        size, total = self._settings.batch_size, sum(self._new)
        if not total:
            return
        items = compress(_all(), self._new)
        for batch in execute.map_batches(self._make, items, size, "extract", total, anywhere=True):
            for data, number in zip(batch, numbers, strict=False):
                self._known.put(self._key(number), data)
                packed.note(data, self._names)
                self._shelf.write(len(data).to_bytes(_LENGTH) + data)
        self._shelf.seek(0)

    def write(self) -> Counts:
        """The tables of all releases, new and known."""
        with ExitStack() as stack:
            writers = {name: stack.enter_context(table.writer()) for name, table in packed.TABLES.items()}
            for number in range(len(self._new)):
                for name, columns in packed.unpack(self._packed(number), self._names).items():
                    writers[name].add(columns)
        counts = (writers[name].count for name in ("mentions", "dates", "quotes"))
        return Counts(len(self._new), *counts)

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

    @cached_property
    def _reader(self) -> Reader:
        return self._make()


def _all() -> Iterator[Item]:
    return items(tables.RELEASES.stream(), tables.ZONES.stream())


def items(releases: Iterable[Release], zones: Iterable[Zone]) -> Iterator[Item]:
    """Releases and zones, both in the order of release ids -> each release with its zones.

    Where a file lies says nothing about its text: the path is left out, so that a file that moved is still known.
    """
    groups = groupby(zones, attrgetter("release_id"))
    group = next(groups, None)
    for release in releases:
        while group is not None and group[0] < release.release_id:
            group = next(groups, None)
        own = tuple(group[1]) if group is not None and group[0] == release.release_id else ()
        yield replace(release, source_path=""), own


def make_reader(model: str, version: str, gazetteers: authority.Authority) -> Reader:
    """A function from batch to packed rows, with the model loaded; called once a process."""
    from pipeline.extract import nlp  # noqa: PLC0415  spaCy takes a second, and is not needed where all is known

    return partial(_read, nlp.load(model, version), gazetteers)


def _read(reader: Language, gazetteers: authority.Authority, batch: list[Item]) -> list[bytes]:
    return [
        packed.pack(release.release_id, rows.of_page(release.release_id, reader.read(release, zones), gazetteers))
        for release, zones in batch
    ]
