"""One reader a format; all yield a :class:`Source`.

The reader is chosen by the ending of the file's name, and its container is checked by the first bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from pipeline.core.errors import Rejection
from pipeline.ingest import guard
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import mail, markdown, opendocument, pdf, plain, rtf, webpage, word
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

SUFFIXES = frozenset(_READERS)


def read(path: str, data: bytes, settings: IngestParams) -> Source:
    """A raw file's path and bytes -> its paragraphs and metadata.

    Raises Rejection when the format is unknown, or the file empty, broken, locked or harmful.
    """
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
