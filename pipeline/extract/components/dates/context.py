"""Where an incomplete date lies: the publication date, the days named before, the tense of the sentence.

The policy, from strong to weak:

1. What the text says: a year, "dieses Jahres", a year lent by the list the date stands in ("3. Mai und 5. Juni
   2021").
2. The end of a range comes after its begin.
3. The text's own chronology: "2. September" after "2. September 2019" is the same day; "am Freitag" after
   "Freitag, 26. August" is that Friday; in a paragraph about a past year, a date in the past tense keeps it.
4. A weekday beside the date picks the year in which it fits.
5. "seit", "bereits im" look back from the publication date: what has begun cannot lie ahead.
6. Otherwise the nearest to the publication date; the tense of the sentence shifts the balance, because a release
   that says "wurde" in March means last June and not next June, yet "findet statt" two days late is that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.extract.components.dates import calendar
from pipeline.extract.components.dates.lexicon import Hit, compiled, cue

_PAST, _FUTURE, _BACKWARD, _FORWARD = (cue(name) for name in ("past", "future", "backward", "forward"))
_UNTIL = compiled(r",? @o @to @o (?:zum@s|einschließlich@s|de[nmr]@s)? (?:de[nmr]@s)?")
_AND = compiled(r"(?: , | ,? @s (?:und|sowie|oder|&) ) @s (?:am@s|de[nmr]@s)?")
_SENTENCE_END = re.compile(r"(?<=[a-zäöüß)“\"»]{2})[.!?:](?=\s)|\n")
_WINDOW = 200  # characters of a sentence that are looked at on either side
# days by which a date to come must be nearer: of months, releases tell more than they announce; days they announce
_DOUBT_MONTH, _DOUBT_DAY = 20, -15
_AGAINST = 240  # days that a date may be farther away before the tense of the sentence is overruled


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when a date is read; replaced, not changed, after each date."""

    text: str
    year: int
    month: int | None
    today: date | None  # the publication date, if it is known to the day
    days: tuple[date, ...] = ()  # days the text names, in order, without the publication date
    prev: date | None = None  # the first day of the expression just before
    prev_end: int = 0
    named_year: int | None = None  # the year that the paragraph named last
    clock_day: date | None = None  # the day that a clock time would belong to, and where it was named
    clock_day_end: int = 0
    clock_night: bool = False  # whether it was a night, whose small hours lie on the next day
    reach: int | None = None  # characters after which a clock time forgets that day; None: never

    @classmethod
    def of(cls, text: str, published: str, reach: int | None = None) -> Context:
        """A text and its publication date (ISO; day, month or year) -> the context at its beginning."""
        parts = [int(part) for part in published[:10].split("-")]
        today = calendar.day(*parts) if len(parts) == 3 else None
        return cls(text, parts[0], parts[1] if len(parts) > 1 else None, today, reach=reach)

    @property
    def last(self) -> date | None:
        """The day the text named last."""
        return self.days[-1] if self.days else None

    def after(self, value: str | None, end: int, *, lone: bool = False) -> Context:
        """The context behind an expression with this value; a lone clock time names no day of its own."""
        found = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)", value or "")
        year = re.match(r"\d{4}(?!\d|X)", value or "")
        kept = None if "\n\n" in self.text[self.prev_end : end] else self.named_year
        named = int(year[0]) if year else kept
        if not found:
            return replace(self, prev=None, prev_end=end, named_year=named)
        when = calendar.day(int(found[1]), int(found[2]), int(found[3] or 1))
        new = (when,) if when and found[3] and when != self.today and not lone else ()
        ctx = replace(self, days=(*self.days, *new)[-40:], prev=when, prev_end=end, named_year=named)
        if not when or not found[3] or lone:
            return ctx
        return replace(ctx, clock_day=when, clock_day_end=end, clock_night=(value or "").endswith("TNI"))

    def day_of_clock(self, start: int, clock: str | None) -> date | None:
        """The day that a clock time without one belongs to: 02:15 of a night lies on the next day."""
        near = self.reach is None or start - self.clock_day_end <= self.reach
        if not self.clock_day or not near:
            return self.today
        return self.clock_day + timedelta(self.clock_night and (clock or "12") < "12")

    def ends_range(self, hit: Hit) -> bool:
        """Whether only "bis" or a dash lies between the expression before and this one."""
        gap = self.text[self.prev_end : hit.start]
        return self.prev is not None and len(gap) < 40 and bool(_UNTIL and _UNTIL.fullmatch(gap))

    def joins_list(self, hit: Hit) -> bool:
        """Whether only "und" lies between the expression before and this one."""
        gap = self.text[self.prev_end : hit.start]
        return self.prev is not None and len(gap) < 40 and bool(_AND and _AND.fullmatch(gap))


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a stretch of text, roughly, without the stretch."""
    left = text[max(0, start - _WINDOW) : start]
    right = text[end : end + _WINDOW]
    ends = [m.end() for m in _SENTENCE_END.finditer(left)]
    stop = _SENTENCE_END.search(right)
    return left[ends[-1] if ends else 0 :] + " … " + (right[: stop.end()] if stop else right)


def tendency(ctx: Context, hit: Hit) -> int:
    """-2 surely past, -1 rather past, 0 open, 1 rather to come."""
    left = ctx.text[max(0, hit.start - 40) : hit.start]
    if _BACKWARD.search(left):
        return -2
    around = sentence(ctx.text, hit.start, hit.end)
    past, future = bool(_PAST.search(around)), bool(_FUTURE.search(around))
    if _FORWARD.search(left) and not (past and not future):
        return 1
    return int(future) - int(past)


def infer_year(ctx: Context, hit: Hit, month: int, number: int | None, weekday: int | None) -> int:
    """The year of a date that is written without one."""
    if ctx.prev and ctx.ends_range(hit):
        return ctx.prev.year + ((month, number or 31) < (ctx.prev.month, ctx.prev.day if number else 1))
    if ctx.prev and ctx.joins_list(hit) and (month, number or 31) >= (ctx.prev.month, ctx.prev.day):
        return ctx.prev.year
    lean = tendency(ctx, hit)
    for known in reversed(ctx.days):
        near = abs(known.year - ctx.year) <= 1 or lean == -1  # "der 27. Januar" of 1945 is no day of this year
        if number and (known.month, known.day) == (month, number) and near:
            return known.year
    years = range(ctx.year - 1, ctx.year + 2)
    if weekday and number:
        days = [calendar.day(y, month, number) for y in years]
        years_fit = [d.year for d in days if d and d.isoweekday() == weekday]
        if years_fit:
            return min(years_fit, key=lambda y: _cost(ctx, y, month, number, lean))
    chronicle = chronicle_year(ctx, hit, lean)
    return chronicle or min(years, key=lambda y: _cost(ctx, y, month, number, lean))


def chronicle_year(ctx: Context, hit: Hit, lean: int) -> int | None:
    """The past year that a paragraph tells of, for what stands in the past tense there."""
    if lean != -1 or ctx.named_year is None or "\n\n" in ctx.text[ctx.prev_end : hit.start]:
        return None
    return ctx.named_year if ctx.year - ctx.named_year > 1 else None


def _cost(ctx: Context, year: int, month: int, number: int | None, lean: int) -> int:
    now = ctx.today or date(ctx.year, ctx.month or 7, 15)
    when = calendar.day(year, month, number or now.day) or date(year, month, 28)
    distance = (when - now).days
    over = lean < 0 and distance > 0
    ahead = lean > 0 and distance < 0
    penalty = (100_000 if lean == -2 else _AGAINST) if over else _AGAINST if ahead else 0
    doubt = _DOUBT_DAY if number else _DOUBT_MONTH
    return abs(distance) + penalty + (doubt if distance > 0 else 0)


def nearest_weekday(ctx: Context, hit: Hit, weekday: int) -> date | None:
    """The day that a bare weekday means."""
    if ctx.prev and (ctx.ends_range(hit) or ctx.joins_list(hit)):
        return calendar.on_weekday(ctx.prev, weekday, 1)
    lean = tendency(ctx, hit)

    def fits(when: date) -> bool:
        now = ctx.today
        return now is None or (abs((when - now).days) <= 31 and lean * (when - now).days >= 0)

    named = [d for d in ctx.days if d.isoweekday() == weekday and fits(d)]
    if named:
        return named[-1]
    near = calendar.on_weekday(ctx.last, weekday, 0) if ctx.last and not lean else None
    if near and fits(near):
        return near
    if ctx.today is None or ctx.today.isoweekday() == weekday:
        return ctx.today
    return calendar.on_weekday(ctx.today, weekday, max(-1, min(1, lean)))
