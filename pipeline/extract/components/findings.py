"""What in a release cannot be right.

A weekday that does not fit its date, a day that does not exist, an end before its begin, a date that is announced
although it is over.

>>> [(f.code, f.fits) for f in find("Am Montag, 3. September 2019, tagt der Rat.", "2019-08-20")]
[('weekday', 'Ein Montag war der 2. September 2019; auf einen Montag fiel der 3. September 2018.')]

False alarms are worse than misses: what is not written out is judged only where no reading makes it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.extract import patterns
from pipeline.extract.components import german_days as g
from pipeline.extract.components.date_roles import Seen, tense
from pipeline.extract.components.dates import DateSpan
from pipeline.extract.components.dates.calendar import day as calendar_day

_LIST_OF_WEEKDAYS = 32  # characters before a weekday in which another may stand: "Samstag und Sonntag, 7. Mai"
_AROUND = 90  # characters around a date in which a text may say that it was a mistake
_OWN_YEAR = re.compile(r"(?:19|20)\d\d|\d\.\d\d$")
_NEAR, _FAR = 60, 330  # days: a date without a year is meant this near; none of this far may fit either


@dataclass(frozen=True, slots=True)
class Flaw:
    """One finding: where, of what kind, what is wrong and what would fit, in German."""

    start: int
    end: int
    code: str
    text: str
    fits: str | None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = patterns.load("findings")
    rows = {row["id"]: table.compile(row["pattern"]) for row in table.tables["finding"]}
    return {
        **rows,
        "announced": table.compile(table.tables["announced"]["pattern"]),
        "announced_before": table.compile(table.tables["announced"]["before"]),
        "weekdays_before": table.compile("{list_of_weekdays}"),
        "corrects": table.compile("{corrects}"),
    }


def find(text: str, published: str, dates: Sequence[DateSpan] = (), seen: Sequence[Seen] = ()) -> list[Flaw]:
    """The findings of a text, in order, at most one a place; ``seen`` is what the roles saw of ``dates``."""
    flat = text.replace("\n", " ")
    found = [
        *_days(flat),
        *_ranges(flat),
        *_weekdays(text, flat, published),
        *(_past(published, dates, seen) if len(published) == 10 else ()),
    ]
    return sorted(_apart(found), key=lambda flaw: flaw.start)


def _apart(flaws: Sequence[Flaw]) -> Iterator[Flaw]:
    """Of overlapping findings the first: a day that does not exist has no weekday."""
    taken: list[Flaw] = []
    for flaw in flaws:
        if not any(flaw.start < other.end and other.start < flaw.end for other in taken):
            taken.append(flaw)
            yield flaw


def _days(flat: str) -> Iterator[Flaw]:
    for match in _patterns()["no_such_day"].finditer(flat):
        number, month, year = int(match["d"]), g.month(match["mo"], match["m"]), g.year(match["y"] or match["yn"])
        if not 29 <= number <= 31 or not 1 <= month <= 12 or (match["m"] and not year):
            continue
        longest = g.last_day(month, year or 2000)
        if number > longest:
            text = f"Den {match['date'].rstrip('. ')} gibt es nicht."
            fits = f"Der {g.MONTHS[month - 1]}{f' {year}' if year else ''} hat {longest} Tage."
            yield Flaw(*match.span("date"), "no_such_day", text, fits)


def _ranges(flat: str) -> Iterator[Flaw]:
    for name, ends in (("range", g.day_ends), ("years", g.year_ends), ("hours", g.hour_ends)):
        for match in _patterns()[name].finditer(flat):
            if found := ends(match.groupdict()):
                text = f"Das Ende ({found[1]}) liegt vor dem Beginn ({found[0]})."
                yield Flaw(*match.span("whole"), "end_before_begin", text, None)


def _weekdays(text: str, flat: str, published: str) -> Iterator[Flaw]:
    for name in ("weekday", "weekday_short", "weekday_after"):
        for match in _patterns()[name].finditer(flat):
            if _judges(text, match) and (flaw := _weekday(flat, match, published)):
                yield flaw


def _judges(text: str, match: re.Match[str]) -> bool:
    """Whether weekday and date belong together: on one line, the only weekday, not quoted as a mistake."""
    start, end = match.span()
    left = text[max(0, start - _LIST_OF_WEEKDAYS) : start].replace("\n", " ")
    around = text[max(0, start - _AROUND) : end + _AROUND]
    between = text[min(match.end("wd"), match.end("date")) : max(match.start("wd"), match.start("date"))]
    apart = "\n" in between or _patterns()["weekdays_before"].search(left)
    return not (apart or _patterns()["corrects"].search(around))


def _weekday(flat: str, match: re.Match[str], published: str) -> Flaw | None:
    weekday, number = g.weekday(match["wd"]), int(match["d"])
    month, year = g.month(match["mo"], match["m"]), g.year(match["y"] or match["yn"])
    if not 1 <= month <= 12:
        return None
    when = calendar_day(year, month, number) if year else _meant(flat, match, published, weekday)
    if when is None or when.isoweekday() == weekday or when.year < 1900:
        return None
    verb = "war" if when.isoformat() < published else "ist"
    text = f"Der {g.written(when)} {verb} ein {g.WEEKDAYS[when.isoweekday() - 1]}, kein {g.WEEKDAYS[weekday - 1]}."
    return Flaw(*match.span(), "weekday", text, g.fitting(when, weekday, published))


def _meant(flat: str, match: re.Match[str], published: str, weekday: int) -> date | None:
    """The day that a date without a year means; None where it is not near or another reading fits."""
    if len(published) != 10 or g.speaks_of_a_year(flat, *match.span(), published):
        return None
    today, number, month = date.fromisoformat(published), int(match["d"]), g.month(match["mo"], match["m"])
    days = [day for y in (-1, 0, 1) if (day := calendar_day(today.year + y, month, number))]
    near = [day for day in days if abs((day - today).days) <= _NEAR]
    fits = [day for day in days if abs((day - today).days) <= _FAR and day.isoweekday() == weekday]
    return near[0] if near and not fits else None


def _past(published: str, dates: Sequence[DateSpan], seen: Sequence[Seen]) -> Iterator[Flaw]:
    """Dates of last year that are announced as if they lay ahead: the year was not changed at New Year."""
    today = date.fromisoformat(published)
    for span, look in zip(dates, seen, strict=True):
        if (
            look.relation != "old"
            or look.grain not in ("day", "days", "time")
            or look.zone not in ("headline", "body")
        ):
            continue
        if not _is_announced(look):
            continue
        when = date.fromisoformat((span.value or "")[:10])
        later = g.in_year(when, when.year + 1)
        if later and 0 <= (later - today).days <= 300:
            text = f"Der {g.written(when)} lag am {g.written(today)} schon zurück, wird aber angekündigt."
            fits = f"Gemeint ist vielleicht der {g.written(later)}, ein {g.WEEKDAYS[later.isoweekday() - 1]}."
            yield Flaw(span.start, span.end, "already_past", text, fits)


def _is_announced(look: Seen) -> bool:
    """Whether a date with a year of its own is announced, and nothing in its clause is past."""
    return (
        look.grain in ("day", "days", "time")
        and tense(look.clause) == "future"
        and _OWN_YEAR.search(look.own) is not None
        and _patterns()["announced"].search(look.clause) is not None
        and _patterns()["announced_before"].search(look.before) is not None
    )
