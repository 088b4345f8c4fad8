"""What was found in one release as a table: the marks once more in words, for readers who cannot see or hover."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.core.records import DateMention, Mention, Quote
from pipeline.report import german, words
from pipeline.report.marks import Rows, found_by, where
from pipeline.report.parts import Cell, Column, Table

_ROWS = 400  # a release with more is a book; its page would weigh too much
_SHOWN = 70  # characters of a quote


def found_table(rows: Rows, link: Callable[[int], str]) -> Table:
    """Names, quotes and dates in the order of the text; ``link``: offset -> address of its sentence."""
    ordered = sorted([*_names(rows, link), *_quotes(rows, link), *_dates(rows, link)], key=lambda row: row[0].sort)
    columns = Column("Im Text"), Column("Zeichen"), Column("Art"), Column("Bedeutet"), Column("Gefunden durch")
    left = len(ordered) - _ROWS
    more = f"und {german.number(left)} weitere, im Text markiert" if left > 0 else ""
    whole = f"{link(0).partition('#')[0]}#text" if more else ""
    return Table("Gefundene Namen, Zitate und Daten", columns, tuple(ordered[:_ROWS]), more, more_path=whole)


def _names(rows: Rows, link: Callable[[int], str]) -> Iterator[tuple[Cell, ...]]:
    for m in rows.mentions:
        if target := rows.targets.get(where(m)):
            yield (
                *_places(m, m.text, link),
                Cell(words.LABELS[target.label]),
                Cell(target.name, target.path, german.sort_key(target.name), "" if target.path else "nur hier"),
                Cell(found_by(m.found_by, m.confidence)),
            )


def _quotes(rows: Rows, link: Callable[[int], str]) -> Iterator[tuple[Cell, ...]]:
    pages = {m.name: target.path for m in rows.mentions if (target := rows.targets.get(where(m)))}
    for q in rows.quotes:
        yield (
            *_places(q, _short(q), link),
            Cell("Zitat"),
            Cell(q.speaker or "Sprecher offen", pages.get(q.speaker or "", "")),
            Cell(words.finder(q.found_by)),
        )


def _dates(rows: Rows, link: Callable[[int], str]) -> Iterator[tuple[Cell, ...]]:
    for d in (d for d in rows.dates if d.zone != "contact"):
        yield (
            *_places(d, d.text, link),
            Cell(words.DATE_TYPES[d.type]),
            Cell(meaning(d), sort=d.value or "", note=words.DATE_ROLES[d.role]),
            Cell(words.finder(d.found_by), note=words.finder(d.role_by)),
        )


def _places(row: Mention | Quote | DateMention, shown: str, link: Callable[[int], str]) -> tuple[Cell, Cell]:
    """What stands in the text, and from which character to which."""
    start = row.start
    order = f"{start:09}"
    return Cell(shown, link(start), order), Cell(f"{start}–{row.end}", "", order)


def meaning(found: DateMention) -> str:
    """The calendar value of an expression in words."""
    return german.date(found.value) if found.value else "ohne festen Wert"


def _short(quote: Quote) -> str:
    text = " ".join(quote.text.split())
    return f"„{text}“" if len(text) <= _SHOWN else f"„{text[:_SHOWN].rsplit(' ', 1)[0]} …“"
