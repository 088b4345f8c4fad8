"""The weighted rules of ``rules.toml``: evidence -> points -> merge or not, with the reason spelled out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of evidence that two names mean one thing."""

    id: str
    points: int
    says: str  # German, for people
    example: tuple[str, ...] = ()


def _load() -> tuple[int, dict[str, Rule]]:
    table = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    rules = [Rule(r["id"], r["points"], r["says"], tuple(r.get("example", ()))) for r in table["rule"]]
    return table["threshold"], {rule.id: rule for rule in rules}


THRESHOLD, RULES = _load()


def points(evidence: Iterable[str]) -> int:
    """The points that pieces of evidence add up to."""
    return sum(RULES[rule].points for rule in evidence)


def enough(evidence: Iterable[str]) -> bool:
    """Whether the evidence suffices to merge."""
    return points(evidence) >= THRESHOLD


def because(evidence: Iterable[str]) -> str:
    """Evidence -> the word in the table: ``surname+same_release``."""
    return "+".join(evidence)
