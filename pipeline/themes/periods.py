"""Themes over time: how many releases of a month, quarter or year have a theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pipeline.core.theme_records import GRAINS, ThemePeriod

DIGITS = 6


def periods_of(published: str) -> dict[str, str]:
    """A date as precise as it is known -> the periods it lies in.

    >>> periods_of("2024-05-03")
    {'month': '2024-05', 'quarter': '2024-Q2', 'year': '2024'}
    >>> periods_of("2024")
    {'year': '2024'}
    """
    year = {"year": published[:4]}
    if len(published) < 7:
        return year
    return {"month": published[:7], "quarter": quarter(published[:7]), **year}


def quarter(month: str) -> str:
    """A month -> its quarter: 2024-05 -> 2024-Q2."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def theme_periods(themes: Mapping[str, Iterable[str]], published: Mapping[str, str]) -> Iterator[ThemePeriod]:
    """Releases by theme, and when each release appeared -> a row for each theme and period with a release."""
    # days are few, releases may be many
    days = {date: periods_of(date) for date in set(published.values())}
    when = {release: days[date] for release, date in published.items()}
    everything = {grain: Counter(p[grain] for p in when.values() if grain in p) for grain in GRAINS}
    for theme, releases in themes.items():
        has = [when[release] for release in releases]
        for grain, totals in everything.items():
            counts = Counter(periods[grain] for periods in has if grain in periods)
            for period, total in totals.items():
                share = round(counts[period] / total, DIGITS)
                yield ThemePeriod(theme, grain, period, counts[period], total, share)
