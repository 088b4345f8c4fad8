"""What pages are made of, decided: every text spelled, every list sorted and cut. Templates only loop.

What stands on a page by the hundred is a named tuple, which is made three times as fast as a frozen dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup


class Link(NamedTuple):
    """Words that lead somewhere; ``path`` counts from the root of the site, empty for plain words."""

    text: str
    path: str = ""
    note: str = ""
    note_path: str = ""  # where a number in the note leads


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around its content."""

    path: str
    title: str
    section: str  # path of the menu entry that is lit
    lead: str = ""
    crumbs: tuple[Link, ...] = ()
    dated: bool = True  # bears the date of the report; pages of releases and names do not, see decision 0014

    @property
    def menu_path(self) -> str:
        """The page as the menu knows it; pages that stand in no menu are all alike to it."""
        return self.path if self.path == self.section else ""

    @property
    def root(self) -> str:
        """From this page to the root of the site."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Site:
    """The same on every page."""

    title: str
    stand: str
    menu: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand on the right, narrow columns keep their words on one line."""

    title: str
    number: bool = False
    narrow: bool = False
    means: str = ""  # where it is explained how a computed figure comes about


class Cell(NamedTuple):
    """One field of a table; ``sort`` is what a click on the column's head sorts by."""

    text: str
    path: str = ""
    sort: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()  # further ways, after the text


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``more`` says in words what was left out, and where that stands."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: str = ""
    sortable: bool = True
    more_path: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of a filter; the ``path`` of an option is its value."""

    name: str
    label: str
    options: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its description and the figures behind it."""

    svg: Markup
    table: Table
    credit: str = ""  # whose data it draws, where their licence asks for it


class Fact(NamedTuple):
    """A label and what it is: "Zeitraum", "2017 bis 2025"."""

    label: str
    value: str
    path: str = ""  # what a number counts, or where it is explained how it was computed
    note: str = ""
    links: tuple[Link, ...] = ()  # instead of the value


class Bit(NamedTuple):
    """A piece of a quoted sentence; ``marked`` where the name stands."""

    text: str
    marked: bool = False


class Quoted(NamedTuple):
    """A sentence of a release, with the way back to it."""

    bits: tuple[Bit, ...]
    path: str
    title: str  # of the release
    source: str  # issuer and date
    note: str = ""


class Ranked(NamedTuple):
    """An entry of a list that is ordered by weight; ``weight`` is the length of its bar, 0 to 1."""

    link: Link
    value: str
    weight: float  # 0: no bar, because all are equal
    note: str = ""
    evidence: Link | None = None
    opens: str = ""  # what the value counts, where no evidence does


@dataclass(frozen=True, slots=True)
class RankedList:
    """Ranked entries under a heading."""

    title: str
    items: tuple[Ranked, ...]
    more: Link | None = None
    empty: str = "Keine gefunden."
    rest: tuple[Ranked, ...] = ()  # further entries, folded away under ``more``


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme on the overview."""

    link: Link
    releases: str
    share: str
    weight: float
    spark: Markup
    changes: tuple[Fact, ...]  # label: mehr, weniger, gleich, offen; value: in words


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that a person should look at."""

    title: str
    text: str
    path: str
    urgent: bool = False
    items: tuple[Link, ...] = ()


class Node(NamedTuple):
    """A piece of a release's text; ``kind`` is text, s (sentence), quote or a label."""

    kind: str
    text: str = ""
    children: tuple[Node, ...] = ()
    anchor: str = ""
    path: str = ""
    tip: str = ""
    goes_on: bool = False  # another piece of the same mark follows
    holds_links: bool = False  # so it cannot be a link itself


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A stretch of a release; ``folded`` ones open on a click."""

    name: str
    label: str
    folded: bool
    paragraphs: tuple[tuple[Node, ...], ...]


class ThemeEvidence(NamedTuple):
    """Why a release belongs to a theme."""

    link: Link
    share: str
    terms: tuple[str, ...]
    sentence: Link | None


class Passage(NamedTuple):
    """Sentences of one release."""

    title: str
    path: str
    source: str
    sentences: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    """What was said in one year."""

    year: str
    count: str
    releases: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with an anchor, a sentence, and a table if there is anything to show."""

    anchor: str
    title: str
    text: str
    table: Table | None = None
