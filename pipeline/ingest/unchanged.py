"""The tables of the last run, kept beside the cache: a run in which nothing changed copies them back.

The cache of single files saves the parsing; this saves the comparing and writing too. What is kept is replaced by
every run that ends well, so it holds no more than the tables do.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.core.errors import Rejection
from pipeline.ingest import raw

# by name: the tables' module brings in libraries that a run with workers beside it has no memory for
_TABLES = tuple(Path("data/ingest", f"{name}.parquet") for name in ("releases", "zones", "rejected", "duplicates"))
# what else a run in which little changed needs of the last one (see earlier)
BESIDE = ("last_files.txt", "last_traits.bin", "last_origins.bin", "last_pairs.bin")
_KEPT = (*(table.name for table in _TABLES), *BESIDE)
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


def says(folder: Path) -> dict[str, Any]:
    """What the last run said when it ended well."""
    told: dict[str, Any] = json.loads((folder / _SAYS).read_text("utf-8"))
    return told


def count(folder: Path) -> int:
    """How many files the last run found; -1 where it said nothing."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return int(says(folder)["listed"])
    return -1


def is_whole(folder: Path, told: Mapping[str, Any]) -> bool:
    """Whether all that was kept is as it was."""
    return bool([_sum(folder / name) for name in _KEPT] == told["kept"])


def restore(
    folder: Path, fingerprint: Fingerprint, listed: Iterable[raw.Listed], scale: raw.Scale
) -> tuple[int, int] | None:
    """Copy the tables of the last run back if every file is the same; its numbers of releases and rejections."""
    with suppress(OSError, ValueError, KeyError, TypeError, Rejection):
        told = says(folder)
        for number, entry in enumerate(listed):
            fingerprint.add(entry.path, entry.fault or scale.sha256(entry, number))
        if fingerprint.value() == told["files"]:
            for table in _TABLES:
                table.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / table.name, table)
            # of the copies: another run may have replaced what is kept meanwhile
            if [_sum(table) for table in _TABLES] == told["kept"][: len(_TABLES)]:
                return int(told["releases"]), int(told["rejected"])
    return None


def forget(folder: Path) -> None:
    """Keep nothing of the last run, for a start."""
    with suppress(OSError):
        for name in (_SAYS, *_KEPT):
            (folder / name).unlink(missing_ok=True)


def keep(folder: Path, told: Mapping[str, Any]) -> None:
    """Keep the tables for the next run, and what it is told: the fingerprint of all files as ``files``."""
    for table in _TABLES:
        shutil.copyfile(table, folder / table.name)
    sums = [_sum(folder / name) for name in _KEPT]
    (folder / _SAYS).write_text(json.dumps({**told, "kept": sums}), encoding="utf-8")


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
