"""How the weight of a theme changed from the year before to the newest one, said only as far as numbers allow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.report import german
from pipeline.report.corpus import Corpus

# with fewer releases in one of the two years one release more is over five points: chance, not a change
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A change in words, its direction (mehr, weniger, gleich, offen), and a number to sort it by."""

    words: str
    direction: str
    sort: str


def per_year(corpus: Corpus, theme_id: str) -> Counter[str]:
    """Year -> number of releases that have the theme."""
    return Counter(corpus.at[a.release_id].year for a in corpus.by_theme.get(theme_id, ()))


def shares(corpus: Corpus, theme_id: str) -> dict[str, float]:
    """Year -> share of that year's releases that have the theme."""
    counts = per_year(corpus, theme_id)
    return {year: counts[year] / total for year, total in corpus.per_year.items()}


def change(corpus: Corpus, theme_id: str) -> Change:
    """The difference of shares in points; of few releases the two counts; nothing without a year before."""
    years = _last_two(corpus)
    if years is None:
        return Change("", "offen", "0")
    counts = per_year(corpus, theme_id)
    if not _enough(corpus, years):
        before, last = (counts[year] for year in years)
        return Change(f"{before} → {last}", "offen", str(last - before))
    share = shares(corpus, theme_id)
    difference = share[years[1]] - share[years[0]]
    words = german.points(difference)
    direction = {"+": "mehr", german.MINUS: "weniger"}.get(words[0], "gleich")
    return Change(words, direction, f"{difference:.6f}")


def compared(corpus: Corpus) -> str:
    """Which years a change compares, and how far to trust it."""
    years = _last_two(corpus)
    if years is None:
        return "Aus dem Jahr vor der neuesten Mitteilung liegt nichts zum Vergleich vor"
    until = f"{years[1]} (bis {german.date(corpus.stand)})"
    if _enough(corpus, years):
        return f"{until} gegenüber {years[0]}, in Prozentpunkten"
    return f"Mitteilungen {years[0]} → {until}; für einen Vergleich der Anteile sind es zu wenige"


def _last_two(corpus: Corpus) -> tuple[str, str] | None:
    """The year before the newest release and its own, where both have releases."""
    last = corpus.stand[:4]
    before = f"{int(last or 0) - 1:04}"
    return (before, last) if before in corpus.per_year else None


def _enough(corpus: Corpus, years: tuple[str, str]) -> bool:
    return all(corpus.per_year[year] >= _ENOUGH for year in years)
