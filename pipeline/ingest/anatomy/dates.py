"""Dates with a year, wherever they stand: found in text, in metadata, in file names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    "januar": 1, "jänner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "märz": 3, "mär": 3, "mrz": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12,
    "dez": 12,
}  # fmt: skip
_MONTH = "|".join(sorted((name.capitalize() for name in _MONTHS), key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_DATE = re.compile(
    rf"(?<![\d.])(?P<d1>\d{{1,2}})\. ?(?P<m1>\d{{1,2}})\. ?(?P<y1>{_YEAR}|(?<! )\d\d)(?!\d|\.\d)"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})\.? ?(?P<n2>{_MONTH})\b\.? (?P<y2>{_YEAR})(?!\d)"
    rf"|(?<!\d)(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d4>\d{{1,2}})/(?P<m4>\d{{1,2}})/(?P<y4>{_YEAR})(?!\d)"
    rf"|\b(?P<n5>{_MONTH})\b\.? (?P<y5>{_YEAR})(?!\d)",
)
_IN_NAME = (
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})[-_.]?(?P<m>\d\d)[-_.]?(?P<d>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[._-](?P<m>\d{{1,2}})[._-](?P<y>{_YEAR}|\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d\d)[-_]?(?P<m>\d\d)[-_]?(?P<d>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})[-_](?P<m>\d\d)(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text: where it stands, and its value with the precision written."""

    start: int
    end: int
    value: str

    @property
    def is_day(self) -> bool:
        """Whether the date is exact to the day."""
        return len(self.value) == 10


def find(text: str) -> Iterator[DateFound]:
    """Every valid date with a year in a text, in order."""
    for found in _DATE.finditer(text):
        if value := _value(found):
            yield DateFound(found.start(), found.end(), value)


def _value(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    if part["n5"]:
        return f"{part['y5']}-{_MONTHS[part['n5'].lower()]:02d}"
    if part["n2"]:
        return iso(part["y2"], _MONTHS[part["n2"].lower()], part["d2"])
    group = next(number for number in "134" if part[f"y{number}"])
    return iso(part[f"y{group}"], part[f"m{group}"], part[f"d{group}"])


def iso(year: str, month: str | int, day: str | int) -> str | None:
    """Year, month and day as written -> ISO 8601, None when there is no such day; 21 is 2021, 98 is 1998."""
    number = int(year)
    if number < 100:
        number += 2000 if number < 60 else 1900
    try:
        return dt.date(number, int(month), int(day)).isoformat()
    except ValueError:
        return None


def from_metadata(value: str | None) -> str | None:
    """A metadata field in whatever form -> ISO 8601, None when it holds no date."""
    if not value:
        return None
    if compact := re.fullmatch(rf"({_YEAR})(\d\d)(\d\d)(?:\d{{6}})?.*", value):
        return iso(*compact.groups())
    first = next(find(value.replace("T", " ")), None)
    if first is None and (only := re.fullmatch(rf"\s*({_YEAR})(-\d\d)?\s*", value)):
        return only[0].strip()
    return first.value if first else None


def from_filename(path: str) -> str | None:
    """The last part of a path -> the date in it, None when there is none."""
    name = path.rpartition("/")[2].rpartition(".")[0] or path
    for pattern in _IN_NAME:
        for found in pattern.finditer(name):
            part = found.groupdict()
            if value := _month(part["y"], part["m"]) if "d" not in part else iso(part["y"], part["m"], part["d"]):
                return value
    return None


def _month(year: str, month: str) -> str | None:
    return f"{year}-{month}" if 1 <= int(month) <= 12 else None
