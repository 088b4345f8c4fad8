"""Parts of a raw file that are files themselves: attachments of a mail, members of an archive."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pipeline.core.errors import Rejection
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.bounded import Allowance
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source

# a mail in a mail in an archive in an archive is odd enough
_MAX_DEPTH = 4
_MAX_NAME = 120
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Inside:
    """How parts are read: by what, how deep, and what they may still unpack to."""

    reader: Callable[[str, bytes, Inside], Iterator[Item]]
    allowance: Allowance
    depth: int = 0


def read(name: str, data: bytes, inside: Inside) -> Iterator[Item]:
    """A part's name and bytes -> its releases, named after it; a part that cannot be read is an Item too."""
    own = digest(data)
    try:
        if inside.depth >= _MAX_DEPTH:
            raise reject("nested_too_deep", depth=_MAX_DEPTH)
        for item in inside.reader(name, data, replace(inside, depth=inside.depth + 1)):
            member = name if item.member is None else f"{name}/{item.member}"
            yield Item(_named(item.content, name), member, item.sha256 or own)
    except Rejection as why:
        yield Item(why, name, own)


def _named(content: Source | Rejection, name: str) -> Source | Rejection:
    if isinstance(content, Rejection):
        return content
    return replace(content, name=f"{name}/{content.name}" if content.name else name)


def digest(data: bytes) -> str:
    """Bytes -> their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def safe_path(name: str) -> str:
    """A name as some sender wrote it -> a relative path that leads nowhere else: it is only ever shown."""
    steps = re.split(r"[/\\]+", unicodedata.normalize("NFC", name))
    clean = [_UNSAFE.sub("_", step).strip(" .")[-_MAX_NAME:] for step in steps]
    return "/".join(step for step in clean if step) or "ohne Namen"


def safe_name(name: str) -> str:
    """The same without any folders."""
    return safe_path(name).rpartition("/")[2]


def unique(name: str, taken: set[str]) -> str:
    """A name -> the same, numbered where the file has it already; remembered as taken."""
    stem, dot, ending = name.rpartition(".")
    number, result = 1, name
    while result.lower() in taken:
        number += 1
        result = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
    taken.add(result.lower())
    return result
