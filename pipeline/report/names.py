"""The names in some releases: lists beside the text, and pages of their own where there are too many for that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.report import german, lists, paths, words
from pipeline.report.corpus import TYPES, Corpus, Counts
from pipeline.report.paging import paged
from pipeline.report.parts import Cell, Column, Frame, Link, RankedList, Table
from pipeline.report.views import IndexPage

_FOLDED = 40  # further names of a list that are folded away below it; more go to pages of their own
_COLUMNS = Column("Name"), Column("Art"), Column("Was"), Column("Mitteilungen", number=True)


@dataclass(frozen=True, slots=True)
class Names:
    """Entities with the number of releases, where each number leads, and the page of which this is a part."""

    corpus: Corpus
    counts: Counts
    opens: Callable[[int], str]  # number of an entity -> the releases that were counted
    page: str
    limit: int
    types: Sequence[str] = TYPES

    def lists(self, title: str = "{}", empty: str = "Keine gefunden.") -> tuple[RankedList, ...]:
        """One list a type; ``title`` is made of the type's name."""
        return tuple(self._list(kind, title.format(words.TYPES[kind][1]), empty) for kind in self.types)

    def _list(self, kind: str, title: str, empty: str) -> RankedList:
        chosen = self._of(kind)
        left = len(chosen) - self.limit
        shown = self.limit + (_FOLDED if left <= _FOLDED else 0)
        ranked = lists.ranked(self.corpus, chosen, ("Mitteilung", "Mitteilungen"), shown, self.opens)
        told = f"und {german.number(left)} weitere" if left > 0 else ""
        if left > _FOLDED:
            return RankedList(title, ranked, Link(told, paths.names(self.page)), empty)
        return RankedList(title, ranked[: self.limit], Link(told) if told else None, empty, ranked[self.limit :])

    def _of(self, kind: str) -> Counts:
        return self.counts.where(self.corpus.kinds[self.counts.numbers] == TYPES.index(kind))

    def pages(self, of: Frame, title: str, rows: int) -> Iterator[IndexPage]:
        """All names, on pages of their own, where a list could not show them."""
        many = np.bincount(self.corpus.kinds[self.counts.numbers], minlength=len(TYPES))
        if all(many[TYPES.index(kind)] <= self.limit + _FOLDED for kind in self.types):
            return
        crumbs = (*of.crumbs, Link(of.title, of.path))
        told = german.count(len(self.counts), "Name", "Namen")
        frame = Frame(paths.names(self.page), title, of.section, told, crumbs, of.dated)
        ordered = lists.strongest(self.corpus, self.counts, len(self.counts))
        table = Table("Alle Namen", _COLUMNS, tuple(self._row(n, count) for n, count in ordered))
        yield from paged(frame, lambda number: paths.names(self.page, number), table, rows)

    def _row(self, number: int, count: int) -> tuple[Cell, ...]:
        corpus = self.corpus
        return (
            Cell(corpus.titled[number], corpus.path_of(number), german.sort_key(corpus.names[number])),
            Cell(words.TYPES[TYPES[corpus.kinds[number]]][0]),
            Cell(corpus.abouts[number]),
            Cell(german.number(count), self.opens(number), str(count)),
        )
