"""Cue words as tables: ``patterns/<name>.toml`` -> compiled rules that say which of them matched."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

# no cue needs more of a line than this, and a rule must stay quick on a line of any length
_REACH = 600


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule: its id, its compiled pattern, an example that it must match, and its flags."""

    id: str
    pattern: re.Pattern[str]
    example: str
    flags: frozenset[str]

    def matches(self, line: str) -> bool:
        """Whether the rule matches; one that begins with ``^`` is tried at the start only."""
        at_start = self.pattern.pattern.startswith("^")
        return (self.pattern.match(line) if at_start else self.pattern.search(line)) is not None


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of a file, and two patterns that say quickly that none of them matches."""

    cues: tuple[Cue, ...]
    at_start: re.Pattern[str]
    anywhere: re.Pattern[str]

    def may_match(self, line: str) -> bool:
        """Whether any rule matches; most lines match none."""
        return self.at_start.match(line) is not None or self.anywhere.search(line) is not None


@cache
def table(name: str) -> tuple[Cue, ...]:
    """The rules of one pattern table, in the order of the file."""
    return _load(name).cues


@cache
def _load(name: str) -> Table:
    file = resources.files(__package__).joinpath(f"patterns/{name}.toml")
    found = tuple(_cue(row) for row in tomllib.loads(file.read_text("utf-8"))["cue"])
    anchored = [cue.pattern for cue in found if cue.pattern.pattern.startswith("^")]
    return Table(found, _union(anchored), _union([cue.pattern for cue in found if cue.pattern not in anchored]))


def _union(patterns: list[re.Pattern[str]]) -> re.Pattern[str]:
    """One pattern that matches where any of several does; of none, one that never matches."""
    flags = {re.IGNORECASE: "i"}
    parts = [f"(?{flags.get(pattern.flags & re.IGNORECASE, '')}:{pattern.pattern})" for pattern in patterns]
    return re.compile("|".join(parts) or r"(?!)")


def _cue(row: dict[str, Any]) -> Cue:
    ignore = re.IGNORECASE if row.get("ignore_case") else 0
    flags = frozenset(key for key, value in row.items() if value is True)
    return Cue(row["id"], re.compile(row["pattern"], ignore), row["example"], flags)


@lru_cache(maxsize=1 << 12)
def match(name: str, line: str) -> Cue | None:
    """The first rule of a table that matches a line; remembered, because zones ask for a line several times."""
    line = line[:_REACH]
    rules = _load(name)
    if not rules.may_match(line):
        return None
    return next((cue for cue in rules.cues if cue.matches(line)), None)
