"""Which pages the last run made from what: key -> the files of a job, each with the digest of its bytes.

A page is left as it is where its key is known and its file still has the bytes that were written; all files are
read for that, which takes a tenth of the time that making them takes. Whatever is missing, damaged or changed by
hand is made anew. The bytes of pages are no output of this memory: losing it costs time only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from pipeline.core import store
from pipeline.report.folder import digest_of

FILE = store.FOLDER / "report.sqlite"
_MAX_MB = 1000  # some five million pages
Job = TypeVar("Job")


class Made(NamedTuple):
    """A file of the site that a run made."""

    path: str
    changed: bool  # whether it was written, because its bytes were others before
    digest: str


class Kept:
    """The pages of the last run in a folder."""

    def __init__(self, root: Path, file: Path = FILE) -> None:
        self._root, self._store = root, store.Store(file, _MAX_MB)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, error, at)

    def nothing(self) -> bool:
        """Whether no page is known, as before the first run."""
        return self._store.empty()

    def there(self, wanted: Mapping[Job, bytes]) -> dict[Job, list[Made]]:
        """Jobs with their keys -> those whose files are there and need not be made, with these files."""
        found = ((job, self._files(key)) for job, key in wanted.items())
        return {job: files for job, files in found if files and self._same(files)}

    def _files(self, key: bytes) -> list[Made]:
        value = self._store.get(key)
        return (
            [Made(path, changed=False, digest=digest) for path, digest in json.loads(value)]
            if value is not None
            else []
        )

    def _same(self, files: list[Made]) -> bool:
        try:
            return all(digest_of((self._root / file.path).read_bytes()) == file.digest for file in files)
        except OSError:
            return False

    def add(self, key: bytes, files: Iterable[Made]) -> None:
        """Remember what a job made."""
        self._store.put(key, json.dumps([(file.path, file.digest) for file in files]).encode())
