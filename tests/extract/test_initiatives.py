"""Initiatives: what is undertaken under a name of its own, and what is not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.authority import Authority
from pipeline.extract.components import initiatives, mentions
from pipeline.extract.components.initiatives import scorer
from pipeline.extract.components.page import Page, Unit
from pipeline.extract.nlp import Reader
from pipeline.extract.patterns import load
from tests.builders import release

KINDS = load("initiatives").tables["kinds"].keys()
NOBODY = Authority(places=frozenset(), known_places=frozenset(), first_names=frozenset())


def hand_made(text: str) -> Page:
    """A page of one unit that no model has read."""
    return Page(text=text, units=[Unit(0, len(text), "body")] if text else [])


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
        ("Unter #werrabewegt wird gesammelt.", "#werrabewegt", "campaign"),
        ("„Werra macht Mut“ heißt die neue Kampagne.", "Werra macht Mut", "campaign"),
    ],
)
def test_a_name_of_its_own_is_found_with_its_kind(found, text, name, kind):
    assert found(text) == [(name, kind)]


def test_an_inflected_name_that_the_model_sees_too_is_given_in_the_nominative(gazetteers):
    page = Reader(spacy.load("de_presse_md")).read(release(text="Zur Langen Nacht der Mühlen kommen viele."), ())
    spans = mentions.find(page, gazetteers)
    assert [(s.name, s.kind) for s in spans if s.label == "INITIATIVE"] == [("Lange Nacht der Mühlen", "event")]


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


def test_a_short_form_in_brackets_means_the_long_one(found):
    text = "Das Projekt „WerraBlick am Wehr“ (WBW) beginnt. Das WBW ist groß."
    assert [name for name, _ in found(text)] == ["WerraBlick am Wehr"] * 3
    assert found("Der Verkehrsverbund Werratal (VWT) fährt.") == [("Verkehrsverbund Werratal", "network")] * 2


def test_what_everybody_knows_is_found_without_a_cue(found):
    assert found("Viele kamen wegen Extinction Rebellion her.") == [("Extinction Rebellion", "network")]


def test_the_longest_name_wins(found):
    assert [name for name, _ in found("Das Projekt „Stadtradeln im Werratal“ läuft.")] == [
        "Stadtradeln im Werratal"
    ]


def test_each_mention_says_what_found_it_and_how_sure_it_is(read, gazetteers):
    text = "Die Kampagne „Moos macht Mut“ und das Wasser-Festival beginnen. Extinction Rebellion auch."
    found = [s for s in mentions.find(read(text), gazetteers) if s.label == "INITIATIVE"]
    assert {s.found_by for s in found} == {"rule:initiative-quoted", "rule:initiative-hyphen", "gazetteer"}
    assert all(scorer.load().threshold <= s.confidence <= 1 and s.kind in KINDS for s in found)


def test_every_weight_is_explained_and_stands_in_order():
    weights = scorer.load().of
    assert len(weights) > 80
    assert list(weights.values()) == sorted(weights.values(), reverse=True)


def test_a_cue_makes_a_name_likelier_and_a_body_less_likely():
    plain = {"words:2", "lead:article"}
    assert scorer.probability(plain | {"lead:head-next", "quoted"}) > scorer.probability(plain)
    assert scorer.probability(plain | {"body:word"}) < scorer.probability(plain)
    assert scorer.explain({"quoted", "no-such-feature"}) == [("quoted", scorer.load().of["quoted"])]


@given(st.text(alphabet="AbCd -„“()#.Project für 20", max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_yields_sound_initiatives(text):
    """Spans lie in the text, none overlap, none is empty."""
    page = hand_made(text)
    found = initiatives.find(page, initiatives.judge(page, NOBODY, []))
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_time_grows_with_the_text_only():
    """No rule or shape backtracks without end on what a table or a line of capitals may look like."""
    begin = time.process_time()
    for piece in ("Muster-Beispiel-", "Ab Cd ", "„", "A1 ", "für ", "Muster for Future "):
        page = hand_made(piece * (12_000 // len(piece)))
        initiatives.find(page, initiatives.judge(page, NOBODY, []))
    assert time.process_time() - begin < 20


def test_what_only_the_model_takes_for_a_body_is_an_initiative_alone(read, gazetteers):
    page = read("Die Broschüre „WerraBlicke“ erscheint.", ("ORG", "WerraBlicke"))
    assert [s.label for s in mentions.find(page, gazetteers)] == ["INITIATIVE"]
