"""Describe the releases batch by batch, write their files, bag them."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from pipeline.archive import bag, rows, spreadsheets, statements, work
from pipeline.archive.selection import select
from pipeline.archive.settings import ArchiveParams
from pipeline.core import tables as t
from pipeline.core.errors import run_stage
from pipeline.core.execute import map_batches
from pipeline.core.params import load

TARGET, RAW = Path("data/archive"), Path("data/raw")


def main() -> str:
    """Write the package of the whole corpus."""
    settings = load("archive", ArchiveParams)
    light = rows.light(t.RELEASES, "release_id", "published", "embargo", "source_path")
    chosen = select(light, settings.as_of)
    said = statements.read(
        statements.FILE.read_bytes(), [(i, path) for i, *_, path in light], settings.identifier_prefix
    )
    shutil.rmtree(TARGET, ignore_errors=True)
    make = partial(work.worker, settings, TARGET, dict(said), frozenset(chosen.held))
    done = list(map_batches(make, chosen.ids, work.BATCH, "archive"))
    work.join(done, chosen.facts, settings, TARGET)
    register = spreadsheets.entities_csv(rows.register(rows.load_corpus()), settings)
    (TARGET / work.HOLDING / "csv/register.csv").write_bytes(b"".join(register))
    shutil.rmtree(TARGET / work.PARTS, ignore_errors=True)
    files = bag.finish(TARGET, RAW, chosen, settings)
    return f"archive: {len(chosen.ids)} releases, {len(chosen.held)} held back, {files} files bagged"


if __name__ == "__main__":
    run_stage(main)
