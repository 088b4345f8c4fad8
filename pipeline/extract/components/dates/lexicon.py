"""The pattern tables -> rules and word lists. Read once, when the package is imported."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

from pipeline.extract.components.dates.begin import LETTERS, beginnings, key

RULE_FILES = ("dates_timeml.toml", "dates_calendar.toml", "dates_relative.toml", "dates_clock.toml")
Style = Literal["press", "timeml"]  # our guidelines, or what TimeML corpora mark besides and otherwise
_WINDOW = 40  # characters that `before` and `not_before` may see


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a pattern table; its patterns are compiled when a text asks for them."""

    id: str
    make: str
    type: str
    needs_day: bool
    row: dict[str, str] = field(repr=False)  # as written, with its example

    def match(self, text: str, start: int) -> Hit | None:
        """The expression that begins at `start`, if this rule reads one there."""
        found = compiled(self.row["pattern"]).match(text, start)
        if not found or found.end() == start:
            return None
        after, not_after = self._around("after"), self._around("not_after")
        ahead = after.match(text, found.end()) if after else None
        if (after and not ahead) or (not_after and not_after.match(text, found.end())):
            return None
        if not self._stands_well(text[max(0, start - _WINDOW) : start]):
            return None
        groups = {**found.groupdict(), **(ahead.groupdict() if ahead else {})}
        spans = {name: found.span(name) for name in found.re.groupindex if found[name] is not None}
        return Hit(self, start, found.end(), {k: v for k, v in groups.items() if v is not None}, spans)

    def _stands_well(self, left: str) -> bool:
        before, not_before = self._around("before"), self._around("not_before")
        if before and not before.search(left):
            return False
        return not (not_before and not_before.search(left))

    def _around(self, name: str) -> re.Pattern[str] | None:
        pattern = self.row.get(name)
        return compiled(pattern, re.IGNORECASE) if pattern is not None else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's reading of a stretch of text: the parts by name, not yet a value."""

    rule: Rule
    start: int
    end: int
    groups: dict[str, str]
    spans: dict[str, tuple[int, int]]


def table(name: str) -> dict[str, Any]:
    """One pattern file of the package as a dictionary."""
    return tomllib.loads((files("pipeline.extract") / "patterns" / name).read_text(encoding="utf-8"))


BASE = table("dates.toml")
WORDS: dict[str, dict[str, Any]] = BASE["words"]
_NAMES = sorted({*WORDS, *BASE["blocks"]}, key=len, reverse=True)  # the longest name wins: @shift before @s
_PLACEHOLDER = re.compile("@(" + "|".join(_NAMES) + ")")


@cache
def block(name: str) -> str:
    """The regular expression behind @name."""
    if name in WORDS:
        words = sorted(WORDS[name], key=lambda w: (-len(w), w))
        anycase = "" if name == "weekday_short" else "i"
        return f"(?{anycase}:" + "|".join(re.escape(w) for w in words) + ")"
    return expand(BASE["blocks"][name])


def expand(pattern: str) -> str:
    """A pattern with every @name replaced by its block."""
    return _PLACEHOLDER.sub(lambda m: block(m[1]), pattern)


@cache
def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern of the tables in verbose mode, compiled once a process."""
    return re.compile(expand(pattern), re.VERBOSE | flags)


def _rule(row: dict[str, str]) -> Rule:
    return Rule(row["id"], row["make"], row["type"], row.get("needs") == "day", row)


ALL_RULES: tuple[Rule, ...] = tuple(_rule(row) for name in RULE_FILES for row in table(name)["rule"])
_BLOCKS = BASE["blocks_out"]["patterns"]
BLOCKED = re.compile("|".join(f"(?:{row['pattern']})" for row in _BLOCKS), re.MULTILINE)
# what needs a sign that few texts have around a date is asked for only there; all else needs a digit
_SIGNS = tuple(sign for row in _BLOCKS for sign in row.get("needs", ()))
_DIGIT = re.compile(r"\d")
_UNSIGNED = re.compile("|".join(f"(?:{row['pattern']})" for row in _BLOCKS if "needs" not in row), re.MULTILINE)
# What can begin an expression: a digit, a stem of the word tables or a trigger; short weekdays only as they are.
_STEMS = {w.lower() for name, words in WORDS.items() if name != "weekday_short" for w in words}
_SHORT = frozenset(WORDS["weekday_short"])


_MOST = 100_000  # words that are kept
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a style, sorted by what they can begin with."""

    all: tuple[Rule, ...]
    digit: tuple[Rule, ...]
    word: tuple[Rule, ...]
    keys: frozenset[str]  # first three letters of what can begin an expression
    stem: re.Pattern[str]
    beginnings: dict[str, frozenset[str]]  # of each rule, by its id
    _begins: dict[str, bool] = field(default_factory=dict, repr=False)
    _rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict, repr=False)

    def at(self, text: str, start: int) -> tuple[Rule, ...]:
        """The rules that may read something from the word on that begins here."""
        signs = text[start : start + LETTERS]
        if (found := self._rules.get(signs)) is None:
            found = _kept(self._rules, signs, tuple(self._look(signs)))
        return found

    def may_begin(self, word: str) -> bool:
        """Whether an expression of time can begin with this word; most words begin none."""
        found = self._begins.get(word)
        return _kept(self._begins, word, self._has_stem(word)) if found is None else found

    def _has_stem(self, word: str) -> bool:
        if word[0].isdigit() or word in _SHORT:
            return True
        start = word[:3].lower()
        # behind the word may stand the full stop of a stem: "p. a."
        return (start in self.keys or start[:2] in self.keys) and self.stem.match(f"{word}.") is not None

    def _look(self, signs: str) -> Iterator[Rule]:
        whole = key(signs)
        heads = {whole[:length] for length in range(len(whole) + 1)}
        for rule in self.digit if signs[0].isdigit() else self.word:
            # beginnings have single blanks
            if "  " in whole or not self.beginnings[rule.id].isdisjoint(heads):
                yield rule


def _kept(store: dict[str, Kept], name: str, value: Kept) -> Kept:
    if len(store) >= _MOST:
        store.clear()
    store[name] = value
    return value


@cache
def rules(style: Style = "press") -> RuleSet:
    """The rules that hold in a style: a row without `style` holds in both."""
    held = tuple(rule for rule in ALL_RULES if rule.row.get("style", style) == style)
    triggers = BASE["triggers"]["words"] + (BASE["triggers"]["timeml"] if style == "timeml" else [])
    first = sorted({re.split(r"\W", stem)[0] for stem in _STEMS} | set(triggers))
    first = [w for w in first if w and not w.isdigit()]
    return RuleSet(
        held,
        tuple(rule for rule in held if rule.row.get("first") != "word"),
        tuple(rule for rule in held if rule.row.get("first") != "digit"),
        frozenset(w[:3].rstrip(".") for w in first),
        re.compile("|".join(re.escape(w) for w in first), re.IGNORECASE),
        {rule.id: beginnings(expand(rule.row["pattern"]), re.VERBOSE) for rule in held},
    )


def blocked(window: str) -> re.Pattern[str] | None:
    """What in a window of text may be no date though it looks like one; None where nothing can be."""
    if any(sign in window for sign in _SIGNS):
        return BLOCKED
    return _UNSIGNED if _DIGIT.search(window) else None


def cue(name: str) -> re.Pattern[str]:
    """A cue pattern: `past` and `future` look into the sentence, `backward` and `forward` just before the date."""
    return re.compile(expand(BASE["cues"][name]).replace(" ", ""), re.IGNORECASE)
