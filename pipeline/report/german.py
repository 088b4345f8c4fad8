"""Numbers, dates and words as German readers write them. Only spelling is decided here, no figure."""

from __future__ import annotations

import re
from datetime import date as Day  # noqa: N812  "date" is what this module writes
from functools import lru_cache

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d)?)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_DECADE = re.compile(r"(\d{3})X")
_SEASONS = {"SP": "Frühjahr", "SU": "Sommer", "FA": "Herbst", "WI": "Winter"}

MINUS = "\u2212"
THIN = "\u202f"  # narrow no-break space between a number and its sign


_GERMAN = str.maketrans(",.", ".,")


@lru_cache(1 << 14)
def number(value: float, places: int = 0) -> str:
    """1234 -> "1.234"; 12.5 with one place -> "12,5"."""
    text = f"{abs(value):,.{places}f}".translate(_GERMAN)
    return (MINUS if value < 0 and text.strip("0,.") else "") + text


def percent(share: float, places: int = 0) -> str:
    """0.125 with one place -> "12,5 %", with a narrow no-break space."""
    return f"{number(share * 100, places)}{THIN}%"


def points(change: float) -> str:
    """A difference of two shares -> "+3,2 Punkte"; what rounds to nothing is "unverändert"."""
    rounded = round(change * 100, 1)
    if rounded == 0:
        return "unverändert"
    sign = "+" if rounded > 0 else ""
    return f"{sign}{number(rounded, 1)} {'Punkt' if abs(rounded) == 1 else 'Punkte'}"


def count(value: int, one: str, many: str) -> str:
    """(1, "Nennung", "Nennungen") -> "1 Nennung"; (1200, …) -> "1.200 Nennungen"."""
    return f"{number(value)} {one if value == 1 else many}"


@lru_cache(1 << 14)
def date(value: str) -> str:
    """An ISO date of any precision, or a range of two -> "3. September 2019", "2. bis 3. September 2019"."""
    first, slash, last = value.partition("/")
    if not slash:
        return _point(value)
    return _range(first, last)


def month(value: str) -> str:
    """A month of the calendar: "2019-09" -> "September 2019"."""
    return f"{MONTHS[int(value[5:7]) - 1]} {value[:4]}"


WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def weekday(value: str) -> str:
    """The day of the week of a day or a moment, as calendars shorten it: "2019-09-03" -> "Di"."""
    return WEEKDAYS[Day.fromisoformat(value[:10]).weekday()]


def _point(value: str) -> str:
    if day := _DAY.fullmatch(value):
        year, mon, number_, hour, minute = day.groups()
        clock = f", {int(hour)}:{minute} Uhr" if hour else ""
        return f"{int(number_)}. {_month_name(mon)} {year}{clock}"
    if match := _MONTH.fullmatch(value):
        return f"{_month_name(match[2])} {match[1]}"
    return _coarse(value)


def _coarse(value: str) -> str:
    """Quarters, seasons, weeks and decades; anything else stays as written."""
    if match := _QUARTER.fullmatch(value):
        return f"{match[2]}. Quartal {match[1]}"
    if match := _SEASON.fullmatch(value):
        return f"{_SEASONS[match[2]]} {match[1]}"
    if match := _WEEK.fullmatch(value):
        return f"{int(match[2])}. Kalenderwoche {match[1]}"
    if match := _DECADE.fullmatch(value):
        return f"{match[1]}0er Jahre"
    return value


def _month_name(number_: str) -> str:
    return MONTHS[int(number_) - 1] if 1 <= int(number_) <= 12 else number_


def _range(first: str, last: str) -> str:
    one, two = _DAY.fullmatch(first), _DAY.fullmatch(last)
    if one and two and one[4] and two[4] and first[:10] == last[:10]:
        return f"{_point(first).removesuffix(' Uhr')} bis {int(two[4])}:{two[5]} Uhr"
    if one and two and not one[4] and one[1] == two[1]:
        start = f"{int(one[3])}." if one[2] == two[2] else f"{int(one[3])}. {_month_name(one[2])}"
        return f"{start} bis {_point(last)}"
    if not first or not last:
        return f"ab {_point(first)}" if first else f"bis {_point(last)}"
    return f"{_point(first)} bis {_point(last)}"


def listing(words: list[str]) -> str:
    """["a", "b", "c"] -> "a, b und c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} und {words[-1]}"


@lru_cache(1 << 15)
def sort_key(text: str) -> str:
    """A name -> what it is sorted by, as in a German telephone directory: ä beside a, case and marks ignored."""
    folded = text.casefold().translate(_SORT)
    if folded.isalnum():
        return folded
    return _SIGNS.sub("", folded).strip() or folded


_SIGNS = re.compile(r"[^\w ]+")
_SORT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "è": "e", "á": "a", "ç": "c"})
