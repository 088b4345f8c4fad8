"""The tables of the last run, kept beside the cache: a run in which nothing changed copies them back.

The cache of single files saves the parsing; this saves the comparing and writing too. What is kept is replaced by
every run that ends well, so it holds no more than the tables do.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.core.errors import Rejection
from pipeline.ingest import raw

# by name: the tables' module brings in libraries that a run with workers beside it has no memory for
_TABLES = tuple(Path("data/ingest", f"{name}.parquet") for name in ("releases", "zones", "rejected", "duplicates"))
_SAYS = "last.json"


class Fingerprint:
    """Of a whole folder: every path and what lies there, in order."""

    def __init__(self, stamp: bytes, near_duplicate: float) -> None:
        self._digest = hashlib.sha256(stamp + repr(near_duplicate).encode())

    def add(self, path: str, content: str) -> None:
        """One more file: its digest, or the fault for which it has none."""
        self._digest.update(f"{path}\0{content}\n".encode())

    def value(self) -> str:
        """The fingerprint of all files that were added."""
        return self._digest.hexdigest()


def restore(
    folder: Path, fingerprint: Fingerprint, listed: Iterable[raw.Listed], scale: raw.Scale
) -> tuple[int, int] | None:
    """Copy the tables of the last run back if every file is the same; its numbers of releases and rejections."""
    with suppress(OSError, ValueError, KeyError, TypeError, Rejection):
        says = json.loads((folder / _SAYS).read_text("utf-8"))
        for number, entry in enumerate(listed):
            fingerprint.add(entry.path, entry.fault or scale.weigh(entry, number).sha256)
        if fingerprint.value() == says["files"]:
            for table in _TABLES:
                table.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / table.name, table)
            # of the copies: another run may have replaced what is kept meanwhile
            if [_sum(table) for table in _TABLES] == says["tables"]:
                return int(says["releases"]), int(says["rejected"])
    return None


def keep(folder: Path, fingerprint: str | None, releases: int, rejected: int) -> None:
    """Keep the tables for the next run; without a fingerprint (something may go better next time) keep none."""
    with suppress(OSError):
        (folder / _SAYS).unlink(missing_ok=True)
        for table in _TABLES:
            (folder / table.name).unlink(missing_ok=True)
            if fingerprint is not None:
                shutil.copyfile(table, folder / table.name)
        if fingerprint is not None:
            sums = [_sum(folder / table.name) for table in _TABLES]
            says = {"files": fingerprint, "releases": releases, "rejected": rejected, "tables": sums}
            (folder / _SAYS).write_text(json.dumps(says), encoding="utf-8")


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
