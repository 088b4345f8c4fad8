"""A release as the components read it: units, sentences, words, the model's names.

Everything is offsets into ``Page.text``; no component needs spaCy, so each can be tested with a page made by hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from pipeline.extract import patterns
from pipeline.extract.components.span import Span
from pipeline.extract.patterns.cue_words import TOKEN

__all__ = ["Page", "Span", "Unit", "Word"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, a headline line or a contact line: no sentence and no name crosses its ends."""

    start: int
    end: int
    zone: str


class Word(NamedTuple):
    """One token of the model, with the universal part of speech."""

    start: int
    end: int
    lemma: str
    pos: str


@dataclass(frozen=True)
class Page:
    """A release, read by the model."""

    text: str
    units: Sequence[Unit]
    sentences: Sequence[tuple[int, int]] = ()
    words: Sequence[Word] = ()
    names: Sequence[Span] = ()  # as the model gives them: PER, LOC, ORG, MISC
    # start of a word -> how likely it is part of a PER, LOC, ORG, MISC; words that lean to a name, some models
    leanings: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    issuer: str | None = None
    dateline_place: str | None = None
    published: str = ""
    published_basis: str = ""  # as in core.records.Release
    title: str = field(default="")

    @cached_property
    def flat(self) -> str:
        """The text with soft line ends as spaces; same length, same offsets."""
        return self.text.replace("\n", " ")

    @cached_property
    def tokens(self) -> list[set[str]]:
        """The different words and signs of each unit."""
        return [set(TOKEN.findall(self.flat, unit.start, unit.end)) for unit in self.units]

    @cached_property
    def cues(self) -> list[int]:
        """What each unit has of what rules need."""
        return list(map(patterns.cues().seen, self.tokens))

    def chances(self, name: str) -> Iterator[tuple[patterns.Rule, Unit]]:
        """Each rule of a file of patterns with each unit that may hold it, rule by rule."""
        units, every = self._seen
        for rule, needs in patterns.chances(name):
            if needs & ~every == 0:
                for unit, seen in units:
                    if needs & ~seen == 0:
                        yield rule, unit

    @cached_property
    def _seen(self) -> tuple[list[tuple[Unit, int]], int]:
        """Each unit with its cues, and the cues of all."""
        return list(zip(self.units, self.cues, strict=True)), reduce(or_, self.cues, 0)

    @cached_property
    def pos_at(self) -> dict[int, str]:
        """Start of a word -> its part of speech."""
        return {word.start: word.pos for word in self.words}

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """Where sentences begin: there a capital letter says nothing."""
        return frozenset(start for start, _ in self.sentences)

    def with_names(self, names: Sequence[Span]) -> Page:
        """The same page with other names of the model; what was worked out of its text stays."""
        page = copy(self)
        page.__dict__["names"] = names
        return page

    def unit_at(self, offset: int) -> Unit:
        """The unit an offset lies in, or the one that ends before it."""
        return self.units[max(0, bisect_right(self._unit_starts, offset) - 1)]

    @cached_property
    def _unit_starts(self) -> list[int]:
        return [unit.start for unit in self.units]
