"""Rows of assignments <-> bytes: so they travel between processes and lie in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import starmap
from operator import attrgetter

from pipeline.core import tables
from pipeline.core.theme_records import ThemeAssignment

_VALUES = attrgetter(*tables.ASSIGNMENTS.columns)


def pack(rows: Iterable[ThemeAssignment]) -> bytes:
    """Rows -> bytes."""
    return json.dumps([_VALUES(row) for row in rows], ensure_ascii=False).encode()


def unpack(data: bytes) -> Iterator[ThemeAssignment]:
    """The same bytes -> the rows."""
    return starmap(ThemeAssignment, json.loads(data))
