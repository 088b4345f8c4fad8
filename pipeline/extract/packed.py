"""Rows of a release <-> bytes: so they travel between processes, lie in the cache and wait for their tables.

Columns as JSON, compressed: small, quick to read, and nothing in them is ever run.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from operator import attrgetter
from typing import Any

from pipeline.core import tables
from pipeline.core.table import Table
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
assert list(TABLES) == [field.name for field in fields(Rows)]
assert all(table.columns[0] == table.key[0] == "release_id" for table in TABLES.values())


def pack(release_id: str, rows: Rows) -> bytes:
    """The rows of one release -> bytes."""
    columns = [_columns(name, getattr(rows, name)) for name in TABLES]
    return zlib.compress(json.dumps([release_id, columns], ensure_ascii=False).encode(), 1)


def _columns(name: str, rows: list[Any]) -> list[tuple[Any, ...]]:
    """Records, in the order of their keys -> columns without the first, which is the same in all."""
    return list(zip(*map(_VALUES[name], sorted(rows, key=_KEYS[name])), strict=True))


def unpack(data: bytes) -> dict[str, list[list[Any]]]:
    """Bytes -> for each table its columns; a table without rows is left out."""
    release_id, found = json.loads(zlib.decompress(data))
    tables_of = zip(TABLES, found, strict=True)
    return {name: [[release_id] * len(columns[0]), *columns] for name, columns in tables_of if columns}
