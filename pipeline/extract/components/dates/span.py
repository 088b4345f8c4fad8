"""What the date finder yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateSpan:
    """One expression of calendar time: offsets, TIMEX3 type, ISO 8601 value (None if open) and the rule's id.

    `parts` are the expressions that a range or a day with its time was put together from; empty for a single one.
    """

    start: int
    end: int
    type: str  # DATE, TIME, DURATION, SET
    value: str | None
    rule: str
    parts: tuple[DateSpan, ...] = ()
