"""The tables as pages need them: releases newest first, mentions by entity, entities and themes by release.

What is kept in memory are numbers: a few bytes a mention. Records are made of the stored columns when a page asks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.core.execute import batched
from pipeline.core.table import Table
from pipeline.report import paths
from pipeline.report.entities import TYPES, Counts, Entities, Place
from pipeline.report.finders import Finders
from pipeline.report.heads import Head, heads_of, newest_first
from pipeline.report.periods import Periods
from pipeline.report.speeches import Speeches, said
from pipeline.report.store import Bounds, ByName, Ints, Positions, Slices, coded, records
from pipeline.report.theme_facts import ThemeFacts
from pipeline.report.theme_rows import ThemeRows
from pipeline.report.words import TYPE_DIRS

__all__ = ["TYPES", "USED", "Corpus", "Counts", "Head", "Place", "Spot", "newest_first"]

USED: tuple[Table[Any], ...] = (
    t.RELEASES, t.ZONES, t.REJECTED, t.DUPLICATES, t.SENTENCES, t.MENTIONS, t.DATES, t.EVENTS, t.FINDINGS,
    t.QUOTES, t.ENTITIES, t.ENTITY_MENTIONS, t.INITIATIVES, t.CORRECTION_RESULTS, t.THEMES, t.ASSIGNMENTS, t.TERMS,
)  # fmt: skip
_PATHS = 65536  # addresses at hand
_AT_ONCE = 2048  # releases


class Spot(NamedTuple):
    """A mention of an entity."""

    head: Head
    start: int
    end: int
    row: int  # among all mentions; -1: what found it is not known
    sentence: tuple[int, int] | None


class Corpus(Entities):
    """Everything that was found, ready to be looked up."""

    def __init__(self, arrow: dict[str, pa.Table]) -> None:
        super().__init__(arrow, Positions(arrow["releases"]["release_id"]), heads_of(arrow["releases"]))

        def slices(table: Table[Any]) -> Slices[Any]:
            return Slices(table, arrow[table.path.stem], self.at_position)

        self.releases: Slices[r.Release] = slices(t.RELEASES)
        self.zones: Slices[r.Zone] = slices(t.ZONES)
        self.sentences: Slices[r.Sentence] = slices(t.SENTENCES)
        self.bounds = Bounds(self.sentences, arrow["sentences"])
        self.mentions: Slices[r.Mention] = slices(t.MENTIONS)
        self.dates: Slices[r.DateMention] = slices(t.DATES)
        self.events: Slices[r.Event] = slices(t.EVENTS)
        self.findings: Slices[r.Finding] = slices(t.FINDINGS)
        self.quotes: Slices[r.Quote] = slices(t.QUOTES)
        self.links: Slices[r.EntityMention] = slices(t.ENTITY_MENTIONS)
        self.assigned: Slices[tr.ThemeAssignment] = slices(t.ASSIGNMENTS)
        self.rejected = records(t.REJECTED, arrow["rejected"])
        self.duplicates = records(t.DUPLICATES, arrow["duplicates"])
        self.corrections = records(t.CORRECTION_RESULTS, arrow["corrections"])
        self.themes = records(t.THEMES, arrow["themes"])
        self.theme_facts = ThemeFacts(arrow)
        self._releases = arrow["releases"]
        self._assignments = arrow["assignments"]
        self._quotes = arrow["quotes"]
        self.terms = arrow["terms"].select(["release_id", "term"])
        self.path_of = lru_cache(_PATHS)(self._path_of)
        self.key_of = lru_cache(_PATHS)(self._key_of)

    @cached_property
    def duplicates_of(self) -> dict[str, list[r.Duplicate]]:
        """release_id -> the pairs that it is one of."""
        groups: dict[str, list[r.Duplicate]] = defaultdict(list)
        for row in self.duplicates:
            for release_id in (row.release_id, row.other_id):
                groups[release_id].append(row)
        return groups

    @cached_property
    def at(self) -> Mapping[str, Head]:
        """release_id -> its head."""
        return ByName(self.at_position, self.heads)

    def text(self, head: Head) -> str:
        """The text of a release."""
        return str(self._releases["text"][head.position].as_py())

    def source(self, head: Head) -> str:
        """The file of a release."""
        return str(self._releases["source_path"][head.position].as_py())

    def told(self, heads: Sequence[Head], *names: str) -> Iterator[tuple[str | None, ...]]:
        """Some columns of releases in any order; asking for one after the other would take far longer."""
        for some in batched(heads, _AT_ONCE):
            at = pa.array([head.position for head in some], pa.int32())
            yield from zip(*(self._releases[name].take(at).to_pylist() for name in names), strict=True)

    @cached_property
    def per(self) -> Mapping[str, Counter[str]]:
        """Grain (year, quarter) -> period -> number of releases."""
        return {grain: periods.counts() for grain, periods in self._periods.items()}

    @cached_property
    def _periods(self) -> Mapping[str, Periods]:
        return {grain: Periods(self.heads, grain) for grain in ("year", "quarter")}

    def per_theme(self, theme_id: str, grain: str) -> Counter[str]:
        """Year or quarter -> number of releases that have the theme."""
        rows = self.by_theme.get(theme_id)
        return self._periods[grain].counts(rows.positions if rows else [])

    @cached_property
    def per_year(self) -> dict[str, int]:
        """Year -> number of releases, in order."""
        return dict(sorted(self.per["year"].items()))

    @cached_property
    def stand(self) -> str:
        """The newest publication date: the report never looks at a clock."""
        return max((head.published for head in self.heads), default="")

    @cached_property
    def by_issuer(self) -> dict[str, list[Head]]:
        """Issuer -> its releases, the busiest first."""
        groups: dict[str, list[Head]] = defaultdict(list)
        for head in self.newest:
            groups[head.issuer].append(head)
        return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))

    def _key_of(self, number: int) -> str:
        """An entity -> what addresses know it by."""
        return paths.key(self._entity_ids.name(number))

    def _path_of(self, number: int) -> str:
        """Where an entity is told of: its page, or the sentence of the only release that names it."""
        if self.has_page(number):
            return paths.entry(TYPES[self.kinds[number]], self.slugs[number], self._entity_ids.name(number))
        if not self.spread[number]:  # counted by the register, but named nowhere
            return paths.index(TYPE_DIRS[TYPES[self.kinds[number]]])
        row = self.rows_of(number)[0]
        head, start = self.heads[self.named[0][row]], int(self.named[2][row])
        found = self.bounds.around(head.position, start)
        return paths.sentence(head.path, found[0]) if found else head.path

    @cached_property
    def finders(self) -> Finders:
        """What found each mention."""
        return Finders(self._stored["mentions"], self.at_position)

    def places_of(self, number: int) -> list[int]:
        """The releases that name an entity, by their places in the list of the newest."""
        places = self.place_in_list[self.named[0][self.rows_of(number)]]
        return list(dict.fromkeys(places.tolist()))  # in order already

    @cached_property
    def by_theme(self) -> Mapping[str, ThemeRows]:
        """theme_id -> its assignments, the strongest first; a theme without any is not in it."""
        return ThemeRows.of_all(self._assignments, self.at_position, self.themes)

    def assignments_of(self, head: Head) -> list[tr.ThemeAssignment]:
        """The themes of a release with how and why, the first first."""
        return sorted(self.assigned.at(head.position), key=lambda a: (a.rank, a.theme_id))

    @cached_property
    def _by_release(self) -> tuple[Ints, Ints]:
        """(themes of all releases by their number, where each release begins), the first theme of each first."""
        columns = self._assignments
        release = self.at_position.codes(columns["release_id"])
        theme = coded(columns["theme_id"], {theme.theme_id: n for n, theme in enumerate(self.themes)})
        order = np.lexsort((theme, columns["rank"].to_numpy(), release))
        order = order[(theme[order] >= 0) & (release[order] >= 0)]
        return theme[order].astype(np.int16), np.searchsorted(release[order], np.arange(len(self.heads) + 1))

    def themes_of(self, head: Head) -> list[tr.Theme]:
        """The themes of a release, the first first."""
        themes, bounds = self._by_release
        return [self.themes[n] for n in themes[bounds[head.position] : bounds[head.position + 1]].tolist()]

    def theme_counts(self, heads: Sequence[Head]) -> dict[str, int]:
        """Releases -> number of releases among them for each theme that any of them has."""
        themes, bounds = self._by_release
        parts = [themes[bounds[h.position] : bounds[h.position + 1]] for h in heads]
        counts = np.bincount(np.concatenate(parts or [themes[:0]]), minlength=len(self.themes)).tolist()
        return {theme.theme_id: count for theme, count in zip(self.themes, counts, strict=True) if count}

    @cached_property
    def theme_at(self) -> dict[str, tr.Theme]:
        """theme_id -> theme."""
        return {theme.theme_id: theme for theme in self.themes}

    @cached_property
    def themes_by_weight(self) -> list[tr.Theme]:
        """Guided themes before discovered ones, each the commonest first."""
        return sorted(
            self.themes,
            key=lambda x: (x.scheme != "guided", -len(self.by_theme.get(x.theme_id, ())), x.label, x.theme_id),
        )

    def heads_of(self, theme_id: str) -> list[Head]:
        """The releases of a theme, in no order that means anything."""
        rows = self.by_theme.get(theme_id)
        return [self.heads[position] for position in rows.positions] if rows else []

    def releases_of(self, theme_id: str) -> list[Head]:
        """The releases of a theme, newest first."""
        return newest_first(self.heads_of(theme_id))

    @cached_property
    def speeches(self) -> Speeches:
        """Number of an entity -> where it is quoted, newest first."""
        return Speeches(said(self._quotes, self.finders, self), self.heads)

    def spots_of(self, number: int, limit: int) -> list[Spot]:
        """The mentions of an entity, newest release first, with their sentences and what found them."""
        rows = self.rows_of(number)[:limit]
        release, _, start, end, _ = (column[rows] for column in self.named)
        sentences = self.bounds.all_around(release, start)
        columns = (column.tolist() for column in (release, start, end, self.found_rows[rows]))
        return [Spot(self.heads[at], *spot) for at, *spot in zip(*columns, sentences, strict=True)]

    @cached_property
    def found_rows(self) -> Ints:
        """Mention in a register -> its row among all mentions, if it has the type of its entry; else -1."""
        release, entity, start, end, _ = self.named
        return self.finders.rows(release, start, end, self.kinds[entity])
