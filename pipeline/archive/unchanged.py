"""A remembered record and the folder -> whether the files of the release lie there as they were written.

Size, times and inode are believed: the system changes ``ctime`` with every change, whoever made it. Where one of
them differs (a copy from DVC's cache, a change by hand), the file's sum decides.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.archive import kept
from pipeline.archive.release_files import seen


def still(places: Sequence[str], data: bytes) -> bytes | None:
    """The record, with times and inodes as they are now; None where a file is another or not there."""
    if _seen(places) == kept.seen(data):
        return data
    found = []
    for place, file in zip(places, kept.files(data), strict=True):
        if (now := _same(Path(place), file)) is None:
            return None
        found.append(now)
    return kept.with_files(data, found)


def _seen(places: Sequence[str]) -> tuple[int, ...]:
    """What the system says of files, up to the first that is not there."""
    found: list[int] = []
    for place in places:
        try:
            now = os.lstat(place)
        except OSError:
            break
        found += (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
    return tuple(found)


def _same(place: Path, known: kept.File) -> kept.File | None:
    now = seen(place)
    if now is None or now.size != known.size:
        return None
    now = now._replace(sum=known.sum)
    return now if now == known or _sum(place) == known.sum else None


def _sum(place: Path) -> bytes | None:
    try:
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha512").digest()
    except OSError:
        return None
