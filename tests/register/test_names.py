"""Names -> keys, and the rules that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.register import names, rules

WORDS = st.lists(st.text("abcdefgäöüßAÄ-. ", min_size=1, max_size=12), min_size=1, max_size=4).map(" ".join)


@given(WORDS)
def test_capitals_do_not_make_another_name(name: str):
    assert names.person(name) == names.person(name.upper())
    assert names.place(name) == names.place(name.upper())


@pytest.mark.parametrize("text", ["Lindenstraße 12", "Am Markt 3", "Uferweg 4a", "Goetheplatz 1"])
def test_an_address_is_no_place_of_the_register(text: str):
    assert names.place(text) == ""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Stadt Weimar", "weimar"),
        ("99423 Weimar", "weimar"),
        ("Freistaat Thüringen", "thüringen"),
        ("Landkreis Hohenwalde", "landkreis hohenwalde"),
        ("Stadtroda", "stadtroda"),
        ("Lindenstraße", "lindenstrasse"),
    ],
)
def test_a_head_does_not_make_another_place_but_a_district_does(text: str, key: str):
    assert names.place(text) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Falkenroder Kulturvereins", "Falkenroder Kulturverein"),
        ("Deutschen Radbundes", "Deutscher Radbund"),
        ("Kulturverein „Die Brücke“", "Kulturverein Die Brücke"),
    ],
)
def test_inflection_and_marks_do_not_make_another_organisation(one: str, other: str):
    assert names.organisation(one) == names.organisation(other)


def test_the_legal_form_is_kept_apart_however_it_is_written():
    assert names.organisation("Brücke e. V.") == names.organisation("Brücke e.V.") == ("brück", "ev")
    assert names.organisation("Novatherm GmbH & Co. KG")[1] == "gmbhcokg"


@pytest.mark.parametrize(
    ("text", "expected"), [("FKV", True), ("BfV", True), ("ver.di", False), ("Stadt", False), ("Weimar", False)]
)
def test_acronyms_are_words_of_capitals(text: str, *, expected: bool):
    assert names.is_acronym(text) is expected


@pytest.mark.parametrize("rule", [r for r in rules.RULES.values() if r.example], ids=lambda r: r.id)
def test_no_rule_of_names_alone_merges_unless_the_whole_name_agrees(rule: rules.Rule):
    whole = {"same_name", "spelling", "inflection"}
    assert rules.enough([rule.id]) is (rule.id in whole)


def test_a_surname_never_reaches_the_threshold_with_only_one_circumstance_outside_its_release():
    assert not any(rules.enough(["surname", one]) for one in ("same_role", "same_issuer", "in_office"))
    assert rules.enough(["surname", "same_release"])
