"""What the date finder yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateSpan:
    """One expression of calendar time: offsets, TIMEX3 type, ISO 8601 value (None if open) and the rule's id."""

    start: int
    end: int
    type: str  # DATE, TIME, DURATION, SET
    value: str | None
    rule: str
