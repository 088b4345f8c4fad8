"""Describe the releases batch by batch, write and check their files, bag them."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive import delivery, package, rows, statements, validation, work
from pipeline.archive.selection import select
from pipeline.archive.settings import ArchiveParams
from pipeline.core import tables as t
from pipeline.core.errors import run_stage
from pipeline.core.params import load

TARGET, RAW = Path("data/archive"), Path("data/raw")


def main() -> str:
    """Write the package of the whole corpus."""
    settings = load("archive", ArchiveParams)
    chosen = select(rows.light(t.RELEASES, "release_id", "published", "embargo"), settings.as_of)
    with work.described(chosen, statements.load(settings.identifier_prefix), settings, TARGET) as made:
        tally = work.check(made)
        page = validation.page(tally, chosen.facts, chosen.held, settings)
        validation.stop(tally, made.put(package.REPORT, [page.encode()]))
        files = delivery.finish(made, RAW)
    return f"archive: {len(chosen.ids)} releases, {len(chosen.held)} held back, {files} files bagged"


if __name__ == "__main__":
    run_stage(main)
