"""ZIP archives -> the releases in them: what a press office's system exports, or somebody packed for a mail."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import parts
from pipeline.ingest.sources.bounded import MB
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.parts import Inside

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)
_MAX_MEMBERS = 100_000
# pictures and what systems leave behind: no releases, and nothing that anybody misses
_PASSED_OVER = frozenset(
    {
        ".jpg", ".jpeg", ".png", ".gif", ".svg", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".ico", ".css", ".js",
        ".woff", ".woff2", ".ttf", ".mp3", ".mp4", ".mov", ".avi", ".wav", ".db", ".ini", ".lnk", ".url", ".tmp",
    }
)  # fmt: skip
_HIDDEN = ("__macosx", "thumbs.db", "desktop.ini")


def read(stream: BinaryIO, settings: IngestParams, inside: Inside) -> Iterator[Item]:
    """A stream of an archive -> the releases of its members, in the order of their names.

    Raises Rejection truncated, encrypted or bomb for the archive as a whole.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError):
        raise reject("truncated") from None
    with archive:
        members = sorted((m for m in archive.infolist() if _is_file(m)), key=lambda m: m.filename)
        if any(member.flag_bits & 1 for member in members):
            raise reject("encrypted")
        if len(members) > _MAX_MEMBERS:
            raise reject("bomb", what=f"mehr als {_MAX_MEMBERS} Dateien")
        taken: set[str] = set()
        for member in members:
            name = parts.unique(parts.safe_path(_name(member)), taken)
            yield from _member(archive, member, name, settings, inside)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, settings: IngestParams, inside: Inside
) -> Iterator[Item]:
    limit = settings.max_file_mb
    # the directory of an archive may lie: no more than the limit is ever unpacked
    try:
        with archive.open(member) as packed:
            data = packed.read(limit * MB + 1)
    except _DAMAGE as error:
        why = reject("corrupt", format="ZIP", what=type(error).__name__)
        yield Item(why, name, parts.digest(f"{name}{member.CRC}".encode()))
        return
    inside.allowance.spend(len(data))
    if len(data) > limit * MB:
        why = reject("too_large", size_mb=f"über {limit}", limit_mb=limit)
        yield Item(why, name, parts.digest(f"{name}{member.CRC}".encode()))
        return
    yield from parts.read(name, data, inside)


def _is_file(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    steps = [step.lower() for step in path.parts if step not in (".", "..")]
    hidden = any(step.startswith(".") or step in _HIDDEN for step in steps)
    return not member.is_dir() and not hidden and path.suffix.lower() not in _PASSED_OVER


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; without the mark for UTF-8 it may be in that, or in the code page of old Windows."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")
