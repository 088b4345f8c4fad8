"""Mentions grouped: what all kinds of entities share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.core.records import EntityType, Mention, Release

Releases = dict[str, Release]


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A row of the gazetteer that a place certainly is."""

    geonames_id: int | None
    ags: str | None
    region: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """One mention and why it belongs."""

    mention: Mention
    because: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions that mean one entity."""

    type: EntityType
    name: str
    members: tuple[Member, ...]
    link: PlaceLink | None = None


def best_name(names: Iterable[str]) -> str:
    """The form that stands for all: the most frequent, of equals the longest, then the first by alphabet."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def same_or(name: str, shown: str, rule: str) -> str:
    """``same_name`` where a mention has the shown form already, else the rule that joined it."""
    return "same_name" if name == shown else rule
