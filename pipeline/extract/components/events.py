"""Dates with the role event -> what a calendar would hold: title, begin, end, place.

Only what lies ahead of the publication, to the day, and is not told in the past tense: a release about last week's
accident announces nothing. A day is dropped where the same release gives a clock time for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from pipeline.extract import patterns
from pipeline.extract.components.date_roles import Role, Seen, tense
from pipeline.extract.components.dates import DateSpan
from pipeline.extract.components.page import Page, Span

_GRAINS = frozenset({"day", "days", "time"})
_ZONES = frozenset({"headline", "body", "letterhead", "caption"})
_PARTS = ("joined", "told", "habit", "own_day", "when_line", "where_line", "trim", "place_only")
_POINTS = frozenset({"DATE", "TIME"})
_LONGEST = 31  # days: what takes longer is a stretch of time and no appointment
_NEAR = 160  # characters between a date and the name or place that belongs to it
_LETTERS, _LIST_LINE = 5, 120  # letters a title has at least, characters a line of a list has at most


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar entry; offsets are those of the date mention."""

    start: int
    end: int
    title: str
    begin: str
    finish: str | None
    place: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Table:
    kinds: frozenset[str]
    no_begin: re.Pattern[str]
    at: re.Pattern[str]
    joined: re.Pattern[str]
    told: re.Pattern[str]
    habit: re.Pattern[str]
    own_day: re.Pattern[str]
    when_line: re.Pattern[str]
    where_line: re.Pattern[str]
    trim: re.Pattern[str]
    place_only: re.Pattern[str]


@cache
def _table() -> _Table:
    table = patterns.load("events")
    return _Table(
        frozenset(table.words["kinds"]),
        re.compile(f"(?:{table.compile('{runs}').pattern}|{table.compile('{not_begin}{lead_in}').pattern}$)"),
        re.compile(table.compile("{at}").pattern, re.IGNORECASE),
        *(table.compile(f"{{{name}}}") for name in _PARTS),
    )


def find(
    page: Page, dates: Sequence[DateSpan], roles: Sequence[Role], seen: Sequence[Seen], names: Sequence[Span]
) -> list[Entry]:
    """The calendar entries of a page, in the order of its text."""
    found = [
        _entry(page, when, role.rule, _own(page, when, dates, names))
        for when, role, what in zip(dates, roles, seen, strict=True)
        if role.role == "event" and _is_announced(what) and _names_itself(role.rule, what)
    ]
    return list(_once([entry for entry in found if entry]))


def _is_announced(seen: Seen) -> bool:
    if seen.grain not in _GRAINS or seen.zone not in _ZONES or seen.days > _LONGEST:
        return False
    if _table().no_begin.search(seen.before) or _table().told.search(seen.own):
        return False
    if seen.grain == "time" and _table().habit.search(seen.before):
        return False
    told = tense(seen.clause)
    if seen.relation == "same":
        return told == "future"
    return seen.relation == "ahead" and told != "past"


def _names_itself(rule: str, seen: Seen) -> bool:
    """Whether a date that only the calendar calls an event is one: "Silvester" alone announces nothing."""
    return rule != "day_ahead" or _table().own_day.search(seen.own) is not None


def _entry(page: Page, when: DateSpan, rule: str, names: Sequence[Span]) -> Entry | None:
    times = moments(when.value or "")
    if times is None:
        return None
    return Entry(when.start, when.end, _title(page, when, names), *times, _place(page, when, names), rule)


def _own(page: Page, when: DateSpan, dates: Sequence[DateSpan], names: Sequence[Span]) -> list[Span]:
    """The names of a date's sentence that speak of it: no other day stands between.

    A name behind the date belongs to the day that follows it, if one does; a place does not.
    """
    start, end = sentence(page, when)
    day = (when.value or "")[:10]
    others = [
        d.start for d in dates if start <= d.start < end and d.type in _POINTS and (d.value or "")[:10] != day
    ]
    found = []
    for name in (n for n in names if start <= n.start and n.end <= end):
        behind = end if name.label == "INITIATIVE" else name.start
        first, last = (name.end, when.start) if name.end <= when.start else (when.end, behind)
        if not any(first <= other < last for other in others):
            found.append(name)
    return found


def sentence(page: Page, when: DateSpan) -> tuple[int, int]:
    """The sentence that holds a date; its unit where there is none."""
    for start, end in page.sentences:
        if start <= when.start < end:
            return start, end
    unit = page.unit_at(when.start)
    return unit.start, unit.end


def moments(value: str) -> tuple[str, str | None] | None:
    """A value -> begin and end as a calendar writes them; parts of a day become the day.

    >>> moments("2024-05-03T18:00/2024-05-03T24:00")
    ('2024-05-03T18:00', '2024-05-04T00:00')
    """
    first, _, last = value.partition("/")
    begin, finish = _moment(first), _moment(last) if last else None
    if begin is None or (last and finish is None):
        return None
    if finish and len(finish) != len(begin):
        begin, finish = begin[:10], finish[:10]
    return (begin, finish if finish and finish > begin else None)


def _moment(text: str) -> str | None:
    try:
        day = date.fromisoformat(text[:10])
        if not re.fullmatch(r"T\d\d:\d\d", text[10:]):
            return day.isoformat()
        hours, minutes = int(text[11:13]), int(text[14:])
        when = datetime(day.year, day.month, day.day) + timedelta(hours=hours, minutes=minutes)  # noqa: DTZ001 local
    except (ValueError, OverflowError):
        return None
    return when.isoformat(timespec="minutes")


def _title(page: Page, when: DateSpan, names: Sequence[Span]) -> str:
    """The event that the sentence names, the nearest to the date; else the line of a list; else the headline."""
    named = [n for n in names if n.label == "INITIATIVE" and n.kind in _table().kinds and _gap(n, when) <= _NEAR]
    named = [n for n in named if n.end - n.start >= _LETTERS]
    if named:
        return _words(page, min(named, key=lambda n: (_gap(n, when), n.start)))
    return _line(page, when) or page.title or page.flat[page.units[0].start : page.units[0].end]


def _line(page: Page, when: DateSpan) -> str:
    """A short line without a full stop, as lists of dates have them, without its date."""
    unit = page.unit_at(when.start)
    whole = page.flat[unit.start : unit.end]
    if unit.zone != "body" or len(whole) > _LIST_LINE or whole.endswith((".", "!", ":")):
        return ""
    left, right = page.flat[unit.start : when.start], page.flat[when.end : unit.end]
    before, after = _trimmed(left), _trimmed(right)
    if ". " in right or (not before and _table().place_only.search(right)):
        return ""
    rest = f"{before}, {after}" if before and after else before or after
    return rest if sum(map(str.isalpha, rest)) >= _LETTERS else ""


def _trimmed(text: str) -> str:
    return _table().trim.sub("", text).strip()


def _gap(name: Span, when: DateSpan) -> int:
    return max(name.start - when.end, when.start - name.end, 0)


def _place(page: Page, when: DateSpan, names: Sequence[Span]) -> str | None:
    """The first place behind the date that "in", "im", "am" introduces, with its address; else one before."""
    places = [n for n in names if n.label == "LOC" and _gap(n, when) <= _NEAR]
    behind = [n for n in places if n.start >= when.end]
    before = [n for n in places if n.end <= when.start]
    for group in (behind, before[::-1]):
        for at, name in enumerate(group):
            if _table().at.search(page.flat[max(0, name.start - 40) : name.start]):
                return ", ".join(_address(page, name, behind[at + 1 :] if group is behind else []))
    return _where_line(page, when)


def _where_line(page: Page, when: DateSpan) -> str | None:
    """The place of an invitation that gives it on a line of its own: "Wann: … / Wo: …"."""
    at = page.units.index(page.unit_at(when.start))
    if not _table().when_line.search(page.flat[page.units[at].start : when.start]):
        return None
    for unit in page.units[at + 1 : at + 3]:
        if found := _table().where_line.search(page.flat[unit.start : unit.end]):
            return found["place"].strip(" .")
    return None


def _address(page: Page, first: Span, others: Sequence[Span]) -> Iterator[str]:
    last = first
    yield _words(page, first)
    for name in others:
        if not _table().joined.fullmatch(page.flat[last.end : name.start]):
            return
        yield _words(page, name)
        last = name


def _words(page: Page, name: Span) -> str:
    return " ".join((name.name or page.text[name.start : name.end]).split())


def _once(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Each begin once, the mention with an end or a place first; no day that has clock times."""
    timed = {entry.begin[:10] for entry in entries if "T" in entry.begin}
    best: dict[str, Entry] = {}
    for entry in entries:
        if "T" not in entry.begin and entry.finish is None and entry.begin in timed:
            continue
        held = best.get(entry.begin)
        if held is None or _weight(entry) > _weight(held):
            best[entry.begin] = entry
    yield from sorted(best.values(), key=lambda entry: entry.start)


def _weight(entry: Entry) -> int:
    return 2 * (entry.finish is not None) + (entry.place is not None)
