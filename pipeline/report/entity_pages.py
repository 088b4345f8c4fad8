"""One person, place, organisation or initiative -> its page; an issuer gets the same kind of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.core.records import Entity
from pipeline.report import charts, german, lists, paths, words
from pipeline.report.corpus import Corpus, Head, Place
from pipeline.report.paging import paged
from pipeline.report.parts import Cell, Chart, Column, Fact, Frame, Link, Passage, Quoted, Table, YearGroup
from pipeline.report.quoting import Quoting, source
from pipeline.report.views import EntityPage, IndexPage

_TOGETHER = 8  # entries of a list "together with"
_SIDE, _LABEL = 270, 26  # width of a drawing beside the text and of a year below it
_PLACES = 20  # places of one release in the list of all mentions
_QUOTES = 10  # quotes of a speaker before the mentions
_TYPES = ("person", "place", "organisation", "initiative")


def entity_page(corpus: Corpus, quoting: Quoting, number: int, limit: int) -> EntityPage:
    """An entity, by its number -> its page."""
    mentions = corpus.mentions_of(number)
    entity, heads = corpus.entities[number], list(dict.fromkeys(head for head, _, _ in mentions))
    shown = mentions[:limit]
    return EntityPage(
        _frame(corpus, number, entity),
        (*_facts(quoting, entity, mentions, len(heads)), *_standing(corpus, entity)),
        year_chart(heads),
        tuple(quoting.speech(*speech) for speech in corpus.speeches.get(number, [])[:_QUOTES]),
        tuple(_years(corpus, quoting, entity.type, shown)),
        _more(corpus, number, len(mentions), limit),
        lists.theme_lists(corpus, heads, _TOGETHER),
        lists.by_type(corpus, corpus.entities_in(heads), _TYPES, _TOGETHER, without=number),
    )


def _frame(corpus: Corpus, number: int, entity: Entity) -> Frame:
    folder = words.TYPE_DIRS[entity.type]
    crumbs = (Link(words.TYPES[entity.type][1], paths.index(folder)),)
    lead = " · ".join(filter(None, [words.TYPES[entity.type][0], lists.about(entity)]))
    return Frame(corpus.entity_paths[number], lists.title(entity), paths.index(folder), lead, crumbs)


def _facts(quoting: Quoting, entity: Entity, mentions: list[Place], releases: int) -> tuple[Fact, ...]:
    (newest, last_at, _), (oldest, _, _) = mentions[0], mentions[-1]
    first_at = min(at for head, at, _ in mentions if head is oldest)
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


def _standing(corpus: Corpus, entity: Entity) -> Iterator[Fact]:
    """What the register says of an entity: who a person is to the public, what is known of an initiative."""
    if entity.privacy in words.PRIVACY:
        yield Fact("Stellung", words.PRIVACY[entity.privacy])
    if entity.authority:
        yield Fact("Normdaten", german.listing(entity.authority))
    for fact in corpus.facts_of.get(entity.entity_id, ()):
        if fact.fact == "silence":
            yield Fact("Schweigen", f"seit {german.count(fact.count, 'Monat', 'Monaten')} nicht erwähnt")
    for relation, label in (("partner", "Partner"), ("voice", "Es sprechen dafür")):
        named = [f for f in corpus.facts_of.get(entity.entity_id, ()) if f.fact == relation]
        known = [
            (corpus.entities[corpus.entity_at[f.value]], f.count) for f in named if f.value in corpus.entity_at
        ]
        if known:
            listed = [f"{e.name} ({german.number(count)})" for e, count in known[:_TOGETHER]]
            yield Fact(label, german.listing(listed), note="in denselben Sätzen")


def _position(entity: Entity) -> str:
    if entity.latitude is None or entity.longitude is None:
        return ""
    return f"{german.number(entity.latitude, 2)}° Nord, {german.number(entity.longitude, 2)}° Ost"


def _years(corpus: Corpus, quoting: Quoting, kind: str, mentions: list[Place]) -> Iterator[YearGroup]:
    """Mentions -> sentences by year and release; a sentence with two mentions stands once, with two marks."""
    for year, group in groupby(mentions, key=lambda item: item[0].year):
        found = list(group)
        passages = tuple(_passages(corpus, quoting, kind, found))
        yield YearGroup(year, german.count(len(found), "Nennung", "Nennungen"), passages)


def _passages(corpus: Corpus, quoting: Quoting, kind: str, mentions: list[Place]) -> Iterator[Passage]:
    for head, group in groupby(mentions, key=lambda item: item[0]):
        sentences = tuple(_sentences(corpus, quoting, kind, list(group)))
        file = corpus.sources[head.position].as_py()
        yield Passage(head.title, head.path, f"{source(head)} · {file}", sentences)


def _sentences(corpus: Corpus, quoting: Quoting, kind: str, mentions: list[Place]) -> Iterator[Quoted]:
    for (head, _), group in groupby(mentions, key=lambda m: (m[0], quoting.bounds(m[0], m[1]))):
        marks = [(start, end) for _, start, end in group]
        told = "; ".join(corpus.finders.told(head.position, *mark, kind) for mark in marks)
        yield quoting.quote(head, marks[0][0], marks, told)


def _more(corpus: Corpus, number: int, mentions: int, limit: int) -> Link | None:
    if mentions <= limit:
        return None
    return Link(f"Alle {german.number(mentions)} Nennungen", paths.everything(corpus.entity_paths[number]))


def all_mentions(corpus: Corpus, quoting: Quoting, number: int, limit: int, rows: int) -> Iterator[IndexPage]:
    """Where an entity is named more often than its page can show: all releases, each with its places."""
    mentions = corpus.mentions_of(number)
    if len(mentions) <= limit:
        return
    entity, page = corpus.entities[number], corpus.entity_paths[number]
    folder = paths.index(words.TYPE_DIRS[entity.type])
    crumbs = (Link(words.TYPES[entity.type][1], folder), Link(lists.title(entity), page))
    frame = Frame(
        paths.everything(page),
        f"Alle Nennungen: {lists.title(entity)}",
        folder,
        f"{german.number(len(mentions))} Nennungen, die neuesten zuerst",
        crumbs,
    )
    columns = Column("Datum", narrow=True), Column("Mitteilung"), Column("Herausgeber"), Column("Ab Zeichen")
    found = tuple(
        (*lists.release_row(head), _places(quoting, head, list(group)))
        for head, group in groupby(mentions, key=lambda item: item[0])
    )
    yield from paged(frame, lambda n: paths.everything(page, n), Table("Alle Nennungen", columns, found), rows)


def _places(quoting: Quoting, head: Head, mentions: list[Place]) -> Cell:
    links = tuple(Link(german.number(start), quoting.link(head, start)) for _, start, _ in mentions[:_PLACES])
    left = len(mentions) - len(links)
    return Cell(
        "", sort=str(len(mentions)), note=f"und {german.number(left)} weitere" if left else "", links=links
    )


def year_chart(heads: Sequence[Head]) -> Chart | None:
    """Releases -> columns from their first year to their last; nothing to draw where all are of one year.

    Years before and after are left out: else every page would change with the first release of a new year.
    """
    counts = Counter(head.year for head in heads)
    if len(counts) < 2:
        return None
    years = [f"{year:04}" for year in range(int(min(counts)), int(max(counts)) + 1)]
    top = max(counts.values())
    step = max(_SIDE // len(years), 9)
    every = -(-_LABEL // step)  # a label has room at every n-th bar
    bars = [
        charts.Bar(
            _label(year, step) if place % every == 0 else "",
            counts[year] / top,
            german.number(counts[year]) if counts[year] else "",
            f"{year}: {_releases(counts[year])}",
        )
        for place, year in enumerate(years)
    ]
    peak = max(years, key=lambda year: (counts[year], year))
    description = (
        f"Säulen je Jahr von {min(years)} bis {max(years)}; am meisten {peak} mit {_releases(counts[peak])}."
    )
    rows = tuple((Cell(year), Cell(german.number(counts[year]))) for year in years)
    table = Table("Mitteilungen je Jahr", (Column("Jahr"), Column("Mitteilungen", number=True)), rows)
    named = charts.Words("jahre", "Mitteilungen je Jahr", description)
    return Chart(charts.columns(named, bars, min(step, 46)), table)


def _label(year: str, step: int) -> str:
    return year if step >= 36 else f"’{year[2:]}"


def _releases(value: int) -> str:
    return german.count(value, "Mitteilung", "Mitteilungen")


def issuer_page(corpus: Corpus, issuer: str, limit: int) -> EntityPage:
    """An issuer -> its page: releases, themes and names."""
    ordered = corpus.by_issuer[issuer]
    facts = (
        Fact("Mitteilungen", german.number(len(ordered)), "#mitteilungen"),
        Fact("Erste", german.date(ordered[-1].published), ordered[-1].path),
        Fact("Neueste", german.date(ordered[0].published), ordered[0].path),
    )
    return EntityPage(
        Frame(paths.issuer(issuer), issuer, paths.RELEASES, "Herausgeber", (Link("Herausgeber", paths.ISSUERS),)),
        facts,
        year_chart(ordered),
        (),
        (),
        None,
        lists.theme_lists(corpus, ordered, _TOGETHER),
        lists.by_type(corpus, corpus.entities_in(ordered), _TYPES, _TOGETHER),
        lists.release_table(
            ordered, "Mitteilungen dieses Herausgebers", limit, paths.filtered(herausgeber=issuer)
        ),
    )
