"""The files below data/raw: which are to be releases, and their bytes. The only module that reads raw files."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from pipeline.ingest import sources
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams

ROOT = Path("data/raw")
# where DVC keeps files that it links to from data/raw
_DVC = Path(".dvc/cache")
_MB = 1_000_000
_SMALL = 1 << 16  # bytes
# bytes of a release in a bulk file, as a rule, packed or not
_A_RELEASE = 1_000
_README = re.compile(r"readme.*\.md", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the folder lists it; ``fault`` is the code for which it is rejected unopened."""

    path: str  # below data/raw, with forward slashes, fit to be shown
    where: str  # as the system names it
    fault: str | None = None

    @property
    def place(self) -> Path:
        """Where the file lies; made for few of many thousand files."""
        return Path(self.where)


@dataclass(frozen=True, slots=True)
class RawFile:
    """One raw file; ``data`` is None while it is unread: a bulk file stays so, it is streamed."""

    path: str  # below data/raw, with forward slashes
    sha256: str
    size: int
    data: bytes | None = None
    place: Path | None = None  # where it can be opened
    number: int = 0  # its place in the order of all files
    saved: int = 0  # when it was last written to, as the system counts

    def open(self) -> BinaryIO:
        """A stream of the file's bytes, for files that are not held in memory."""
        return io.BytesIO(self.data or b"") if self.place is None else self.place.open("rb")


def files(root: Path = ROOT) -> list[Listed]:
    """Everything below ``root`` that should become a release, sorted by path; hidden files and READMEs are none.

    What is no file of its own (a link out of the folder or to a folder, a device, a folder that may not be
    entered) is listed with the fault, so that it can be accounted for.
    """
    return sorted(_walk(os.fspath(root), os.fspath(root), root), key=attrgetter("path"))


def _walk(folder: str, top: str, root: Path) -> Iterator[Listed]:
    """Names as the system gives them: a path for each of many thousand files would cost more than to read them."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield Listed(_shown(folder, top), folder, "unreadable")
        return
    for entry in entries:
        if entry.name.startswith(".") or _README.fullmatch(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, top, root)
        else:
            yield Listed(_shown(entry.path, top), entry.path, _fault(entry, root))


def _fault(entry: os.DirEntry[str], root: Path) -> str | None:
    try:
        # the folder says so of most, and the system need not be asked
        if entry.is_file(follow_symlinks=False):
            return None
        if entry.is_symlink() and not _stays(Path(entry.path), root):
            return "link"
        kind = entry.stat().st_mode
    except OSError:
        return "link" if entry.is_symlink() else "unreadable"
    return None if stat.S_ISREG(kind) else "link" if stat.S_ISDIR(kind) else "special"


def _stays(link: Path, root: Path) -> bool:
    target = link.resolve()
    return any(target.is_relative_to(home.resolve()) for home in (root, _DVC))


def _shown(place: str, top: str) -> str:
    """A path below ``top`` as every table and terminal can hold it: odd bytes and line ends written out."""
    return printable(place[len(top) + 1 :].replace(os.sep, "/") or ".")


def printable(name: str) -> str:
    """A name as the file system gives it -> the same in valid Unicode on one line."""
    if name.isprintable():
        return name
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", name)


def weigh(listed: Listed, number: int = 0) -> RawFile:
    """A listed file -> its size and digest, in little memory; raises Rejection when it may not be read."""
    digest, size, saved = measured(listed)
    return RawFile(listed.path, digest.hex(), size, None, listed.place, number, saved)


def measured(listed: Listed) -> tuple[bytes, int, int]:
    """The same as figures: digest, size, when it was last written to."""
    if listed.fault:
        raise reject(listed.fault)
    try:
        with open(listed.where, "rb", buffering=0) as stream:  # noqa: PTH123  many thousand files are opened
            state = os.fstat(stream.fileno())
            # most files are small, and a buffer for large ones takes longer to make than they to read
            digest = hashlib.sha256(stream.read(_SMALL))
            while more := stream.read(_MB):
                digest.update(more)
    except OSError:
        raise reject("unreadable") from None
    return digest.digest(), state.st_size, state.st_mtime_ns


class Scale:
    """Weighs each file once in a run that asks for it several times."""

    _ENTRY = struct.Struct("<?32sQq")  # few bytes a file

    def __init__(self) -> None:
        self._known = bytearray()

    def sha256(self, listed: Listed, number: int) -> str:
        """The digest alone."""
        at = self._at(listed, number)
        return self._known[at + 1 : at + 33].hex()

    def weigh(self, listed: Listed, number: int) -> RawFile:
        """A listed file -> its size and digest as they were when it was asked for first."""
        _, sha256, size, saved = self._ENTRY.unpack_from(self._known, self._at(listed, number))
        return RawFile(listed.path, sha256.hex(), size, None, listed.place, number, saved)

    def _at(self, listed: Listed, number: int) -> int:
        """Where it is noted what a file weighs."""
        at = number * self._ENTRY.size
        if at >= len(self._known) or not self._known[at]:
            found = measured(listed)
            self._known.extend(bytes(max(0, at + self._ENTRY.size - len(self._known))))
            self._ENTRY.pack_into(self._known, at, True, *found)  # noqa: FBT003
        return at


def weight(listed: list[Listed]) -> int:
    """About how many releases are listed: one a file, many in a bulk file."""
    count = len(listed)
    for entry in listed:
        if not entry.fault and sources.is_bulk(entry.path):
            with suppress(OSError):
                count += entry.place.stat().st_size // _A_RELEASE
    return count


def load(file: RawFile) -> bytes:
    """A weighed file -> its bytes; raises Rejection when they are others by now."""
    if file.data is not None:
        return file.data
    try:
        with file.open() as stream:
            data = stream.read(file.size + 1)
    except OSError:
        raise reject("unreadable") from None
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise reject("changed")
    return data


def is_as_weighed(file: RawFile) -> bool:
    """Whether nobody has written to a file since it was weighed."""
    try:
        return file.place is not None and file.place.stat().st_mtime_ns == file.saved
    except OSError:
        return False


def read(path: str, settings: IngestParams, root: Path = ROOT) -> RawFile:
    """A path below ``root`` -> its bytes and their SHA-256; of a bulk file or one too large only the latter."""
    file = weigh(Listed(path, os.fspath(root / path)))
    return (
        file if sources.is_bulk(path) or file.size > settings.max_file_mb * _MB else replace(file, data=load(file))
    )


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
