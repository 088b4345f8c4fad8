"""The corpus -> the sheets of the workbook: one a register, rows made as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from pipeline.core.records import Entity, EntityType, Event, Quote
from pipeline.report import dated, german, lists, paths, words
from pipeline.report.changes import change
from pipeline.report.corpus import Corpus, Head
from pipeline.report.quoting import Quoting
from pipeline.report.workbook_guide import guide_rows
from pipeline.report.workbook_parts import Column, Day, Linked, Row, Share, Sheet

_SEEN = (Column("Mitteilungen", 13), Column("Nennungen", 11), Column("Zuerst", 12), Column("Zuletzt", 12))
_NAMED = (Column("Normdaten", 22), Column("Kennung", 28))
_FORMS = Column("Schreibweisen", 34)
_OWN = {
    "person": (Column("Titel", 10), Column("Amt oder Funktion", 34), Column("Stellung", 20), Column("Zitate", 9)),
    "place": (Column("Region", 22), Column("Gemeindeschlüssel", 16), Column("GeoNames", 12)),
    "organisation": (),
    "initiative": (Column("Art", 22), Column("Verstummt seit Monaten", 14)),
}


def sheets(corpus: Corpus, quoting: Quoting) -> Iterator[Sheet]:
    """All sheets, the one that explains the others first."""
    yield Sheet("Lies mich", (Column("Was", 24), Column("Erläuterung", 110)), guide_rows(corpus.stand))
    for kind in get_args(EntityType):
        columns = (Column("Name", 34), *_OWN[kind], _FORMS, *_SEEN, *_NAMED)
        yield Sheet(words.TYPES[kind][1], columns, _entities(corpus, kind), kind)
    yield Sheet("Themen", _THEMES, _themes(corpus))
    yield Sheet("Pressemitteilungen", _RELEASES, _releases(corpus))
    yield Sheet("Termine", _EVENTS, _events(corpus, quoting))
    yield Sheet("Zitate", _QUOTES, _quotes(corpus, quoting))
    yield Sheet("Abgelehnt", _REJECTED, _rejected(corpus))
    yield Sheet("Korrekturen", _RESULTS, _results(corpus))


def _entities(corpus: Corpus, kind: str) -> Iterator[Row]:
    named = corpus.by_name(kind)
    numbers = [number for number, _ in named]
    twice = Counter(name for _, name in named)
    for number, entity in zip(numbers, corpus.entities.pick(numbers), strict=True):
        yield (
            Linked(entity.name, corpus.path_of(number)),
            *_own(corpus, number, entity),
            "; ".join(entity.variants),
            entity.n_releases,
            entity.n_mentions,
            Day(entity.first),
            Day(entity.last),
            "; ".join(entity.authority),
            entity.entity_id,
            "",
            # two entries of one name can only be told apart by their ids
            entity.entity_id if twice[entity.name] > 1 else entity.name,
        )


def _own(corpus: Corpus, number: int, entity: Entity) -> Row:
    if entity.type == "person":
        said = len(corpus.speeches.get(number, ()))
        return entity.title or "", entity.role or "", words.PRIVACY.get(entity.privacy or "", ""), said
    if entity.type == "place":
        return entity.region or "", entity.ags or "", entity.geonames_id or ""
    if entity.type == "initiative":
        silence = [fact.count for fact in corpus.facts_of(entity.entity_id) if fact.fact == "silence"]
        return lists.about(entity), silence[0] if silence else ""
    return ()


_THEMES = (
    Column("Thema", 30),
    Column("Herkunft", 14),
    Column("Prägende Wörter", 70),
    Column("Mitteilungen", 13),
    Column("Anteil", 10),
    Column("Veränderung", 18),
    Column("Neueste Mitteilung", 14),
)


def _themes(corpus: Corpus) -> Iterator[Row]:
    for theme in corpus.themes_by_weight:
        heads = corpus.releases_of(theme.theme_id)
        yield (
            Linked(theme.label, paths.theme(theme)),
            "vorgegeben" if theme.scheme == "guided" else "entdeckt",
            ", ".join(theme.terms),
            len(heads),
            Share(round(len(heads) / max(len(corpus.heads), 1), 6)),
            change(corpus, theme.theme_id).words,
            Day(heads[0].published) if heads else "",
        )


_RELEASES = (
    Column("Titel", 60),
    Column("Datum", 12),
    Column("Datum geschätzt", 11),
    Column("Herausgeber", 32),
    Column("Themen", 40),
    Column("Unterzeile", 40),
    Column("Nummer", 12),
    Column("Ort", 18),
    Column("Sperrfrist", 18),
    Column("Datei", 40),
    Column("Kennung", 15),
)


def _releases(corpus: Corpus) -> Iterator[Row]:
    told = corpus.told(corpus.newest, "subtitle", "number", "dateline_place", "embargo", "source_path")
    for head, (subtitle, number, place, embargo, source) in zip(corpus.newest, told, strict=True):
        yield (
            Linked(head.title, head.path),
            Day(head.published),
            "ja" if head.estimated else "",
            head.issuer,
            "; ".join(_labels(corpus, head)),
            subtitle or "",
            number or "",
            place or "",
            german.date(embargo) if embargo else "",
            source or "",
            head.release_id,
        )


def _labels(corpus: Corpus, head: Head) -> Iterator[str]:
    """The given themes of a release, the first first."""
    return (theme.label for theme in corpus.themes_of(head) if theme.scheme == "guided")


_EVENTS = (
    Column("Was", 50),
    Column("Beginn", 12),
    Column("Uhrzeit", 9),
    Column("Wann in Worten", 36),
    Column("Wo", 22),
    Column("Herausgeber", 32),
    Column("Mitteilung", 50),
)


def _events(corpus: Corpus, quoting: Quoting) -> Iterator[Row]:
    for event, head in dated.entries(corpus):
        yield (
            event.title,
            Day(event.begin[:10]),
            _clock(event),
            dated.when(event),
            event.place or "",
            head.issuer,
            Linked(head.title, quoting.link(head, event.start)),
        )


def _clock(event: Event) -> str:
    return event.begin[11:16]


_QUOTES = (
    Column("Wer", 28),
    Column("Was", 90),
    Column("Wie gesagt", 14),
    Column("Form", 11),
    Column("Datum", 12),
    Column("Herausgeber", 32),
    Column("Mitteilung", 50),
    Column("Gefunden durch", 20),
)
_FORM = {"direct": "wörtlich", "indirect": "sinngemäß"}


def _quotes(corpus: Corpus, quoting: Quoting) -> Iterator[Row]:
    for head in corpus.newest:
        for quote in corpus.quotes.at(head.position):
            yield _quote(quote, head, quoting)


def _quote(quote: Quote, head: Head, quoting: Quoting) -> Row:
    return (
        quote.speaker or "",
        quote.text,
        quote.cue or "",
        _FORM.get(quote.kind, quote.kind),
        Day(head.published),
        head.issuer,
        Linked(head.title, quoting.link(head, quote.start)),
        words.finder(quote.found_by),
    )


_REJECTED = Column("Datei", 50), Column("Warum sie nicht eingelesen wurde", 110)


def _rejected(corpus: Corpus) -> Iterator[Row]:
    for row in corpus.rejected:
        yield row.source_path, row.reason_de


# none of these headings is one of the columns for corrections: results are not taken for corrections
_RESULTS = (
    Column("Zeile in corrections.csv", 12),
    Column("Anweisung", 16),
    Column("Eintrag", 34),
    Column("Ergebnis", 16),
    Column("Erläuterung", 90),
)


def _results(corpus: Corpus) -> Iterator[Row]:
    for row in corpus.corrections:
        yield row.row, row.action, row.target, words.STATUS.get(row.status, row.status), row.message_de
