"""Numbers and dates are spelled as German readers expect them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import german


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(0, 0, "0"), (1234, 0, "1.234"), (1234567.891, 2, "1.234.567,89"), (-3.25, 1, "−3,2"), (-0.001, 1, "0,0")],
)
def test_numbers_have_points_between_thousands_and_a_decimal_comma(value, places, expected):
    assert german.number(value, places) == expected


def test_a_share_is_a_percentage_with_a_space_that_does_not_break():
    assert german.percent(0.125, 1) == "12,5\u202f%"


@pytest.mark.parametrize(
    ("change", "expected"),
    [(0.032, "+3,2 Punkte"), (-0.01, "−1,0 Punkt"), (0.0004, "unverändert"), (-0.0004, "unverändert")],
)
def test_a_change_has_a_sign_and_nothing_is_called_unchanged(change, expected):
    assert german.points(change) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-09-03", "3. September 2019"),
        ("2019-03", "März 2019"),
        ("2019", "2019"),
        ("2022-05-12T11:00", "12. Mai 2022, 11:00 Uhr"),
        ("2019-09-02/2019-09-03", "2. bis 3. September 2019"),
        ("2019-08-30/2019-09-03", "30. August bis 3. September 2019"),
        ("2019-12-30/2020-01-03", "30. Dezember 2019 bis 3. Januar 2020"),
        ("2019/2021", "2019 bis 2021"),
        ("2024-Q3", "3. Quartal 2024"),
        ("2024-SU", "Sommer 2024"),
        ("2021-W12", "12. Kalenderwoche 2021"),
        ("199X", "1990er Jahre"),
        ("P20Y", "P20Y"),
        ("2019-13-01", "1. 13 2019"),
    ],
)
def test_dates_of_every_precision_are_spelled_out(value, expected):
    assert german.date(value) == expected


@given(st.text())
def test_no_value_makes_the_spelling_of_dates_fail(value):
    assert isinstance(german.date(value), str)


def test_one_is_singular():
    assert [german.count(n, "Nennung", "Nennungen") for n in (0, 1, 2)] == [
        "0 Nennungen",
        "1 Nennung",
        "2 Nennungen",
    ]


def test_a_list_ends_with_und():
    assert [german.listing(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a und b", "a, b und c"]


def test_umlauts_sort_beside_their_vowels():
    names = ["Zoo", "Ästhetik", "Auen", "Adler", "„Bienen“"]
    assert sorted(names, key=german.sort_key) == ["Adler", "Ästhetik", "Auen", "„Bienen“", "Zoo"]
