"""Tables -> the rows of a batch of releases, so that a corpus of any size needs the memory of one batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

import numpy as np
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


# a table for each field of Rows: all that is read of a release, and so all that its key is made of
TABLES: dict[str, Table[Any]] = {
    "release": t.RELEASES,
    "zones": t.ZONES,
    "mentions": t.MENTIONS,
    "entity_mentions": t.ENTITY_MENTIONS,
    "dates": t.DATES,
    "quotes": t.QUOTES,
    "events": t.EVENTS,
    "assignments": t.ASSIGNMENTS,
}
assert [*TABLES] == [part.name for part in fields(Rows)]


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
        wanted = strings(sorted(set(ids)))
        found = self.entities.filter(pc.is_in(self.entities["entity_id"], wanted))
        return {entity.entity_id: entity for entity in entities(found)}


def load_corpus() -> Corpus:
    """The tables that every batch looks into."""
    themes = {theme.theme_id: theme for theme in t.THEMES.read() if theme.scheme == "guided"}
    found = _entities()
    return Corpus(themes, t.DUPLICATES.read(), found, _persons(found))


def _entities() -> pa.Table:
    """The register as columns; ``read_arrow`` would import what reads data sets."""
    groups = list(t.ENTITIES.groups())
    return pa.concat_tables(groups) if groups else t.ENTITIES.arrow_schema().empty_table()


def _persons(found: pa.Table) -> frozenset[str]:
    """The names and variants of the persons in the register who are not private."""
    person, private, nothing = strings(("person", "private", ""))
    public = pc.and_(
        pc.equal(found["type"], person), pc.not_equal(pc.fill_null(found["privacy"], nothing), private)
    )
    rows = found.filter(public).select(["name", "variants"]).to_pylist()
    return frozenset(name for row in rows for name in (row["name"], *row["variants"]))


def strings(values: Iterable[str]) -> pa.Array:
    """Texts -> an Arrow array; ``pa.array`` and texts beside columns import pandas, which takes 0.2 s."""
    texts = [value.encode() for value in values]
    ends = np.zeros(len(texts) + 1, np.int32)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(b"".join(texts)))


def load_batch(ids: Sequence[str]) -> list[Rows]:
    """The rows of the releases with these ids, which ascend; groups of rows without any stay unread."""
    found = {name: _grouped(table.rows_of(ids)) for name, table in TABLES.items()}
    releases = found.pop("release")
    return [Rows(releases[i][0], **{name: rows[i] for name, rows in found.items()}) for i in ids]


def _grouped(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.release_id].append(row)
    return found


def light(table: Table[Row], *columns: str) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table, row by row, a few thousand in memory."""
    for batch in table.arrow_batches(list(columns)):
        yield from zip(*(batch[name].to_pylist() for name in columns), strict=True)


def register(held: Collection[str] = ()) -> Iterator[r.Entity]:
    """The entries of the register by type and name, a few in memory; none that only held releases name."""
    found = _entities()
    if held:
        mentions = t.ENTITY_MENTIONS.read_arrow(columns=["release_id", "entity_id"])
        free = mentions.filter(pc.invert(pc.is_in(mentions["release_id"], strings(sorted(held)))))
        found = found.filter(pc.is_in(found["entity_id"], pc.unique(free["entity_id"])))
    order = [("type", "ascending"), ("name", "ascending"), ("entity_id", "ascending")]
    for batch in found.sort_by(order).to_batches(1000):
        yield from entities(batch)


def entities(rows: pa.Table | pa.RecordBatch) -> Iterator[r.Entity]:
    """Rows of the register as records."""
    return map(r.Entity, *(rows[name].to_pylist() for name in t.ENTITIES.columns))
