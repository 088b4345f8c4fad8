"""The corpus -> every page and file of the site, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.report import german, paths, words
from pipeline.report.calendar_pages import calendar_pages
from pipeline.report.corpus import Corpus
from pipeline.report.entity_pages import entity_pages, issuer_pages
from pipeline.report.ics import calendar
from pipeline.report.overview import overview_page
from pipeline.report.parts import Frame, Link, Site
from pipeline.report.quality import Quality, quality_page
from pipeline.report.quoting import Quoting
from pipeline.report.registers import register_pages
from pipeline.report.release_pages import release_pages
from pipeline.report.render import assets, render
from pipeline.report.search import index_script
from pipeline.report.settings import ReportParams
from pipeline.report.theme_pages import theme_pages
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


def site(corpus: Corpus, settings: ReportParams) -> Site:
    """What all pages share."""
    stand = german.date(corpus.stand) if corpus.stand else "noch ohne Mitteilungen"
    return Site(settings.title, stand, MENU)


def files(corpus: Corpus, quality: Quality, settings: ReportParams) -> Iterator[tuple[str, Iterable[str]]]:
    """Every file of the site: (path, its content in pieces), one at a time."""
    shared = site(corpus, settings)
    for page in pages(corpus, quality, settings):
        yield page.frame.path, [render(page, shared)]
    if len(corpus.events):
        yield paths.ICS, calendar(corpus, Quoting(corpus), settings.title)
    yield from assets()
    yield "assets/search-index.js", index_script(corpus)


def pages(corpus: Corpus, quality: Quality, settings: ReportParams) -> Iterator[Page]:
    """Every page, the first page first."""
    quoting, limit = Quoting(corpus), settings.list_limit
    yield overview_page(corpus, quoting, settings.title)
    yield from register_pages(corpus, settings.index_rows)
    yield from theme_pages(corpus, quoting, limit)
    yield from release_pages(corpus, quoting)
    yield from entity_pages(corpus, quoting, limit)
    yield from issuer_pages(corpus, limit)
    yield from calendar_pages(corpus, quoting, settings.index_rows)
    yield timeline_page(corpus)
    yield quality_page(corpus, quoting, quality, limit)
    yield PlainPage(Frame(paths.GUIDE, "So liest man diesen Bericht", paths.GUIDE), "guide.html")
    yield PlainPage(Frame(paths.SEARCH, "Suche", ""), "search.html")
