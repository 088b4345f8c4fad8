"""The tables as pages need them: releases newest first, mentions by entity, entities and themes by release."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.core.table import Table
from pipeline.report import paths
from pipeline.report.finders import Finders
from pipeline.report.heads import Head, backwards, heads_of, newest_first
from pipeline.report.store import Bounds, Slices, Texts, grouped, records
from pipeline.report.theme_facts import ThemeFacts

__all__ = ["USED", "Corpus", "Head", "Place", "newest_first"]

USED: tuple[Table[Any], ...] = (
    t.RELEASES, t.ZONES, t.REJECTED, t.DUPLICATES, t.SENTENCES, t.MENTIONS, t.DATES, t.EVENTS, t.FINDINGS,
    t.QUOTES, t.ENTITIES, t.ENTITY_MENTIONS, t.INITIATIVES, t.CORRECTION_RESULTS, t.THEMES, t.ASSIGNMENTS, t.TERMS,
)  # fmt: skip
_MENTION = ["release_id", "start", "end", "label"]
Ints = np.ndarray[Any, np.dtype[np.int64]]


Place = tuple[Head, int, int]  # a release, and from where to where in its text


class Corpus:
    """Everything that was found, ready to be looked up."""

    def __init__(self, arrow: dict[str, pa.Table]) -> None:
        def slices(table: Table[Any]) -> Slices[Any]:
            return Slices(table, arrow[table.path.stem])

        self.releases: Slices[r.Release] = slices(t.RELEASES)
        self.zones: Slices[r.Zone] = slices(t.ZONES)
        self.sentences: Slices[r.Sentence] = slices(t.SENTENCES)
        self.bounds = Bounds(arrow["sentences"])
        self.texts = Texts(arrow["releases"])
        self.mentions: Slices[r.Mention] = slices(t.MENTIONS)
        self.dates: Slices[r.DateMention] = slices(t.DATES)
        self.events: Slices[r.Event] = slices(t.EVENTS)
        self.findings: Slices[r.Finding] = slices(t.FINDINGS)
        self.quotes: Slices[r.Quote] = slices(t.QUOTES)
        self.links: Slices[r.EntityMention] = slices(t.ENTITY_MENTIONS)
        self.rejected = records(t.REJECTED, arrow["rejected"])
        self.duplicates = records(t.DUPLICATES, arrow["duplicates"])
        self.corrections = records(t.CORRECTION_RESULTS, arrow["corrections"])
        self.entities = [e for e in records(t.ENTITIES, arrow["entities"]) if e.n_mentions]
        self.initiative_facts = records(t.INITIATIVES, arrow["initiatives"])
        self.themes = records(t.THEMES, arrow["themes"])
        self.theme_facts = ThemeFacts(arrow)
        self.assignments = records(t.ASSIGNMENTS, arrow["assignments"])
        self.heads = heads_of(arrow["releases"])
        self.named = arrow["entity_mentions"].select([*_MENTION, "entity_id"])
        self.sources = arrow["releases"]["source_path"].combine_chunks()
        self._mentions = arrow["mentions"].select([*_MENTION, "found_by", "confidence"])
        self.sureness = arrow["mentions"].select([*_MENTION, "confidence"])
        self.terms = arrow["terms"].select(["release_id", "term"])

    @cached_property
    def facts_of(self) -> dict[str, list[r.InitiativeFact]]:
        """entity_id -> what the register knows of the initiative, the strongest ties first."""
        groups: dict[str, list[r.InitiativeFact]] = defaultdict(list)
        for fact in sorted(self.initiative_facts, key=lambda f: (-f.count, f.value)):
            groups[fact.entity_id].append(fact)
        return groups

    @cached_property
    def duplicates_of(self) -> dict[str, list[r.Duplicate]]:
        """release_id -> the pairs that it is one of."""
        groups: dict[str, list[r.Duplicate]] = defaultdict(list)
        for row in self.duplicates:
            for release_id in (row.release_id, row.other_id):
                groups[release_id].append(row)
        return groups

    @cached_property
    def at(self) -> dict[str, Head]:
        """release_id -> its head."""
        return {head.release_id: head for head in self.heads}

    @cached_property
    def newest(self) -> list[Head]:
        """Releases, newest first."""
        return newest_first(self.heads)

    def per(self, grain: str) -> Counter[str]:
        """Year or quarter -> number of releases."""
        return Counter(head.period(grain) for head in self.heads)

    @cached_property
    def per_year(self) -> dict[str, int]:
        """Year -> number of releases, in order."""
        return dict(sorted(Counter(head.year for head in self.heads).items()))

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

    @cached_property
    def entity_paths(self) -> list[str]:
        """The page of each entity."""
        return [paths.entity(entity) for entity in self.entities]

    @cached_property
    def entity_at(self) -> dict[str, int]:
        """entity_id -> number of the entity."""
        return {entity.entity_id: number for number, entity in enumerate(self.entities)}

    @cached_property
    def finders(self) -> Finders:
        """What found each mention."""
        return Finders(self._mentions, {head.release_id: head.position for head in self.heads})

    @cached_property
    def _codes(self) -> tuple[Ints, Ints, Ints, Ints]:
        """(release, entity, start, end) of every mention in a register, as numbers."""
        columns = self.named
        release = _codes(columns["release_id"], {h.release_id: h.position for h in self.heads})
        entity = _codes(columns["entity_id"], self.entity_at)
        start, end = (columns[name].to_numpy().astype(np.int64) for name in ("start", "end"))
        known = (release >= 0) & (entity >= 0)
        return release[known], entity[known], start[known], end[known]

    @cached_property
    def _by_entity(self) -> tuple[Ints, Ints]:
        return grouped(self._codes[1], len(self.entities))

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        """(entities of all releases, where each release begins): every entity once a release."""
        release, entity, _, _ = self._codes
        size = max(len(self.entities), 1)
        pairs = np.unique(release * size + entity)
        return pairs % size, np.searchsorted(pairs // size, np.arange(len(self.heads) + 1))

    def mentions_of(self, number: int) -> list[Place]:
        """An entity's number -> the place of each mention, newest release first."""
        order, bounds = self._by_entity
        rows = order[bounds[number] : bounds[number + 1]]
        release, _, start, end = self._codes
        found = [(self.heads[release[row]], int(start[row]), int(end[row])) for row in rows]
        return sorted(found, key=lambda item: (backwards(item[0].published), item[0].release_id, item[1]))

    def entities_in(self, heads: list[Head]) -> Counter[int]:
        """Releases -> number of releases among them for each entity in them."""
        entities, bounds = self._pairs
        parts = [entities[bounds[h.position] : bounds[h.position + 1]] for h in heads]
        values, counts = np.unique(np.concatenate(parts or [entities[:0]]), return_counts=True)
        return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))

    @cached_property
    def by_theme(self) -> dict[str, list[tr.ThemeAssignment]]:
        """theme_id -> its assignments, the strongest first."""
        groups: dict[str, list[tr.ThemeAssignment]] = defaultdict(list)
        for assignment in sorted(self.assignments, key=lambda a: (a.rank, -a.share, a.release_id)):
            groups[assignment.theme_id].append(assignment)
        return groups

    @cached_property
    def by_release(self) -> dict[str, list[tr.ThemeAssignment]]:
        """release_id -> its themes, the first first."""
        groups: dict[str, list[tr.ThemeAssignment]] = defaultdict(list)
        for assignment in sorted(self.assignments, key=lambda a: (a.rank, a.theme_id)):
            groups[assignment.release_id].append(assignment)
        return groups

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

    def releases_of(self, theme_id: str) -> list[Head]:
        """The releases of a theme, newest first."""
        return newest_first([self.at[a.release_id] for a in self.by_theme.get(theme_id, ())])

    @cached_property
    def speeches(self) -> dict[int, list[Place]]:
        """Number of an entity -> where it is quoted, newest first."""
        said: dict[int, list[Place]] = defaultdict(list)
        for head in self.newest:
            quotes = [q for q in self.quotes.of(head.release_id) if q.speaker and q.kind == "direct"]
            names = self._speakers(head.release_id) if quotes else {}
            for quote in quotes:
                if quote.speaker in names:
                    said[names[quote.speaker]].append((head, quote.start, quote.end))
        return said

    def _speakers(self, release_id: str) -> dict[str, int]:
        """A name in a release -> the number of the person or organisation that it stands for."""
        links = {(x.start, x.end, x.label): x.entity_id for x in self.links.of(release_id)}
        names: dict[str, int] = {}
        for mention in self.mentions.of(release_id):
            entity_id = links.get((mention.start, mention.end, mention.label), "")
            if mention.label in ("PER", "ORG") and entity_id in self.entity_at:
                names.setdefault(mention.name, self.entity_at[entity_id])
        return names


def _codes(column: pa.ChunkedArray, numbers: dict[str, int]) -> Ints:
    encoded = column.combine_chunks().dictionary_encode()
    words = [numbers.get(word, -1) for word in encoded.dictionary.to_pylist()]
    codes: Ints = np.array([*words, -1], dtype=np.int64)[encoded.indices.to_numpy(zero_copy_only=False)]
    return codes
