"""One raw file may hold many releases: what a reader yields, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.errors import Rejection
from pipeline.ingest.sources.source import Source


@dataclass(frozen=True, slots=True)
class Item:
    """One release of a raw file as read, or why this part of the file cannot become one.

    ``member`` is the stable name of the part within its file (row, message number, name of the attachment), None
    for a file that is one release. ``sha256`` is the digest of the part's own bytes, so that a release keeps its
    id when the file around it grows; None for a file that is one release.
    """

    content: Source | Rejection
    member: str | None = None
    sha256: str | None = None
