"""What a worker process does: takes in files, or reads a bulk file for others to take in its releases."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pipeline.core.errors import Rejection
from pipeline.ingest import packed, raw
from pipeline.ingest.cache import key
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources.item import Item

_MB = 1_000_000
_AT_A_TIME = 64
Member = tuple[bytes, bytes]  # the key of an item in the cache, and the item
Numbered = tuple[int, bytes, bytes]  # the same after its number in the file


@dataclass(frozen=True, slots=True)
class Files:
    """Take in files: answered by a list of packed outcomes for each."""

    files: tuple[raw.RawFile, ...]


@dataclass(frozen=True, slots=True)
class Bulk:
    """Read a bulk file: answered by lists of members, and a packed rejection where reading ends badly."""

    file: raw.RawFile


@dataclass(frozen=True, slots=True)
class Members:
    """Take in items of a bulk file: answered by a packed outcome for each."""

    file: raw.RawFile
    members: tuple[Numbered, ...]


def make(settings: IngestParams, stamp: bytes) -> Callable[[Any], Iterator[Any]]:
    """What a worker process does with a task."""
    from pipeline.ingest import take  # noqa: PLC0415  all rules come with it; only workers need them

    limit_memory(settings.max_memory_mb)
    forbid_network()

    def work(task: Files | Bulk | Members) -> Iterator[Any]:
        if isinstance(task, Files):
            for file in task.files:
                yield [packed.pack(outcome) for outcome in take.take(file, settings)]
        elif isinstance(task, Members):
            yield from take_members(task, settings)
        else:
            yield from read_members(task.file, settings, stamp)

    return work


def take_members(task: Members, settings: IngestParams) -> Iterator[bytes]:
    """Items of a bulk file -> what became of each, packed."""
    from pipeline.ingest import take  # noqa: PLC0415  see make

    for _, _, item in task.members:
        yield packed.pack(take.take_item(task.file, pickle.loads(item), settings))  # noqa: S301  a worker made it


def read_members(file: raw.RawFile, settings: IngestParams, stamp: bytes) -> Iterator[list[Member] | bytes]:
    """The items of a bulk file, each with its key, many at a time."""
    from pipeline.ingest import take  # noqa: PLC0415  see make

    batch: list[Member] = []
    try:
        for item in take.items(file, settings):
            batch.append(_member(file.path, item, stamp))
            if len(batch) == _AT_A_TIME:
                yield batch
                batch = []
    except Rejection as why:
        yield batch
        yield packed.pack(packed.rejection(file.path, file.sha256, why))
        return
    yield batch


def _member(path: str, item: Item, stamp: bytes) -> Member:
    data = pickle.dumps(item, protocol=5)
    return key(stamp, "member", path, data), data


def limit_memory(megabytes: int) -> None:
    """A parser that asks for more memory than this gets an error instead; where the system knows such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not there on Windows

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * _MB, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def forbid_network() -> None:
    """No parser of a raw file has business in the net: from here on, connecting is refused to all of them."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        raise PermissionError(f"{event}: a raw file asks for the network")
