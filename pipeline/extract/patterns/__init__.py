"""Rules as tables: a TOML file of word lists and rules -> rules, each compiled when a text asks for it.

``common.toml`` holds the lists and parts that all files may use. A file has ``[words]``, lists that become
alternatives, ``[parts]``, pieces of regular expressions, and ``[[rule]]`` entries. ``{name}`` in a part or a
pattern is replaced by that list or part. A match's group ``name`` is the span, or the whole match. Every rule has
an ``id``, at least one ``example`` with its spans in square brackets, and may have ``never``: texts in which it
must find nothing. ``needs`` and ``needs_too`` say what a stretch must hold for the rule to match (``cue_words``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.components.span import Span
from pipeline.extract.patterns.cue_words import Cues, Needs, expanded

NAMES = ("persons", "places", "organisations", "initiatives", "initiative_shapes", "examples")
_SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a table: what it looks for and what it makes of it."""

    id: str
    label: str
    source: str
    confidence: float
    kind: str | None
    example: tuple[str, ...]
    never: tuple[str, ...]
    needs: tuple[Needs, ...] = ()  # of each of these lists a stretch must hold a word

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it looks for, compiled when a text asks for it; many texts ask for few."""
        return compiled(self.source)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """The spans of this rule in a stretch of text."""
        pattern = self.pattern
        for match in pattern.finditer(text, start, len(text) if end is None else end):
            group = "name" if "name" in pattern.groupindex else 0
            first, last = match.span(group)
            if first < last:
                yield Span(first, last, self.label, f"rule:{self.id}", self.confidence, kind=self.kind)


@dataclass(frozen=True, slots=True)
class Patterns:
    """A file with all slots filled."""

    words: dict[str, tuple[str, ...]]
    parts: dict[str, str]
    rules: tuple[Rule, ...]
    tables: dict[str, Any]  # whatever else the file says
    compiled: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A regular expression with the file's lists and parts in its slots, made once."""
        if (found := self.compiled.get(pattern)) is None:
            found = self.compiled[pattern] = re.compile(_fill(pattern, self.words, self.parts))
        return found

    def rule(self, rule_id: str) -> Rule:
        """A rule by its id."""
        return next(rule for rule in self.rules if rule.id == rule_id)


@cache
def compiled(source: str) -> re.Pattern[str]:
    """The pattern of a row, compiled once a process."""
    return re.compile(source, re.VERBOSE)


@cache
def load(name: str) -> Patterns:
    """The file ``patterns/<name>.toml``, read once a process."""
    common, table = _common(), _read(name)
    words = {key: tuple(value) for key, value in {**common["words"], **table.pop("words", {})}.items()}
    parts: dict[str, str] = {**common["parts"], **table.pop("parts", {})}
    rules = tuple(_rule(entry, words, parts) for entry in table.pop("rule", []))
    return Patterns(words, parts, rules, table)


@cache
def cues() -> Cues:
    """What the rules of names need, a bit each."""
    return Cues.of(needs for name in NAMES for rule in load(name).rules for needs in rule.needs)


@cache
def chances(name: str) -> tuple[tuple[Rule, int], ...]:
    """Each rule of a file of names with the bits that it needs."""
    return tuple((rule, sum(cues().bits[needs] for needs in rule.needs)) for rule in load(name).rules)


@cache
def _common() -> dict[str, Any]:
    return _read("common")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _rule(entry: dict[str, Any], words: dict[str, tuple[str, ...]], parts: dict[str, str]) -> Rule:
    return Rule(
        id=entry["id"],
        label=entry["label"],
        source=_fill(entry["pattern"], words, parts),
        confidence=entry["confidence"],
        kind=entry.get("kind"),
        example=tuple(entry["example"]),
        never=tuple(entry.get("never", ())),
        needs=tuple(expanded(entry[key], words) for key in ("needs", "needs_too") if key in entry),
    )


def _fill(pattern: str, words: dict[str, tuple[str, ...]], parts: dict[str, str]) -> str:
    """Lists and parts into their slots, until none is left."""

    def fill(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in words:
            return alternatives(words[name])
        return f"(?:{_fill(parts[name], words, parts)})"

    return _SLOT.sub(fill, pattern)


def alternatives(words: tuple[str, ...] | list[str]) -> str:
    """Words -> a group that matches any of them, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"
