"""What was worked out before, from one run to the next: key -> bytes, in an SQLite file. Losing it costs time.

It lies beside the data and is no output of a stage: DVC empties outputs before a run. Keys are made from all that
a value follows from (content, code, params, model, libraries), so that none is ever out of date. A run that ends
well throws away what it did not use: so the file is never larger than the corpus asks for, and keeps no text of a
release that was taken out. Values are data and are never run; what is damaged is "not there".
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pipeline.core.alone import FOLDER

__all__ = ["FOLDER", "Store", "code", "key", "libraries"]
_SUM = 8
_BATCH = 200
_TABLE = "CREATE TABLE IF NOT EXISTS part (id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, value BLOB NOT NULL)"
Answer = TypeVar("Answer")


def code(*packages: str) -> bytes:
    """The code, patterns and templates of packages -> a digest, the same on every machine."""
    digest = hashlib.blake2b(digest_size=16)
    for package in packages:
        for path, file in _sources(resources.files(package), package):
            data = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path}\0{len(data)}\0".encode() + data)
    return digest.digest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{path}/{entry.name}")
        elif entry.is_file() and not entry.name.startswith("."):
            yield f"{path}/{entry.name}", entry


def libraries() -> list[str]:
    """Python's version, and name and version of everything installed, as folders beside the packages say it."""
    found = (os.listdir(place) for place in sys.path if os.path.isdir(place))  # noqa: PTH112, PTH208  sys.path has text
    installed = sorted(name for names in found for name in names if name.endswith(".dist-info"))
    return [repr(sys.version_info), *installed]


def key(stamp: bytes, *parts: str | bytes) -> bytes:
    """A stamp and what tells one thing from others -> its key of 16 bytes."""
    digest = hashlib.blake2b(stamp, digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()


class Store:
    """Key -> bytes, on disk. Whatever is wrong with the file on disk, it only answers "not there".

    A killed run leaves a whole file behind, and all but its last ``batch`` values; two runs can share the file.
    """

    def __init__(self, path: Path, max_mb: int, batch: int = _BATCH) -> None:
        self._path, self._max_bytes, self._batch = path, max_mb * 1_000_000, batch
        self._written = 0
        self._new: list[tuple[bytes, bytes]] = []
        self._used = array("q")
        self._base: sqlite3.Connection | None = None
        self._safely(self._connect, None)
        # a damaged file is removed by the first try
        if self._base is None and not self._path.exists():
            self._safely(self._connect, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._safely(self._flush, None)
        if kind is None:
            self._safely(self._tidy, None)
        if self._base is not None:
            self._base.close()

    def _connect(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # no transaction stays open between calls, so that two runs can share the file
        self._base = base = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        # a killed run leaves a whole file behind; only a power cut may not, and then the sums tell
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA secure_delete = ON")
        base.execute("PRAGMA auto_vacuum = FULL")
        base.execute(_TABLE)
        base.execute("CREATE TEMP TABLE used (id INTEGER PRIMARY KEY)")

    def empty(self) -> bool:
        """Whether nothing is kept yet, as before the first run."""
        return not self._safely(lambda: self._base and self._base.execute("SELECT 1 FROM part").fetchone(), None)

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, None where there is none or it was damaged."""
        return self._safely(lambda: self._get(key), None)

    def _get(self, key: bytes) -> bytes | None:
        if self._base is None:
            return None
        row = self._base.execute("SELECT id, value FROM part WHERE key = ?", (key,)).fetchone()
        if row is None or _sum(row[1][_SUM:]) != row[1][:_SUM]:
            return None
        self._used.append(row[0])
        if len(self._used) >= _BATCH:
            self._mark()
        value: bytes = row[1][_SUM:]
        return value

    def keep(self, keys: Sequence[bytes]) -> bool:
        """Whether all keys are there; what they stand for stays, though nobody looks at it in this run."""
        find = f"SELECT id FROM part WHERE key IN ({', '.join('?' * len(keys))})"  # noqa: S608  question marks
        found = self._safely(lambda: [*self._base.execute(find, keys)] if self._base else None, None) or []
        self._used.extend(number for (number,) in found)
        return len(found) == len(keys)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value, unless this run has kept as much as is allowed."""
        self._written += len(value)
        if self._written <= self._max_bytes:
            self._new.append((key, _sum(value) + value))
        if len(self._new) >= self._batch:
            self._safely(self._flush, None)

    def _flush(self) -> None:
        if self._base is not None and self._new:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany("INSERT OR REPLACE INTO part (key, value) VALUES (?, ?)", self._new)
            self._base.execute("COMMIT")
            mark = "INSERT OR IGNORE INTO used SELECT id FROM part WHERE key = ?"
            self._base.executemany(mark, ((key,) for key, _ in self._new))
        self._new.clear()

    def _mark(self) -> None:
        if self._base is not None:
            self._base.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((number,) for number in self._used))
        del self._used[:]

    def _tidy(self) -> None:
        """Throw away what this run did not use, and part of the rest where it is still too much."""
        if self._base is None:
            return
        self._mark()
        self._base.execute("DELETE FROM part WHERE id NOT IN (SELECT id FROM used)")
        pages, size = self._base.execute("SELECT * FROM pragma_page_count, pragma_page_size").fetchone()
        if pages * size > self._max_bytes:
            most = "SELECT min(id) + (max(id) - min(id)) * ? FROM part"
            self._base.execute(f"DELETE FROM part WHERE id > ({most})", (0.9 * self._max_bytes / (pages * size),))  # noqa: S608  nothing from outside

    def _safely(self, action: Callable[[], Answer], otherwise: Answer) -> Answer:
        """Do something with the store; one that another run holds or that is damaged is done without."""
        try:
            return action()
        except sqlite3.OperationalError as error:
            self._give_up(f"not used ({error})")
        except (sqlite3.DatabaseError, OSError) as error:
            self._give_up(f"made anew ({error})")
            with contextlib.suppress(OSError):
                self._path.unlink()
        return otherwise

    def _give_up(self, why: str) -> None:
        logging.getLogger("presselese").info("%s: cache %s: %s", self._path.stem, self._path, why)
        if self._base is not None:
            with contextlib.suppress(sqlite3.Error):
                self._base.close()
        self._base = None


def _sum(value: bytes) -> bytes:
    return hashlib.blake2b(value, digest_size=_SUM).digest()
