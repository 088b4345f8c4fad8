"""A name that was found."""

from __future__ import annotations

from dataclasses import dataclass, replace


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

    def moved(self, start: int, end: int) -> Span:
        """The same name with other ends."""
        return self if (start, end) == (self.start, self.end) else replace(self, start=start, end=end)
