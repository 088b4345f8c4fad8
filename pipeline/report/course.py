"""How much of a theme there is in each quarter and each month, as the themes stage counted it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.theme_records import Theme, ThemePeriod
from pipeline.report import german, paths
from pipeline.report.corpus import Corpus
from pipeline.report.parts import Cell, Column, Table

_GRAINS = {"quarter": ("Quartal", "Anteil je Quartal"), "month": ("Monat", "Anteil je Monat")}
_MOST = 400  # months: over thirty years


def tables(corpus: Corpus, theme: Theme) -> Iterator[Table]:
    """The quarters and months in which anything was released, the newest first; years stand below their chart."""
    for grain, (column, caption) in _GRAINS.items():
        found = sorted(corpus.theme_facts.periods(theme.theme_id, grain), key=lambda row: row.period, reverse=True)
        if len(found) > 1:
            columns = (
                Column(column),
                Column("Mitteilungen zum Thema", number=True),
                Column("Alle Mitteilungen", number=True),
                Column("Anteil", number=True, means=paths.SHARES),
            )
            yield Table(caption, columns, tuple(_row(theme, row) for row in found[:_MOST]), sortable=False)


def _row(theme: Theme, row: ThemePeriod) -> tuple[Cell, ...]:
    own = paths.filtered(thema=theme.theme_id, jahr=row.period) if row.n_releases else ""
    return (
        Cell(german.date(row.period)),
        Cell(german.number(row.n_releases), own),
        Cell(german.number(row.n_all), paths.filtered(jahr=row.period)),
        Cell(german.percent(row.share, 1)),
    )
