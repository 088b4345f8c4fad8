"""The whole folder: workers take files in, the shelf holds what they became, the tables are written."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from importlib import import_module

from pipeline.core import execute
from pipeline.ingest import cache, earlier, raw, unchanged, work
from pipeline.ingest.crew import Crew
from pipeline.ingest.earlier import Earlier, Files
from pipeline.ingest.intake import Intake
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.shelf import LostError, Shelf


def take_in(listed: list[raw.Listed], settings: IngestParams, stamp: bytes, scale: raw.Scale) -> tuple[int, int]:
    """Write the tables of all files, or copy those of the last run; the numbers of releases and of rejections."""
    size = execute.process_count(raw.weight(listed))
    with Crew(partial(work.make, settings, stamp), size, settings.max_seconds) as crew:
        if unchanged.count(cache.FOLDER) != len(listed):
            # most likely some are new: a worker starts while all are weighed
            crew.begin()
        last = unchanged.Fingerprint(stamp, settings.near_duplicate)
        if counts := unchanged.restore(cache.FOLDER, last, listed, scale):
            return counts
        if kept := Earlier.load(cache.FOLDER, stamp):
            with suppress(LostError):
                return _take_in((listed, scale), settings, stamp, kept, crew)
        return _take_in((listed, scale), settings, stamp, None, crew)


def _take_in(
    files: Files, settings: IngestParams, stamp: bytes, last: Earlier | None, crew: Crew
) -> tuple[int, int]:
    listed, scale = files
    known = cache.Cache(cache.FOLDER, settings.max_cache_mb)
    with Shelf(cache.FOLDER) as shelf, known:
        intake = Intake(settings, stamp, known, shelf)
        intake.scale = scale
        with crew:
            crew.begin()
            if last:
                # few files are new: there is memory for tables, and time while the worker starts
                import_module("pipeline.ingest.save")
                last.shelve(shelf, files, known, partial(cache.of_file, stamp))
                intake.is_same = last.is_same
                shelf.fetch = lambda file, member: intake.fetch(scale.weigh(listed[file], file), member)
            for _ in execute.progress(intake.run(listed, crew), len(listed), "ingest", "files"):
                pass
        # else not before the workers are gone, and their memory with them
        from pipeline.ingest.save import Tables  # noqa: PLC0415

        tables = Tables(shelf, last)
        counts = tables.write(settings.near_duplicate)
        unchanged.forget(cache.FOLDER)
        if settings.max_cache_mb:
            told = {
                "stamp": stamp.hex(),
                "listed": len(listed),
                "files": intake.fingerprint(),
                "releases": counts[0],
                "rejected": counts[1],
            }
            with suppress(OSError):
                answers = tables.alike.answers()
                origins = earlier.remember(cache.FOLDER, files, shelf, tables.kept, answers)
                unchanged.keep(cache.FOLDER, {**told, "origins": origins})
    return counts
