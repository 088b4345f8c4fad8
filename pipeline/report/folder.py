"""The site's folder: a file is written where its content changed, and removed where nothing makes it any more."""

from __future__ import annotations

import os
from pathlib import Path


def put(root: Path, path: str, new: bytes) -> bool:
    """Write a file unless it already says the same; whether it was written."""
    target = root / path
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


def sweep(root: Path, made: set[str]) -> int:
    """Remove what was not made, and folders that are empty then; the number of files removed."""
    return _sweep(root, "", made)


def _sweep(folder: Path, path: str, made: set[str]) -> int:
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
