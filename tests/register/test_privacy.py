"""Who a person is to the public, by rule, and who stays out."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from pipeline.core.records import Mention, Quote, Release
from pipeline.register import ledger
from pipeline.register.clusters import Member
from pipeline.register.draft import Entry
from pipeline.register.privacy import GIVES, LAST, Standing, classify, in_a_case
from pipeline.register.work import Found, Given, Register, build
from tests.builders import mention, release
from tests.register.settings import SETTINGS, STRICT

RULES = tomllib.loads(files("pipeline.register").joinpath("privacy.toml").read_text(encoding="utf-8"))["rule"]


def standing_of(example: dict[str, Any]) -> tuple[str, str]:
    name = example.get("name", "Max Muster")
    text = example.get("text", f"Auf dem Bild ist {name} zu sehen")
    person = mention(name, "PER", text.index(name), role=example.get("role"), title=example.get("title"))
    quoted = frozenset({(person.release_id, name)}) if example.get("quoted") else frozenset()
    contacts = frozenset({"max muster"}) if example.get("contact") else frozenset()
    known = Standing({person.release_id: release(text=text)}, quoted, contacts)
    return classify(Entry("person", name, [Member(person, "same_name")], None), known)


@pytest.mark.parametrize("rule", [r for r in RULES if "example" in r], ids=lambda r: r["id"])
def test_each_rule_decides_its_example(rule: dict[str, Any]):
    assert standing_of(rule["example"]) == (rule["gives"], f"rule:{rule['id']}")


def test_the_last_rule_makes_private_and_only_four_classes_exist():
    assert GIVES[LAST] == "private"
    assert set(GIVES.values()) == {"office_holder", "press_contact", "quoted", "private"}


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ({"role": "Landwirt", "quoted": True}, "quoted"),
        ({"role": "Vizepräsidentinnen"}, "office_holder"),
        ({"text": "Martha sagt das", "name": "Martha", "quoted": True}, "private"),
        ({"role": "Leiterin des Bauamts"}, "office_holder"),
        ({"role": "Schülersprecherin", "quoted": True}, "private"),
        ({"text": "Max Muster (45) sagt", "quoted": True}, "quoted"),
        ({"text": "Die 14-jährige Max Muster sagt", "quoted": True}, "private"),
        ({"text": "Landrat Max Muster dankt dem Zeugen", "role": "Landrat"}, "office_holder"),
        ({"text": "Max Muster wurde schwer verletzt.", "quoted": True}, "private"),
        ({"text": "Max Muster sagt das. Ein Verletzter schweigt", "quoted": True}, "quoted"),
        ({"title": "Dr."}, "private"),
    ],
)
def test_offices_speech_age_and_incidents_decide(example: dict[str, Any], expected: str):
    assert standing_of(example)[0] == expected


@pytest.mark.parametrize(
    ("issuer", "role", "expected"),
    [
        ("Polizeipräsidium Falkenrode", None, True),
        ("Polizeipräsidium Falkenrode", "Polizeipräsidentin", False),
        ("Gewerkschaft der Polizei", None, False),
        ("Stadt Falkenrode", None, False),
    ],
)
def test_who_has_no_office_in_a_release_of_the_police_is_party_to_an_incident(issuer, role, expected):
    person = mention("Max Muster", "PER", role=role)
    assert in_a_case(person, release(text="Max Muster kam", issuer=issuer)) is expected


def built(mentions: list[Mention], releases: list[Release], *lines: str, strict: bool = True) -> Register:
    rows = ledger.parse(("action,type,target,value\n" + "\n".join(lines)).encode(), "")
    quotes = [Quote("a1", 0, 5, "Schön", "Eva Lauten", "sagt", "direct", "rule:x")]
    return build(Found(mentions, releases, quotes=quotes), Given(ledger=rows), STRICT if strict else SETTINGS)


TOWN = [release("a1"), release("a2", issuer="Polizei Falkenrode")]
PEOPLE = [
    mention("Tom Muster", "PER", 0, release_id="a1", role="Oberbürgermeister"),
    mention("Tom Muster", "PER", 0, release_id="a2"),
    mention("Muster", "PER", 30, release_id="a2"),
    mention("Eva Lauten", "PER", 40, release_id="a1"),
    mention("Uta Aue", "PER", 60, release_id="a1"),
]


def test_private_persons_stay_out_of_every_table_unless_params_say_otherwise():
    strict, open_ = built(PEOPLE, TOWN), built(PEOPLE, TOWN, strict=False)
    assert {(e.name, e.privacy) for e in strict.entities} == {
        ("Tom Muster", "office_holder"),
        ("Eva Lauten", "quoted"),
    }
    assert "Aue" not in repr(strict)
    assert strict.left_out == 2
    assert {e.privacy for e in open_.entities if e.name == "Uta Aue"} == {"private"}
    assert all(e.privacy_by for e in open_.entities)


def test_a_victim_is_not_the_mayor_of_the_same_name():
    mayor = next(e for e in built(PEOPLE, TOWN).entities if e.name == "Tom Muster")
    assert mayor.n_mentions == 1
    assert [(m.release_id, m.start) for m in built(PEOPLE, TOWN).mentions if m.entity_id == mayor.entity_id] == [
        ("a1", 0)
    ]


def test_the_ledger_makes_private_whatever_the_rules_and_params_say_and_an_office_makes_public():
    hidden = built(PEOPLE, TOWN, "private,person,Eva Lauten,", strict=False)
    assert "Lauten" not in repr((hidden.entities, hidden.mentions, hidden.corrections))
    shown = built(PEOPLE, TOWN, "set_role,person,Uta Aue,Stadträtin")
    assert {(e.privacy, e.privacy_by) for e in shown.entities if e.name == "Uta Aue"} == {
        ("office_holder", "correction:2")
    }
