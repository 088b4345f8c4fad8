"""How the weight of a theme changed since the year or the quarter before, said only as far as numbers allow."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.report import german
from pipeline.report.corpus import Corpus

# with fewer releases in one of the two periods one release more is over five points: chance, not a change
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A change in words, its direction (mehr, weniger, gleich, offen), and a number to sort it by."""

    words: str
    direction: str
    sort: str


def shares(corpus: Corpus, theme_id: str) -> dict[str, float]:
    """Year -> share of that year's releases that have the theme."""
    counts = corpus.per_theme(theme_id, "year")
    return {year: counts[year] / total for year, total in corpus.per_year.items()}


def change(corpus: Corpus, theme_id: str, grain: str = "year") -> Change:
    """The difference of shares in points; of few releases the two counts; nothing without a period before."""
    periods = _last_two(corpus, grain)
    if periods is None:
        return Change("", "offen", "0")
    counts, totals = corpus.per_theme(theme_id, grain), corpus.per[grain]
    before, last = (counts[period] for period in periods)
    if any(totals[period] < _ENOUGH for period in periods):
        return Change(f"{before} → {last}", "offen", str(last - before))
    difference = last / totals[periods[1]] - before / totals[periods[0]]
    words = german.points(difference)
    direction = {"+": "mehr", german.MINUS: "weniger"}.get(words[0], "gleich")
    return Change(words, direction, f"{difference:.6f}")


def comparable(corpus: Corpus, grain: str = "year") -> bool:
    """Whether there is a year or a quarter to compare with."""
    return _last_two(corpus, grain) is not None


def compared(corpus: Corpus, grain: str = "year") -> str:
    """Which years or quarters a change compares, and how far to trust it."""
    periods = _last_two(corpus, grain)
    if periods is None:
        return f"Aus dem {_NAMES[grain]} vor der neuesten Mitteilung liegt nichts zum Vergleich vor"
    before, last = (german.date(period) for period in periods)
    until = f"{last} (bis {german.date(corpus.stand)})"
    if all(corpus.per[grain][period] >= _ENOUGH for period in periods):
        return f"{until} gegenüber {before}, in Prozentpunkten"
    return f"Mitteilungen {before} → {until}; für einen Vergleich der Anteile sind es zu wenige"


_NAMES = {"year": "Jahr", "quarter": "Quartal"}


def _last_two(corpus: Corpus, grain: str) -> tuple[str, str] | None:
    """The period before the newest release's and its own, where both have releases."""
    last = max(corpus.per[grain], default="")
    before = _before(last) if last else ""
    return (before, last) if before in corpus.per[grain] else None


def _before(period: str) -> str:
    """A year or a quarter -> the one before it."""
    year, quarter = int(period[:4]), period[6:]
    if not quarter:
        return f"{year - 1:04}"
    return f"{year - 1:04}-Q4" if quarter == "1" else f"{year:04}-Q{int(quarter) - 1}"
