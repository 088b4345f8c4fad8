"""Hits -> spans: years lent within a list, a day with its time, a begin with its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.extract.components.dates import makers_calendar as cal
from pipeline.extract.components.dates import makers_relative as rel
from pipeline.extract.components.dates import parts
from pipeline.extract.components.dates.calendar import are_neighbours, is_value
from pipeline.extract.components.dates.context import Context
from pipeline.extract.components.dates.lexicon import Hit, Style, compiled, rules
from pipeline.extract.components.dates.scan import scan
from pipeline.extract.components.dates.span import DateSpan
from pipeline.extract.components.dates.words import month

MAKERS: dict[str, Callable[[Hit, Context], cal.Made]] = {
    **{
        f.__name__: f
        for f in (cal.point, cal.days, cal.listed, cal.months, cal.month_shifted, cal.years, cal.decade)
    },
    **{f.__name__: f for f in (cal.century, cal.season, cal.season_bare, cal.quarter, cal.half_year)},
    **{f.__name__: f for f in (cal.week_number, cal.holiday, rel.deictic, rel.weekday, rel.night, rel.same_day)},
    **{f.__name__: f for f in (rel.same_year, rel.whole_unit, rel.day_before)},
    **{
        f.__name__: f
        for f in (rel.night_of, rel.unit_shifted, rel.ago, rel.ahead, rel.duration, rel.each, rel.fixed)
    },
    "clock": rel.clock_time,
    "daypart": rel.clock_time,
}
_LISTED = compiled(
    r"(?: ,? @s? (?:und|sowie|oder|bis|&|[-–—/,]) @s? (?:bis@s)? (?:(?:am|zum|vom|den|dem|im)@s){0,2} )"
)
_UNTIL = compiled(r",? @o (?: [-–—−] | bis ) @o (?:(?:zum|einschließlich|inklusive|inkl\.|am)@s)? (?:de[nmr]@s)?")
_AND = compiled(r",? @s und @s (?:de[nmr]@s)?")
_NEXT = compiled(r",? @o (?: / | & | und ) @o (?:(?:am|auf)@s)? (?:de[nmr]@s)?")  # "2. & 3. Mai" is one date
_BETWEEN = compiled(r"\bzwischen @s (?:de[nmr]@s)? \Z")
_TIME_AFTER = compiled(
    r",? @o (?: [(–|-] @o )?"
    r"(?:(?:und@szwar|von|um|ab|gegen|bis|circa|ca\.|etwa|zwischen|am|in@sder)@s){0,2}"
)
_DAY_AFTER = compiled(r"@s (?:am|des|vom) @s")
_CUE_BEFORE_CLOCK = compiled(
    r"\b(?:um|ab|gegen|bis|von|zwischen|Uhrzeit:?|Beginn:?|Einlass:?|Start:?|Anpfiff:?|Abfahrt:?|Ankunft:?) @s \Z"
)
# a time names no day; "am Vortag" is told from the day named before, and so is the next "Vortag"
_NAMES_NO_DAY = {"clock", "daypart", "day_before"}
# a release is about one event, and its times are that event's; a newspaper's next sentence may be about another:
# after so many characters (a sentence) a time is of the day of publication again
_REACH = 150
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_PART = re.compile(_DAY.pattern + r"(?:T(?:MO|MI|AF|EV|NI))?")


def find(text: str, published: str, style: Style = "press") -> list[DateSpan]:
    """All expressions of calendar time in a text, sorted, without overlap.

    `published` is ISO with day, month or year; what hangs on a day stays open (None) if the day is not known.
    `style` "timeml" also finds what only TimeML corpora mark, and reads "vor drei Wochen" as a duration.
    """
    ctx = Context.of(text, published, _REACH if style == "timeml" else None)
    spans: list[DateSpan] = []
    hits = _lend_years(text, scan(text, rules(style)))
    i = 0
    while i < len(hits):
        new, used = _with_time(text, hits, i, ctx)
        for span in new:
            spans.append(span)
            ctx = ctx.after(span.value, span.end, lone=used == 1 and hits[i].rule.make in _NAMES_NO_DAY)
        i += used
    return _ranges(text, spans)


def _lend_years(text: str, hits: list[Hit]) -> list[Hit]:
    """From "3. Mai und 5. Juni 2021": the first gets the year of the second, or the year before."""
    out = list(hits)
    for i in range(len(out) - 2, -1, -1):
        one, two = out[i], out[i + 1]
        year = two.groups.get("y2") or two.groups.get("y")
        gap = text[one.end : two.start]
        if not year or "mo" not in one.groups or {"y", "y2", "ys"} & set(one.groups) or len(gap) > 40:
            continue
        if len(year) == 4 and "mo" in two.groups and _LISTED and _LISTED.fullmatch(gap):
            earlier = month(one.groups["mo"]) > month(two.groups["mo"])
            out[i] = replace(one, groups={**one.groups, "y": str(int(year) - earlier)})
    return out


def _with_time(text: str, hits: list[Hit], i: int, ctx: Context) -> tuple[list[DateSpan], int]:
    """The spans of hit i, joined with a time that follows its day; how many hits that used up."""
    hit = hits[i]
    made = MAKERS[hit.rule.make](hit, ctx)
    spans = [_span(text, hit, *one) for one in made if one[2] is None or is_value(one[2])]
    follower = hits[i + 1] if i + 1 < len(hits) else None
    if hit.rule.make in ("clock", "daypart"):
        if follower and (joined := _time_first(text, hit, follower, ctx)):
            return [joined], 2
        return (spans if _may_stand_alone(text, hit) else []), 1
    if not spans or not follower or follower.rule.make not in ("clock", "daypart"):
        return spans, 1
    gap = text[spans[-1].end : follower.start]
    join = _repeated if hit.rule.type == "SET" else _timed
    joined = join(text, spans[-1], follower, gap) if len(gap) <= 40 else None
    return ([*spans[:-1], joined], 2) if joined and is_value(joined.value or "") else (spans, 1)


def _span(text: str, hit: Hit, start: int, end: int, value: str | None) -> DateSpan:
    span = DateSpan(start, end, hit.rule.type, value, hit.rule.id)
    return replace(span, parts=parts.of_hit(text, hit, span))


def _timed(text: str, day: DateSpan, clock: Hit, gap: str) -> DateSpan | None:
    """From "3. Juni" and "18 Uhr" to one TIME; a bracket around the time belongs to it."""
    if not _DAY_PART.fullmatch(day.value or "") or not (_TIME_AFTER and _TIME_AFTER.fullmatch(gap)):
        return None
    end = clock.end + ("(" in gap and text[clock.end : clock.end + 1] == ")")
    value = rel.on_day(clock, (day.value or "")[:10])
    time = _span(text, clock, clock.start, clock.end, value)
    apart = parts.flat(day, time) if clock.rule.make == "clock" else ()
    return DateSpan(day.start, end, "TIME", value, f"{day.rule}+{clock.rule.id}", apart)


def _repeated(_text: str, each: DateSpan, clock: Hit, gap: str) -> DateSpan | None:
    """From "mittwochs" and "14 Uhr" to one SET."""
    if not (each.value or "").startswith("XXXX-WXX-") or not (_TIME_AFTER and _TIME_AFTER.fullmatch(gap)):
        return None
    value = "/".join(f"{each.value}{end}" for end in rel.on_day(clock, "").split("/"))
    return DateSpan(each.start, clock.end, "SET", value, f"{each.rule}+{clock.rule.id}")


def _time_first(text: str, hit: Hit, day: Hit, ctx: Context) -> DateSpan | None:
    """From "18 Uhr am 3. Juni" or "Abend des 3. Juni" to one span."""
    gap = text[hit.end : day.start]
    if len(gap) > 12 or not (_DAY_AFTER and _DAY_AFTER.fullmatch(gap)):
        return None
    made = MAKERS[day.rule.make](day, ctx)
    if len(made) != 1 or not _DAY.fullmatch(made[0][2] or ""):
        return None
    value = rel.on_day(hit, made[0][2] or "")
    one, two = _span(text, hit, hit.start, hit.end, value), _span(text, day, day.start, day.end, made[0][2])
    apart = parts.flat(one, two) if hit.rule.make == "clock" else ()
    span = DateSpan(hit.start, day.end, "TIME", value, f"{hit.rule.id}+{day.rule.id}", apart)
    return span if is_value(value) else None


def _may_stand_alone(text: str, hit: Hit) -> bool:
    if not hit.rule.needs_day:
        return True
    left = text[max(0, hit.start - 24) : hit.start]
    return hit.rule.make == "clock" and bool(_CUE_BEFORE_CLOCK and _CUE_BEFORE_CLOCK.search(left))


def _ranges(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Two points with "bis" or a dash between them, or "zwischen" before and "und" between -> one range."""
    out: list[DateSpan] = []
    for span in spans:
        if out and (joined := _range(text, out[-1], span)):
            out[-1] = joined
        else:
            out.append(span)
    return out


def _range(text: str, one: DateSpan, two: DateSpan) -> DateSpan | None:
    gap = text[one.end : two.start]
    days = {one.type, two.type} <= {"DATE", "TIME"}
    if len(gap) > 40 or not (days or one.type == two.type == "SET") or not one.value or not two.value:
        return None
    value = f"{one.value}/{two.value}"
    if "/" in one.value + two.value or one.value >= two.value or not is_value(value):
        return None
    between = _BETWEEN and _BETWEEN.search(text[max(0, one.start - 24) : one.start])
    beside = days and _NEXT and _NEXT.fullmatch(gap) and are_neighbours(one.value, two.value)
    if (_UNTIL and _UNTIL.fullmatch(gap)) or (between and _AND and _AND.fullmatch(gap)) or beside:
        return DateSpan(one.start, two.end, two.type, value, f"{one.rule}..{two.rule}", parts.flat(one, two))
    return None
