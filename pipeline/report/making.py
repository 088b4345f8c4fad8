"""Jobs are shared out, and what needs not be made is left as it is: all files of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from pipeline.core.execute import map_batches
from pipeline.report import pages
from pipeline.report.folder import Made, redated
from pipeline.report.kept import Kept
from pipeline.report.pages import Job, Sizes
from pipeline.report.work import SITE, Wanted, Worker, wanted


def files(much: Sizes, kept: Kept) -> Iterator[Made]:
    """Every file of the site, and the workbook where it was put aside."""
    known = cache(wanted)
    there: list[Made] = []
    for job, made in _done(much, kept, None if kept.nothing() else _left(known, kept, there)):
        yield from made
        if key := known().keys.get(job):
            kept.add(key, made)
    yield from there


def _left(known: Callable[[], Wanted], kept: Kept, there: list[Made]) -> Iterator[Job]:
    """The jobs whose pages are not ``there``, where the others are noted."""
    for job, key in known().keys.items():
        found = kept.there(key)
        if found is None:
            yield job
        elif job.kind == "names" and found:  # the only pages of these jobs that bear the date of the report
            there += (dated := [redated(SITE, file, known().stand) for file in found])
            kept.add(key, dated)
        else:
            there += found


def _done(much: Sizes, kept: Kept, left: Iterator[Job] | None) -> Iterator[tuple[Job, list[Made]]]:
    """All jobs, or what is left of them beside those that are always done -> their files."""
    heavy, worker = pages.heavy(much), partial(Worker, kept.frames)
    if left is None:
        todo = pages.jobs(much)
        batches = map_batches(worker, todo, pages.batch_size(len(todo)), "report", heavy=heavy)
    else:
        batches = map_batches(worker, pages.jobs_left(much, left), pages.AT_A_TIME, "report", heavy=heavy)
    for done, frames in batches:
        kept.learn(frames)
        yield from done
