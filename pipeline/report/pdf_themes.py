"""Themes in print: how many releases, which share, how that changed; and how many releases a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.core.theme_records import Theme
from pipeline.report import german
from pipeline.report.changes import change, compared, shares
from pipeline.report.corpus import Corpus
from pipeline.report.pdf_parts import Bar, Block, Cell, Column, Columns, Section, Table, Text

_GUIDED, _DISCOVERED, _YEARS = 16, 8, 20  # lines of a table, columns of a drawing
_COLUMNS = (
    Column("Thema", 3.4),
    Column("Mitteilungen", 1.2, number=True),
    Column("Anteil", 0.9, number=True),
    Column("Anteil als Balken", 1.8),
    Column("Verlauf", 1.1),
    Column("Veränderung", 1.5, number=True),
)


def shown_themes(corpus: Corpus) -> list[Theme]:
    """The given themes that occur, the commonest first."""
    return [x for x in corpus.themes_by_weight if x.scheme == "guided" and corpus.by_theme.get(x.theme_id)]


def themes_section(corpus: Corpus) -> Section:
    """What is written about."""
    return Section("Worüber geschrieben wird", tuple(_blocks(corpus)))


def _blocks(corpus: Corpus) -> Iterator[Block]:
    themes = shown_themes(corpus)
    if themes:
        yield Text(
            "Eine Mitteilung kann zu mehreren Themen gehören. Der Anteil ist die Zahl der Mitteilungen mit dem "
            f"Thema, geteilt durch alle. Die Veränderung vergleicht: {compared(corpus)}."
        )
        top = max(len(corpus.by_theme[x.theme_id]) for x in themes)
        rows = tuple(_row(corpus, x, top) for x in themes[:_GUIDED])
        yield Table("Themen", _COLUMNS, rows, rest(len(themes) - len(rows), "Themen"))
    else:
        yield Text("Noch keine Mitteilung ist einem vorgegebenen Thema zugeordnet.")
    found = [x for x in corpus.themes_by_weight if x.scheme == "discovered" and corpus.by_theme.get(x.theme_id)]
    if found:
        yield _discovered(corpus, found)


def _row(corpus: Corpus, theme: Theme, top: int) -> tuple[Cell, ...]:
    found = len(corpus.by_theme[theme.theme_id])
    course = tuple(round(share, 4) for share in list(shares(corpus, theme.theme_id).values())[-_YEARS:])
    return (
        Cell(theme.label),
        Cell(german.number(found)),
        Cell(german.percent(found / len(corpus.heads))),
        Cell("", meter=round(found / top, 4)),
        Cell("", spark=course),
        Cell(change(corpus, theme.theme_id).words or "–"),
    )


def _discovered(corpus: Corpus, themes: list[Theme]) -> Table:
    columns = (
        Column("Prägende Wörter", 5),
        Column("Mitteilungen", 1, number=True),
        Column("Anteil", 1, number=True),
    )
    rows = tuple(
        (
            Cell(", ".join(theme.terms[:6]) or theme.label),
            Cell(german.number(count)),
            Cell(german.percent(count / len(corpus.heads))),
        )
        for theme in themes[:_DISCOVERED]
        for count in [len(corpus.by_theme[theme.theme_id])]
    )
    return Table("Aus den Texten entdeckte Themen", columns, rows, rest(len(themes) - len(rows), "Themen"))


def years(per_year: Mapping[str, int]) -> Columns:
    """Releases a year; of very many years the newest."""
    shown = list(per_year.items())[-_YEARS:]
    top = max(count for _, count in shown)
    bars = tuple(Bar(round(count / top, 4), year, german.number(count)) for year, count in shown)
    listed = german.listing([f"{year}: {german.number(count)}" for year, count in shown])
    alt = f"Säulendiagramm, eine Säule je Jahr von {shown[0][0]} bis {shown[-1][0]}. Mitteilungen: {listed}."
    return Columns("Mitteilungen je Jahr", alt, bars)


def rest(left: int, sheet: str) -> str:
    """What was left out, and where it stands."""
    return f"und {german.number(left)} weitere, siehe presselese.xlsx, Blatt „{sheet}“" if left > 0 else ""
