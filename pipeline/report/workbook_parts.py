"""What the workbook is made of: sheets with columns and rows, told apart from how Excel stores them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.core.records import EntityType


class Linked(NamedTuple):
    """Words that lead to a page of the site, whose path counts from its root."""

    text: str
    path: str


class Day(NamedTuple):
    """An ISO date; whole days become dates of the spreadsheet, so that it can sort and group them."""

    value: str


class Share(NamedTuple):
    """A share, 0 to 1, shown in percent."""

    value: float


Value = str | int | Linked | Day | Share
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading; ``width`` counts characters."""

    title: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook; one about a register (``corrects``) can be corrected."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    corrects: EntityType | None = None


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no way to write these
OURS = (1980, 1, 31, 0, 0, 0)  # the time of every part of the file; spreadsheet programs put in another
LONGEST = 32_767  # characters that a cell can hold


def cell_text(text: str) -> str:
    """Any text -> what a cell can hold: legal in XML, not too long; a cut one ends in an ellipsis."""
    clean = _ILLEGAL.sub("", text)
    # Excel counts UTF-16 units: a character outside the first plane counts twice
    if len(clean) * 2 <= LONGEST or _units(clean) <= LONGEST:
        return clean
    while _units(clean) > LONGEST - 2:
        clean = clean[: len(clean) - max(1, (_units(clean) - LONGEST + 2) // 2)]
    return clean + " …"


def _units(text: str) -> int:
    return len(text) + sum(ord(char) > 0xFFFF for char in text)
