"""What releases announce: the events from the newest release on, then those before it, and a calendar file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.report import german, paths
from pipeline.report.corpus import Corpus
from pipeline.report.dated import Dated, entries, when
from pipeline.report.paging import Row, pager, portions
from pipeline.report.parts import Cell, Column, Frame, Link, Table
from pipeline.report.quoting import Quoting
from pipeline.report.views import CalendarPage

_COLUMNS = Column("Wann", narrow=True), Column("Was"), Column("Wo"), Column("Angekündigt in")


def calendar_pages(corpus: Corpus, quoting: Quoting, rows: int) -> Iterator[CalendarPage]:
    """All events on pages of at most ``rows``; one page even where nothing is announced."""
    ordered = _ordered(corpus)
    found = [(over, _row(quoting, entry)) for over, entry in ordered]
    parts = list(portions(found, rows, lambda item: item[1])) or [[]]
    download = Link("Alle Termine als Kalenderdatei (termine.ics)", paths.ICS) if ordered else None
    for number, part in enumerate(parts, 1):
        name = "Termine" if number == 1 else f"Termine, Seite {german.number(number)}"
        frame = Frame(paths.index("termine", number), name, paths.CALENDAR, _lead(corpus, ordered))
        pages = pager(lambda n: paths.index("termine", n), number, len(parts))
        yield CalendarPage(frame, tuple(_tables(corpus, part)), pages, download)


def _ordered(corpus: Corpus) -> list[tuple[bool, Dated]]:
    """(is it over, event): the coming ones in the order of time, then the past ones, the latest first."""
    found = [((entry[0].finish or entry[0].begin)[:10] < corpus.stand, entry) for entry in entries(corpus)]
    return [*(item for item in found if not item[0]), *(item for item in reversed(found) if item[0])]


def _lead(corpus: Corpus, ordered: Sequence[tuple[bool, Dated]]) -> str:
    if not ordered:
        return "In keiner Mitteilung wurde ein Termin gefunden."
    coming = sum(not over for over, _ in ordered)
    total = german.count(len(ordered), "angekündigter Termin", "angekündigte Termine")
    later = f"{german.number(coming)} davon ab dem {german.date(corpus.stand)}, dem Stand dieses Berichts"
    return f"{total}, {later}. Uhrzeiten gelten in Deutschland."


def _tables(corpus: Corpus, part: Sequence[tuple[bool, Row]]) -> Iterator[Table]:
    for over, group in groupby(part, key=lambda item: item[0]):
        caption = (
            f"Termine vor dem {german.date(corpus.stand)}, die spätesten zuerst"
            if over
            else f"Termine ab dem {german.date(corpus.stand)}"
        )
        yield Table(caption, _COLUMNS, tuple(row for _, row in group))


def _row(quoting: Quoting, entry: Dated) -> tuple[Cell, ...]:
    event, head = entry
    return (
        Cell(when(event), sort=event.begin),
        Cell(event.title, quoting.link(head, event.start), german.sort_key(event.title)),
        Cell(event.place or "", sort=german.sort_key(event.place or "")),
        Cell(head.issuer, head.path, german.sort_key(head.issuer), german.date(head.published)),
    )
