"""Parts of joined files: made batch by batch, kept on disk in order, merged as a stream.

A batch writes its parts sorted into one file; the merge holds one part of each file in memory.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_FAN_IN = 200  # files open at a time; systems allow 256 to 1024


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the whole delivery before the first release is described."""

    releases: int
    first: str  # publication dates
    last: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one release contributes to a joined file, and where it is sorted in."""

    key: tuple[str, ...]  # ends with the release_id, so that it is unique
    content: bytes


def write(path: Path, parts: Iterable[Part]) -> None:
    """Save the parts in the order of their keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for part in sorted(parts, key=lambda p: p.key):
            _write(out, part)


def merged(paths: Sequence[Path]) -> Iterator[Part]:
    """All parts of all files, in the order of their keys."""
    left, turn = list(paths), 0
    while len(left) > _FAN_IN:
        group, bigger = left[:_FAN_IN], left[0].with_name(f"merged-{turn}")
        with bigger.open("wb") as out:
            for part in _merge(group):
                _write(out, part)
        left, turn = [*left[_FAN_IN:], bigger], turn + 1
    yield from _merge(left)


def _merge(paths: Sequence[Path]) -> Iterator[Part]:
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")) for path in paths]
        yield from heapq.merge(*map(_read, files), key=lambda p: p.key)


def _write(out: BinaryIO, part: Part) -> None:
    head = json.dumps([*part.key, len(part.content)], ensure_ascii=True)
    out.write(head.encode() + b"\n" + part.content)


def _read(file: BinaryIO) -> Iterator[Part]:
    for head in file:
        *key, length = json.loads(head)
        yield Part(tuple(key), file.read(length))
