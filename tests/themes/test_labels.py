"""Terms and texts of a theme -> its German name."""

from __future__ import annotations

import doctest
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.themes import compounds, labels, periods, phrases, trends
from pipeline.themes.labels import UNNAMED, Word, alike, label, unique
from pipeline.themes.phrases import joined, nominative


def words(*terms: str) -> list[Word]:
    return [
        Word(t, " ".join((*t.split()[:-1], t.split()[-1].capitalize())), 1 - i / 10) for i, t in enumerate(terms)
    ]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["breitbandausbau", "glasfaser", "netz"], "Breitbandausbau und Glasfaser"),
        (["schule", "grundschule", "lehrkraft"], "Grundschule und Lehrkraft"),
        (["digitale souveränität", "standard"], "Digitale Souveränität"),
        (["museum"], "Museum"),
        ([], UNNAMED),
    ],
)
def test_a_theme_is_named_by_a_phrase_or_two_nouns(terms: list[str], expected: str):
    assert label(words(*terms), []) == expected


def test_a_phrase_that_the_texts_use_wins_over_two_words():
    texts = ["Die Reform der Verwaltung beginnt.", "Wir planen die Reform der Verwaltung."] * 3
    assert label(words("verwaltung", "reform", "antrag"), texts) == "Reform der Verwaltung"
    assert label(words("verwaltung", "reform", "antrag"), texts[:1]) == "Verwaltung und Reform"


def test_a_phrase_in_the_genitive_names_nothing():
    shown = {"ausbau": "Ausbau", "netz": "Netz"}
    assert joined(["Die Kosten des Ausbaus der Netze steigen."], shown) == {}
    assert list(joined(["Der Ausbau der Netze."], shown)) == ["Ausbau der Netze"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("erneuerbaren Energien", "Erneuerbare Energien"),
        ("ländlichen Raum", "Ländlicher Raum"),
        ("ehrenamtliche Engagement", "Ehrenamtliches Engagement"),
        ("neuen Ding", None),
        ("Schule", None),
    ],
)
def test_adjectives_are_turned_only_where_the_noun_tells_its_gender(phrase: str, expected: str | None):
    assert nominative(phrase) == expected


def test_words_that_say_the_same_twice_are_alike():
    assert alike("Schule", "Grundschule")
    assert alike("Radentscheid", "Radentscheids")
    assert not alike("Breitband", "Museum")


def test_no_two_themes_are_named_alike():
    assert unique(["Schule", "Museum", "Schule"]) == ["Schule", "Museum", "Schule (2)"]


@given(st.lists(st.sampled_from(["Rat", "der", "Schule", "im", "in", " ", "-", "a"]), max_size=30))
def test_phrases_are_two_different_nouns_of_the_theme(parts: list[str]):
    for phrase in joined([" ".join(parts)], {"rat": "Rat", "schul": "Schule"}):
        assert {phrase.split()[0], phrase.split()[-1]} == {"Rat", "Schule"}


def test_long_texts_without_a_phrase_take_no_time():
    begin = time.process_time()
    joined(["A" + "a-A" * 50_000, "Aa " * 100_000, "Aa der " * 50_000], {})
    assert time.process_time() - begin < 3


@pytest.mark.parametrize("module", [compounds, labels, periods, phrases, trends], ids=lambda m: m.__name__)
def test_examples_are_true(module):
    assert doctest.testmod(module).failed == 0
