"""One reader a format; all yield :class:`Item` after Item, lazily.

The reader is chosen by the ending of the file's name, and its container is checked by the first bytes. A bulk
file (many releases in one, of any size) is never read as a whole: its reader gets an open stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from pipeline.core.errors import Rejection
from pipeline.ingest import guard
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import mail, markdown, opendocument, pdf, plain, rtf, webpage, word
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source

_READERS: dict[str, tuple[str, Callable[[bytes], Source]]] = {
    ".txt": ("text", plain.read),
    ".text": ("text", plain.read),
    ".md": ("text", markdown.read),
    ".markdown": ("text", markdown.read),
    ".html": ("text", webpage.read),
    ".htm": ("text", webpage.read),
    ".xhtml": ("text", webpage.read),
    ".docx": ("zip", word.read),
    ".odt": ("zip", opendocument.read),
    ".pdf": ("pdf", pdf.read),
    ".eml": ("text", mail.read),
    ".rtf": ("rtf", rtf.read),
}

# ending of a bulk file -> its reader: path (its name may say what is packed), open stream, settings
_BULK: dict[str, Callable[[str, BinaryIO, IngestParams], Iterator[Item]]] = {}

SUFFIXES = frozenset(_READERS) | frozenset(_BULK)


def is_bulk(path: str) -> bool:
    """Whether a file is read as a stream of many releases; its size has a limit of its own, ``max_bulk_mb``."""
    return any(path.lower().endswith(suffix) for suffix in _BULK)


def read_bulk(path: str, stream: BinaryIO, settings: IngestParams) -> Iterator[Item]:
    """A bulk file's path and its open stream -> its releases, one at a time.

    Raises Rejection for the file as a whole; a part that cannot be read is an Item with the reason.
    """
    reader = next(read for suffix, read in _BULK.items() if path.lower().endswith(suffix))
    return reader(path, stream, settings)


def read(path: str, data: bytes, settings: IngestParams) -> Iterator[Item]:
    """A raw file's path and bytes -> its releases, mostly one: paragraphs and metadata of each.

    Raises Rejection when the format is unknown, or the file empty, broken, locked or harmful.
    """
    yield Item(_read(path, data, settings))


def _read(path: str, data: bytes, settings: IngestParams) -> Source:
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _READERS:
        raise reject("unknown_format", suffix=suffix or "ohne Endung")
    if not data.strip():
        raise reject("empty", letters=0, needed=settings.min_letters)
    container, reader = _READERS[suffix]
    guard.check_kind(data, container)
    if container == "zip":
        guard.check_zip(data, settings.max_unpacked_mb)
    try:
        return reader(data)
    except Rejection:
        raise
    except Exception as error:  # parsers of others fail in ways of their own; the file is named
        raise reject("corrupt", format=suffix[1:].upper(), what=type(error).__name__) from error
