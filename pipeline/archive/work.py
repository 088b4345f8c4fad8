"""Releases -> their files on disk and a record of each on the shelf: from memory, or made and checked by workers.

A process holds one batch. What was made once is made again only when its key (``keys``) or a file changed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from pipeline.archive import checks, holding, kept, package, release_files, rows
from pipeline.archive.checks import Checker, Tally
from pipeline.archive.describe import Describer
from pipeline.archive.description import Statement
from pipeline.archive.keys import Sources
from pipeline.archive.known import Known
from pipeline.archive.package import Package
from pipeline.archive.selection import Selection
from pipeline.archive.settings import ArchiveParams
from pipeline.archive.shelf import Shelf
from pipeline.core import store
from pipeline.core.execute import map_batches

BATCH = 256
_BLOCKS = 4  # that wait to be written together: few enough to lose little when a run is killed
MEMORY = store.FOLDER / "archive.sqlite"
Statements = Mapping[str, Sequence[Statement]]


@contextmanager
def described(chosen: Selection, said: Statements, settings: ArchiveParams, target: Path) -> Iterator[Package]:
    """The package with the files of all chosen releases; what it took to make them is remembered."""
    package.prepare(target, chosen.years)
    with store.Store(MEMORY, settings.max_cache_mb, _BLOCKS) as memory, Shelf(chosen.ids) as shelf:
        found = Package(target, chosen, settings, shelf)
        lookup = Lookup(settings, dict(said), frozenset(chosen.held))
        known = Known(found, Sources(lookup.describer), memory)
        new = known.look()
        batches = map_batches(
            partial(worker, lookup, target), (chosen.ids[n] for n in new), BATCH, "archive", len(new)
        )
        for number, record in zip(new, chain.from_iterable(batches), strict=True):
            known.add(number, record)
        yield found


def check(found: Package) -> Tally:
    """Join the files of the whole; what was checked of the package and what was found."""
    checker = Checker(found.settings)
    numbers = range(len(found.chosen.ids))
    checks.total((kept.tally(found.shelf.get(number)) for number in numbers), checker.tally)
    holding.join(found, checker)
    return checker.tally


class Lookup:
    """What is looked up for descriptions: loaded once in each process, never sent from one to the other."""

    def __init__(self, settings: ArchiveParams, said: Statements, held: frozenset[str]) -> None:
        self._given = settings, said, held

    def __reduce__(self) -> tuple[type[Lookup], tuple[ArchiveParams, Statements, frozenset[str]]]:
        return Lookup, self._given

    @cached_property
    def describer(self) -> Describer:
        """Who describes releases."""
        settings, said, held = self._given
        return Describer(settings, rows.load_corpus(), said, held)


def worker(lookup: Lookup, target: Path) -> Callable[[list[str]], list[bytes]]:
    """Made once in each process: describes batch after batch."""
    return partial(_batch, lookup.describer, target)


def _batch(describer: Describer, target: Path, ids: list[str]) -> list[bytes]:
    with _no_search_for_cycles():
        descriptions = describer.describe(rows.load_batch(ids))
        return [release_files.write(description, describer.settings, target) for description in descriptions]


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A batch is a hundred thousand records without cycles; Python would look through them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
