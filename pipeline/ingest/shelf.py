"""Where packed outcomes wait until all are there: on disk, so that memory does not grow with the corpus.

Of each release only an index entry is held in memory (a few dozen bytes); the files are nameless and vanish with
the process, however it ends.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from pipeline.ingest import packed

Rows = np.ndarray[Any, np.dtype[Any]]
Index = np.ndarray[Any, np.dtype[Any]]
_COLUMNS = ("file", "member", "offset", "length", "origin")
_ELSEWHERE = -1  # as offset


class LostError(Exception):
    """What the last run left behind is not all there: to be done without."""


def _nowhere(_file: int, _member: int) -> bytes:
    raise LostError


class Shelf:
    """Packed outcomes, put down in any order, taken up in the order of files and members."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._bodies = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  closed in __exit__
        self._traits = tempfile.TemporaryFile(dir=folder, buffering=1 << 20)  # noqa: SIM115  closed in __exit__
        self._releases, self._rejected = array("q"), array("q")
        self._end = 0
        self._origins: dict[bytes, int] = {}
        # where packed outcomes are that came without their bytes
        self.fetch: Callable[[int, int], bytes] = _nowhere

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._bodies.close()
        self._traits.close()

    def __len__(self) -> int:
        return (len(self._releases) + len(self._rejected)) // len(_COLUMNS)

    def put(self, file: int, member: int, data: bytes) -> None:
        """Put down what became of a member (numbered) of a file (numbered)."""
        place = (file, member, self._end, len(data))
        self._end += self._bodies.write(data)
        if packed.is_release(data):
            self._releases.extend((*place, self.origin(packed.origin_bytes(data))))
            self._traits.write(packed.traits(data))
        else:
            self._rejected.extend((*place, -1))

    def put_earlier(self, files: Rows, members: Rows, origins: Rows, traits: Iterable[bytes]) -> None:
        """Put down many releases of the last run, as columns: their bytes stay where they are."""
        elsewhere, length = np.full(len(files), _ELSEWHERE), np.zeros(len(files), np.int64)
        self._releases.frombytes(np.column_stack([files, members, elsewhere, length, origins]).tobytes())
        self._traits.writelines(traits)

    def origin(self, data: bytes) -> int:
        """The number of a packed origin."""
        return self._origins.setdefault(data, len(self._origins))

    def packed_origins(self) -> Iterable[bytes]:
        """The origins by their numbers, packed."""
        return self._origins

    def mark(self) -> tuple[int, int]:
        """A point to which :meth:`back` can go back."""
        return len(self._releases), len(self._rejected)

    def back(self, mark: tuple[int, int]) -> None:
        """Forget what was put down since a mark."""
        del self._releases[mark[0] :]
        del self._rejected[mark[1] :]
        self._traits.seek(mark[0] // len(_COLUMNS) * packed.TRAITS.itemsize)
        self._traits.truncate()

    def origins(self) -> list[packed.Origin]:
        """The origins of all releases, by the numbers that :meth:`releases` gives them."""
        return list(map(packed.origin, self._origins))

    def releases(self) -> tuple[Index, Rows, Index]:
        """Of all releases: index (file, member, offset, length, origin), traits, order by file and member.

        The traits stay on disk.
        """
        index = np.frombuffer(self._releases, np.int64).reshape(-1, len(_COLUMNS))
        self._traits.flush()
        traits = np.memmap(self._traits, packed.TRAITS, "r+") if len(index) else np.empty(0, packed.TRAITS)
        return index, traits, np.lexsort((index[:, 1], index[:, 0]))

    def is_earlier(self) -> Index:
        """Of each release: whether it was put down as one of the last run."""
        earlier: Index = self.releases()[0][:, 2] == _ELSEWHERE
        return earlier

    def rejected_files(self) -> Index:
        """The numbers of files of which something was rejected."""
        return np.unique(np.frombuffer(self._rejected, np.int64).reshape(-1, len(_COLUMNS))[:, 0])

    def rejected(self) -> Iterator[bytes]:
        """Every packed rejection, in order of files and members."""
        rows = np.frombuffer(self._rejected, np.int64).reshape(-1, len(_COLUMNS))
        for row in rows[np.lexsort((rows[:, 1], rows[:, 0]))]:
            yield self.body(row)

    def body(self, row: Index) -> bytes:
        """The packed outcome that a row of the index stands for."""
        if row[2] == _ELSEWHERE:
            return self.fetch(int(row[0]), int(row[1]))
        self._bodies.seek(int(row[2]))
        data: bytes = self._bodies.read(int(row[3]))
        return data
