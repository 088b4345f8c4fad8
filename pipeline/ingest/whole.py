"""The whole folder: workers take files in, the shelf holds what they became, the tables are written."""

from __future__ import annotations

from functools import partial

from pipeline.core import execute
from pipeline.ingest import cache, raw, unchanged, work
from pipeline.ingest.crew import Crew
from pipeline.ingest.intake import Intake
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.shelf import Shelf


def take_in(listed: list[raw.Listed], settings: IngestParams, stamp: bytes, scale: raw.Scale) -> tuple[int, int]:
    """Write the tables of all files; the numbers of releases and of rejections."""
    known = cache.Cache(cache.FOLDER, settings.max_cache_mb)
    size = execute.process_count(raw.weight(listed))
    with Shelf(cache.FOLDER) as shelf:
        intake = Intake(settings, stamp, known, shelf)
        intake.scale = scale
        with known, Crew(partial(work.make, settings, stamp), size, settings.max_seconds) as crew:
            for _ in execute.progress(intake.run(listed, crew), len(listed), "ingest", "files"):
                pass
        # not before the workers are gone, and their memory with them: pandas and pandera take 60 MB
        from pipeline.ingest.save import Tables  # noqa: PLC0415

        counts = Tables(shelf).write(settings.near_duplicate)
    unchanged.keep(cache.FOLDER, intake.fingerprint() if settings.max_cache_mb else None, *counts)
    return counts
