"""Releases of one name -> columns from its first year to its last, small enough to stand beside a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pipeline.report import charts, german
from pipeline.report.heads import Head
from pipeline.report.parts import Cell, Chart, Column, Table

_SIDE, _LABEL = 270, 26  # width of the drawing and of a year below it


def year_chart(heads: Sequence[Head], opens: Callable[[str], str]) -> Chart | None:
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
    rows = tuple(
        (Cell(year), Cell(german.number(counts[year]), opens(year) if counts[year] else "")) for year in years
    )
    table = Table("Mitteilungen je Jahr", (Column("Jahr"), Column("Mitteilungen", number=True)), rows)
    named = charts.Words("jahre", "Mitteilungen je Jahr", description)
    return Chart(charts.columns(named, bars, min(step, 46)), table)


def _label(year: str, step: int) -> str:
    return year if step >= 36 else f"’{year[2:]}"


def _releases(value: int) -> str:
    return german.count(value, "Mitteilung", "Mitteilungen")
