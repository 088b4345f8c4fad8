"""The files below data/raw: which are to be releases, and their bytes. The only module that reads files."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.ingest import sources
from pipeline.ingest.settings import IngestParams

ROOT = Path("data/raw")
_MB = 1_000_000
_README = re.compile(r"readme.*\.md", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One raw file; ``data`` is None when it was left unread: too large, or a bulk file, which is streamed."""

    path: str  # below data/raw, with forward slashes
    sha256: str
    size: int
    data: bytes | None
    place: Path | None = None  # where it can be opened

    def open(self) -> BinaryIO:
        """A stream of the file's bytes, for files that are not held in memory."""
        return io.BytesIO(self.data or b"") if self.place is None else self.place.open("rb")


def files(root: Path = ROOT) -> list[str]:
    """Every file below ``root`` that should become a release, as paths below it, sorted."""
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if _is_release(path))


def _is_release(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and not _README.fullmatch(path.name)


def read(path: str, settings: IngestParams, root: Path = ROOT) -> RawFile:
    """A path below ``root`` -> its bytes and their SHA-256; of a bulk file or one too large only the latter."""
    file = root / path
    size = file.stat().st_size
    if sources.is_bulk(path) or size > settings.max_file_mb * _MB:
        return RawFile(path, _digest(file), size, None, file)
    data = file.read_bytes()
    return RawFile(path, hashlib.sha256(data).hexdigest(), size, data, file)


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
