"""A finished package -> the list of sums that vouches for all of it: what DVC looks at instead of every file.

A bag's tag manifest holds the sum of its manifest, and that one the sum of each file. The list is taken away
before anything else is touched and written last: a run that was cut off leaves none. ``sha512sum -c`` reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.archive import release_files

NAME = "pruefsummen.sha512"


def remove(target: Path) -> None:
    """From here on nothing vouches for the package."""
    release_files.new(target / NAME)


def write(target: Path, names: Iterable[str]) -> None:
    """List the sums of these files, whole or not at all."""
    lines = "".join(f"{_sum(target / name)}  {name}\n" for name in sorted(names))
    unfinished = release_files.new(target / f"{NAME}.part")
    unfinished.write_text(lines, encoding="utf-8", newline="")
    unfinished.replace(target / NAME)


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha512").hexdigest()
