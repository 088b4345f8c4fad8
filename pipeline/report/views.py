"""The kinds of pages, each with everything that stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.report.parts import (
    Attention,
    Chart,
    Choice,
    Fact,
    Frame,
    Link,
    Quoted,
    RankedList,
    Section,
    Table,
    ThemeEvidence,
    ThemeLine,
    YearGroup,
    ZoneView,
)


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The first page: everything in one screen."""

    frame: Frame
    news: Link | None
    facts: tuple[Fact, ...]
    themes: tuple[ThemeLine, ...]
    compared: tuple[Link, ...]  # what a column of changes is called, and what it compares
    lists: tuple[RankedList, ...]
    moving: tuple[Fact, ...]
    silent: RankedList
    more: tuple[RankedList, ...]
    attention: tuple[Attention, ...]
    newest: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme."""

    frame: Frame
    facts: tuple[Fact, ...]
    terms: tuple[str, ...]
    chart: Chart | None
    sentences: tuple[Quoted, ...]
    issuers: RankedList | None
    lists: tuple[RankedList, ...]
    releases: Table
    course: tuple[Table, ...] = ()  # its share by quarter and month, and how its words came about


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release."""

    frame: Frame
    subtitle: str
    notices: tuple[Link, ...]
    facts: tuple[Fact, ...]
    zones: tuple[ZoneView, ...]
    themes: tuple[ThemeEvidence, ...]
    discovered: tuple[ThemeEvidence, ...]
    events: Table | None
    found: Table
    found_count: str


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One person, place, organisation or initiative; also an issuer."""

    frame: Frame
    facts: tuple[Fact, ...]
    chart: Chart | None
    quotes: tuple[Quoted, ...]
    years: tuple[YearGroup, ...]
    more: Link | None
    themes: RankedList
    together: tuple[RankedList, ...]
    releases: Table | None = None
    more_quotes: Link | None = None


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A register, or one page of a long one."""

    frame: Frame
    tables: tuple[Table, ...]
    pages: tuple[Link, ...] = ()
    hint: str = ""
    atlas: Chart | None = None  # a map, with its table beside it
    atlas_note: str = ""
    filters: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What releases announce, or one page of it."""

    frame: Frame
    tables: tuple[Table, ...]
    pages: tuple[Link, ...]
    download: Link | None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """When releases came out and initiatives were spoken of."""

    frame: Frame
    charts: tuple[Chart, ...]
    silent: Section


@dataclass(frozen=True, slots=True)
class QualityPage:
    """How far the report can be trusted."""

    frame: Frame
    measured: bool
    statements: tuple[Fact, ...]
    tables: tuple[Section, ...]
    figures: Table | None = None


@dataclass(frozen=True, slots=True)
class NewsPage:
    """What is new since the last report."""

    frame: Frame
    facts: tuple[Fact, ...]
    lists: tuple[RankedList, ...]
    releases: Section | None
    how: str


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page whose words stand in its template."""

    frame: Frame
    template: str


Page = (
    OverviewPage
    | ThemePage
    | ReleasePage
    | EntityPage
    | IndexPage
    | CalendarPage
    | TimelinePage
    | QualityPage
    | NewsPage
    | PlainPage
)
