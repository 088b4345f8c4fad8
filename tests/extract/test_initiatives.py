"""Initiatives: what is undertaken under a name of its own, and what is not."""

from __future__ import annotations

import pytest

from pipeline.extract.components import mentions


@pytest.fixture
def found(read, gazetteers):
    """Text -> (name, kind) of each initiative in it."""

    def found(text: str, *model: tuple[str, str], **values: object) -> list[tuple[str | None, str | None]]:
        spans = mentions.find(read(text, *model, **values), gazetteers)
        return [(s.name, s.kind) for s in spans if s.label == "INITIATIVE"]

    return found


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ('Die Zukunftsinitiative "Grüne Wege - Gutes Land" wächst.', "Grüne Wege - Gutes Land", "campaign"),
        ("Das Förderprogramm „Bach und Brücke“ hilft.", "Bach und Brücke", "funding"),
        ("Die Broschüre „WerraBlicke“ erscheint.", "WerraBlicke", "publication"),
        ("Auch das Projekt Wandertourismus läuft.", "Wandertourismus", "project"),
        ("Das Wasser-Festival beginnt.", "Wasser-Festival", "event"),
        ("Im Anna-von-Moosfeld-Jahr wird gefeiert.", "Anna-von-Moosfeld-Jahr", "theme_year"),
        ("Der Kalender WerraBlicke erscheint.", "WerraBlicke", "publication"),
        ("Der Verkehrsverbund Werratal fährt.", "Verkehrsverbund Werratal", "network"),
        ("Die Lange Nacht der Mühlen lockt.", "Lange Nacht der Mühlen", "event"),
        ("Unter #werrabewegt wird gesammelt.", "#werrabewegt", "campaign"),
        ("„Werra macht Mut“ heißt die neue Kampagne.", "Werra macht Mut", "campaign"),
    ],
)
def test_a_name_of_its_own_is_found_with_its_kind(found, text, name, kind):
    assert found(text) == [(name, kind)]


def test_examples_after_a_generic_head_are_initiatives(found):
    text = "Viele Projekte zeigen das, etwa der Mühlenatlas, die Dorf- und Talnächte und das Uferlaufen."
    assert {"Mühlenatlas", "Dorf- und Talnächte"} <= {name for name, _ in found(text)}


def test_examples_before_a_closing_phrase_are_initiatives(found):
    text = "Tanz am Wehr, der Mühlenatlas oder das Wasser-Festival seien hier nur beispielhaft genannt."
    assert [name for name, _ in found(text)] == ["Tanz am Wehr", "Mühlenatlas", "Wasser-Festival"]


@pytest.mark.parametrize(
    "text",
    [
        "Das „Moosgesetz“ heißt das neue Projekt nicht.",
        "Das Projekt Deutschlands läuft.",
        "Im Schuljahr kommen viele.",
        "Das EU-Projekt läuft.",
        "Die BürgerInnen kommen.",
        "Er sagt: „Das Projekt ist gut.“",
        "Die Landrätin betont: „Wir bauen das Bad.“",
    ],
)
def test_laws_places_and_everyday_words_are_none(found, text):
    assert found(text) == []


def test_a_name_once_found_is_found_again(found):
    text = "Die Kampagne „Moos macht Mut“ beginnt. Bei Moos macht Mut helfen viele."
    assert [name for name, _ in found(text)] == ["Moos macht Mut", "Moos macht Mut"]


def test_the_short_form_belongs_to_the_long_one(found):
    text = "Das Projekt „WerraBlick Falkenrode“ beginnt. WerraBlick ist groß."
    assert {name for name, _ in found(text)} == {"WerraBlick Falkenrode"}


def test_what_only_the_model_takes_for_a_body_is_an_initiative_alone(read, gazetteers):
    page = read("Die Broschüre „WerraBlicke“ erscheint.", ("ORG", "WerraBlicke"))
    assert [s.label for s in mentions.find(page, gazetteers)] == ["INITIATIVE"]
