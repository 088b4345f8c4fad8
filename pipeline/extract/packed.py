"""Rows of a release <-> bytes: so they travel between processes, lie in the cache and wait for their tables.

Columns as JSON, compressed: small, quick to read, and nothing in them is ever run.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipeline.core import tables
from pipeline.core.records import Mention
from pipeline.core.table import Table
from pipeline.extract import recurrence

if TYPE_CHECKING:
    # all rules come with it, which a run that knows every release does without
    from pipeline.extract.rows import Rows

TABLES: dict[str, Table[Any]] = {
    "sentences": tables.SENTENCES,
    "mentions": tables.MENTIONS,
    "dates": tables.DATES,
    "events": tables.EVENTS,
    "findings": tables.FINDINGS,
    "quotes": tables.QUOTES,
    "terms": tables.TERMS,
}
_KEYS = {name: attrgetter(*table.key) for name, table in TABLES.items()}
_VALUES = {name: attrgetter(*table.columns[1:]) for name, table in TABLES.items()}
_LENGTH = 4  # bytes that say how long the first part is
assert all(table.columns[0] == table.key[0] == "release_id" for table in TABLES.values())


def pack(release_id: str, rows: Rows) -> bytes:
    """The rows of one release -> bytes: first what other releases need of its initiatives, then the rows."""
    columns = [_columns(name, getattr(rows, name)) for name in TABLES]
    doubted = [_VALUES["mentions"](mention) for mention in rows.doubted]
    first = _squeeze([recurrence.found(rows.mentions), sorted(recurrence.forms(rows.doubted))])
    return len(first).to_bytes(_LENGTH) + first + _squeeze([release_id, columns, doubted])


def _squeeze(data: Any) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode(), 1)


def _columns(name: str, rows: list[Any]) -> list[tuple[Any, ...]]:
    """Records, in the order of their keys -> columns without the first, which is the same in all."""
    return list(zip(*map(_VALUES[name], sorted(rows, key=_KEYS[name])), strict=True))


def note(data: bytes, known: recurrence.Known) -> list[str]:
    """What a release says about initiatives goes to what is known of the corpus; its rows stay packed.

    Returns the names that it doubts: its rows depend on what the corpus knows of them.
    """
    found, doubted = json.loads(zlib.decompress(data[_LENGTH : _body(data)]))
    known.add([(form, name, sure) for form, name, sure in found], doubted)
    return doubted  # type: ignore[no-any-return]


def unpack(data: bytes, known: recurrence.Known) -> dict[str, list[list[Any]]]:
    """Bytes -> for each table its columns, initiatives as the corpus knows them; no table without rows."""
    release_id, found, doubted = json.loads(zlib.decompress(data[_body(data) :]))
    columns = dict(zip(TABLES, found, strict=True))
    if doubted:
        mentions, unsure = (
            _mentions(release_id, zip(*columns["mentions"], strict=True)),
            _mentions(release_id, doubted),
        )
        columns["mentions"] = _columns("mentions", list(recurrence.settle(mentions, unsure, known)))
    return {name: [[release_id] * len(rows[0]), *rows] for name, rows in columns.items() if rows}


def _mentions(release_id: str, rows: Iterable[Iterable[Any]]) -> list[Mention]:
    return [Mention(release_id, *row) for row in rows]


def _body(data: bytes) -> int:
    """Where the rows begin."""
    return _LENGTH + int.from_bytes(data[:_LENGTH])
