"""Initiatives in print: which, from when to when, which have fallen silent; and what releases announce."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.records import Entity
from pipeline.report import dated, german, words
from pipeline.report.corpus import Corpus
from pipeline.report.pdf_parts import Block, Cell, Column, Section, Span, Spans, Table, Text, day
from pipeline.report.pdf_themes import rest

_INITIATIVES, _LIVES, _SILENT, _EVENTS = 12, 16, 8, 12
_TICKS = 8  # years below the drawing at most
_COLUMNS = (
    Column("Initiative", 4),
    Column("Art", 2),
    Column("Mitteilungen", 1.2, number=True),
    Column("Zuerst", 1.4, number=True),
    Column("Zuletzt", 1.4, number=True),
)


def silent(corpus: Corpus) -> list[tuple[str, str, int]]:
    """(name, last mention, months since) of the initiatives that have fallen silent, the longest silent first."""
    facts = (
        fact for fact in corpus.initiative_facts if fact.fact == "silence" and fact.entity_id in corpus.entity_at
    )
    found = [(corpus.names[corpus.entity_at[f.entity_id]], f.value, f.count) for f in facts]
    return sorted(found, key=lambda row: (-row[2], row[1], german.sort_key(row[0]), row[0]))


def initiative_section(corpus: Corpus) -> Section:
    """Programmes, projects and campaigns."""
    return Section("Initiativen", tuple(_blocks(corpus)))


def _blocks(corpus: Corpus) -> Iterator[Block]:
    numbers = corpus.ordered("initiative")
    if not numbers:
        yield Text("In den Mitteilungen wurde keine Initiative gefunden.")
        return
    found = [corpus.entities[number] for number in numbers[: max(_INITIATIVES, _LIVES)]]
    rows = tuple(_row(entity) for entity in found[:_INITIATIVES])
    yield Table("Initiativen", _COLUMNS, rows, rest(len(numbers) - len(rows), "Initiativen"))
    yield _lives(found[:_LIVES], len(numbers))
    yield from _silent(corpus)


def _row(entity: Entity) -> tuple[Cell, ...]:
    return (
        Cell(entity.name),
        Cell(words.KINDS.get(entity.kind or "", entity.kind or "–")),
        Cell(german.number(entity.n_releases)),
        Cell(day(entity.first)),
        Cell(day(entity.last)),
    )


def _lives(entities: list[Entity], total: int) -> Spans:
    ordered = sorted(entities, key=lambda e: (e.first, e.last, german.sort_key(e.name), e.entity_id))
    begin = min(int(e.first[:4]) for e in ordered)
    end = max(int(e.last[:4]) for e in ordered) + 1
    spans = tuple(Span(e.name, _at(e.first, begin, end), _at(e.last, begin, end)) for e in ordered)
    listed = "; ".join(f"{e.name[:60]}: {german.date(e.first)} bis {german.date(e.last)}" for e in ordered)
    alt = (
        f"Balken von der ersten bis zur letzten Nennung für {german.number(len(ordered))} von "
        f"{german.count(total, 'Initiative', 'Initiativen')}, nach der ersten Nennung geordnet. {listed}."
    )
    step = -(-(end - begin) // _TICKS)
    ticks = tuple((str(year), (year - begin) / (end - begin)) for year in range(begin, end, step))
    return Spans("Von der ersten bis zur letzten Nennung", alt, spans, ticks)


def _at(day: str, begin: int, end: int) -> float:
    """A date of any precision -> where it lies between the years, 0 to 1."""
    year, month, number = (*(int(part) for part in day[:10].split("-")), 1, 1)[:3]
    return round((year + (month - 1) / 12 + (number - 1) / 372 - begin) / (end - begin), 4)


def _silent(corpus: Corpus) -> Iterator[Block]:
    quiet = silent(corpus)
    if not quiet:
        return
    columns = (
        Column("Initiative", 5),
        Column("Zuletzt genannt", 1.7, number=True),
        Column("Seither", 1.5, number=True),
    )
    rows = tuple(
        (Cell(name), Cell(day(last)), Cell(german.count(months, "Monat", "Monate")))
        for name, last, months in quiet[:_SILENT]
    )
    yield Table("Verstummte Initiativen", columns, rows, rest(len(quiet) - len(rows), "Initiativen"))


def dates_section(corpus: Corpus) -> Section:
    """What comes after the newest release; where nothing does, what was announced last."""
    return Section("Termine", tuple(_dates(corpus)))


def _dates(corpus: Corpus) -> Iterator[Block]:
    found = dated.entries(corpus)
    if not found:
        yield Text("Die Mitteilungen kündigen keinen Termin mit Datum an.")
        return
    coming = [entry for entry in found if entry[0].begin >= corpus.stand]
    day = german.date(corpus.stand)
    yield Text(
        f"Was die Mitteilungen für die Zeit ab dem {day} ankündigen."
        if coming
        else f"Für die Zeit ab dem {day} kündigen die Mitteilungen nichts an; dies waren die letzten Termine."
    )
    chosen = coming[:_EVENTS] if coming else found[-_EVENTS:]
    columns = Column("Wann", 2.6), Column("Was", 4), Column("Wo", 1.6)
    rows = tuple(
        (Cell(dated.when(event)), Cell(event.title, note=head.issuer), Cell(event.place or "–"))
        for event, head in chosen
    )
    yield Table("Termine", columns, rows, rest(len(coming or found) - len(rows), "Termine"))
