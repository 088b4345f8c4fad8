"""Where people and organisations are quoted: four numbers a quote, a list of places when a page asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core import records as r
from pipeline.report.entities import Counts, Entities
from pipeline.report.finders import Finders
from pipeline.report.heads import Head
from pipeline.report.store import Ints, coded

Place = tuple[Head, int, int]
_SPEAK = [number for number, label in enumerate(r.ENTITY_TYPES) if label in ("PER", "ORG")]


class Speeches(Mapping[int, list[Place]]):
    """Number of an entity -> its direct speech, newest first; only who is quoted is in it."""

    def __init__(self, rows: Ints, heads: Sequence[Head]) -> None:
        self._rows, self._heads = rows, heads
        self._numbers, starts = np.unique(rows[:, 0], return_index=True)
        self._starts = np.append(starts, len(rows))

    def __getitem__(self, number: int) -> list[Place]:
        first, last = self._span(number)
        if first == last:
            raise KeyError(number)
        return [(self._heads[at], start, end) for _, at, start, end in self._rows[first:last].tolist()]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers.tolist())

    def __len__(self) -> int:
        return len(self._numbers)

    def count(self, number: int) -> int:
        """How often an entity is quoted."""
        first, last = self._span(number)
        return last - first

    def counts(self) -> Counts:
        """How often each entity is quoted that is."""
        return Counts(self._numbers, np.diff(self._starts))

    def _span(self, number: int) -> tuple[int, int]:
        place = int(np.searchsorted(self._numbers, number))
        if place == len(self._numbers) or self._numbers[place] != number:
            return 0, 0
        return int(self._starts[place]), int(self._starts[place + 1])


def said(quotes: pa.Table, finders: Finders, corpus: Entities) -> Ints:
    """The direct speech of all releases as (who, in which release, from, to): by speaker, newest first."""
    speakers = {name: n for n, name in enumerate(quotes["speaker"].unique().to_pylist()) if name}
    release = corpus.at_position.codes(quotes["release_id"])
    name = coded(pc.fill_null(quotes["speaker"], ""), speakers)
    direct = coded(quotes["kind"], {"direct": 0}) == 0
    rows = np.flatnonzero(direct & (release >= 0) & (name >= 0))
    who = _bearers(release[rows].astype(np.int64) * len(speakers) + name[rows], speakers, finders, corpus)
    rows, who = rows[who >= 0], who[who >= 0]
    order = np.lexsort((rows, corpus.place_in_list[release[rows]], who))
    columns = who, release[rows], *(quotes[name].to_numpy()[rows] for name in ("start", "end"))
    found: Ints = np.stack(columns, axis=1).astype(np.int32)[order]
    return found


def _bearers(wanted: Ints, speakers: dict[str, int], finders: Finders, corpus: Entities) -> Ints:
    """Names in releases -> the person or organisation that the first mention of each stands for; -1: none.

    A name in a release is the number of the release times the number of speakers, plus that of the speaker.
    """
    release, entity, start, end, label = corpus.named
    rows = finders.rows(release, start, end, label)
    name = coded(corpus.mention_names, speakers)[rows] if len(rows) else rows
    known = np.flatnonzero((rows >= 0) & np.isin(label, _SPEAK) & (name >= 0))
    known = known[np.argsort(rows[known])]
    keys, first = np.unique(release[known].astype(np.int64) * len(speakers) + name[known], return_index=True)
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int32)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, entity[known][first][places], -1)
