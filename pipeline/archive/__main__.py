"""Describe the releases batch by batch, write and check their files, bag them."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.archive import delivery, rows, statements, validation, work
from pipeline.archive.selection import select
from pipeline.archive.settings import ArchiveParams
from pipeline.core import tables as t
from pipeline.core.errors import run_stage
from pipeline.core.params import load

TARGET, RAW = Path("data/archive"), Path("data/raw")


def main() -> str:
    """Write the package of the whole corpus."""
    settings = load("archive", ArchiveParams)
    light = rows.light(t.RELEASES, "release_id", "published", "embargo", "source_path")
    chosen = select(light, settings.as_of)
    said = statements.load(light, settings.identifier_prefix)
    shutil.rmtree(TARGET, ignore_errors=True)
    tally = work.export(chosen, said, settings, TARGET)
    report = TARGET / "validation.html"
    report.write_text(validation.page(tally, chosen.facts, chosen.held, settings), encoding="utf-8", newline="\n")
    validation.stop(tally, report)
    files = delivery.finish(TARGET, RAW, chosen, settings)
    return f"archive: {len(chosen.ids)} releases, {len(chosen.held)} held back, {files} files bagged"


if __name__ == "__main__":
    run_stage(main)
