"""The site's folder: a file is written where its content changed, and removed where nothing makes it any more.

What stands in it is told by one list of sums, as ``sha256sum -c`` reads it. It is the first thing that a run takes
away and the last that it writes: a folder with the list is whole. So it stands for the folder where somebody must
know whether the site was made, as DVC does.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import NamedTuple

LIST = "pruefsummen.sha256"
_STAND = re.compile(rb'(?<=<p class="stand">Stand: )[^<]*')  # in templates/base.html; texts have no such signs


class Made(NamedTuple):
    """A file of the site that a run made."""

    path: str
    changed: bool  # whether it was written, because its bytes were others before
    digest: str
    seen: str = ""  # its size and times then


def put(root: Path, path: str, new: bytes) -> Made:
    """Write a file unless it already says the same."""
    target = root / path
    changed = _written(target, new)
    return Made(path, changed, digest_of(new), seen_now(target.stat()))


def redated(root: Path, file: Made, stand: str) -> Made:
    """A page that is there -> the same with the date of the report in its head, which is all that can differ."""
    old = (root / file.path).read_bytes()
    new = _STAND.sub(lambda _: stand.encode(), old, count=1)
    return file if new == old else put(root, file.path, new)


def _written(target: Path, new: bytes) -> bool:
    try:
        file = target.open("xb")
    except FileExistsError:
        if target.stat().st_size == len(new) and target.read_bytes() == new:
            return False
        file = target.open("wb")
    except FileNotFoundError:  # seldom: most folders have been made by then
        target.parent.mkdir(parents=True, exist_ok=True)
        file = target.open("xb")
    with file:
        file.write(new)
    return True


def digest_of(content: bytes) -> str:
    """The bytes of a file -> what they are known by."""
    return hashlib.sha256(content).hexdigest()


def seen_now(status: os.stat_result) -> str:
    """What the system says of a file -> what tells whether anybody wrote to it since."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def unlist(root: Path) -> None:
    """From now on the folder is not whole."""
    (root / LIST).unlink(missing_ok=True)


def enlist(root: Path, digests: Mapping[str, str]) -> None:
    """Path -> digest of all that was made: nothing else stays in the folder, and its list says so."""
    sweep(root, digests)
    unfinished = root / f"{LIST}.part"
    lines = [f"{digests[path]}  {path}\n" for path in sorted(digests)]
    unfinished.write_text("".join(lines), encoding="utf-8", newline="\n")
    unfinished.replace(root / LIST)


def sweep(root: Path, made: Container[str]) -> int:
    """Remove what was not made, and folders that are empty then; the number of files removed."""
    return _sweep(root, "", made)


def _sweep(folder: Path, path: str, made: Container[str]) -> int:
    removed = 0
    with os.scandir(folder) as entries:  # far cheaper than paths, of which there are tens of thousands
        for entry in entries:
            here = f"{path}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                removed += _sweep(folder / entry.name, f"{here}/", made)
            elif here not in made:
                (folder / entry.name).unlink()
                removed += 1
    if path and not any(folder.iterdir()):
        folder.rmdir()
    return removed
