"""Contradictions: what cannot be right is found with what would fit, and what may be right is left alone."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import patterns
from pipeline.extract.components import date_roles, dates, findings, german_days, units

PUBLISHED = "2019-08-20"
ROWS = patterns.load("findings").tables["finding"]


def find(text: str, published: str = PUBLISHED) -> list[findings.Flaw]:
    when = dates.find(text, published)
    seen = list(date_roles.look(text, when, published, units.split(text, ())))
    return findings.find(text, published, when, seen)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_pattern_finds_its_example_and_nothing_else(row):
    text = row["example"].replace("[", "").replace("]", "")
    (flaw,) = find(text)
    assert f"[{text[flaw.start : flaw.end]}]" in row["example"]
    assert [never for never in row["never"] if find(never)] == []


@pytest.mark.parametrize(
    ("text", "code", "says", "fits"),
    [
        (
            "Am Montag, 3. September 2019, tagt der Rat.",
            "weekday",
            "Der 3. September 2019 ist ein Dienstag, kein Montag.",
            "Ein Montag ist der 2. September 2019; auf einen Montag fiel der 3. September 2018.",
        ),
        (
            "Am Mittwoch, 3. September, tagt der Rat.",
            "weekday",
            "Der 3. September 2019 ist ein Dienstag, kein Mittwoch.",
            "Ein Mittwoch ist der 4. September 2019.",
        ),
        (
            "bis 30. Februar 2020",
            "no_such_day",
            "Den 30. Februar 2020 gibt es nicht.",
            "Der Februar 2020 hat 29 Tage.",
        ),
        ("bis 29.2.2019", "no_such_day", "Den 29.2.2019 gibt es nicht.", "Der Februar 2019 hat 28 Tage."),
        ("am 31. Juni", "no_such_day", "Den 31. Juni gibt es nicht.", "Der Juni hat 30 Tage."),
        (
            "vom 3. Mai 2020 bis zum 1. April 2020",
            "end_before_begin",
            "Das Ende (1. April 2020) liegt vor dem Beginn (3. Mai 2020).",
            None,
        ),
        (
            "vom 28. bis 3.10.2019",
            "end_before_begin",
            "Das Ende (3. Oktober) liegt vor dem Beginn (28. Oktober).",
            None,
        ),
    ],
)
def test_a_contradiction_is_explained(text, code, says, fits):
    (flaw,) = find(text)
    assert (flaw.code, flaw.text, flaw.fits) == (code, says, fits)


@pytest.mark.parametrize(
    "text",
    [
        "Am Dienstag, 3. September 2019, tagt der Rat.",
        "Am Dienstag, 3. September, tagt der Rat.",
        "Samstag und Sonntag, 7. und 8. September 2019",
        "Samstag/Sonntag, 8. September 2019, in der Nacht",
        "Montag bis Freitag, 6. September 2019",
        "Freitag, 7. September, vor der Wahl 2012, war das Fest.",
        "Am Freitag, 7. September des Vorjahres, war das Fest.",
        "Feier am Samstag\n03.09.2019 – 09:18",
        "Am 31. Juli, am 29. Februar und am 29.2.2020",
        "Version 4.31.06.2021, Kapitel 31.6",
        "vom 28. Dezember bis 3. Januar, vom 30. September bis 2. Oktober 2019",
        "von 22 bis 6 Uhr, von 21 bis 12 Uhr",
        "Das Konzert war am 12. Januar 2019.",
        "Der Verein lädt am 12. Januar 2020 ein.",
        "Von 2500 bis 2000 Euro",
    ],
)
def test_what_may_be_right_is_left_alone(text):
    assert find(text) == []


def test_last_years_date_in_an_invitation_is_found():
    (flaw,) = find("Der Verein lädt am 12. Januar 2020 zum Empfang ein.", "2021-01-05")
    assert flaw.code == "already_past"
    assert flaw.fits == "Gemeint ist vielleicht der 12. Januar 2021, ein Dienstag."


def test_a_release_of_unknown_day_is_judged_by_what_is_written_out_only():
    assert find("Am Mittwoch, 3. September, tagt der Rat.", "2019") == []
    assert len(find("Am Mittwoch, 3. September 2019, tagt der Rat.", "2019")) == 1


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_exactly_the_wrong_weekdays_are_found(day, weekday):
    """A day written out with each of the seven weekdays: six are wrong, and what would fit does fit."""
    name = german_days.WEEKDAYS[weekday]
    found = find(f"Am {name}, dem {german_days.written(day)}, war viel los.", "2021-05-03")
    assert len(found) == (weekday != day.weekday())
    for flaw in found:
        near = day + timedelta((weekday - day.weekday() + 3) % 7 - 3)
        assert f"{german_days.written(near)}" in (flaw.fits or "")
        assert near.weekday() == weekday


@given(st.dates(date(1950, 1, 1), date(2099, 12, 1)), st.dates(date(1950, 1, 1), date(2099, 12, 1)))
def test_an_end_is_before_its_begin_exactly_when_the_calendar_says_so(first, last):
    text = f"vom {german_days.written(first)} bis {german_days.written(last)}"
    assert bool(find(text)) == (last < first)


@given(st.text(alphabet="3109.,:-–( vombisMontagJuni2021\nUhr", max_size=200))
def test_findings_lie_in_the_text_and_apart(text):
    found = find(text)
    assert all(0 <= flaw.start < flaw.end <= len(text) for flaw in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_long_texts_take_linear_time():
    def cost(times: int) -> float:
        text = "von 3. bis vom 3. Montag, den (31. von 18 bis 16 Montag und " * times
        start = time.process_time()
        findings.find(text, PUBLISHED)
        return time.process_time() - start

    small = min(cost(100) for _ in range(3))
    assert cost(1000) < 30 * small + 0.1
