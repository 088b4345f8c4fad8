"""The tables and files that are read as a whole; ``digests`` and ``worker`` read piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core import tables
from pipeline.core.table import Table
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.accepted import parse as parse_accepted
from pipeline.themes.curation import Decision
from pipeline.themes.curation import parse as parse_decisions
from pipeline.themes.scheme import GuidedTheme, parse_scheme
from pipeline.themes.settled import settled

HERE = Path(__file__).parent
SCHEME = Path("pipeline/themes/scheme.toml")  # as it is called in messages
DECISIONS = Path("data/curation/themes.csv")
ACCEPTED = Path("data/curation/themes_accepted.json")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of the whole corpus at once: three columns of all releases, and the terms of some."""

    releases: pa.Table  # release_id, issuer, published
    learnt: list[str]  # ids of the releases to learn from
    terms: Callable[[], pa.Table]  # of these
    mentions: Callable[[], pa.Table]  # of these: release_id, label, text of headline and body
    repeated: frozenset[str]  # releases that say what another one says
    echoes: frozenset[str]  # the same among those to learn from
    places: dict[str, str]  # entity_id -> name
    mentioned: Callable[[], Iterable[pa.RecordBatch]]  # release_id, entity_id, of all releases

    def issuers(self) -> list[str | None]:
        """Who issued the releases to learn from, each once."""
        some = self.releases.filter(pc.is_in(self.releases["release_id"], pa.array(self.learnt, pa.string())))
        found: list[str | None] = some["issuer"].unique().to_pylist()
        return found


def columns() -> Columns:
    """The columns of the corpus."""
    releases = _whole(tables.RELEASES, ["release_id", "issuer", "published"])
    learnt = settled(releases)
    pairs = _whole(tables.DUPLICATES, ["release_id", "other_id"])
    entities = _whole(tables.ENTITIES, ["entity_id", "type", "name"]).to_pylist()
    return Columns(
        releases,
        learnt.to_pylist(),
        partial(_of, learnt, tables.TERMS, ["release_id", "term", "surface", "pos", "count"]),
        partial(_of, learnt, tables.MENTIONS, ["release_id", "label", "text"]),
        frozenset(pairs["other_id"].to_pylist()),
        # which of two is the repeated one must not follow from a newer release
        frozenset(pairs.filter(pc.is_in(pairs["release_id"], learnt))["other_id"].to_pylist()),
        {row["entity_id"]: row["name"] for row in entities if row["type"] == "place"},
        partial(tables.ENTITY_MENTIONS.arrow_batches, ["release_id", "entity_id"]),
    )


def _of(releases: pa.Array, table: Table[Any], columns: list[str]) -> pa.Table:
    """Columns of the rows of some releases; the table is gone through piece by piece."""
    found = (batch.filter(pc.is_in(batch["release_id"], releases)) for batch in table.arrow_batches(columns))
    return _joined(table, columns, [batch for batch in found if batch.num_rows])


def _whole(table: Table[Any], columns: list[str]) -> pa.Table:
    """Columns of all rows. Arrow's own reader of whole tables imports pandas, which takes half a second."""
    return _joined(table, columns, list(table.arrow_batches(columns)))


def _joined(table: Table[Any], columns: list[str], batches: list[pa.RecordBatch]) -> pa.Table:
    return pa.Table.from_batches(batches, pa.schema([table.arrow_schema().field(name) for name in columns]))


def shipped(name: str) -> str:
    """A file that lies beside this module."""
    return (HERE / name).read_text(encoding="utf-8")


@cache
def scheme() -> tuple[GuidedTheme, ...]:
    """The guided themes."""
    return parse_scheme(shipped("scheme.toml"), str(SCHEME))


def decisions() -> list[Decision]:
    """What people call the themes; nothing where the file is not there."""
    return parse_decisions(DECISIONS.read_bytes(), str(DECISIONS)) if DECISIONS.exists() else []


def accepted() -> tuple[AcceptedTheme, ...]:
    """The themes of the accepted run; none where none was accepted."""
    return parse_accepted(ACCEPTED.read_text(encoding="utf-8"), str(ACCEPTED)) if ACCEPTED.exists() else ()


def texts(wanted: Collection[str]) -> dict[str, str]:
    """The texts of some releases."""
    return {row.release_id: row.text for row in tables.RELEASES.stream() if row.release_id in wanted}
