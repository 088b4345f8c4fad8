"""What became of files that did not change, from one run to the next: a store of its own, and its keys.

Keys are made from everything that an outcome follows from: content, path, params, tombstones, code, libraries.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from pipeline.core.store import FOLDER, Store, code, key, libraries
from pipeline.ingest import tombstones
from pipeline.ingest.settings import IngestParams

__all__ = ["FOLDER", "Cache", "key", "of_file", "stamp"]
# params that change what is done with outcomes, not the outcomes
_NOT_FOR_KEYS = {"near_duplicate", "max_cache_mb", "max_seconds", "max_memory_mb"}


class Cache(Store):
    """Key -> what became of a file or of a part of one."""

    def __init__(self, folder: Path, max_mb: int) -> None:
        super().__init__(folder / "ingest.sqlite", max_mb)


def of_file(stamp: bytes, path: str, sha256: str, *more: str) -> bytes:
    """The key of what became of a file."""
    return key(stamp, "file", path, sha256, *more)


def stamp(settings: IngestParams) -> bytes:
    """Everything but the file that its outcome follows from: params, tombstones, code, patterns, libraries."""
    digest = hashlib.blake2b(code("pipeline.core", "pipeline.ingest"), digest_size=16)
    digest.update(settings.model_dump_json(exclude=_NOT_FOR_KEYS).encode())
    for words in (sorted(tombstones.erased()), libraries(), map(repr, _converters())):
        digest.update("\0".join(words).encode() + b"\n")
    return digest.digest()


def _converters() -> list[tuple[str, int]]:
    """Programs that readers use where they are installed, and their age."""
    paths = [path for name in ("soffice", "libreoffice") if (path := shutil.which(name))]
    return [(path, Path(path).stat().st_mtime_ns) for path in paths]
