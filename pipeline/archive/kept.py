"""What became of a release <-> bytes: so it comes back from a worker, waits on the shelf and is remembered.

Of each of its files the SHA-512 and what the system says of it, its parts of joined files, what its checks found.
Nothing in these bytes is ever run.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from itertools import accumulate
from struct import Struct
from typing import NamedTuple

from pipeline.archive.formats import JOINED, PER_RELEASE
from pipeline.archive.parts import Part

_FILE = Struct("<64s4q")
FILE = _FILE.size  # bytes of a file in a record, which begins with its files
_FILES = len(PER_RELEASE) * FILE
_SEEN = Struct("<" + len(PER_RELEASE) * "64x4q")
_LENGTHS = Struct(f"<{2 + len(JOINED)}I")  # of keys, tally, and each part
_PLAIN, _SMALL = b"\0", b"\1"  # how a part is kept
_SHORT = 800
_BODY = _FILES + _LENGTHS.size


class File(NamedTuple):
    """A file as it was written; its times and inode tell whether somebody touched it since."""

    sum: bytes  # SHA-512
    size: int
    mtime: int
    ctime: int
    inode: int


def pack(files: Sequence[File], tally: bytes, parts: Sequence[Part | None]) -> bytes:
    """Files in the order of PER_RELEASE, parts in the order of JOINED -> bytes."""
    keys = [part and part.key[:-1] for part in parts]
    contents = (_packed(part.content) if part else b"" for part in parts)
    blobs = [json.dumps(keys).encode(), tally, *contents]
    head = b"".join(_FILE.pack(*file) for file in files)
    return b"".join([head, _LENGTHS.pack(*map(len, blobs)), *blobs])


def files(data: bytes) -> list[File]:
    """The files of a release."""
    return [File(*_FILE.unpack_from(data, at)) for at in range(0, _FILES, _FILE.size)]


def file(data: bytes) -> File:
    """One file, from its stretch of a record."""
    return File(*_FILE.unpack(data))


def seen(data: bytes) -> tuple[int, ...]:
    """Size, times and inode of all files, one after the other; far cheaper than records of files."""
    return _SEEN.unpack_from(data)


def with_files(data: bytes, found: Sequence[File]) -> bytes:
    """The same with other files."""
    return b"".join([*(_FILE.pack(*file) for file in found), data[_FILES:]])


def keys(data: bytes) -> list[tuple[str, ...] | None]:
    """Where each part is sorted in, without the id at the end; None where there is no part."""
    found = json.loads(_blob(data, 0))
    return [None if key is None else tuple(key) for key in found]


def tally(data: bytes) -> bytes:
    """What the checks of the release found."""
    return _blob(data, 1)


def part(data: bytes, number: int) -> bytes:
    """The content of one part."""
    blob = _blob(data, 2 + number)
    return blob[1:] if blob[:1] == _PLAIN else zlib.decompress(blob[1:])


def _packed(content: bytes) -> bytes:
    """Lines are too short to be worth it."""
    return _PLAIN + content if len(content) < _SHORT else _SMALL + zlib.compress(content, 1)


def _blob(data: bytes, number: int) -> bytes:
    ends = list(accumulate(_LENGTHS.unpack_from(data, _FILES), initial=_BODY))
    return data[ends[number] : ends[number + 1]]
