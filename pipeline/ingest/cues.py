"""Cue words as tables: ``patterns/<name>.toml`` -> compiled rules that say which of them matched."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
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


@cache
def table(name: str) -> tuple[Cue, ...]:
    """The rules of one pattern table, in the order of the file."""
    rows = tomllib.loads(resources.files(__package__).joinpath(f"patterns/{name}.toml").read_text("utf-8"))["cue"]
    return tuple(_cue(row) for row in rows)


def _cue(row: dict[str, Any]) -> Cue:
    ignore = re.IGNORECASE if row.get("ignore_case") else 0
    flags = frozenset(key for key, value in row.items() if value is True)
    return Cue(row["id"], re.compile(row["pattern"], ignore), row["example"], flags)


def match(name: str, line: str) -> Cue | None:
    """The first rule of a table that matches a line."""
    line = line[:_REACH]
    return next((cue for cue in table(name) if cue.matches(line)), None)
