"""One reader a format; all yield :class:`Item` after Item, lazily.

The reader is chosen by the ending of the file's name, and its container is checked by the first bytes. A bulk
file (many releases in one, of any size) is never read as a whole: its reader gets an open stream. Parts of a file
(attachments, members of an archive) are read like files of their own, within limits that they share.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from pipeline.core.errors import Rejection
from pipeline.ingest import guard
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import bounded
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.parts import Inside
from pipeline.ingest.sources.source import Source


def _later(name: str) -> Callable[..., Any]:
    """A reader by its module and name; what it needs is imported when it first reads: most runs read little."""
    module, _, function = name.partition(".")

    def read(*given: Any) -> Any:
        return getattr(import_module(f"{__name__}.{module}"), function)(*given)

    return read


_READERS: dict[str, tuple[str, Callable[[bytes], Source]]] = {
    ".txt": ("text", _later("plain.read")),
    ".text": ("text", _later("plain.read")),
    ".md": ("text", _later("markdown.read")),
    ".markdown": ("text", _later("markdown.read")),
    ".mdx": ("text", _later("markdown.read_mdx")),
    ".html": ("text", _later("webpage.read")),
    ".htm": ("text", _later("webpage.read")),
    ".xhtml": ("text", _later("webpage.read")),
    ".docx": ("zip", _later("word.read")),
    ".odt": ("zip", _later("opendocument.read")),
    ".pdf": ("pdf", _later("pdf.read")),
    ".rtf": ("rtf", _later("rtf.read")),
}

# ending of a bulk file -> its reader: path (its name may say what is packed), open stream, settings
Bulk = Callable[[str, BinaryIO, IngestParams], Iterator[Item]]
_STREAMS: dict[str, Bulk] = {
    ".csv": _later("delimited.read"),
    ".tsv": _later("delimited.read"),
    ".json": _later("objects.read"),
    ".jsonl": _later("objects.read_lines"),
    ".ndjson": _later("objects.read_lines"),
    ".rss": _later("feed.read"),
    ".atom": _later("feed.read"),
    ".rdf": _later("feed.read"),
    ".xml": _later("feed.read"),
}
# their reader also gets what their parts may unpack to
_HOLDERS = (".zip", ".mbox", ".mbx")
_PACKED = ("", ".gz")
_BULK = frozenset(
    [*(suffix + packed for suffix in (*_STREAMS, ".mbox", ".mbx") for packed in _PACKED), *_HOLDERS],
)
_BULK_ENDS = tuple(_BULK)
# text packs ten-fold, documents hardly at all: an archive that unpacks to more than this often its size is a bomb
_RATIO = 20

SUFFIXES = frozenset(_READERS) | _BULK | {".eml", ".doc"}


def is_bulk(path: str) -> bool:
    """Whether a file is read as a stream of many releases; its size has a limit of its own, ``max_bulk_mb``."""
    return path.lower().endswith(_BULK_ENDS)


def _bulk_suffix(path: str) -> str | None:
    name = path.lower()
    return next((suffix for suffix in _BULK if name.endswith(suffix)), None)


def read_bulk(path: str, stream: BinaryIO, settings: IngestParams) -> Iterator[Item]:
    """A bulk file's path and its open stream -> its releases, one at a time.

    Raises Rejection for the file as a whole; a part that cannot be read is an Item with the reason.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size == 0:
        raise reject("empty", letters=0, needed=settings.min_letters)
    yield from _bulk(path, stream, settings, _inside(size, settings))


def _bulk(path: str, stream: BinaryIO, settings: IngestParams, inside: Inside) -> Iterator[Item]:
    suffix = (_bulk_suffix(path) or "").removesuffix(".gz")
    if suffix == ".zip":
        found = _later("archive.read")(stream, settings, inside)
    elif suffix in _HOLDERS:
        found = _later("mbox.read")(path, stream, settings, inside)
    else:
        found = _STREAMS[suffix](path, stream, settings)
    try:
        yield from found
    except Rejection:
        raise
    except Exception as error:  # parsers of others fail in ways of their own; the file is named
        raise reject("corrupt", format=suffix[1:].upper(), what=type(error).__name__) from error


def read(path: str, data: bytes, settings: IngestParams) -> Iterator[Item]:
    """A raw file's path and bytes -> its releases, mostly one: paragraphs and metadata of each.

    Raises Rejection when the format is unknown, or the file empty, broken, locked or harmful.
    """
    yield from _read(path, data, _inside(len(data), settings), settings=settings)


def _inside(size: int, settings: IngestParams) -> Inside:
    """The size of a raw file -> how its parts are read: what they unpack to counts against one limit."""
    limit = max(settings.max_unpacked_mb, _RATIO * size // bounded.MB)
    return Inside(partial(_read, settings=settings), bounded.allowance(limit))


def _read(path: str, data: bytes, inside: Inside, *, settings: IngestParams) -> Iterator[Item]:
    """A file's name and bytes -> its releases, whether it stands in a folder or in another file."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise reject("unknown_format", suffix=suffix or "ohne Endung")
    if not data.strip():
        raise reject("empty", letters=0, needed=settings.min_letters)
    if suffix in _BULK:
        yield from _bulk(path, io.BytesIO(data), settings, inside)
        return
    container, reader = _READERS.get(suffix, ("text" if suffix == ".eml" else "any", None))
    guard.check_kind(data, container)
    if container == "zip":
        inside.allowance.spend(guard.check_zip(data, settings.max_unpacked_mb))
    try:
        if suffix == ".eml":
            yield from _later("mail.read")(data, inside)
        else:
            yield Item(reader(data) if reader else _later("office.read")(data, settings))
    except Rejection:
        raise
    except Exception as error:  # parsers of others fail in ways of their own; the file is named
        raise reject("corrupt", format=suffix[1:].upper(), what=type(error).__name__) from error
