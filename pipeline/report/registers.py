"""The registers: all themes, releases, issuers, people, places, organisations and initiatives as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.core.records import Entity
from pipeline.core.theme_records import Theme
from pipeline.report import german, lists, paths, words
from pipeline.report.changes import change, compared
from pipeline.report.corpus import Corpus
from pipeline.report.maps import elsewhere, places_map
from pipeline.report.paging import paged
from pipeline.report.parts import Cell, Choice, Column, Frame, Link, Table
from pipeline.report.theme_facts import EVENTS
from pipeline.report.views import IndexPage

Rows = Sequence[tuple[Cell, ...]]
_ISSUERS = 400  # issuers that a filter offers; more would make the page too long
_SECOND = {"person": "Amt oder Funktion", "place": "Region", "initiative": "Art"}


def themes_page(corpus: Corpus) -> IndexPage:
    """All themes, the given ones before the discovered ones."""
    columns: tuple[Column, ...] = (
        Column("Thema"),
        Column("Mitteilungen", number=True),
        Column("Anteil", number=True, means=paths.SHARES),
        Column("Veränderung", number=True, means=paths.CHANGES),
        Column("Neueste Mitteilung", narrow=True),
    )
    facts = corpus.theme_facts
    if facts.trends:
        columns = (*columns[:4], Column("Auf lange Sicht", means=paths.TRENDS), *columns[4:])
    tables = []
    for scheme, caption in (("guided", "Vorgegebene Themen"), ("discovered", "Entdeckte Themen")):
        chosen = [x for x in corpus.themes_by_weight if x.scheme == scheme]
        if chosen:
            tables.append(Table(caption, columns, tuple(_theme_row(corpus, theme) for theme in chosen)))
    if changed := _passport(corpus):
        tables.append(changed)
    told = " ".join(row.message_de for row in facts.discovery)
    lead = f"Worüber geschrieben wird. Eine Mitteilung kann zu mehreren Themen gehören. {told}".strip()
    return IndexPage(Frame(paths.THEMES, "Themen", paths.THEMES, lead), tuple(tables), hint=compared(corpus))


def _passport(corpus: Corpus) -> Table | None:
    """What became of the discovered themes since the run that was accepted."""
    rows = tuple(
        (
            Cell(row.label, paths.theme(corpus.theme_at[row.theme_id]) if row.theme_id in corpus.theme_at else ""),
            Cell(EVENTS.get(row.event, row.event)),
            Cell(row.because),
        )
        for row in corpus.theme_facts.passport
        if row.event not in ("first", "kept")
    )
    columns = Column("Thema"), Column("Was geschah"), Column("Woran man es sieht")
    return Table("Was aus den entdeckten Themen wurde", columns, rows) if rows else None


def _theme_row(corpus: Corpus, theme: Theme) -> tuple[Cell, ...]:
    heads = corpus.releases_of(theme.theme_id)
    share = len(heads) / max(len(corpus.heads), 1)
    changed = change(corpus, theme.theme_id)
    terms = "" if theme.scheme == "guided" else ", ".join(theme.terms[:5])
    newest = (
        Cell(german.date(heads[0].published), heads[0].path, heads[0].published) if heads else Cell("noch keine")
    )
    return (
        Cell(theme.label, paths.theme(theme), german.sort_key(theme.label), terms),
        Cell(german.number(len(heads)), f"{paths.theme(theme)}#mitteilungen" if heads else "", str(len(heads))),
        Cell(german.percent(share, 1), sort=f"{share:.6f}"),
        Cell(changed.words or "–", sort=changed.sort),
        *([Cell(corpus.theme_facts.direction(theme.theme_id) or "–")] if corpus.theme_facts.trends else []),
        newest,
    )


def releases_pages(corpus: Corpus, rows: int) -> Iterator[IndexPage]:
    """All releases, newest first."""
    table = lists.release_table(corpus.newest, "Alle Mitteilungen, die neueste zuerst", len(corpus.newest))
    choices = _choices(corpus) if table.rows else ()
    for page in _register("mitteilungen", "Mitteilungen", table, rows):
        yield replace(page, filters=choices)


def _choices(corpus: Corpus) -> tuple[Choice, ...]:
    """What the list of releases can be cut down to."""
    themes = [x for x in corpus.themes_by_weight if x.theme_id in corpus.by_theme]
    issuers = sorted(corpus.by_issuer, key=german.sort_key)
    return (
        Choice("thema", "Thema", tuple(Link(theme.label, theme.theme_id) for theme in themes)),
        Choice("jahr", "Jahr", tuple(Link(year, year) for year in reversed(corpus.per_year))),
        Choice("herausgeber", "Herausgeber", tuple(Link(name, name) for name in issuers[:_ISSUERS])),
    )


def issuers_pages(corpus: Corpus, rows: int) -> Iterator[IndexPage]:
    """All issuers, the busiest first."""
    found = tuple(
        (
            Cell(issuer, paths.issuer(issuer), german.sort_key(issuer)),
            Cell(german.number(len(heads)), f"{paths.issuer(issuer)}#mitteilungen", str(len(heads))),
            Cell(german.date(heads[-1].published), heads[-1].path, heads[-1].published),
            Cell(german.date(heads[0].published), heads[0].path, heads[0].published),
        )
        for issuer, heads in corpus.by_issuer.items()
    )
    columns = (
        Column("Herausgeber"),
        Column("Mitteilungen", number=True),
        Column("Erste", narrow=True),
        Column("Neueste", narrow=True),
    )
    table = Table("Alle Herausgeber", columns, found)
    yield from _register("herausgeber", "Herausgeber", table, rows, section=paths.RELEASES)


def entities_pages(corpus: Corpus, kind: str, rows: int) -> Iterator[IndexPage]:
    """One register, the entry with most releases first."""
    name = words.TYPES[kind][1]
    second = [Column(_SECOND[kind])] if kind in _SECOND else []
    columns = (
        Column(words.TYPES[kind][0]),
        *second,
        Column("Mitteilungen", number=True),
        Column("Nennungen", number=True),
        Column("Zuerst", narrow=True),
        Column("Zuletzt", narrow=True),
    )
    table = Table(f"Alle {name}", columns, tuple(_entity_rows(corpus, corpus.ordered(kind))))
    for page in _register(words.TYPE_DIRS[kind], name, table, rows):
        first = page.frame.path == paths.index(words.TYPE_DIRS[kind])
        atlas = places_map(corpus) if kind == "place" and first else None
        yield replace(page, atlas=atlas, atlas_note=elsewhere(corpus)) if atlas else page


def _entity_rows(corpus: Corpus, numbers: list[int]) -> Iterator[tuple[Cell, ...]]:
    opens = lists.opener(corpus)
    for number, entity in zip(numbers, corpus.entities.pick(numbers), strict=True):
        yield _entity_row(corpus, number, entity, opens(number))


def _entity_row(corpus: Corpus, number: int, entity: Entity, releases: str) -> tuple[Cell, ...]:
    about = lists.about(entity)
    path = corpus.path_of(number)
    mentions = f"{path}#nennungen" if corpus.has_page(number) else path
    second = [Cell(about, sort=german.sort_key(about))] if entity.type in _SECOND else []
    return (
        Cell(lists.title(entity), path, german.sort_key(entity.name)),
        *second,
        Cell(german.number(entity.n_releases), releases, str(entity.n_releases)),
        Cell(german.number(entity.n_mentions), mentions, str(entity.n_mentions)),
        Cell(german.date(entity.first), sort=entity.first),
        Cell(german.date(entity.last), sort=entity.last),
    )


def _register(folder: str, title: str, table: Table, rows: int, section: str = "") -> Iterator[IndexPage]:
    """A register on as many pages as it needs."""
    text = german.count(len(table.rows), "Eintrag", "Einträge")
    frame = Frame(paths.index(folder), title, section or paths.index(folder), text)
    yield from paged(frame, lambda number: paths.index(folder, number), table, rows)
