"""Which pages were made from what: key -> the files of a job, each with the digest of its bytes.

A page is left as it is where its key is known and its file lies there as it was written, with the size and the
times of that moment. The system sets one of the times (``st_ctime``) with every change and nobody can put it back.
Where they differ, as in a copy of the folder, the file is read and its digest decides. What is missing, damaged or
changed by hand is made anew. The bytes of pages are no output of this memory: losing it costs time only.

What is known of some hundred jobs is one value of the store, under a number that says nothing: each job stands
there with its key. So what an earlier run left under a number is never wrong, only of no use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.core import store
from pipeline.core.execute import batched
from pipeline.report.folder import Made, digest_of, seen_now

FILE = store.FOLDER / "report.sqlite"
_MAX_MB = 1000  # some five million pages
_TOGETHER = 512  # jobs in a value: few enough to lose little when a run is killed


Files = list[Made]


class Kept:
    """The pages of the last run in a folder."""

    def __init__(self, root: Path, file: Path = FILE) -> None:
        self._root, self._store = root, store.Store(file, _MAX_MB)
        self._known: dict[bytes, Files] = {}
        self._now: dict[bytes, Files] = {}
        self._new: list[bytes] = []
        self._numbers = 0
        # frames of drawings follow from code and libraries alone
        self._frames_key = store.key(store.code("pipeline.report"), "frames", *store.libraries())
        self.frames: dict[str, str] = json.loads(self._store.get(self._frames_key) or b"{}")

    def __enter__(self) -> Self:
        for number in count():
            known = _unpacked(self._store.get(_name(number)))
            if not known:
                break
            self._known |= known
            self._numbers = number + 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if kind is None and self._now != self._known:
            self._rewrite()
        else:
            self._put_new()
        self._store.__exit__(kind, error, at)

    def nothing(self) -> bool:
        """Whether no page is known, as before the first run."""
        return not self._known

    def there(self, key: bytes) -> Files | None:
        """The files of a job that need not be made, because they lie there as they were written."""
        found = [self._looked_at(file) for file in self._known.get(key, ())]
        if key not in self._known or None in found:
            return None
        self._now[key] = files = [file for file in found if file]
        return files

    def learn(self, frames: dict[str, str]) -> None:
        """Remember frames of drawings."""
        if frames:
            self.frames |= frames
            self._store.put(self._frames_key, json.dumps(self.frames).encode())

    def _looked_at(self, file: Made) -> Made | None:
        try:
            if (seen := seen_now((self._root / file.path).stat())) == file.seen:
                return file
            same = digest_of((self._root / file.path).read_bytes()) == file.digest
        except OSError:
            return None
        return file._replace(seen=seen) if same else None

    def add(self, key: bytes, files: Iterable[Made]) -> None:
        """Remember what a job made."""
        self._now[key] = [file._replace(changed=False) for file in files]
        self._new.append(key)
        if len(self._new) == _TOGETHER:
            self._put_new()

    def _put_new(self) -> None:
        """Keep what came since the last time, so that a run that is killed has not worked in vain."""
        if self._new:
            self._store.put(_name(self._numbers), _packed(self._now, self._new))
            self._numbers += 1
            self._new.clear()

    def _rewrite(self) -> None:
        """Keep what this run made and found, and nothing else."""
        parts = [*batched(self._now, _TOGETHER)]
        for number, keys in enumerate(parts):
            self._store.put(_name(number), _packed(self._now, keys))
        for number in range(len(parts), self._numbers):
            self._store.put(_name(number), b"{}")


def _name(number: int) -> bytes:
    return store.key(b"pages", str(number))


def _packed(files: Mapping[bytes, Files], keys: Iterable[bytes]) -> bytes:
    told = {key.hex(): [(file.path, file.digest, file.seen) for file in files[key]] for key in keys}
    return json.dumps(told, separators=(",", ":")).encode()


def _unpacked(value: bytes | None) -> dict[bytes, Files]:
    told = json.loads(value or b"{}").items()
    return {
        bytes.fromhex(key): [Made(path, changed=False, digest=digest, seen=seen) for path, digest, seen in files]
        for key, files in told
    }
