"""Themes over time: shares by period, and a test that does not cry wolf."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.themes.periods import periods_of, theme_periods
from pipeline.themes.trends import MIN_QUARTERS, holm, theme_trends


def dates(count: int, years: int = 4, seed: int = 0) -> dict[str, str]:
    rng = np.random.default_rng(seed)
    months = rng.integers(0, 12 * years, count)
    return {f"{i:04}": f"{2018 + m // 12}-{m % 12 + 1:02}-05" for i, m in enumerate(months)}


def test_shares_are_told_by_month_quarter_and_year_and_vague_dates_only_where_they_fit():
    published = {"a": "2024-05-03", "b": "2024-06", "c": "2024"}
    rows = {(r.grain, r.period): r for r in theme_periods({"t": ["a", "c"]}, published)}
    assert {key: (r.n_releases, r.n_all) for key, r in rows.items()} == {
        ("month", "2024-05"): (1, 1),
        ("month", "2024-06"): (0, 1),
        ("quarter", "2024-Q2"): (1, 2),
        ("year", "2024"): (2, 3),
    }


@given(st.dates())
def test_every_day_lies_in_its_quarter(day):
    periods = periods_of(day.isoformat())
    assert periods["quarter"].endswith(f"Q{(day.month + 2) // 3}")
    assert periods["month"] == day.isoformat()[:7]


def test_a_theme_that_grows_through_four_years_rises_and_one_that_shrinks_fades():
    published = dates(400)
    rng = np.random.default_rng(1)
    late = {release: (int(date[:4]) - 2018) / 4 for release, date in published.items()}
    themes = {
        "up": [r for r in published if rng.random() < 0.05 + 0.4 * late[r]],
        "down": [r for r in published if rng.random() < 0.4 - 0.38 * late[r]],
        "flat": [r for r in published if rng.random() < 0.2],
    }
    found = {trend.theme_id: trend for trend in theme_trends(themes, published, 0.05, 0)}
    assert {theme: trend.direction for theme, trend in found.items()} == {
        "up": "rising",
        "down": "fading",
        "flat": "steady",
    }
    assert found["up"].early < found["up"].late
    assert found["up"].p < 0.01


@pytest.mark.parametrize("count", [1, 5, 7])
def test_a_handful_of_releases_never_makes_a_trend(count: int):
    published = {str(i): f"20{10 + i}-01-01" for i in range(20)}
    (trend,) = theme_trends({"t": [str(19 - i) for i in range(count)]}, published, 0.05, 0)
    assert (trend.direction, trend.p) == ("open", None)
    assert "mindestens 8 Mitteilungen" in trend.because


def test_less_than_two_years_say_nothing_because_it_may_be_the_season():
    published = {str(i): f"2023-{1 + i % 12:02}-01" for i in range(120)}
    (trend,) = theme_trends({"t": [str(i) for i in range(120) if i % 12 > 8]}, published, 0.05, 0)
    assert trend.direction == "open"
    assert f"{MIN_QUARTERS} Quartalen" in trend.because


def test_no_dates_no_trends():
    assert theme_trends({"t": ["a"]}, {"a": "2024"}, 0.05, 0) == []


def test_where_nothing_changes_an_alarm_is_as_rare_as_promised_even_if_releases_come_in_bursts():
    """Of 60 corpora with 12 themes each that only come in bursts, at most 8 (of 3 expected) call a trend."""
    alarms = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        published = dates(240, seed=seed)
        quarter = {release: (date[:4], (int(date[5:7]) - 1) // 3) for release, date in published.items()}
        themes = {}
        for theme in range(12):
            level = {q: rng.beta(1, 4) for q in sorted(set(quarter.values()))}
            themes[str(theme)] = [release for release in published if rng.random() < level[quarter[release]]]
        found = theme_trends(themes, published, 0.05, 0)
        alarms += any(trend.direction in {"rising", "fading"} for trend in found)
    assert alarms <= 8


@given(st.lists(st.floats(0, 1), max_size=30))
def test_correcting_makes_no_chance_smaller_and_keeps_their_order(chances: list[float]):
    corrected = holm(chances)
    assert all(after >= before - 1e-6 for before, after in zip(chances, corrected, strict=True))
    order = sorted(range(len(chances)), key=lambda i: chances[i])
    assert [corrected[i] for i in order] == sorted(corrected)
