"""The site's folder: a file is written where its content changed, and removed where nothing makes it any more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def put(root: Path, path: str, content: Iterable[str]) -> bool:
    """Write a file unless it already says the same; whether it was written."""
    target, new = root / path, "".join(content).encode("utf-8")
    try:
        if target.stat().st_size == len(new) and target.read_bytes() == new:
            return False
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(new)
    return True


def sweep(root: Path, made: set[str]) -> int:
    """Remove what was not made, and folders that are empty then; the number of files removed."""
    removed = 0
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(root).as_posix() not in made:
            path.unlink()
            removed += 1
    return removed
