"""Tables -> the rows of a batch of releases, so that a corpus of any size needs the memory of one batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core import theme_records as tr
from pipeline.core.table import Table

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Rows:
    """One release and everything the tables say about it."""

    release: r.Release
    zones: Sequence[r.Zone] = ()
    mentions: Sequence[r.Mention] = ()
    entity_mentions: Sequence[r.EntityMention] = ()
    dates: Sequence[r.DateMention] = ()
    quotes: Sequence[r.Quote] = ()
    events: Sequence[r.Event] = ()
    assignments: Sequence[tr.ThemeAssignment] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is looked up across releases: small tables as they are, the register as Arrow columns."""

    themes: dict[str, tr.Theme] = field(default_factory=dict)
    duplicates: Sequence[r.Duplicate] = ()
    entities: pa.Table | None = None
    persons: frozenset[str] = frozenset()  # every form of the name of a person in the register

    def entities_of(self, ids: Iterable[str]) -> dict[str, r.Entity]:
        """The register entries with these ids."""
        if self.entities is None:
            return {}
        wanted = pa.array(sorted(set(ids)), pa.string())
        found = self.entities.filter(pc.is_in(self.entities["entity_id"], wanted))
        return {entity.entity_id: entity for entity in _entities(found)}


def load_corpus() -> Corpus:
    """The tables that every batch looks into."""
    themes = {theme.theme_id: theme for theme in t.THEMES.read() if theme.scheme == "guided"}
    entities = t.ENTITIES.read_arrow()
    return Corpus(themes, t.DUPLICATES.read(), entities, _persons(entities))


def _persons(entities: pa.Table) -> frozenset[str]:
    """The names and variants of the persons in the register who are not private."""
    public = pc.and_(
        pc.equal(entities["type"], "person"), pc.not_equal(pc.fill_null(entities["privacy"], ""), "private")
    )
    rows = entities.filter(public).select(["name", "variants"]).to_pylist()
    return frozenset(name for row in rows for name in (row["name"], *row["variants"]))


def load_batch(ids: Sequence[str]) -> list[Rows]:
    """The rows of the releases with these ids, which ascend."""
    first, last = ids[0], ids[-1]
    wanted = set(ids)
    zones = _grouped(t.ZONES.read_between(first, last))
    mentions = _grouped(t.MENTIONS.read_between(first, last))
    entity_mentions = _grouped(t.ENTITY_MENTIONS.read_between(first, last))
    dates = _grouped(t.DATES.read_between(first, last))
    quotes = _grouped(t.QUOTES.read_between(first, last))
    events = _grouped(t.EVENTS.read_between(first, last))
    assignments = _grouped(t.ASSIGNMENTS.read_between(first, last))
    return [
        Rows(release, zones[i], mentions[i], entity_mentions[i], dates[i], quotes[i], events[i], assignments[i])
        for release in t.RELEASES.read_between(first, last)
        if (i := release.release_id) in wanted
    ]


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.release_id].append(row)
    return found


def light(table: Table[Row], *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a table, row by row."""
    arrow = table.read_arrow(columns=list(columns))
    return list(zip(*(arrow[name].to_pylist() for name in columns), strict=True))


def register(held: Collection[str] = ()) -> Iterator[r.Entity]:
    """The entries of the register by type and name, a few in memory; none that only held releases name."""
    entities = t.ENTITIES.read_arrow()
    if held:
        mentions = t.ENTITY_MENTIONS.read_arrow(columns=["release_id", "entity_id"])
        free = mentions.filter(pc.invert(pc.is_in(mentions["release_id"], pa.array(sorted(held), pa.string()))))
        entities = entities.filter(pc.is_in(entities["entity_id"], pc.unique(free["entity_id"])))
    order = [("type", "ascending"), ("name", "ascending"), ("entity_id", "ascending")]
    for batch in entities.sort_by(order).to_batches(1000):
        yield from _entities(batch)


def _entities(rows: pa.Table | pa.RecordBatch) -> Iterator[r.Entity]:
    return map(r.Entity, *(rows[name].to_pylist() for name in t.ENTITIES.columns))
