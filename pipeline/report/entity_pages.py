"""One person, place, organisation or initiative -> its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.core.records import Entity
from pipeline.report import german, lists, paths, words
from pipeline.report.corpus import Corpus, Head, Place, Spot
from pipeline.report.names import Names
from pipeline.report.paging import paged
from pipeline.report.parts import Cell, Column, Fact, Frame, Link, Passage, Quoted, Table, YearGroup
from pipeline.report.quoting import Quoting, source
from pipeline.report.views import EntityPage, IndexPage, Page
from pipeline.report.year_chart import year_chart

_TOGETHER = 8  # entries of a list "together with"
_PLACES = 20  # places of one release in the list of all mentions
_QUOTES = 10  # quotes of a speaker before the mentions


def entity_pages(corpus: Corpus, quoting: Quoting, number: int, limit: int, rows: int) -> Iterator[Page]:
    """An entity, by its number -> its page, and those on which its long lists go on."""
    mentions = corpus.mentions_of(number)
    entity, heads = corpus.entities[number], list(dict.fromkeys(head for head, _, _ in mentions))
    frame, said = _frame(corpus, number, entity), corpus.speeches.get(number, [])
    names = _together(corpus, number, frame.path, heads)
    yield EntityPage(
        frame,
        (*_facts(corpus, quoting, number, mentions, len(heads)), *_standing(corpus, number, mentions[0], quoting)),
        year_chart(heads, lambda year: lists.releases_with(corpus, number, jahr=year)),
        tuple(quoting.speech(*speech) for speech in said[:_QUOTES]),
        tuple(_years(corpus, quoting, number, limit)),
        _more(len(mentions), limit, paths.everything(frame.path)),
        lists.theme_lists(corpus, heads, _TOGETHER, lambda t: lists.releases_with(corpus, number, thema=t)),
        names.lists(),
        more_quotes=_all_quotes(len(said), frame.path),
    )
    yield from names.pages(frame, f"Zusammen genannt mit: {frame.title}", rows)
    if len(mentions) > limit:
        yield from all_mentions(quoting, frame, mentions, rows)
    if len(said) > _QUOTES:
        yield from all_quotes(quoting, frame, said, rows)


def _together(corpus: Corpus, number: int, page: str, heads: list[Head]) -> Names:
    """The other names in the releases that name an entity."""
    counts = corpus.entities_in(heads)
    others = counts.where(counts.numbers != number)
    return Names(corpus, others, lists.opener(corpus, number), page, _TOGETHER)


def _frame(corpus: Corpus, number: int, entity: Entity) -> Frame:
    folder = words.TYPE_DIRS[entity.type]
    crumbs = (Link(words.TYPES[entity.type][1], paths.index(folder)),)
    lead = " · ".join(filter(None, [words.TYPES[entity.type][0], lists.about(entity)]))
    return Frame(corpus.path_of(number), lists.title(entity), paths.index(folder), lead, crumbs, dated=False)


def _facts(
    corpus: Corpus, quoting: Quoting, number: int, mentions: list[Place], releases: int
) -> tuple[Fact, ...]:
    entity = corpus.entities[number]
    (newest, last_at, _), (oldest, _, _) = mentions[0], mentions[-1]
    first_at = min(at for head, at, _ in mentions if head is oldest)
    facts = [
        Fact("Nennungen", german.number(len(mentions)), "#nennungen"),
        Fact("Mitteilungen", german.number(releases), lists.releases_with(corpus, number)),
        Fact("Zuerst genannt", german.date(oldest.published), quoting.link(oldest, first_at)),
        Fact("Zuletzt genannt", german.date(newest.published), quoting.link(newest, last_at)),
        Fact("Auch geschrieben", german.listing([v for v in entity.variants if v != entity.name][:12])),
        Fact("Amtlicher Gemeindeschlüssel", entity.ags or ""),
        Fact("Lage", _position(entity)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _standing(corpus: Corpus, number: int, newest: Place, quoting: Quoting) -> Iterator[Fact]:
    """What the register says of an entity: who a person is to the public, what is known of an initiative."""
    entity = corpus.entities[number]
    if entity.privacy in words.PRIVACY:
        yield Fact("Stellung", words.PRIVACY[entity.privacy])
    if entity.authority:
        yield Fact("Normdaten", german.listing(entity.authority))
    known = corpus.facts_of(entity.entity_id) if entity.type == "initiative" else []
    for fact in (fact for fact in known if fact.fact == "silence"):
        told = f"seit {german.count(fact.count, 'Monat', 'Monaten')} nicht erwähnt"
        yield Fact("Schweigen", told, quoting.link(*newest[:2]))
    for relation, label in (("partner", "Partner"), ("voice", "Es sprechen dafür")):
        named = [
            (corpus.entity_at[f.value], f.count)
            for f in known
            if f.fact == relation and f.value in corpus.entity_at
        ]
        if named:
            links = tuple(_tie(corpus, number, *other) for other in named[:_TOGETHER])
            yield Fact(label, "", links=links, note="in denselben Sätzen")


def _tie(corpus: Corpus, number: int, other: int, count: int) -> Link:
    """Who stands in the same sentences, with the releases in which both do."""
    told = german.count(count, "Satz", "Sätze")
    return Link(
        corpus.entities[other].name, corpus.path_of(other), told, lists.releases_with(corpus, other, number)
    )


def _position(entity: Entity) -> str:
    if entity.latitude is None or entity.longitude is None:
        return ""
    return f"{german.number(entity.latitude, 2)}° Nord, {german.number(entity.longitude, 2)}° Ost"


def _years(corpus: Corpus, quoting: Quoting, number: int, limit: int) -> Iterator[YearGroup]:
    """Mentions -> sentences by year and release; a sentence with two mentions stands once, with two marks."""
    for year, group in groupby(corpus.spots_of(number, limit), key=lambda spot: spot.head.year):
        found = list(group)
        passages = tuple(_passages(corpus, quoting, found))
        yield YearGroup(year, german.count(len(found), "Nennung", "Nennungen"), passages)


def _passages(corpus: Corpus, quoting: Quoting, spots: list[Spot]) -> Iterator[Passage]:
    for head, group in groupby(spots, key=lambda spot: spot.head):
        sentences = tuple(_sentences(corpus, quoting, head, group))
        yield Passage(head.title, head.path, f"{source(head)} · {corpus.source(head)}", sentences)


def _sentences(corpus: Corpus, quoting: Quoting, head: Head, spots: Iterable[Spot]) -> Iterator[Quoted]:
    for bounds, group in groupby(spots, key=lambda spot: spot.sentence or quoting.bounds(head, spot.start)):
        found = list(group)
        told = "; ".join(corpus.finders.told(spot.row, spot.start, spot.end) for spot in found)
        marks = [(spot.start, spot.end) for spot in found]
        yield quoting.passage(head, bounds, marks, told, whole=bool(found[0].sentence))


def _more(mentions: int, limit: int, path: str) -> Link | None:
    return Link(f"Alle {german.number(mentions)} Nennungen", path) if mentions > limit else None


def _all_quotes(said: int, page: str) -> Link | None:
    return Link(f"Alle {german.number(said)} Zitate", paths.quotes(page)) if said > _QUOTES else None


def all_mentions(quoting: Quoting, of: Frame, mentions: list[Place], rows: int) -> Iterator[IndexPage]:
    """Where an entity is named more often than its page can show: all releases, each with its places."""
    told = f"{german.number(len(mentions))} Nennungen, die neuesten zuerst"
    frame = Frame(
        paths.everything(of.path),
        f"Alle Nennungen: {of.title}",
        of.section,
        told,
        (*of.crumbs, Link(of.title, of.path)),
        of.dated,
    )
    columns = Column("Datum", narrow=True), Column("Mitteilung"), Column("Herausgeber"), Column("Ab Zeichen")
    found = tuple(
        (*lists.release_row(head), _places(quoting, head, list(group)))
        for head, group in groupby(mentions, key=lambda item: item[0])
    )
    yield from paged(frame, lambda n: paths.everything(of.path, n), Table("Alle Nennungen", columns, found), rows)


def all_quotes(quoting: Quoting, of: Frame, said: list[Place], rows: int) -> Iterator[IndexPage]:
    """Who is quoted more often than the page can show: all that was said, each with its release."""
    told = f"{german.number(len(said))} Zitate, die neuesten zuerst"
    crumbs = (*of.crumbs, Link(of.title, of.path))
    frame = Frame(paths.quotes(of.path), f"Zitate: {of.title}", of.section, told, crumbs, of.dated)
    columns = Column("Datum", narrow=True), Column("Zitat"), Column("Mitteilung")
    found = []
    for head, start, end in said:
        quoted = quoting.speech(head, start, end)
        words_ = "".join(bit.text for bit in quoted.bits)
        found.append(
            (lists.release_row(head)[0], Cell(words_, quoted.path), Cell(head.title, head.path, note=head.issuer))
        )
    yield from paged(frame, lambda n: paths.quotes(of.path, n), Table("Alle Zitate", columns, tuple(found)), rows)


def _places(quoting: Quoting, head: Head, mentions: list[Place]) -> Cell:
    links = tuple(Link(german.number(start), quoting.link(head, start)) for _, start, _ in mentions[:_PLACES])
    left = len(mentions) - len(links)
    return Cell(
        "", sort=str(len(mentions)), note=f"und {german.number(left)} weitere" if left else "", links=links
    )
