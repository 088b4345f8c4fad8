"""One person, place, organisation or initiative -> its page; an issuer gets the same kind of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.core.records import Entity
from pipeline.report import charts, german, lists, paths, words
from pipeline.report.corpus import Corpus, Head, newest_first
from pipeline.report.quoting import Marks, Quoting
from pipeline.report.views import (
    Cell,
    Chart,
    Column,
    EntityPage,
    Fact,
    Frame,
    Link,
    Quoted,
    Table,
    YearGroup,
)

_TOGETHER = 12  # entries of a list "together with"
_QUOTES = 10  # quotes of a speaker before the mentions
_TYPES = ("person", "place", "organisation", "initiative")


def entity_pages(corpus: Corpus, quoting: Quoting, limit: int) -> Iterator[EntityPage]:
    """All entities -> their pages, one at a time."""
    for number, entity in enumerate(corpus.entities):
        mentions = corpus.mentions_of(number)
        if mentions:
            yield _page(corpus, quoting, number, entity, mentions, limit)


def _page(
    corpus: Corpus,
    quoting: Quoting,
    number: int,
    entity: Entity,
    mentions: list[tuple[Head, int]],
    limit: int,
) -> EntityPage:
    heads = _distinct(mentions)
    shown = mentions[:limit]
    return EntityPage(
        _frame(corpus, number, entity),
        words.TYPES[entity.type][0],
        _facts(quoting, entity, mentions, len(heads)),
        year_chart(corpus, heads, "jahre"),
        tuple(_speech(quoting, corpus.speeches.get(number, [])[:_QUOTES])),
        tuple(_years(quoting, entity, shown)),
        _more(len(mentions) - len(shown)),
        (
            lists.theme_lists(corpus, heads, _TOGETHER),
            *lists.by_type(corpus, corpus.entities_in(heads), _TYPES, _TOGETHER, without=number),
        ),
    )


def _frame(corpus: Corpus, number: int, entity: Entity) -> Frame:
    folder = words.TYPE_DIRS[entity.type]
    crumbs = (Link(words.TYPES[entity.type][1], paths.index(folder)),)
    return Frame(
        corpus.entity_paths[number], lists.title(entity), paths.index(folder), lists.about(entity), crumbs
    )


def _facts(quoting: Quoting, entity: Entity, mentions: list[tuple[Head, int]], releases: int) -> tuple[Fact, ...]:
    (newest, last_at), (oldest, first_at) = mentions[0], mentions[-1]
    first_at = min(at for head, at in mentions if head is oldest)
    facts = [
        Fact("Nennungen", german.number(len(mentions)), "#nennungen"),
        Fact("Mitteilungen", german.number(releases)),
        Fact("Zuerst genannt", german.date(oldest.published), quoting.link(oldest, first_at)),
        Fact("Zuletzt genannt", german.date(newest.published), quoting.link(newest, last_at)),
        Fact("Auch geschrieben", german.listing([v for v in entity.variants if v != entity.name][:12])),
        Fact("Amtlicher Gemeindeschlüssel", entity.ags or ""),
        Fact("Lage", _position(entity)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _position(entity: Entity) -> str:
    if entity.latitude is None or entity.longitude is None:
        return ""
    return f"{german.number(entity.latitude, 2)}° Nord, {german.number(entity.longitude, 2)}° Ost"


def _distinct(mentions: list[tuple[Head, int]]) -> list[Head]:
    return list(dict.fromkeys(head for head, _ in mentions))


def _speech(quoting: Quoting, speeches: Sequence[tuple[Head, int]]) -> Iterator[Quoted]:
    for head, at in speeches:
        yield quoting.quote(head, at)


def _years(quoting: Quoting, entity: Entity, mentions: list[tuple[Head, int]]) -> Iterator[YearGroup]:
    """Mentions -> sentences by year; a sentence with two mentions stands once, with two marks."""
    for year, group in groupby(mentions, key=lambda item: item[0].year):
        found = list(group)
        sentences = tuple(_sentences(quoting, entity, found))
        yield YearGroup(year, german.count(len(found), "Nennung", "Nennungen"), sentences)


def _sentences(quoting: Quoting, entity: Entity, mentions: list[tuple[Head, int]]) -> Iterator[Quoted]:
    for (head, _), group in groupby(mentions, key=lambda m: (m[0], quoting.bounds(m[0], m[1]))):
        starts = [at for _, at in group]
        yield quoting.quote(head, starts[0], _marks(quoting, entity, head, starts))


def _marks(quoting: Quoting, entity: Entity, head: Head, starts: list[int]) -> Marks:
    wanted = {"person": "PER", "place": "LOC", "organisation": "ORG", "initiative": "INITIATIVE"}[entity.type]
    mentions = quoting.mentions(head.release_id)
    return [(m.start, m.end) for at in starts for m in mentions.get(at, ()) if m.label == wanted]


def _more(left: int) -> str:
    return f"und {german.count(left, 'weitere Nennung', 'weitere Nennungen')}" if left > 0 else ""


def year_chart(corpus: Corpus, heads: Sequence[Head], name: str) -> Chart | None:
    """Releases -> columns by year over the years of the corpus; nothing where the corpus has one year only."""
    years = corpus.per_year
    if len(years) < 2:
        return None
    counts = Counter(head.year for head in heads)
    top = max(counts.values(), default=1)
    bars = [
        charts.Bar(year, counts[year] / top, german.number(counts[year]), f"{year}: {_releases(counts[year])}")
        for year in years
    ]
    peak = max(years, key=lambda year: (counts[year], year))
    description = (
        f"Säulen je Jahr von {min(years)} bis {max(years)}; am meisten {peak} mit {_releases(counts[peak])}."
    )
    rows = tuple((Cell(year), Cell(german.number(counts[year]))) for year in years)
    table = Table("Mitteilungen je Jahr", (Column("Jahr"), Column("Mitteilungen", number=True)), rows)
    return Chart(charts.columns(name, "Mitteilungen je Jahr", description, bars), table)


def _releases(value: int) -> str:
    return german.count(value, "Mitteilung", "Mitteilungen")


def issuer_pages(corpus: Corpus, limit: int) -> Iterator[EntityPage]:
    """All issuers -> their pages: releases, themes and names."""
    for issuer, heads in corpus.by_issuer.items():
        ordered = newest_first(heads)
        facts = (
            Fact("Mitteilungen", german.number(len(heads))),
            Fact("Erste", german.date(ordered[-1].published), ordered[-1].path),
            Fact("Neueste", german.date(ordered[0].published), ordered[0].path),
        )
        yield EntityPage(
            Frame(paths.issuer(issuer), issuer, paths.RELEASES, "", (Link("Herausgeber", paths.ISSUERS),)),
            "Herausgeber",
            facts,
            year_chart(corpus, heads, "jahre"),
            (),
            (),
            "",
            (
                lists.theme_lists(corpus, heads, _TOGETHER),
                *lists.by_type(corpus, corpus.entities_in(heads), _TYPES, _TOGETHER),
            ),
            lists.release_table(ordered, "Mitteilungen dieses Herausgebers", limit),
        )
