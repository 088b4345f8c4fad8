"""Mentions grouped: what all kinds of entities share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.core.records import EntityType, Mention


class Source(Protocol):
    """What the register needs to know of a release; its text may lie on disk."""

    @property
    def release_id(self) -> str:
        """Of twelve hexadecimal digits."""

    @property
    def source_path(self) -> str:
        """Where its file lies below data/raw."""

    @property
    def issuer(self) -> str | None:
        """Who sent it."""

    @property
    def published(self) -> str:
        """The day it was sent."""

    @property
    def dateline_place(self) -> str | None:
        """Where it was written."""

    @property
    def text(self) -> str:
        """All of it, in normal form."""


Releases = Mapping[str, Source]
OFFICE = "rule:office"  # found_by of a mention that is an office without a name


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

    @property
    def forms(self) -> tuple[str, ...]:
        """The names the text gives; none where only the office stands."""
        return () if self.mention.found_by == OFFICE else (self.mention.name, self.mention.text)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions that mean one entity."""

    type: EntityType
    name: str
    members: tuple[Member, ...]
    link: PlaceLink | None = None


def best_name(names: Iterable[str]) -> str:
    """The form that stands for all: the most frequent, of equals the longest, then the first by alphabet."""
    names = list(names)
    if names.count(names[0]) == len(names):
        return names[0]
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def nominative(names: Sequence[str]) -> list[str]:
    """Forms of one name -> those that look least inflected.

    >>> nominative(["Kulturvereins Aue", "Kulturverein Aue", "Alten Mühle", "Alte Mühle"])
    ['Kulturverein Aue', 'Alte Mühle']
    """
    forms = sorted(set(names))
    if len(forms) < 2:
        return list(names)
    plain = {name for name in forms if not any(_inflects(name, other) for other in forms)}
    return [name for name in names if name in plain] or list(names)


def _inflects(name: str, other: str) -> bool:
    """Whether a form is another one with case endings: every word the same or longer, or ending in n for r."""
    words, others = name.split(), other.split()
    if name == other or len(words) != len(others):
        return False
    return all(a == b or _longer(a, b) for a, b in zip(words, others, strict=True))


def _longer(word: str, plain: str) -> bool:
    ending = word.removeprefix(plain)
    if word.startswith(plain) and ending in {"s", "es", "n", "en"}:
        return True
    return word[:-1] == plain[:-1] and word[-1] in "nm" and plain[-1] in "rs"


def same_or(name: str, shown: str, rule: str) -> str:
    """``same_name`` where a mention has the shown form already, else the rule that joined it."""
    return "same_name" if name == shown else rule
