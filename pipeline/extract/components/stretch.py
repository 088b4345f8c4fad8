"""The value of a date -> the days it covers and how they lie to the publication date. No language in here."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_KEPT = 4096  # values that recur
_RECENT = timedelta(14)  # what a release reports as its news is hardly ever older
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_YEARS = re.compile(r"(\d{4})|(\d{3})X|(\d\d)XX")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@lru_cache(_KEPT)
def of(value: str | None) -> Stretch | None:
    """A value of the guidelines -> its days; None for durations, repetitions and what is open.

    >>> of("2024-Q1")
    Stretch(first=datetime.date(2024, 1, 1), last=datetime.date(2024, 3, 31))
    """
    ends = [_point(end) for end in (value or "").split("/")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2 or first.first > last.last:
        return None
    return Stretch(first.first, last.last)


def _point(text: str) -> Stretch | None:
    head, tail = text[:5], text[5:]
    try:
        if years := _YEARS.fullmatch(text):
            return _years(*years.groups())
        if not re.fullmatch(r"\d{4}-", head):
            return None
        return _within(int(head[:4]), tail)
    except ValueError:  # year 0, week 53 of a year that has none
        return None


def _years(year: str | None, decade: str | None, century: str | None) -> Stretch:
    if year:
        return Stretch(date(int(year), 1, 1), date(int(year), 12, 31))
    first = int(decade) * 10 if decade else int(century or 0) * 100
    return Stretch(date(first, 1, 1), date(first + (9 if decade else 99), 12, 31))


def _within(year: int, part: str) -> Stretch | None:
    """A part of a year: "05", "05-03T18:00", "W21", "Q3", "SU"."""
    if day := re.fullmatch(r"(\d\d)-(\d\d)(?:T.*)?", part):
        when = date(year, int(day[1]), int(day[2]))
        return Stretch(when, when)
    if part.isdigit():
        return _months(year, int(part), 1)
    if quarter := re.fullmatch(r"Q([1-4])", part):
        return _months(year, 3 * int(quarter[1]) - 2, 3)
    if part in _SEASONS:
        return _months(year, _SEASONS[part], 3)
    if week := re.fullmatch(r"W(\d\d)", part):
        monday = date.fromisocalendar(year, int(week[1]), 1)
        return Stretch(monday, monday + timedelta(6))
    return None


def _months(year: int, month: int, count: int) -> Stretch:
    last_year, last = divmod(year * 12 + month - 1 + count - 1, 12)
    end = date(last_year, last + 1, monthrange(last_year, last + 1)[1])
    return Stretch(date(year, month, 1), end)


@lru_cache(_KEPT)
def grain(kind: str, value: str | None) -> str:
    """A TIMEX3 type and value -> set, span (a length), open, time, day, days, coarse, coarse_range."""
    if kind in ("SET", "DURATION"):
        return {"SET": "set", "DURATION": "span"}[kind]
    if of(value) is None:
        return "time" if kind == "TIME" else "open"
    first, _, last = (value or "").partition("/")
    if "T" in first:
        return "time" if not last or last[:10] == first[:10] else "days"
    exact = re.fullmatch(r"\d{4}-\d\d-\d\d", first) is not None
    if exact:
        return "days" if last else "day"
    return "coarse_range" if last else "coarse"


def relation(value: str | None, published: str) -> str:
    """How a value lies to the publication date: same, ahead, around, recent, old, open.

    ``recent``: over for at most two weeks, known to the day; ``around``: begun and not over.
    """
    there, here = of(value), of(published)
    if there is None or here is None:
        return "open"
    if there.first > here.last:
        return "ahead"
    if there.last < here.first:
        return "recent" if _is_recent(there, here) else "old"
    return "same" if there == here and here.days == 1 else "around"


def _is_recent(there: Stretch, here: Stretch) -> bool:
    return there.days <= 7 and here.first - there.last <= _RECENT
