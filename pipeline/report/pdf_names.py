"""People, places and organisations in print."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.report import german, lists, words
from pipeline.report.corpus import TYPES, Corpus
from pipeline.report.pdf_parts import Block, Cell, Column, Section, Table, Text, day
from pipeline.report.pdf_themes import rest

_PEOPLE, _PLACES, _ISSUERS = 12, 10, 8
_PEOPLE_COLUMNS = (
    Column("Name", 3),
    Column("Amt oder Funktion", 4),
    Column("Zitate", 0.9, number=True),
    Column("Mitteilungen", 1.3, number=True),
    Column("Zuletzt", 1.4, number=True),
)


def quoted(corpus: Corpus) -> list[tuple[int, int]]:
    """(number of the person, direct quotes) of the most quoted."""
    counts = corpus.speeches.counts()
    people = corpus.kinds[counts.numbers] == TYPES.index("person")
    return lists.strongest(corpus, counts.where(people), 1)


def people_section(corpus: Corpus) -> Section:
    """Who speaks, and who is spoken of."""
    return Section("Wer spricht", tuple(_people(corpus)))


def _people(corpus: Corpus) -> Iterator[Block]:
    numbers = corpus.ordered("person")
    if not numbers:
        yield Text("Im Register steht noch keine Person.")
        return
    yield Text(
        "Personen mit Amt, Pressekontakte und wer zu Wort kommt, nach der Zahl der wörtlichen Zitate. Namen aus "
        "dem Kontaktblock und Privatpersonen stehen in keinem Register."
    )
    most_quoted = sorted(numbers, key=lambda n: -corpus.speeches.count(n))[:_PEOPLE]
    rows = tuple(
        (
            Cell(lists.title(person)),
            Cell(person.role or "–"),
            Cell(german.number(corpus.speeches.count(n))),
            Cell(german.number(person.n_releases)),
            Cell(day(person.last)),
        )
        for n in most_quoted
        for person in [corpus.entities[n]]
    )
    yield Table("Personen", _PEOPLE_COLUMNS, rows, rest(len(numbers) - len(rows), "Personen"))


def places_section(corpus: Corpus) -> Section:
    """Where, which organisations, which issuers."""
    return Section("Orte und Organisationen", tuple(_places(corpus)))


def _places(corpus: Corpus) -> Iterator[Block]:
    for kind in ("place", "organisation"):
        yield _register(corpus, kind)
    columns = (
        Column("Herausgeber", 5),
        Column("Mitteilungen", 1.2, number=True),
        Column("Neueste", 1.4, number=True),
    )
    rows = tuple(
        (Cell(issuer), Cell(german.number(len(heads))), Cell(day(heads[0].published)))
        for issuer, heads in list(corpus.by_issuer.items())[:_ISSUERS]
    )
    left = len(corpus.by_issuer) - len(rows)
    yield Table("Herausgeber", columns, rows, rest(left, "Pressemitteilungen"))


def _register(corpus: Corpus, kind: str) -> Block:
    name = words.TYPES[kind][1]
    found = corpus.ordered(kind)
    if not found:
        return Text(f"{name}: keine gefunden.")
    columns = (
        Column(words.TYPES[kind][0], 4),
        *((Column("Region", 2),) if kind == "place" else ()),
        Column("Mitteilungen", 1.2, number=True),
        Column("Nennungen", 1.2, number=True),
        Column("Zuletzt", 1.4, number=True),
    )
    rows = tuple(
        (
            Cell(entity.name),
            *((Cell(entity.region or "–"),) if kind == "place" else ()),
            Cell(german.number(entity.n_releases)),
            Cell(german.number(entity.n_mentions)),
            Cell(day(entity.last)),
        )
        for entity in (corpus.entities[number] for number in found[:_PLACES])
    )
    return Table(name, columns, rows, rest(len(found) - len(rows), name))
