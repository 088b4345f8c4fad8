"""Entities are shown in the nominative, whatever case the sentences put them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.register.nominative import nominative


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("Deutschen Musterverbandes", "Deutscher Musterverband"),
        ("Deutsche Musterverband", "Deutscher Musterverband"),
        ("Instituts für Musterbau", "Institut für Musterbau"),
        ("Nationalen Musterplan", "Nationaler Musterplan"),
        ("Sächsische Musterministerium", "Sächsisches Musterministerium"),
        ("Evangelischen Musterkirche", "Evangelische Musterkirche"),
        ("Vereinten Nationen", "Vereinte Nationen"),
        ("Bundesamtes für Muster", "Bundesamt für Muster"),
    ],
)
def test_head_and_adjectives_agree(found, shown):
    assert nominative(found) == shown


@pytest.mark.parametrize(
    "name",
    ["Muster GmbH", "Berliner Musterrat", "Haus „Deutschen Rates“", "OpenRates", "Musterkirche", "FKV", "Campus"],
)
def test_what_is_in_the_nominative_or_has_no_known_head_stays(name):
    assert nominative(name) == name


@given(
    st.lists(st.sampled_from(["Deutschen", "Alte", "Musterrates", "Kirche", "Plans", "von", "Xylo"]), max_size=4)
)
def test_the_nominative_of_a_nominative_is_itself(words):
    once = nominative(" ".join(words))
    assert nominative(once) == once
