"""What a date does in its release: publication, event, deadline, period, review, law or other.

>>> from pipeline.extract.components import dates
>>> text = "Der Beschluss vom 3. Mai 2019 gilt. Die Feier beginnt am 9. Mai 2021 um 18 Uhr."
>>> [(r.role, r.rule) for r in of_text(text, dates.find(text, "2021-05-03"), "2021-05-03")]
[('law', 'law_cited'), ('event', 'clock')]

The rules are rows of patterns/date_roles.toml; the first that fits, by rank, decides. A row looks at the value
(its grain and how it lies to the publication date), at the words of the clause and of the line, and at the zone.
Linear time: every look is at a window of fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from pipeline.core.records import DateRole
from pipeline.extract import patterns
from pipeline.extract.components import stretch, units
from pipeline.extract.components.dates import DateSpan
from pipeline.extract.components.dates.lexicon import cue
from pipeline.extract.components.page import Unit

_LEFT, _RIGHT = 260, 220  # characters of a sentence that are looked at on either side
_LEAD, _PARAGRAPH = 2, 40  # the first paragraphs are the lead; shorter units are headlines and lines
_SAID = ("kind", "grain", "relation", "zone")
_COMBINATIONS = 1024  # that are kept; there are hardly more
_HERE = "◆"  # stands for the date in a clause or a line
_END = re.compile(r"(?<=[a-zäöüß)“\"»]{2})[.!?](?=\s)")
# where another thought begins: a conjunction, or a relative pronoun ("Freitag, dem 3. Mai" is no relative clause)
_CUT = re.compile(
    r"[;•]|, (?:dass|weil|da|wenn|ob|nachdem|während|obwohl|sodass|damit|denn|aber|sondern|wobei|wodurch|wie"
    r"|(?:(?:in|an|auf|mit|bei|zu|für|von|über|nach|durch) )?"
    r"(?:der|die|das|dem|den|dessen|deren|denen)(?= [^\d◆]))\b"
)


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a date and the rule that said so."""

    role: DateRole
    rule: str


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a rule may look at."""

    kind: str  # TIMEX3 type
    grain: str
    relation: str
    zone: str
    own: str
    before: str  # of the sentence
    after: str
    clause: str
    line: str
    days: int
    lead: bool  # among the first lines of the text


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: lists of allowed words and patterns that must (or must not) be found."""

    id: str
    role: DateRole
    rank: int
    one_of: dict[str, frozenset[str]]
    finds: dict[str, re.Pattern[str]]
    never: dict[str, re.Pattern[str]]
    tense: str | None
    lead: bool | None
    min_days: int
    examples: tuple[dict[str, str], ...] = field(repr=False)

    def allows(self, *said: str) -> bool:
        """Whether kind, grain, relation and zone are of those that the row names."""
        return all(word in self.one_of.get(name, (word,)) for name, word in zip(_SAID, said, strict=True))

    def fits(self, seen: Seen) -> bool:
        """Whether the other conditions of the row hold: length, place, words, tense."""
        return (
            seen.days >= self.min_days
            and self.lead in (None, seen.lead)
            and all(pattern.search(getattr(seen, name)) for name, pattern in self.finds.items())
            and not any(pattern.search(getattr(seen, name)) for name, pattern in self.never.items())
            and (self.tense is None or tense(seen.clause) == self.tense)
        )


@cache
def rules() -> tuple[Rule, ...]:
    """The table, compiled, by rank."""
    table = patterns.load("date_roles")
    return tuple(sorted((_rule(row, table) for row in table.tables["role"]), key=lambda rule: rule.rank))


def _rule(row: dict[str, Any], table: patterns.Patterns) -> Rule:
    looks = ("own", "before", "after", "clause", "line")
    return Rule(
        row["id"],
        row["role"],
        row["rank"],
        {name: frozenset(row[name]) for name in _SAID if name in row},
        {name: table.compile(row[name]) for name in looks if name in row},
        {name: table.compile(row[f"not_{name}"]) for name in looks if f"not_{name}" in row},
        row.get("tense"),
        row.get("lead"),
        row.get("min_days", 0),
        tuple(row["example"]),
    )


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    """The finder's cues, and the past at the end of a clause: "das er eröffnet hat"."""
    return cue("past"), patterns.load("date_roles").compile("{past_final}"), cue("future")


def tense(clause: str) -> str:
    """What the words of a clause say of its time: past, future, or open where none or both speak."""
    begun, ended, future = (pattern.search(clause) is not None for pattern in _cues())
    past = begun or ended
    return "open" if past == future else "past" if past else "future"


def of_text(
    text: str, dates: Sequence[DateSpan], published: str, pieces: Sequence[Unit] | None = None
) -> list[Role]:
    """The role of each date of a release, in order; ``pieces`` are the units of its page."""
    found = list(units.split(text, ()) if pieces is None else pieces)
    return [role(seen) for seen in look(text, dates, published, found)]


def role(seen: Seen) -> Role:
    """What one date does: the first rule by rank that fits; the last row of the table fits always."""
    rule = next(rule for rule in _open(seen.kind, seen.grain, seen.relation, seen.zone) if rule.fits(seen))
    return Role(rule.role, rule.id)


@lru_cache(_COMBINATIONS)
def _open(*said: str) -> tuple[Rule, ...]:
    """The rules that allow a kind, grain, relation and zone."""
    return tuple(rule for rule in rules() if rule.allows(*said))


def look(text: str, dates: Sequence[DateSpan], published: str, pieces: Sequence[Unit]) -> Iterator[Seen]:
    """All that rules may look at, one a date, in order."""
    flat, at, begun = text.replace("\n", " "), 0, 0
    for found in dates:
        while at + 1 < len(pieces) and pieces[at + 1].start <= found.start:
            begun += pieces[at].zone == "body" and pieces[at].end - pieces[at].start >= _PARAGRAPH
            at += 1
        unit = pieces[at]
        before, after = sentence(flat, unit, found.start, found.end)
        days = stretch.of(found.value)
        yield Seen(
            found.type,
            stretch.grain(found.type, found.value),
            stretch.relation(found.value, published),
            unit.zone,
            flat[found.start : found.end],
            before,
            after,
            clause(before, after),
            _line(text, found.start, found.end),
            days.days if days else 0,
            begun < _LEAD,
        )


def sentence(flat: str, unit: Unit, start: int, end: int) -> tuple[str, str]:
    """The sentence before and behind a date, within its unit and a window of fixed width."""
    left = flat[max(min(unit.start, start), start - _LEFT) : start]
    right = flat[end : min(max(unit.end, end), end + _RIGHT)]
    stops = [stop.end() for stop in _END.finditer(left)]
    stop = _END.search(right)
    return left[stops[-1] if stops else 0 :].lstrip(), right[: stop.end()] if stop else right


def clause(before: str, after: str) -> str:
    """The part of a sentence that speaks of the date, with ◆ in the date's place."""
    cuts = [cut.end() for cut in _CUT.finditer(before + _HERE) if cut.end() <= len(before)]
    cut = _CUT.search(after)
    return f"{before[cuts[-1] if cuts else 0 :]}{_HERE}{after[: cut.start()] if cut else after}"


def _line(text: str, start: int, end: int) -> str:
    """The line a date stands in, as far as it is near, with ◆ in the date's place."""
    left, right = text[max(0, start - 90) : start], text[end : end + 40]
    far = len(left) == 90 and "\n" not in left
    return ("…" if far else "") + left.rpartition("\n")[2] + _HERE + right.partition("\n")[0]
