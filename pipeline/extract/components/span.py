"""A name that was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A name that was found: where, what, by whom."""

    start: int
    end: int
    label: str
    found_by: str
    confidence: float
    name: str | None = None  # nominative; None: as written
    title: str | None = None
    role: str | None = None
    kind: str | None = None
