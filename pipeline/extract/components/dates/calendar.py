"""Days, weeks, seasons and holidays as ISO 8601 strings. No language in here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
VAGUE = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})  # TimeML's words for "damals", "jetzt", "bald"
_PART = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?|-W(?P<w>\d\d)|-Q[1-4]|-(?:SP|SU|FA|WI))?"
    r"(?:(?<=-\d\d)T(?:(?P<h>\d\d):(?P<mi>\d\d)|MO|MI|AF|EV|NI))?|\d{3}X|\d\dXX|T(?P<h2>\d\d):(?P<mi2>\d\d)"
)
_SPAN = re.compile(
    r"P(?:(?:\d+(?:\.\d+)?|X)(?:Y|M|WE|W|D|DE|CE|Q)|T(?:\d+(?:\.\d+)?|X)[HMS])|XXXX-WXX-[1-7](?:T(?:\d\d:\d\d|MO|MI|AF|EV|NI))?|P\d+Y|PT(?:MO|MI|AF|EV|NI)"
)


def day(year: int, month: int, number: int) -> date | None:
    """A day of the calendar, or None where it does not exist."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def iso(year: int, month: int | None = None, number: int | None = None) -> str | None:
    """2019, 2019-09 or 2019-09-03; None for a day that does not exist."""
    if number is not None and month is not None:
        found = day(year, month, number)
        return found.isoformat() if found else None
    return f"{year:04d}-{month:02d}" if month is not None else f"{year:04d}"


def week(when: date) -> str:
    """The ISO week of a day: 2014-W21."""
    year, number, _ = when.isocalendar()
    return f"{year}-W{number:02d}"


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """A month, so many months on."""
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def on_weekday(when: date, number: int, direction: int) -> date:
    """The day with ISO weekday `number` next to `when`: strictly after (1), strictly before (-1), nearest (0)."""
    ahead = (number - when.isoweekday()) % 7
    if direction == 0:
        return when + timedelta(ahead if ahead <= 3 else ahead - 7)
    return when + timedelta(ahead or 7) if direction > 0 else when - timedelta((-ahead) % 7 or 7)


@cache
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * r) // 433
    month = (h + r - 7 * m + 90) // 25
    return date(year, month, (h + r - 7 * m + 33 * month + 19) % 32)


def holiday(spec: str, year: int) -> date:
    """A row of the holiday table in a year: "MM-DD", "E+1", "A-21" or "N05-2-7" (see dates.toml)."""
    if spec[0] == "E":
        return easter(year) + timedelta(int(spec[1:]))
    if spec[0] == "A":
        christmas = date(year, 12, 25)
        return on_weekday(christmas, 7, -1) + timedelta(int(spec[1:]))
    if spec[0] == "N":
        month, nth, weekday = (int(part) for part in spec[1:].split("-"))
        first = date(year, month, 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return date(year, int(spec[:2]), int(spec[3:]))


def season(name: str, year: int, month: int, direction: int) -> str:
    """The season before (-1), around (0) or after (1) a month; winter has the year of its December."""
    start = _SEASON_START[name]
    base = year - 1 if name == "WI" and month < 3 else year
    begun = year * 12 + month >= base * 12 + start
    over = year * 12 + month >= base * 12 + start + 3
    if direction > 0:
        base += begun
    elif direction < 0:
        base -= not over
    return f"{base}-{name}"


def are_neighbours(one: str, two: str) -> bool:
    """Whether two values are days, the second the day after the first."""
    if len(one) != 10 or len(two) != 10:
        return False
    return date.fromisoformat(two) - date.fromisoformat(one) == timedelta(1)


def is_value(value: str) -> bool:
    """Whether a string is a value of the guidelines: a point, a span, a range that ends after it begins."""
    if value in VAGUE:
        return True
    ends = value.split("/")
    if len(ends) == 2:
        same = all(_is_point(end) for end in ends) or all(_SPAN.fullmatch(end) for end in ends)
        return same and ends[0] <= ends[1]
    return len(ends) == 1 and (_is_point(value) or bool(_SPAN.fullmatch(value)))


def _is_point(value: str) -> bool:
    found = _PART.fullmatch(value)
    if not found:
        return False
    hour, minute = found["h"] or found["h2"] or "0", found["mi"] or found["mi2"] or "0"
    month, number, weekno = int(found["m"] or 1), int(found["d"] or 1), int(found["w"] or 1)
    clock = int(hour) * 60 + int(minute) <= 24 * 60 and int(minute) < 60
    exists = day(int(found["y"] or 2000) or 1, month, number) is not None
    return clock and exists and 1 <= weekno <= 53
