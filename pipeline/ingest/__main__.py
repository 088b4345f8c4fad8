"""Load, work, save: the ingest stage."""

from __future__ import annotations

from functools import partial

from pipeline.core import execute
from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.ingest import cache, raw, work
from pipeline.ingest.crew import Crew
from pipeline.ingest.intake import Intake
from pipeline.ingest.save import Tables
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.shelf import Shelf


def main() -> str:
    """Take in every raw file; the count sentence."""
    settings = load("ingest", IngestParams)
    listed, stamp = raw.files(), cache.stamp(settings)
    make, size = partial(work.make, settings, stamp), execute.process_count(raw.weight(listed))
    with Shelf(cache.FOLDER) as shelf:
        with (
            cache.Cache(cache.FOLDER, settings.max_cache_mb) as known,
            Crew(make, size, settings.max_seconds) as crew,
        ):
            taken = Intake(settings, stamp, known, shelf).run(listed, crew)
            for _ in execute.progress(taken, len(listed), "ingest", "files"):
                pass
        releases, rejected = Tables(shelf).write(settings.near_duplicate)
    return f"ingest: {releases} releases, {rejected} rejected"


if __name__ == "__main__":
    run_stage(main)
