"""Plain text -> Source: encoding found, wrapped lines joined."""

from __future__ import annotations

from pipeline.ingest import encoding, layout
from pipeline.ingest.sources.source import Source


def read(data: bytes) -> Source:
    """The bytes of a .txt file -> its paragraphs."""
    text, mojibake = encoding.decode(data)
    paragraphs, hyphens = layout.paragraphs(text)
    return Source("txt", tuple(paragraphs), repairs=mojibake + hyphens)
