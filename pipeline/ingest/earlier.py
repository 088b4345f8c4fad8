"""What the last run made of files that are the same today: taken as columns, without a look at each of them.

Kept for it, beside the last run's tables: of every file of which all became releases, and nothing else, the digest
and the number of releases; of these the traits, origins, and which were compared. All other files, bulk files
among them, go their own way through the cache.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from pipeline.core.errors import Rejection
from pipeline.core.execute import batched
from pipeline.ingest import alike, packed, raw, sources, unchanged
from pipeline.ingest.cache import Cache
from pipeline.ingest.minhash import Numbers
from pipeline.ingest.shelf import Index, Shelf

_FILES, _TRAITS, _ORIGINS, _PAIRS = unchanged.BESIDE
_LOOK = 500  # keys of files in one question to the cache
_ROWS = 8192
Files = tuple[list[raw.Listed], raw.Scale]


class Earlier:
    """The last run: its files, its releases by row, and which of both are the same today."""

    def __init__(self, folder: Path, origins: list[str]) -> None:
        self.folder = folder
        self._origins = [origin.encode() for origin in origins]
        self._origin = np.fromfile(folder / _ORIGINS, np.uint32)
        # an empty file cannot be mapped
        self._traits = np.memmap(folder / _TRAITS, packed.TRAITS, "r") if len(self._origin) else None
        self._same, self._place = bytearray(), np.empty(0, np.int64)

    @classmethod
    def load(cls, folder: Path, stamp: bytes) -> Earlier | None:
        """The last run, if it ended well and was made by the same code with the same params."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            says = unchanged.says(folder)
            if says["stamp"] == stamp.hex() and unchanged.is_whole(folder, says):
                return cls(folder, says["origins"])
        return None

    def is_same(self, number: int) -> bool:
        """Whether the file of this number was put on the shelf from here."""
        return number < len(self._same) and self._same[number] == 1

    def shelve(self, shelf: Shelf, files: Files, known: Cache, key: Callable[[str, str], bytes]) -> None:
        """Put on the shelf what became of all files that are the same; the cache keeps what it holds of them."""
        listed, scale = files
        self._same = bytearray(len(listed))
        numbers, firsts, counts = array("q"), array("q"), array("q")
        for some in batched(self._matching(listed, scale), _LOOK):
            # what the cache lost is taken in anew, so that it is there again
            found = ((listed[number], number) for number, _, _ in some)
            if known.keep([key(entry.path, scale.sha256(entry, number)) for entry, number in found]):
                for number, first, count in some:
                    self._same[number] = 1
                    numbers.append(number)
                    firsts.append(first)
                    counts.append(count)
        self._put(shelf, *(np.frombuffer(of, np.int64) for of in (numbers, firsts, counts)))

    def _matching(self, listed: Sequence[raw.Listed], scale: raw.Scale) -> Iterator[tuple[int, int, int]]:
        """Numbers of files that are the same, each with its first row and how many it has; both are sorted."""
        first, earlier = 0, self._files()
        path, sha256, count = next(earlier, ("", "", 0))
        for number, entry in enumerate(listed):
            while count and path < entry.path:
                first += count
                path, sha256, count = next(earlier, ("", "", 0))
            if count and path == entry.path:
                with suppress(Rejection):
                    if scale.sha256(entry, number) == sha256:
                        yield number, first, count
                first += count
                path, sha256, count = next(earlier, ("", "", 0))

    def _files(self) -> Iterator[tuple[str, str, int]]:
        with (self.folder / _FILES).open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                sha256, count, path = line.rstrip("\n").split(" ", 2)
                yield path, sha256, int(count)

    def _put(self, shelf: Shelf, numbers: Numbers, firsts: Numbers, counts: Numbers) -> None:
        member = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = np.repeat(firsts, counts) + member
        self._place = np.full(len(self._origin), -1)
        self._place[rows] = len(shelf.releases()[0]) + np.arange(len(rows))
        origins = np.zeros(len(self._origins), np.int64)
        for origin in np.unique(self._origin[rows]):
            origins[origin] = shelf.origin(self._origins[origin])
        shelf.put_earlier(np.repeat(numbers, counts), member, origins[self._origin[rows]], self._traits_of(rows))

    def _traits_of(self, rows: Numbers) -> Iterator[bytes]:
        for start in range(0, len(rows), _ROWS):
            assert self._traits is not None
            yield self._traits[rows[start : start + _ROWS]].tobytes()

    def pairs(self) -> Numbers:
        """How alike releases are of which both are the same, by their rows on the shelf."""
        return alike.renumbered(np.fromfile(self.folder / _PAIRS, alike.PAIR), self._place)


def remember(folder: Path, files: Files, shelf: Shelf, kept: Numbers, pairs: Numbers) -> list[str]:
    """Write what the next run needs of this one; the origins."""
    listed, scale = files
    index, traits, order = shelf.releases()
    rows = order[_simple(listed, shelf, index, kept)[index[order, 0]]]
    with (folder / _FILES).open("w", encoding="utf-8", newline="\n") as stream:
        for number, count in zip(*np.unique(index[rows, 0], return_counts=True), strict=True):
            entry = listed[number]
            stream.write(f"{scale.sha256(entry, int(number))} {count} {entry.path}\n")
    with (folder / _TRAITS).open("wb") as stream_of_traits:
        for start in range(0, len(rows), _ROWS):
            stream_of_traits.write(traits[rows[start : start + _ROWS]].tobytes())
    index[rows, 4].astype(np.uint32).tofile(folder / _ORIGINS)
    place = np.full(len(index), -1)
    place[rows] = np.arange(len(rows))
    alike.renumbered(pairs, place).tofile(folder / _PAIRS)
    return [origin.decode() for origin in shelf.packed_origins()]


def _simple(listed: Iterable[raw.Listed], shelf: Shelf, index: Index, kept: Numbers) -> Numbers:
    """Of each file: whether its table rows say all that became of it."""
    simple = np.array([not sources.is_bulk(entry.path) for entry in listed], bool)
    copies = np.ones(len(index), bool)
    copies[kept] = False
    simple[index[copies, 0]] = False
    simple[shelf.rejected_files()] = False
    return simple
