"""Days as German writes them, read and written: months, weekdays, years of two digits, what would fit."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from pipeline.extract.components.dates.calendar import day as calendar_day
from pipeline.extract.components.dates.calendar import on_weekday

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_OTHER_MONTHS = {"Jän": 1, "Feb": 2}
_OTHER_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_LENT_YEAR = re.compile(r"^,? (?:des|dieses|desselben|vergangenen|vorigen|letzten|nächsten|kommenden)\b")
_HARDLY_A_NIGHT = 240  # minutes: "von 18 bis 16 Uhr" is a slip, "von 21 bis 12 Uhr" may be a night
Groups = dict[str, str | None]


def month(name: str | None, number: str | None) -> int:
    """A month by name or number; 0 where there is neither."""
    if name:
        key = name[:3]
        return _OTHER_MONTHS.get(key) or next(n for n, full in enumerate(MONTHS, 1) if full.startswith(key))
    return int(number or 0)


def weekday(name: str) -> int:
    """ISO number of a weekday, long or short."""
    if name == "Sonnabend":
        return 6
    return next(n for n, full in enumerate(WEEKDAYS, 1) if full.startswith(name[:2]))


def year(text: str | None) -> int | None:
    """A year of four or two digits: "19" is 2019, "85" is 1985."""
    if text is None or len(text) == 4:
        return int(text) if text else None
    return int(text) + (2000 if int(text) < 60 else 1900)


def last_day(number: int, in_year: int) -> int:
    """How many days a month has."""
    return monthrange(in_year, number)[1]


def in_year(when: date, number: int) -> date | None:
    """The same day in another year, where it exists."""
    return calendar_day(number, when.month, when.day)


def written(when: date) -> str:
    """A day as a German text has it: "3. September 2019"."""
    return f"{when.day}. {MONTHS[when.month - 1]} {when.year}"


def fitting(when: date, wanted: int, published: str) -> str:
    """What would fit: the next day that is this weekday, and the next year in which the day is."""
    name = WEEKDAYS[wanted - 1]
    near = on_weekday(when, wanted, 0)
    years = [d for n in (1, -1, 2, -2) if (d := in_year(when, when.year + n)) and d.isoweekday() == wanted]
    one = f"Ein {name} {_verb(near, published)} der {written(near)}"
    if not years:
        return f"{one}."
    fell = "fiel" if years[0].isoformat() < published else "fällt"
    return f"{one}; auf einen {name} {fell} der {written(years[0])}."


def _verb(when: date, published: str) -> str:
    return "war" if when.isoformat() < published else "ist"


def speaks_of_a_year(flat: str, start: int, end: int, published: str) -> bool:
    """Whether another year stands near a date, so that the date may lie in it."""
    around = flat[max(0, start - 200) : start] + " " + flat[end : end + 120]
    own = {str(int(published[:4]) + n) for n in (-1, 0, 1)}
    return bool(_LENT_YEAR.match(flat[end : end + 20])) or any(y not in own for y in _OTHER_YEAR.findall(around))


def day_ends(found: Groups) -> tuple[str, str] | None:
    """Two ends that stand the wrong way round -> both as written; None where they are right or may be."""
    first_month, last_month = month(found["mo1"], found["m1"]), month(found["mo2"], found["m2"])
    first, last = int(found["d1"] or 0), int(found["d2"] or 0)
    first_year, last_year = year(found["y1"]), year(found["y2"])
    ends = f"{first}. {_name(first_month or last_month)}", f"{last}. {_name(last_month)}"
    if first_year and last_year:
        wrong = (first_year, first_month or last_month, first) > (last_year, last_month, last)
        return (f"{ends[0]} {first_year}", f"{ends[1]} {last_year}") if wrong else None
    same_month = first_month in (0, last_month) and not (first_year and not last_year)
    return ends if same_month and first > last else None


def _name(number: int) -> str:
    return MONTHS[number - 1] if 1 <= number <= 12 else f"{number}."


def year_ends(found: Groups) -> tuple[str, str] | None:
    """Two years that stand the wrong way round."""
    one, two = found["y1"] or "", found["y2"] or ""
    return (one, two) if one > two else None


def hour_ends(found: Groups) -> tuple[str, str] | None:
    """Two clock times of one day that stand the wrong way round; a night that ends in the morning is right."""
    one = int(found["h1"] or 0) * 60 + int(found["min1"] or 0)
    two = int(found["h2"] or 0) * 60 + int(found["min2"] or 0)
    wrong = 24 * 60 > one > two >= 11 * 60 and one - two <= _HARDLY_A_NIGHT
    return (f"{found['h1']} Uhr", f"{found['h2']} Uhr") if wrong else None
