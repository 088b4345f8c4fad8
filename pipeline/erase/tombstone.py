"""The tombstone of a release: that it was erased, when and why, and the digest by which it is refused."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from pipeline.core.records import Release

FILE = Path("data/curation/erased.csv")
_HEAD = ("id", "sha256", "reason", "when")


def bury(root: Path, releases: Iterable[Release], reason: str, when: str) -> None:
    """Add a row a release; nothing of its content."""
    file = root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    is_new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        if is_new:
            writer.writerow(_HEAD)
        writer.writerows((r.release_id, r.source_sha256, reason, when) for r in releases)
