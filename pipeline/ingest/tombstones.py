"""What was erased and is never taken in again: data/curation/erased.csv, written by `make erase`."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from pipeline.core.errors import InputError
from pipeline.ingest.rejections import reject

FILE = Path("data/curation/erased.csv")


def erased() -> frozenset[str]:
    """The SHA-256 of every erased file or part of a file; none where nothing was ever erased."""
    try:
        state = FILE.stat()
    except FileNotFoundError:
        return frozenset()
    return _read(FILE.resolve(), state.st_mtime_ns, state.st_size)


def check(sha256: str) -> None:
    """Raises Rejection erased for what was erased once."""
    if sha256 in erased():
        raise reject("erased")


@lru_cache(1)
def _read(file: Path, _saved: int, _size: int) -> frozenset[str]:
    """The digests as they stood when the file was last written: read once, not for every release."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if "sha256" not in (rows.fieldnames or ()):
            raise InputError(f"{FILE}: has no column sha256; its first line must be id,sha256,reason,when")
        return frozenset(row["sha256"].strip().lower() for row in rows if row["sha256"])
