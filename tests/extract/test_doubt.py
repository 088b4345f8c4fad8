"""What only the model calls a name needs a second witness, unless its package says that it is seldom wrong."""

from __future__ import annotations

import pytest

from pipeline.extract import nlp
from pipeline.extract.components import doubt_bodies, mentions
from pipeline.extract.components.everyday import is_brand, is_everyday, is_numbered
from pipeline.extract.components.page import Span


@pytest.fixture
def names(read, gazetteers):
    """Text -> the names of a label in it."""

    def names(text: str, label: str, *model: str) -> list[str]:
        page = read(text, *((label, name) for name in model))
        return [text[s.start : s.end] for s in mentions.find(page, gazetteers) if s.label == label]

    return names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Am Abend gibt es Working Groups zum Wald.", "Working Groups"),
        ("Das steht in Handlungsfeld Verkehr.", "Handlungsfeld Verkehr"),
        ("Wir fordern einen Importstopp.", "Importstopp"),
        ("Das Moosfeld Waldmann kommt.", "Moosfeld Waldmann"),
        ("Wir zahlen Mio EUR nach.", "Mio EUR"),
    ],
)
def test_things_are_no_people_though_the_model_says_so(names, text, name):
    assert names(text, "PER", name) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xylo Moosfeld sagte das am Montag.", "Xylo Moosfeld"),
        ("Landrätin Xylo Moosfeld kommt.", "Xylo Moosfeld"),
        ("Xylo Moosfeld, Geschäftsführer des Vereins, kommt.", "Xylo Moosfeld"),
        ("Nach dem Fest kommt Xylofeld Waldmann.", "Xylofeld Waldmann"),
    ],
)
def test_unknown_first_names_pass_with_an_office_a_verb_of_speech_or_as_two_proper_names(names, text, name):
    assert names(text, "PER", name) == [name]


def test_a_surname_alone_needs_its_bearer_in_the_release(names):
    assert names("Zum Fest kommt Moosfeld.", "PER", "Moosfeld") == []
    assert names("Anne Moosfeld lädt ein. Zum Fest kommt Moosfeld.", "PER", "Moosfeld") == [
        "Anne Moosfeld",
        "Moosfeld",
    ]


@pytest.mark.parametrize(
    ("span", "name"),
    [
        ("Anne Moosfeld von Waldwerk", "Anne Moosfeld"),
        ("Anne Marie von Moosfeld", "Anne Marie von Moosfeld"),
        ("Anne von Moosfeld", "Anne von Moosfeld"),
        ("Anne Moosfeld von der", "Anne Moosfeld"),
    ],
)
def test_a_body_after_von_is_no_part_of_a_name_a_noble_name_is(names, span, name):
    assert names(f"Das sagt {span}.", "PER", span) == [name]


@pytest.mark.parametrize("word", ["Workshops", "Release 6", "Abschnitt II", "Zensur", "Rohöl"])
def test_things_are_no_places_though_the_model_says_so(names, word):
    assert names(f"Wir reden bei {word} mit.", "LOC", word) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Der Bus kommt aus Xylowald heute.", "Xylowald"),
        ("Gäste aus Erfurt, Xylowald und Jena kommen.", "Xylowald"),
        ("Die Xyloniederung ist feucht.", "Xyloniederung"),
        ("Alle sind zur Stadthalle Xylowald gefahren.", "Stadthalle Xylowald"),
    ],
)
def test_unknown_places_pass_after_a_preposition_beside_a_known_place_and_by_their_ending(names, text, name):
    assert name in names(text, "LOC", name)


@pytest.mark.parametrize("word", ["PDF", "Tools", "WanderInnen", "K47"])
def test_abbreviations_and_words_of_technology_are_no_organisations(names, word):
    assert names(f"Wir nutzen {word} heute.", "ORG", word) == []


def test_an_organisation_ends_where_the_sentence_goes_on(names):
    assert names("Wir danken Moosfeld Xylowald die ganze Zeit.", "ORG", "Moosfeld Xylowald die ganze Zeit") == [
        "Moosfeld Xylowald"
    ]


def test_a_model_that_is_seldom_wrong_needs_no_second_witness():
    meta = {"performance": {"ents_per_type": {"PER": {"p": 0.95}, "LOC": {"p": 0.6}, "ORG": {"p": None}}}}
    assert nlp.confidences(meta) == {"PER": 0.9, "LOC": 0.8, "ORG": 0.8}
    assert nlp.confidences({}) == {}


def test_surnames_are_not_everyday_words():
    assert not any(map(is_everyday, ["Grasmann", "Albrecht", "Lorenz", "Moosfeld", "Franz", "Dennis"]))
    assert not any(map(is_brand, ["McMuster", "DeMuster", "Müller-Lauten", "Muster"]))
    assert not is_numbered("Moosfeld")


def test_a_long_form_and_its_acronym_are_two_names(read, gazetteers):
    page = read("Der Präsident des Moosfelder Beispielverbands MBV dankte, auch das Moosfelder Werk XYZ.")
    spans = [Span(18, 49, "ORG", "model", 0.8), Span(67, 86, "ORG", "model", 0.8)]
    found = doubt_bodies.organisations(page, spans, gazetteers)
    names = ["Moosfelder Beispielverbands", "MBV", "Moosfelder Werk XYZ"]
    assert [page.flat[s.start : s.end] for s in found] == names


def test_an_adjective_goes_with_the_kind_of_body_behind_it(read, gazetteers):
    page = read("Der Präsident der Moosfelder Bischofskonferenz dankte, der Moosfelder Kuchen auch.")
    spans = [Span(18, 28, "ORG", "model", 0.8), Span(59, 69, "ORG", "model", 0.8)]
    found = doubt_bodies.organisations(page, spans, gazetteers)
    assert [page.flat[s.start : s.end] for s in found] == ["Moosfelder Bischofskonferenz", "Moosfelder"]
