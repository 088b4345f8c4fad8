"""What the print edition is made of, decided and spelled; the Typst file only sets it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.report import german
from pipeline.report.pdf_text import printable

NAME, SENTENCE, PARAGRAPH = 80, 160, 600  # most characters of a name, of a note or reason, of a paragraph
_SHORTEST = 12


def _fit(text: str, longest: int, room: float) -> str:
    """A text as long as its kind allows, shorter where there is less ``room`` (1: all of it)."""
    return printable(text, max(int(longest * room), _SHORTEST))


def day(value: str) -> str:
    """A day as narrow columns show it: "2024-11-19" -> "19.11.2024"; a month or a year as elsewhere."""
    whole = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)
    return f"{whole[3]}.{whole[2]}.{whole[1]}" if whole else german.date(value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the width, and whether it holds figures."""

    title: str
    width: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A field: words, a small note below them, or a bar or a row of columns beside figures."""

    text: str
    note: str = ""
    meter: float | None = None
    spark: tuple[float, ...] = ()

    def data(self, room: float = 1.0) -> dict[str, Any]:
        """As the Typst file reads it."""
        cell: dict[str, Any] = {"text": _fit(self.text, NAME + 40, room), "note": _fit(self.note, SENTENCE, room)}
        if self.meter is not None:
            cell["meter"] = self.meter
        if self.spark:
            cell["spark"] = list(self.spark)
        return cell


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or a small heading."""

    text: str
    type: Literal["text", "head"] = "text"

    def data(self, room: float = 1.0) -> dict[str, Any]:  # noqa: ARG002  all blocks are asked alike
        """As the Typst file reads it."""
        return {"type": self.type, "text": printable(self.text, PARAGRAPH)}


@dataclass(frozen=True, slots=True)
class Points:
    """A list: what counts in bold, the rest behind it."""

    items: tuple[tuple[str, str], ...]

    def data(self, room: float = 1.0) -> dict[str, Any]:  # noqa: ARG002  all blocks are asked alike
        """As the Typst file reads it."""
        items = [{"text": printable(a, SENTENCE), "note": printable(b, PARAGRAPH)} for a, b in self.items]
        return {"type": "points", "items": items}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; ``more`` says in words what was left out and where it stands."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: str = ""

    def data(self, room: float = 1.0) -> dict[str, Any]:
        """As the Typst file reads it."""
        return {
            "type": "table",
            "caption": printable(self.caption, SENTENCE),
            "columns": [{"title": c.title, "width": c.width, "number": c.number} for c in self.columns],
            "rows": [[cell.data(room) for cell in row] for row in self.rows],
            "more": printable(self.more, SENTENCE),
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of a drawing."""

    share: float
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side; ``alt`` says all of it in words."""

    caption: str
    alt: str
    bars: tuple[Bar, ...]

    def data(self, room: float = 1.0) -> dict[str, Any]:  # noqa: ARG002  all blocks are asked alike
        """As the Typst file reads it."""
        bars = [{"share": bar.share, "label": bar.label, "value": bar.value} for bar in self.bars]
        return {
            "type": "columns",
            "caption": self.caption,
            "alt": printable(self.alt, 4000) or self.caption,
            "bars": bars,
        }


@dataclass(frozen=True, slots=True)
class Span:
    """A line of a drawing from ``first`` to ``last``, both 0 to 1."""

    label: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Spans:
    """From when to when; ``ticks`` are the years below."""

    caption: str
    alt: str
    spans: tuple[Span, ...]
    ticks: tuple[tuple[str, float], ...]

    def data(self, room: float = 1.0) -> dict[str, Any]:  # noqa: ARG002  all blocks are asked alike
        """As the Typst file reads it."""
        spans = [{"label": printable(s.label, 44), "first": s.first, "last": s.last} for s in self.spans]
        ticks = [{"label": label, "at": at} for label, at in self.ticks]
        alt = printable(self.alt, 4000) or self.caption
        return {"type": "spans", "caption": self.caption, "alt": alt, "spans": spans, "ticks": ticks}


Block = Text | Points | Table | Columns | Spans


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: it stands in the table of contents and among the bookmarks."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Print:
    """The whole print edition."""

    title: str
    stand: str
    lead: str
    day: tuple[int, int, int]  # of the newest release: the date of the file
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    keywords: tuple[str, ...] = field(default=())

    def data(self, room: float = 1.0) -> dict[str, Any]:
        """As the Typst file reads it."""
        return {
            "title": printable(self.title, NAME) or "Themenbericht",
            "stand": printable(self.stand, SENTENCE),
            "lead": printable(self.lead, PARAGRAPH),
            "day": list(self.day),
            "keywords": [printable(word, NAME) for word in self.keywords],
            "facts": [{"label": label, "value": value} for label, value in self.facts],
            "sections": [{"title": s.title, "blocks": [b.data(room) for b in s.blocks]} for s in self.sections],
        }
