"""The tables and files that the stage reads; the one module beside ``__main__`` that touches the disk."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from pipeline.core import tables
from pipeline.core.theme_records import ThemeAssignment
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.accepted import parse as parse_accepted
from pipeline.themes.curation import Decision
from pipeline.themes.curation import parse as parse_decisions
from pipeline.themes.evidence import Batch, Found, Guide, Tools, assignments, tools

HERE = Path(__file__).parent
SCHEME = Path("pipeline/themes/scheme.toml")  # as it is called in messages
DECISIONS = Path("data/curation/themes.csv")
ACCEPTED = Path("data/curation/themes_accepted.json")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is read of the whole corpus at once: columns, no texts."""

    releases: pa.Table  # release_id, issuer, published
    terms: pa.Table
    mentions: pa.Table  # release_id, label, text of headline and body
    repeated: frozenset[str]
    places: dict[str, str]  # entity_id -> name
    mentioned: list[tuple[str, str]]  # release_id, entity_id


def columns() -> Columns:
    """The columns of the corpus."""
    mentions = tables.MENTIONS.read_arrow(columns=["release_id", "label", "text"])
    entities = tables.ENTITIES.read_arrow(columns=["entity_id", "type", "name"]).to_pylist()
    links = tables.ENTITY_MENTIONS.read_arrow(columns=["release_id", "entity_id"])
    pairs = zip(links["release_id"].to_pylist(), links["entity_id"].to_pylist(), strict=True)
    return Columns(
        tables.RELEASES.read_arrow(columns=["release_id", "issuer", "published"]),
        tables.TERMS.read_arrow(columns=["release_id", "term", "surface", "pos", "count"]),
        mentions,
        frozenset(tables.DUPLICATES.read_arrow(columns=["other_id"])["other_id"].to_pylist()),
        {row["entity_id"]: row["name"] for row in entities if row["type"] == "place"},
        list(pairs),
    )


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
    return assignments(batch, guide, using, found)
