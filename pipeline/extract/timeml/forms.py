"""Expressions as our guidelines mark them -> TIMEX3 tags as TimeML corpora do, by the rows of timex_forms.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.extract.components.dates import DateSpan
from pipeline.extract.components.dates.lexicon import WORDS, table
from pipeline.extract.timeml.document import Timex

TABLE: dict[str, Any] = table("timex_forms.toml")
_VALUES = [(re.compile(r["pattern"]), re.compile(r.get("said", "")), r["gives"]) for r in TABLE["value"]]
_MODS = [(re.compile(row["pattern"]), row["gives"]) for row in TABLE["mod"]]
_WINDOW = 40  # characters in which what belongs before an expression is looked for
_UNITS = {"jahr": "Y", "monat": "M", "woche": "W", "tag": "D", "stunde": "TH", "minute": "TM", "jahrzehnt": "DE",
          "jahrhundert": "CE"}  # fmt: skip
_UNIT = re.compile("|".join(sorted(_UNITS, key=len, reverse=True)), re.IGNORECASE)
_SEASON = re.compile("|".join(sorted(WORDS["season"], key=len, reverse=True)), re.IGNORECASE)
_WEEKEND = re.compile(r"(\d{4}-\d\d-\d\d)/\d{4}-\d\d-\d\d")
# "heute": what counts in days, what does not
_DAYS = {"tomorrow", "tomorrow-first", "deictic-daypart"}
_STILL = re.compile(r"\b(?:noch|bis|wie|erst|schon|auch|bereits)\s$", re.IGNORECASE)
_AB = re.compile(r"\b(?:ab|seit)\s$", re.IGNORECASE)
_CLOCK_OR_WEEKDAY = re.compile(r"[^.!?\n]{0,80}?(?:\d\sUhr\b|,\s\w{3,6}(?:tag|woch|abend)\b)")
_LEAD = 150  # characters: what stands there is the news of the day


@dataclass(frozen=True, slots=True)
class _Before:
    """A row of the table: what belongs to an expression although it stands before it."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    types: frozenset[str]
    not_rules: frozenset[str]

    def length(self, left: str, span: DateSpan, said: str) -> int:
        """How many characters before the span join it."""
        if span.type not in self.types or span.rule in self.not_rules or (self.unless and self.unless.match(said)):
            return 0
        found = self.pattern.search(left)
        return len(found[0]) if found else 0


_BEFORE = [
    _Before(
        re.compile(row["pattern"]),
        re.compile(row["unless"]) if "unless" in row else None,
        frozenset(row["types"]),
        frozenset(row["not_rules"]),
    )
    for row in TABLE["before"]
]


def forms(text: str, spans: Sequence[DateSpan]) -> list[Timex]:
    """The spans of a text -> its tags, sorted, without overlap."""
    daily = _counts_in_days(text, spans)
    out: list[Timex] = []
    for span, timed in _single(spans):
        start = begin(text, span, out[-1].end if out else 0)
        said = text[start : span.end]
        stated = value(span, said)
        if said.lower() == "heute" and not timed and not _is_the_day(text, span, daily=daily):
            stated = "PRESENT_REF"
        out.append(Timex(start, span.end, span.type, stated, mod(said)))
    return out


def _single(spans: Iterable[DateSpan]) -> Iterator[tuple[DateSpan, bool]]:
    """Ranges and days with a time as the points they are made of; whether a clock time stood beside."""
    for span in spans:
        for part in span.parts or (span,):
            yield part, span.type == "TIME"


def _counts_in_days(text: str, spans: Iterable[DateSpan]) -> bool:
    """Whether a text speaks of yesterday or tomorrow: then its "heute" is a day, too, and not these times."""
    return any(
        span.rule.split("+")[0] in _DAYS
        or (span.rule.startswith("deictic") and text[span.start : span.end].lower() != "heute")
        for span in spans
    )


def _is_the_day(text: str, span: DateSpan, *, daily: bool) -> bool:
    """Whether "heute" is the day of publication, and not "these days": "noch heute", or in a text without days."""
    left, right = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 100]
    if _STILL.search(left) or right.startswith(" noch"):
        return False
    return daily or span.start < _LEAD or bool(_AB.search(left) or _CLOCK_OR_WEEKDAY.match(right))


def begin(text: str, span: DateSpan, free: int = 0) -> int:
    """Where the tag begins: articles and the like before the span belong to it."""
    start, said = span.start, text[span.start : span.end]
    for row in _BEFORE:
        start -= row.length(text[max(free, start - _WINDOW) : start], span, said)
    return start


def value(span: DateSpan, said: str) -> str:
    """The TIMEX3 value; an open one names its unit, or says that the day is not known."""
    if span.value is None:
        return _open(span.type, said)
    weekend = _WEEKEND.fullmatch(span.value)
    if weekend and said.endswith("nde"):
        year, week, _ = date.fromisoformat(weekend[1]).isocalendar()
        return f"{year}-W{week:02d}-WE"
    for pattern, words, gives in _VALUES:
        found = pattern.fullmatch(span.value)
        if found and words.search(said):
            return found.expand(gives)
    return span.value


def _open(type_: str, said: str) -> str:
    unit, season = _UNIT.search(said), _SEASON.search(said)
    if season:
        return f"XXXX-{WORDS['season'][season[0].lower()]}"
    if type_ not in ("DURATION", "SET") or not unit:
        return "XXXX-XX-XX"
    code = _UNITS[unit[0].lower()]
    return f"PTX{code[1]}" if code[0] == "T" else f"PX{code}"


def mod(said: str) -> str | None:
    """The modifier that the words say: "Ende 2025" -> END."""
    return next((gives for pattern, gives in _MODS if pattern.search(said)), None)
