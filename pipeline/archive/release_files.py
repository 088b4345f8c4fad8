"""Description -> the files of one release on disk, each checked as it is made, and the record of it.

A file is never changed in place: DVC may have linked it into its cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from functools import cache
from pathlib import Path
from stat import S_ISREG

from pipeline.archive import checks, kept
from pipeline.archive.checks import Checker
from pipeline.archive.description import Description
from pipeline.archive.formats import JOINED, PER_RELEASE, Joined
from pipeline.archive.parts import Part
from pipeline.archive.settings import ArchiveParams

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
HOLDING = "bestand"  # folder of files about the whole holding, beside a folder a year


def write(d: Description, settings: ArchiveParams, target: Path) -> bytes:
    """Write and check what one release gives; its record (``kept``)."""
    checker = Checker(settings)
    checker.description(d)
    files = [_file(form, d, checker, target) for form in range(len(PER_RELEASE))]
    parts = [_part(form, d, checker) for form in JOINED]
    return kept.pack(files, checks.pack(checker.tally), parts)


def path(form: int, year: str, release_id: str) -> str:
    """Where the file of a format lies below the package."""
    return f"{folder(form, year)}/{release_id}{PER_RELEASE[form].suffix}"


def paths(year: str, release_id: str) -> list[str]:
    """Where the files of all formats lie below the package."""
    return [f"{begin}{release_id}{suffix}" for begin, suffix in _places(year)]


@cache
def _places(year: str) -> list[tuple[str, str]]:
    return [(f"{folder(form, year)}/", PER_RELEASE[form].suffix) for form in range(len(PER_RELEASE))]


def folder(form: int, year: str) -> str:
    """The folder of a format and a year."""
    return f"{year}/data/{PER_RELEASE[form].folder}"


def _file(form: int, d: Description, checker: Checker, target: Path) -> kept.File:
    name = path(form, d.year, d.release.release_id)
    content = PER_RELEASE[form].render(d, checker.settings)
    checker.file(name, content, PER_RELEASE[form].schemas)
    return put(target / name, content)


def _part(form: Joined, d: Description, checker: Checker) -> Part | None:
    part = form.part(d, checker.settings)
    if part is not None:
        checker.file(f"{HOLDING}/data/{form.path} ({d.identifier})", part.content, form.entry)
    return part


def put(place: Path, content: bytes) -> kept.File:
    """Write a file, whatever lay there before; what is remembered of it."""
    try:
        out = os.open(place, _NEW, 0o666)
    except FileExistsError:
        out = os.open(new(place), _NEW, 0o666)
    with os.fdopen(out, "wb") as file:
        file.write(content)
        file.flush()
        now = os.fstat(out)
    return _told(now)._replace(sum=hashlib.sha512(content).digest())


def new(place: Path) -> Path:
    """A place where nothing lies any more."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    return place


def seen(place: Path) -> kept.File | None:
    """What the system says of a file, without its sum; None where there is none."""
    try:
        now = place.lstat()
    except OSError:
        return None
    if not S_ISREG(now.st_mode):
        return None
    return _told(now)


def _told(now: os.stat_result) -> kept.File:
    return kept.File(b"", now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
