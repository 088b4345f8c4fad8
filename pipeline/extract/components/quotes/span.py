"""What the quote finder takes and yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text; `name` is its full form in the release."""

    start: int
    end: int
    name: str
    label: str  # PER, ORG
    gender: str | None = None  # f, m, or None where the first name does not tell: keeps "sie" from meaning a man


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Speech without its marks, who said it (a full name, or None if open) and the reporting verb."""

    start: int
    end: int
    speaker: str | None
    cue: str | None
    kind: str  # direct, indirect
    rule: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two quotation marks; `open` and `close` are the offsets outside the marks."""

    open: int
    start: int
    end: int
    close: int
