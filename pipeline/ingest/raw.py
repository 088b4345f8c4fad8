"""The files below data/raw: which are to be releases, and their bytes. The only module that reads files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("data/raw")
_CHUNK = 1 << 20
_README = re.compile(r"readme.*\.md", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One raw file; ``data`` is None when it is larger than allowed and was left unread."""

    path: str  # below data/raw, with forward slashes
    sha256: str
    size: int
    data: bytes | None


def files(root: Path = ROOT) -> list[str]:
    """Every file below ``root`` that should become a release, as paths below it, sorted."""
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if _is_release(path))


def _is_release(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and not _README.fullmatch(path.name)


def read(path: str, max_bytes: int, root: Path = ROOT) -> RawFile:
    """A path below ``root`` -> its bytes and their SHA-256; of a file too large only the latter."""
    file = root / path
    size = file.stat().st_size
    if size > max_bytes:
        return RawFile(path, _digest(file), size, None)
    data = file.read_bytes()
    return RawFile(path, hashlib.sha256(data).hexdigest(), size, data)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
