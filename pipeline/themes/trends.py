"""Rising and fading themes, by a test that does not cry wolf.

Quarters are shuffled, releases are not: a week with five releases on one subject is one event, not five. The slope
of a theme's share over the quarters is compared with the slopes of all those shuffles, and the chance is corrected
for the number of themes that were looked at (Holm). Under eight quarters every slope may be the season.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.core.theme_records import ThemeTrend
from pipeline.themes.periods import quarter

Array = np.ndarray[Any, np.dtype[np.float64]]
# two years: each season is seen twice
MIN_QUARTERS = 8
# a theme of fewer releases is not asked about at all
MIN_RELEASES = 8
# the finest chance that can be told is 1 / (shuffles + 1): a tenth of .05 / 40 themes
SHUFFLES = 9_999
# sums of floats differ in their last digits from machine to machine; slopes this near to each other are equal
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Calendar:
    """The quarters in which something was released, and how much."""

    quarters: tuple[str, ...]
    totals: Array
    months: tuple[str, str]  # first, last

    @property
    def middle(self) -> float:
        """The time that halves the calendar."""
        return float(self.times[0] + self.times[-1]) / 2

    @property
    def times(self) -> Array:
        """Quarters as numbers: empty quarters count as time that passed."""
        return np.array([int(q[:4]) * 4 + int(q[-1]) for q in self.quarters], dtype=float)


def theme_trends(
    themes: Mapping[str, Iterable[str]], published: Mapping[str, str], alpha: float, seed: int
) -> list[ThemeTrend]:
    """Releases by theme, and when each release appeared -> what each theme does over time.

    Only releases in ``published`` count: leave out those that repeat others. Dates without a month say nothing.
    """
    months = {release: date[:7] for release, date in published.items() if len(date) >= 7}
    if not months:
        return []
    calendar = _calendar(months)
    counts = {theme: _counts(releases, months, calendar) for theme, releases in themes.items()}
    tested = [theme for theme, row in counts.items() if _enough(row, calendar)]
    chances = dict(zip(tested, _chances([counts[t] for t in tested], calendar, seed), strict=True))
    return [_trend(theme, row, calendar, chances.get(theme), alpha) for theme, row in counts.items()]


def _calendar(months: Mapping[str, str]) -> Calendar:
    totals = Counter(map(quarter, months.values()))
    quarters = tuple(sorted(totals))
    span = (min(months.values()), max(months.values()))
    return Calendar(quarters, np.array([totals[q] for q in quarters], dtype=float), span)


def _counts(releases: Iterable[str], months: Mapping[str, str], calendar: Calendar) -> Array:
    found = Counter(quarter(months[release]) for release in releases if release in months)
    return np.array([found[q] for q in calendar.quarters], dtype=float)


def _enough(counts: Array, calendar: Calendar) -> bool:
    """Whether a theme has releases with and without it, over enough quarters, to be asked about."""
    rest = calendar.totals.sum() - counts.sum()
    return len(calendar.quarters) >= MIN_QUARTERS and min(counts.sum(), rest) >= MIN_RELEASES


def _chances(counts: list[Array], calendar: Calendar, seed: int) -> list[float]:
    """Counts by quarter of several themes -> the corrected chance of a slope as steep as each one's."""
    if not counts:
        return []
    rows = np.vstack(counts)
    times = calendar.times - calendar.times.mean()
    surplus = np.vstack([_surplus(row, calendar) for row in rows])
    shuffled = np.random.default_rng(seed).permuted(np.tile(times, (SHUFFLES, 1)), axis=1)
    steeper = np.abs(surplus @ shuffled.T) >= np.abs(surplus @ times)[:, None] - _EQUAL
    return holm([(1 + int(count)) / (SHUFFLES + 1) for count in steeper.sum(axis=1)])


def _surplus(counts: Array, calendar: Calendar) -> Array:
    """How many more releases of each quarter have a theme than if its share never changed."""
    return np.asarray(counts - counts.sum() / calendar.totals.sum() * calendar.totals)


def holm(chances: list[float]) -> list[float]:
    """Chances of several tests -> the same, corrected for their number so that one false alarm is that rare.

    >>> holm([0.01, 0.04])
    [0.02, 0.04]
    """
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    corrected, worst = [0.0] * len(chances), 0.0
    for rank, i in enumerate(order):
        worst = max(worst, min(1.0, chances[i] * (len(chances) - rank)))
        corrected[i] = round(worst, 6)
    return corrected


def _trend(theme: str, counts: Array, calendar: Calendar, chance: float | None, alpha: float) -> ThemeTrend:
    early, late = _halves(counts, calendar)
    direction = "open" if chance is None else "steady"
    if chance is not None and chance < alpha:
        direction = "rising" if float(_surplus(counts, calendar) @ calendar.times) > 0 else "fading"
    because = _because(direction, counts, calendar)
    return ThemeTrend(theme, direction, chance, early, late, *calendar.months, because)


def _halves(counts: Array, calendar: Calendar) -> tuple[float | None, float | None]:
    """The share of a theme in the first and in the second half of the time."""
    first = calendar.times <= calendar.middle
    totals = [calendar.totals[half].sum() for half in (first, ~first)]
    shares = [
        counts[half].sum() / total if total else None for half, total in zip((first, ~first), totals, strict=True)
    ]
    early, late = (None if share is None else round(float(share), 6) for share in shares)
    return early, late


def _because(direction: str, counts: Array, calendar: Calendar) -> str:
    if direction == "rising":
        return "Der Anteil steigt über die Quartale deutlicher, als es durch Zufall vorkäme."
    if direction == "fading":
        return "Der Anteil fällt über die Quartale deutlicher, als es durch Zufall vorkäme."
    if direction == "steady":
        return "Kein Trend, der sich vom Zufall unterscheiden ließe."
    if len(calendar.quarters) < MIN_QUARTERS:
        return f"Für einen Trend braucht es Mitteilungen aus mindestens {MIN_QUARTERS} Quartalen."
    if counts.sum() < MIN_RELEASES:
        return f"Für einen Trend braucht es mindestens {MIN_RELEASES} Mitteilungen zum Thema."
    return "Fast alle Mitteilungen haben dieses Thema; ein Trend ist nicht zu erkennen."
