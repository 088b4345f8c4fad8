"""The corpus -> every page and file of the site, a job at a time, so that jobs can be shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipeline.report import german, paths, words
from pipeline.report.calendar_pages import calendar_pages
from pipeline.report.corpus import Corpus
from pipeline.report.entity_pages import all_mentions, entity_page, issuer_page
from pipeline.report.ics import calendar
from pipeline.report.memory import Memory
from pipeline.report.news import news_page
from pipeline.report.overview import overview_page
from pipeline.report.parts import Frame, Link, Site
from pipeline.report.quality import Quality, quality_page
from pipeline.report.quoting import Quoting
from pipeline.report.registers import entities_pages, issuers_pages, releases_pages, themes_page
from pipeline.report.release_pages import release_page
from pipeline.report.render import assets, render
from pipeline.report.search import scripts
from pipeline.report.settings import ReportParams
from pipeline.report.theme_pages import theme_page
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
BATCH = 64  # jobs that a process takes at a time
File = tuple[str, Iterable[str]]  # path and content in pieces


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of the site: what is to be made, and which one of many."""

    kind: str
    which: int | str = 0


def jobs(corpus: Corpus) -> list[Job]:
    """All pieces of the site; those that look at the whole corpus take long and come early, one a batch."""
    long = [
        *(Job(kind) for kind in (*_FILES, *_AGGREGATES)),
        *(Job("register", kind) for kind in words.TYPES),
        *(Job("theme", number) for number in range(len(corpus.themes))),
        *(Job("issuer", issuer) for issuer in corpus.by_issuer),
    ]
    short = [
        *(Job("release", number) for number in range(len(corpus.heads))),
        *(Job("entity", number) for number in range(len(corpus.entities))),
    ]
    return list(_spread(long, short))


def _spread(long: list[Job], short: list[Job]) -> Iterator[Job]:
    """A long job at the head of each batch, as far as they reach: else one process has all of them."""
    left = iter(short)
    for job in long:
        yield job
        yield from islice(left, BATCH - 1)
    yield from left


class Maker:
    """Makes the files of a job."""

    def __init__(self, corpus: Corpus, quality: Quality, memory: Memory, settings: ReportParams) -> None:
        self.corpus, self.quality, self.memory, self.settings = corpus, quality, memory, settings
        self.quoting = Quoting(corpus)
        stand = german.date(corpus.stand) if corpus.stand else "noch ohne Mitteilungen"
        self._site = Site(settings.title, stand, MENU)

    def files(self, job: Job) -> Iterator[File]:
        """The files of a job."""
        if job.kind in _FILES:
            yield from _FILES[job.kind](self)
            return
        for page in self.pages(job):
            yield page.frame.path, [render(page, self._site)]

    def pages(self, job: Job) -> Iterator[Page]:
        """The pages of a job."""
        made = _SINGLE[job.kind](self, job.which) if job.kind in _SINGLE else _AGGREGATES[job.kind](self)
        yield from made if isinstance(made, Iterator) else [made]


def files(maker: Maker) -> Iterator[File]:
    """Every file of the site, in this process."""
    for job in jobs(maker.corpus):
        yield from maker.files(job)


def _entity(m: Maker, number: int) -> Iterator[Page]:
    limit = m.settings.list_limit
    yield entity_page(m.corpus, m.quoting, number, limit)
    yield from all_mentions(m.corpus, m.quoting, number, limit, m.settings.index_rows)


def _calendar_file(m: Maker) -> Iterator[File]:
    if len(m.corpus.events):
        yield paths.ICS, calendar(m.corpus, m.quoting, m.settings.title)


def _search_files(m: Maker) -> Iterator[File]:
    yield from scripts(m.corpus)


_FILES: dict[str, Callable[[Maker], Iterator[File]]] = {
    "ics": _calendar_file,
    "search": _search_files,
    "assets": lambda _: assets(),
}
_AGGREGATES: dict[str, Callable[[Maker], Page | Iterator[Page]]] = {
    "overview": lambda m: overview_page(m.corpus, m.quoting, m.memory, m.settings.title),
    "news": lambda m: news_page(m.corpus, m.memory, m.settings.list_limit),
    "themes": lambda m: themes_page(m.corpus),
    "releases": lambda m: releases_pages(m.corpus, m.settings.index_rows),
    "issuers": lambda m: issuers_pages(m.corpus, m.settings.index_rows),
    "calendar": lambda m: calendar_pages(m.corpus, m.quoting, m.settings.index_rows),
    "timeline": lambda m: timeline_page(m.corpus),
    "quality": lambda m: quality_page(m.corpus, m.quoting, m.quality, m.settings.list_limit),
    "guide": lambda _: PlainPage(Frame(paths.GUIDE, "So liest man diesen Bericht", paths.GUIDE), "guide.html"),
    "manual": lambda _: PlainPage(Frame(paths.MANUAL, _MANUAL, paths.GUIDE), "anleitung.html"),
    "find": lambda _: PlainPage(Frame(paths.SEARCH, "Suche", ""), "search.html"),
}
_SINGLE: dict[str, Callable[[Maker, Any], Page | Iterator[Page]]] = {
    "register": lambda m, kind: entities_pages(m.corpus, kind, m.settings.index_rows),
    "theme": lambda m, n: theme_page(m.corpus, m.quoting, m.corpus.themes_by_weight[n], m.settings.list_limit),
    "issuer": lambda m, issuer: issuer_page(m.corpus, issuer, m.settings.list_limit),
    "release": lambda m, n: release_page(m.corpus, m.quoting, m.corpus.heads[n]),
    "entity": _entity,
}
