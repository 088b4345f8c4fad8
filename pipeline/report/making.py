"""Jobs are shared out, and what needs not be made is left as it is: all files of the report."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from pipeline.core.execute import batched, map_batches, process_count, progress
from pipeline.report import pages
from pipeline.report.folder import Made, redated
from pipeline.report.kept import Kept
from pipeline.report.pages import Job, Sizes
from pipeline.report.work import SHARED, SITE, Done, Wanted, Worker, configured, wanted

_FEW = 400  # jobs that are done sooner in this process than another one starts


def files(much: Sizes, kept: Kept) -> Iterator[Made]:
    """Every file of the site, and the workbook where it was put aside."""
    return _first(much, kept) if kept.nothing() else _Again(much, kept).files()


def _first(much: Sizes, kept: Kept) -> Iterator[Made]:
    """All jobs; what pages follow from is worked out while other processes make them."""
    settings, todo = configured(), pages.jobs(much)
    known = cache(partial(wanted, settings))
    worker, size = partial(Worker, kept.frames, settings), pages.batch_size(len(todo))
    for done in map_batches(worker, todo, size, "report", heavy=pages.heavy(much)):
        yield from _noted(done, kept, known().keys)


def _noted(done: Done, kept: Kept, keys: dict[Job, bytes]) -> Iterator[Made]:
    made, frames = done
    kept.learn(frames)
    for job, made_files in made:
        yield from made_files
        if key := keys.get(job):
            kept.add(key, made_files)


@dataclass(frozen=True, slots=True)
class Open:
    """Jobs that several processes go through, each taking what no other has taken, so that all end together."""

    jobs: list[Job]

    def __iter__(self) -> Iterator[Job]:
        """The jobs that are left, one at a time."""
        return (job for job in self.jobs if _taken(job))


def _taken(job: Job) -> bool:
    """Whether this process is the first to take a job; a file tells the others."""
    try:
        (SHARED / f"{job.kind}-{job.which}.taken").open("xb").close()
    except FileExistsError:
        return False
    return True


class _Again:
    """A later run: what is always made is made in another process, and meanwhile this one makes what changed.

    So little is started for little: this process has to look into the tables anyway, to know what changed. When it
    has made that, it takes its share of what is always made.
    """

    def __init__(self, much: Sizes, kept: Kept) -> None:
        self._much, self._kept = much, kept
        self._worker = partial(Worker, kept.frames, configured())
        self._known = Wanted({}, "")
        self._there: list[Made] = []
        self._here: list[Done] = []
        self._made: set[Job] = set()

    def files(self) -> Iterator[Made]:
        """Every file, those that are there and those that are made."""
        for done in chain(self._done(), self._here, self._lost()):
            self._made.update(job for job, _ in done[0])
            yield from _noted(done, self._kept, self._known.keys)
        yield from self._there

    def _lost(self) -> Iterator[Done]:
        """What a process had taken that was killed."""
        if lost := [job for job in pages.always(self._much) if job not in self._made]:
            yield self._worker()(lost)

    def _done(self) -> Iterator[Done]:
        much = self._much
        always = pages.always(much)
        count = process_count(len(always) + pages.heavy(much))
        if count == 1:
            here = self._worker()
            yield from map(here, batched([*always, *self._left(here)], pages.AT_A_TIME))
            return
        from pipeline.core import execute_processes  # noqa: PLC0415  not needed for a small corpus

        batches = self._batches(always, min(count - 1, len(always)))
        done = execute_processes.mapped(self._worker, batches, count)
        yield from progress(done, None, "report")

    def _batches(self, always: list[Job], others: int) -> Iterator[Iterable[Job]]:
        """What other processes do: what is always made, and what changed as well where it is much."""
        yield from (Open(always) for _ in range(others))
        here = self._worker()
        left = self._left(here)
        if len(left) <= _FEW:
            self._here += map(here, batched(left, pages.AT_A_TIME))
            self._here.append(here(Open(always)))
        else:
            del here
            gc.collect()  # a corpus refers to itself and would stay as long as the pages are made
            yield from batched(left, pages.AT_A_TIME)

    def _left(self, here: Worker) -> list[Job]:
        """The jobs whose pages are not there; those of the others are noted."""
        self._known = here.wanted()
        return [job for job, key in self._known.keys.items() if not self._is_there(job, key)]

    def _is_there(self, job: Job, key: bytes) -> bool:
        if (found := self._kept.there(key)) is None:
            return False
        if job.kind == "names" and found:  # the only pages of these jobs that bear the date of the report
            found = [redated(SITE, file, self._known.stand) for file in found]
            self._kept.add(key, found)
        self._there += found
        return True
