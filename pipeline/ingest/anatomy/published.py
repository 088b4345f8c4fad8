"""When a release was published, and what says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ingest import cues
from pipeline.ingest.anatomy import carriers, dates
from pipeline.ingest.anatomy.dates import DateFound
from pipeline.ingest.anatomy.zones import Layout

_NAME = r"[A-ZÄÖÜ][\w.-]+"
_PLACE = rf"{_NAME}(?:(?:[ /,-]| am | an der | im | in | bei | ob der | vor der | - )\(?[A-ZÄÖÜ][\w.-]*\)?){{0,4}}"
_WEEKDAY = r"(?:(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend),? "
_DATE_THEN = rf"(?:(?:den|am|vom|dem) )?(?:{_WEEKDAY})?(?:(?:den|dem) )?"
_DATELINE = re.compile(
    rf"^[(\[–— -]{{0,3}}(?P<place>{_PLACE})[,:;|/]? ?[(–—-]? ?{_DATE_THEN}(?=\d{{1,2}}\. ?[\dA-ZJ])"
)
_DATE_FIRST = re.compile(r"^[(\[–— -]{0,3}(?=\d{1,2}\. ?[\dA-Z])")
_PLACE_ONLY = re.compile(
    r"^(?P<place>[A-ZÄÖÜ][\w-]+(?:[ /-][A-ZÄÖÜ(][\w.)-]+| am [A-Z]\w+| an der [A-Z]\w+){0,2})"
    r"(?:(?:, [A-ZÄÖÜ][\w/ -]{2,40})?\. |(?: ?\(\w{2,8}\))? ?[–—] ?|: )(?=[A-ZÄÖÜ„»\"])"
)
# a page of a site generator is published under the day in its name; its metadata tell when it was last written
_POST = re.compile(r"\d{4}-\d\d-\d\d[-_].*\.(?:md|markdown|mdx)$")
# "Weimar. Am 3. Mai 2021 wurde ..." tells of that day; it is no dateline of it
_NEW_SENTENCE = re.compile(r"\. (?:Am|Vom|Ab|Bis|Seit|Im)$")
_REACH = 110
_MAX_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date and its basis: dateline, header, metadata, filename, text."""

    value: str
    basis: str


def dateline_place(layout: Layout) -> str | None:
    """The place of the dateline, when the body (or a line of its own above it) begins with one."""
    for line in layout.openings():
        if (found := _DATELINE.match(line[:_REACH])) and _is_place(found["place"]):
            return _without_agency(found["place"])
    first = layout.first_body_line()
    found = _PLACE_ONLY.match(first[:_REACH]) if first and len(first) > 100 else None
    return _without_agency(found["place"]) if found and _is_place(found["place"]) else None


def _is_place(place: str) -> bool:
    return cues.match("no_place", place) is None and not _NEW_SENTENCE.search(place)


def _without_agency(place: str) -> str:
    """A place as its dateline has it, without the agency behind it: ``Wien (ots)``, but ``Frankfurt (Oder)``."""
    name, bracket, rest = place.partition(" (")
    agency = rest.rstrip(")")
    return name if bracket and (agency[:1].islower() or carriers.is_portal(agency)) else place


def published(text: str, layout: Layout, date: str | None, file_date: str | None, path: str) -> Published | None:
    """Everything known of a release -> its publication date by the best evidence, None if not even a month is."""
    saved = dates.from_metadata(file_date)
    for value, basis in _evidence(layout, date, path):
        if value and len(value) < 10 and saved and saved.startswith(value):
            return Published(saved, "metadata")
        if value:
            return Published(value, basis)
    guess = estimate(text)
    if saved and _is_credible(saved, guess):
        return Published(saved, "metadata")
    return Published(guess, "text") if guess else None


def _is_credible(saved: str, guess: str | None) -> bool:
    """A program's date is trusted unless the text tells of later days, or of days long past."""
    return guess is None or len(guess) < 10 or (saved >= guess and int(saved[:4]) - int(guess[:4]) <= 1)


def _evidence(layout: Layout, date: str | None, path: str) -> Iterator[tuple[str | None, str]]:
    yield _in_dateline(layout), "dateline"
    header = _in_header(layout)
    yield header if header and len(header) == 10 else None, "header"
    name = dates.from_filename(path)
    if _POST.match(path.rpartition("/")[2]):
        yield name, "filename"
    yield dates.from_metadata(date), "metadata"
    yield name if name and len(name) == 10 else None, "filename"
    yield header or name, "header" if header else "filename"


def _in_dateline(layout: Layout) -> str | None:
    """The date of "Weimar, 3. September 2019 –" at the start of the body or on a line above it."""
    for line in layout.openings():
        head = line[:_REACH]
        found = _DATELINE.match(head)
        if found and not _is_place(found["place"]):
            continue
        found = found or (_DATE_FIRST.match(head) if _separates(head) else None)
        if found is None:
            continue
        first = next(dates.find(head[found.end() :]), None)
        if first and first.start == 0 and first.is_day:
            return first.value
    return None


def _separates(head: str) -> bool:
    """Whether a date at the start is set off from what follows, as in "3.9.2019 – Die Stadt"."""
    first = next(dates.find(head), None)
    if cues.match("letterhead", head):
        return False
    return first is not None and bool(re.match(r"\)?(?:\.?$|[.:]? ?[–—:|-] |\)\.? )", head[first.end :]))


def _in_header(layout: Layout) -> str | None:
    """The date in the letterhead, else in a line near the top or bottom that is nothing but a date."""
    lines = list(layout.letterhead())
    plain = [line for line in lines if not cues.match("embargo", line)]
    for line in [*plain, *lines]:
        for found in dates.find(line):
            return found.value
    return None


def estimate(text: str) -> str | None:
    """A text without a date of its own -> when it was probably published.

    *heute, am 8. Mai 2023* settles it. Else the latest day in the past tense; else the month before the first
    one that lies ahead. A bare year says nothing: releases name the year of a founding as often as that of a goal.
    """
    found = list(dates.find(text))
    days = [date for date in found if date.is_day]
    around = {date.start: _sentence(text, date) for date in found}
    for date in days:
        if cues.match("today", text[max(0, date.start - 40) : date.start]):
            return date.value
    past = [date.value for date in days if not _ahead(around[date.start], date, text)]
    ahead = [date.value for date in days if _ahead(around[date.start], date, text)]
    if past:
        before = [value for value in past if not ahead or value <= max(ahead)]
        return max(before or past)
    if ahead:
        return min(ahead)[:7]
    months = [date for date in found if not date.is_day]
    return _by_months(months, around, text) if months else None


def _sentence(text: str, date: DateFound) -> str:
    """The sentence around a date, cut at a sensible length."""
    start = max(text.rfind(". ", 0, date.start - 3), text.rfind("\n", 0, date.start), date.start - _MAX_SENTENCE)
    ends = [end for end in (text.find(". ", date.end), text.find("\n", date.end)) if end >= 0]
    return text[max(start, 0) : min([*ends, date.end + _MAX_SENTENCE])]


def _ahead(sentence: str, date: DateFound, text: str) -> bool:
    """Whether a date lies ahead of the text that names it."""
    before = text[max(0, date.start - 25) : date.start]
    if cues.match("ahead_before", before):
        return True
    return cues.match("ahead", sentence) is not None and cues.match("past", sentence) is None


def _by_months(months: list[DateFound], around: dict[int, str], text: str) -> str:
    ahead = [date.value for date in months if _ahead(around[date.start], date, text)]
    past = [date.value for date in months if not _ahead(around[date.start], date, text)]
    if past:
        return max(past)
    year, month = map(int, min(ahead).split("-"))
    return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"
