"""Dates of the tables -> the forms that formats ask for.

Input: the values of TIMEX3 in the tables (``2024-05-03``, ``2024-05/2024-06``, ``2024-Q3``, ``199X``).
Output: XML Schema part 2 (gYear, gYearMonth, date, dateTime, time, duration).
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d\d)")
_PART = re.compile(r"(?P<year>\d{4})-(?P<kind>[QH])(?P<number>[1-4])")
_DECADE = re.compile(r"(\d{3})X")
_DURATION = re.compile(r"P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")
_WEEKS = re.compile(r"P(\d+)W")
_PRECISE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
BERLIN = ZoneInfo("Europe/Berlin")
_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


def w3c(value: str | None) -> dict[str, str]:
    """A TIMEX3 value -> attributes of a TEI date: when, or from and to, or dur; empty where W3C has no form."""
    if not value:
        return {}
    if "/" in value:
        first, _, last = value.partition("/")
        begin, end = _point(first), _point(last)
        return {"from": begin, "to": end} if begin and end else {}
    if point := _point(value):
        return {"when": point}
    if _DURATION.fullmatch(value):
        return {"dur": value}
    if weeks := _WEEKS.fullmatch(value):
        return {"dur": f"P{int(weeks[1]) * 7}D"}
    return _stretch(value)


def _point(value: str) -> str | None:
    day, mark, clock = value.partition("T")
    if (mark and not _CLOCK.fullmatch(clock)) or (day and not is_date(day)):
        return None
    if not mark:
        return day or None
    if not day:
        return f"{clock}:00"
    return f"{day}T{clock}:00" if len(day) == len("2024-05-03") else None


def _stretch(value: str) -> dict[str, str]:
    if found := _DECADE.fullmatch(value):
        return {"from": f"{found[1]}0", "to": f"{found[1]}9"}
    if found := _PART.fullmatch(value):
        months = 3 if found["kind"] == "Q" else 6
        last = int(found["number"]) * months
        if last <= 12:
            return {"from": f"{found['year']}-{last - months + 1:02}", "to": f"{found['year']}-{last:02}"}
    if found := _WEEK.fullmatch(value):
        try:
            monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
        except ValueError:
            return {}
        return {"from": monday.isoformat(), "to": (monday + timedelta(days=6)).isoformat()}
    return {}


def is_date(value: str) -> bool:
    """Whether it is a year, a month or a day of the calendar, in ISO 8601."""
    if not _PRECISE.fullmatch(value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def period(value: str) -> str:
    """A year, month or day -> first and last day with a stroke; a day stays as it is."""
    if len(value) == 10:
        return value
    year, _, month = value.partition("-")
    first, last = (month, month) if month else ("01", "12")
    end = calendar.monthrange(int(year), int(last))[1]
    return f"{year}-{first}-01/{year}-{last}-{end:02}"


def instant(value: str) -> str:
    """A date or local time of Germany -> RFC 3339 with its offset; a day becomes its first minute."""
    day, _, clock = value.partition("T")
    text = f"{day}-01-01"[:10] if len(day) < 10 else day
    moment = datetime.fromisoformat(f"{text}T{clock or '00:00'}").replace(tzinfo=BERLIN)
    return moment.astimezone(UTC if text < "1900" else BERLIN).isoformat()


def german(value: str) -> str:
    """2024-05-03 -> 3. Mai 2024; with a time: 3. Mai 2024, 11:00 Uhr."""
    day, _, clock = value.partition("T")
    parts = day.split("-")
    words = [str(int(parts[2])) + "."] if len(parts) > 2 else []
    words += [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    text = " ".join([*words, parts[0]])
    return f"{text}, {clock} Uhr" if clock else text
