"""Blocks of releases -> the rows of their assignments, packed; what a process is given and reads for itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, TypeVar

from pipeline.core import tables
from pipeline.core.table import Table
from pipeline.themes import gauge, packed
from pipeline.themes.evidence import Batch, Guide, Tools, assignments, tools
from pipeline.themes.gauge import Gauge
from pipeline.themes.placing import Found
from pipeline.themes.reading import scheme, shipped
from pipeline.themes.threads import one_thread

Row = TypeVar("Row")
Block = tuple[int, Sequence[str]]  # its number, and the sorted ids of its releases


def make(data: bytes, ids: tuple[str, ...], min_share: float) -> Callable[[list[Block]], list[bytes]]:
    """A packed gauge and the ids of the discovered themes -> a function from blocks to packed rows of each."""
    guide, found = told_by(gauge.unpack(data), ids, min_share)
    return partial(_work, guide, tools(guide), found)


def told_by(learnt: Gauge, ids: tuple[str, ...], min_share: float) -> tuple[Guide, Found]:
    """What guided and what discovered themes are told by."""
    place = {term: i for i, term in enumerate(learnt.terms)}
    found = Found(ids, place, learnt.where, learnt.weights, min_share)
    return Guide(scheme(), learnt.rare, shipped("stopterms.toml"), min_share), found


def _work(guide: Guide, using: Tools, found: Found, blocks: list[Block]) -> list[bytes]:
    with one_thread():
        # each block by itself: sums of a matrix must not depend on what else is worked out in this run
        return [packed.pack(assignments(batch, guide, using, found)) for batch in _read(blocks)]


def _read(blocks: Sequence[Block]) -> Iterator[Batch]:
    """Blocks -> what is known about their releases; neighbours are read at once."""
    for _, stretch in groupby(enumerate(blocks), lambda one: one[1][0] - one[0]):
        near = [ids for _, (_, ids) in stretch]
        ids = list(chain.from_iterable(near))
        whole = Batch(*(list(table.rows_of(ids)) for table in _TABLES))
        for first, last in ((block[0], block[-1]) for block in near):
            yield Batch(
                _between(whole.releases, first, last),
                _between(whole.sentences, first, last),
                _between(whole.terms, first, last),
                _between(whole.mentions, first, last),
            )


def _between(rows: Sequence[Row], first: str, last: str) -> Sequence[Row]:
    """Of rows that are sorted by release, those of the releases from one to another."""
    return rows[bisect_left(rows, first, key=_RELEASE) : bisect_right(rows, last, key=_RELEASE)]


_TABLES: tuple[Table[Any], ...] = (tables.RELEASES, tables.SENTENCES, tables.TERMS, tables.MENTIONS)
_RELEASE = attrgetter("release_id")
