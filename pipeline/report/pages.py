"""The corpus -> every page and file of the site, a job at a time, so that jobs can be shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipeline.report import german, paths, words
from pipeline.report.calendar_pages import calendar_pages
from pipeline.report.corpus import Corpus
from pipeline.report.entity_pages import entity_pages
from pipeline.report.issuer_pages import issuer_pages
from pipeline.report.memory import Memory
from pipeline.report.news import news_pages
from pipeline.report.overview import overview_page
from pipeline.report.parts import Frame, Link, Site
from pipeline.report.quality import Quality, quality_pages
from pipeline.report.quoting import Quoting
from pipeline.report.registers import entities_pages, issuers_pages, releases_pages, themes_page
from pipeline.report.release_pages import release_page
from pipeline.report.render import assets, render
from pipeline.report.search import scripts
from pipeline.report.settings import ReportParams
from pipeline.report.theme_pages import names_pages, theme_page
from pipeline.report.timeline import timeline_page
from pipeline.report.views import Page, PlainPage

MENU = (
    Link("Überblick", paths.OVERVIEW),
    Link("Themen", paths.THEMES),
    *(Link(words.TYPES[kind][1], paths.index(folder)) for kind, folder in words.TYPE_DIRS.items()),
    Link("Mitteilungen", paths.RELEASES),
    Link("Termine", paths.CALENDAR),
    Link("Zeitleiste", paths.TIMELINE),
    Link("Qualität", paths.QUALITY),
    Link("Hinweise", paths.GUIDE),
)
_MANUAL = "Anleitung: vom ersten Ordner zum berichtigten Bericht"
_FEWEST, _MOST, _BATCHES = 1, 512, 64  # jobs that a process takes at a time; batches to be aimed at
AT_A_TIME = 8  # jobs of a later run that a process takes
File = tuple[str, Iterable[str]]  # path and content in pieces


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of the site: what is to be made, and which one of many."""

    kind: str
    which: int | str = 0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many releases, entities, themes and issuers there are."""

    releases: int
    entities: int
    themes: int
    issuers: int


def batch_size(count: int) -> int:
    """Small enough to share the work out evenly, large enough that nobody waits while another is at a long job."""
    return min(max(count // _BATCHES, _FEWEST), _MOST)


def heavy(much: Sizes) -> int:
    """What looks at the whole corpus, in pages: from 2,000 releases on it is worth two processes."""
    return much.releases // 10


def jobs(much: Sizes) -> list[Job]:
    """All pieces of the site, as in a first run: those that take long come early, one a batch."""
    long, short = [*always(much), *_lists(much)], [*_short(much)]
    return list(_spread(long, iter(short), batch_size(len(long) + len(short))))


def always(much: Sizes) -> list[Job]:
    """What looks at the whole corpus and so is made in every run: the longest first."""
    return [
        *(Job(kind) for kind in ("workbook", "search", "pdf")),
        *(Job("register", kind) for kind in words.TYPES),
        *(Job(kind) for kind in (*_AGGREGATES, "ics", "assets")),
        *(Job("theme", number) for number in range(much.themes)),
    ]


def _lists(much: Sizes) -> Iterator[Job]:
    yield from (Job("names", number) for number in range(much.themes))
    yield from (Job("issuer", number) for number in range(much.issuers))


def _short(much: Sizes) -> Iterator[Job]:
    yield from (Job("release", number) for number in range(much.releases))
    yield from (Job("entity", number) for number in range(much.entities))


def _spread(long: list[Job], short: Iterator[Job], size: int) -> Iterator[Job]:
    """A long job at the head of each batch, as far as they reach: else one process has all of them."""
    for job in long:
        yield job
        yield from islice(short, size - 1)
    yield from short


def stand(corpus: Corpus) -> str:
    """The date of the report, as its pages say it."""
    return german.date(corpus.stand) if corpus.stand else "noch ohne Mitteilungen"


class Maker:
    """Makes the files of a job."""

    def __init__(self, corpus: Corpus, quality: Quality, memory: Memory, settings: ReportParams) -> None:
        self.corpus, self.quality, self.memory, self.settings = corpus, quality, memory, settings
        self.quoting = Quoting(corpus)
        self._site = Site(settings.title, stand(corpus), MENU)

    def files(self, job: Job) -> Iterator[File]:
        """The files of a job."""
        if job.kind in _FILES:
            yield from _FILES[job.kind](self)
            return
        if job.kind in ("pdf", "workbook"):
            return
        for page in self.pages(job):
            yield page.frame.path, [render(page, self._site)]

    def pages(self, job: Job) -> Iterator[Page]:
        """The pages of a job."""
        made = _SINGLE[job.kind](self, job.which) if job.kind in _SINGLE else _AGGREGATES[job.kind](self)
        yield from made if isinstance(made, Iterator) else [made]


def files(maker: Maker) -> Iterator[File]:
    """Every file of the site, in this process."""
    corpus = maker.corpus
    much = Sizes(len(corpus.heads), len(corpus.entities), len(corpus.themes), len(corpus.by_issuer))
    for job in jobs(much):
        yield from maker.files(job)


def _entity(m: Maker, number: int) -> Iterator[Page]:
    if number >= len(m.corpus.entities) or not m.corpus.has_page(number):
        return
    yield from entity_pages(m.corpus, m.quoting, number, m.settings.list_limit, m.settings.index_rows)


def _calendar_file(m: Maker) -> Iterator[File]:
    from pipeline.report.ics import calendar  # noqa: PLC0415  a library that only this file needs

    if len(m.corpus.events):
        yield paths.ICS, calendar(m.corpus, m.quoting, m.settings.title)


def _search_files(m: Maker) -> Iterator[File]:
    yield from scripts(m.corpus, m.memory)


_FILES: dict[str, Callable[[Maker], Iterator[File]]] = {
    "ics": _calendar_file,
    "search": _search_files,
    "assets": lambda _: assets(),
}
_AGGREGATES: dict[str, Callable[[Maker], Page | Iterator[Page]]] = {
    "timeline": lambda m: timeline_page(m.corpus),
    "overview": lambda m: overview_page(m.corpus, m.quoting, m.memory, m.settings.title),
    "news": lambda m: news_pages(m.corpus, m.memory, m.settings.list_limit, m.settings.index_rows),
    "themes": lambda m: themes_page(m.corpus),
    "releases": lambda m: releases_pages(m.corpus, m.settings.index_rows),
    "issuers": lambda m: issuers_pages(m.corpus, m.settings.index_rows),
    "calendar": lambda m: calendar_pages(m.corpus, m.quoting, m.settings.index_rows),
    "quality": lambda m: quality_pages(
        m.corpus, m.quoting, m.quality, m.settings.list_limit, m.settings.index_rows
    ),
    "guide": lambda _: PlainPage(
        Frame(paths.GUIDE, "So liest man diesen Bericht", paths.GUIDE, dated=False), "guide.html"
    ),
    "manual": lambda _: PlainPage(Frame(paths.MANUAL, _MANUAL, paths.GUIDE), "anleitung.html"),
    "find": lambda _: PlainPage(Frame(paths.SEARCH, "Suche", "", dated=False), "search.html"),
}
_SINGLE: dict[str, Callable[[Maker, Any], Page | Iterator[Page]]] = {
    "register": lambda m, kind: entities_pages(m.corpus, kind, m.settings.index_rows),
    "theme": lambda m, n: theme_page(m.corpus, m.quoting, m.corpus.themes_by_weight[n], m.settings.list_limit),
    "names": lambda m, n: names_pages(m.corpus, m.corpus.themes_by_weight[n], m.settings.index_rows),
    "issuer": lambda m, n: issuer_pages(
        m.corpus, list(m.corpus.by_issuer)[n], m.settings.list_limit, m.settings.index_rows
    ),
    "release": lambda m, n: release_page(m.corpus, m.quoting, m.corpus.heads[n]),
    "entity": _entity,
}
