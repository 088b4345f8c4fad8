"""The tables and files that the stage reads; the one module beside ``__main__`` that touches the disk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core import tables
from pipeline.core.table import Table
from pipeline.core.theme_records import ThemeAssignment
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.accepted import parse as parse_accepted
from pipeline.themes.curation import Decision
from pipeline.themes.curation import parse as parse_decisions
from pipeline.themes.evidence import Batch, Guide, Tools, assignments, tools
from pipeline.themes.placing import Found
from pipeline.themes.threads import one_thread

# a theme of one release in a hundred is seen two hundred times in so many; more of them only cost time and memory
LEARNT = 20_000
HERE = Path(__file__).parent
SCHEME = Path("pipeline/themes/scheme.toml")  # as it is called in messages
DECISIONS = Path("data/curation/themes.csv")
ACCEPTED = Path("data/curation/themes_accepted.json")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of the whole corpus at once: three columns of all releases, and the terms of some."""

    releases: pa.Table  # release_id, issuer, published
    learnt: list[str]  # ids of the releases to learn from
    terms: pa.Table  # of these
    mentions: pa.Table  # of these: release_id, label, text of headline and body
    repeated: frozenset[str]
    places: dict[str, str]  # entity_id -> name
    mentioned: Callable[[], Iterable[pa.RecordBatch]]  # release_id, entity_id, of all releases


def columns() -> Columns:
    """The columns of the corpus."""
    releases = tables.RELEASES.read_arrow(columns=["release_id", "issuer", "published"])
    learnt = sample(releases["release_id"])
    entities = tables.ENTITIES.read_arrow(columns=["entity_id", "type", "name"]).to_pylist()
    return Columns(
        releases,
        learnt.to_pylist(),
        _of(learnt, tables.TERMS, ["release_id", "term", "surface", "pos", "count"]),
        _of(learnt, tables.MENTIONS, ["release_id", "label", "text"]),
        frozenset(tables.DUPLICATES.read_arrow(columns=["other_id"])["other_id"].to_pylist()),
        {row["entity_id"]: row["name"] for row in entities if row["type"] == "place"},
        partial(tables.ENTITY_MENTIONS.arrow_batches, ["release_id", "entity_id"]),
    )


def sample(releases: pa.ChunkedArray) -> pa.Array:
    """The sorted ids of a corpus -> those of every n-th release. Ids are hashes, so this is a drawn sample."""
    step = max(1, -(-len(releases) // LEARNT))
    return releases.combine_chunks().take(pa.array(range(0, len(releases), step), pa.int64()))


def _of(releases: pa.Array, table: Table[Any], columns: list[str]) -> pa.Table:
    """Columns of the rows of some releases; the table is gone through piece by piece."""
    found = (batch.filter(pc.is_in(batch["release_id"], releases)) for batch in table.arrow_batches(columns))
    schema = pa.schema([table.arrow_schema().field(name) for name in columns])
    return pa.Table.from_batches([batch for batch in found if batch.num_rows], schema)


def shipped(name: str) -> str:
    """A file that lies beside this module."""
    return (HERE / name).read_text(encoding="utf-8")


def decisions() -> list[Decision]:
    """What people call the themes; nothing where the file is not there."""
    return parse_decisions(DECISIONS.read_bytes(), str(DECISIONS)) if DECISIONS.exists() else []


def accepted() -> tuple[AcceptedTheme, ...]:
    """The themes of the accepted run; none where none was accepted."""
    return parse_accepted(ACCEPTED.read_text(encoding="utf-8"), str(ACCEPTED)) if ACCEPTED.exists() else ()


def texts(wanted: Collection[str]) -> dict[str, str]:
    """The texts of some releases."""
    return {row.release_id: row.text for row in tables.RELEASES.stream() if row.release_id in wanted}


def make_worker(guide: Guide, found: Found) -> Callable[[list[str]], list[ThemeAssignment]]:
    """A function from neighbouring release ids to the rows of their assignments; called once a process."""
    return partial(_work, guide, tools(guide), found)


def _work(guide: Guide, using: Tools, found: Found, ids: list[str]) -> list[ThemeAssignment]:
    first, last = ids[0], ids[-1]
    batch = Batch(
        tables.RELEASES.read_between(first, last),
        tables.SENTENCES.read_between(first, last),
        tables.TERMS.read_between(first, last),
        tables.MENTIONS.read_between(first, last),
    )
    with one_thread():
        return assignments(batch, guide, using, found)
