"""Offices before, behind and beside a name: seats, joined parts, copula, "als", brackets, deputies."""

from __future__ import annotations

import pytest

from pipeline.extract.components import mentions


@pytest.fixture
def role(read, gazetteers):
    """Text and a person's name -> the office that the person has in it."""

    def role(text: str, name: str) -> str | None:
        spans = mentions.find(read(text, *(("PER", n) for n in PEOPLE if n in text)), gazetteers)
        return next((s.role for s in spans if s.label == "PER" and s.name == name and s.role), None)

    return role


PEOPLE = ("Peter Grasmann", "Anne Moosfeld", "Birgit Grasmann")


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Bundesrat Peter Grasmann kam nach Bern.", "Bundesrat"),
        ("Der Ständige Vertreter Peter Grasmann sprach.", "Ständiger Vertreter"),
        ("Sie bat den Bau- und Umweltdezernenten Peter Grasmann um Hilfe.", "Bau- und Umweltdezernent"),
        ("Leiter des Zentrums ist Peter Grasmann.", "Leiter des Zentrums"),
        ("Das sagt Peter Grasmann als Koordinator des Bündnisses.", "Koordinator des Bündnisses"),
        ("Das sagt Peter Grasmann (15 Jahre, Schüler).", "Schüler"),
        ("Peter Grasmann, der zugleich Vorsitzender des Verbandes ist, kam.", "Vorsitzender des Verbandes"),
        ("Ansprechpartner: Peter Grasmann, Öffentlichkeitsarbeit", "Öffentlichkeitsarbeit"),
        ("Das meint Peter Grasmann (Arzt und Gartenfreunde).", "Arzt"),
        ("Im alten Rathaus Bürgermeister Peter Grasmann zu treffen, gelang nicht.", "Bürgermeister"),
        ("Der bisherige Fachbereichsleiter Peter Grasmann geht.", "bisheriger Fachbereichsleiter"),
        ("Das Haus von Peter Grasmann brannte.", None),
        ("Peter Grasmann, Bischof Anne Moosfeld und andere kamen.", None),
    ],
)
def test_an_office_is_read_wherever_it_stands(role, text, office):
    assert role(text, "Peter Grasmann") == office


def test_one_who_speaks_for_a_person_has_an_office_of_his_own(role):
    text = "Das sagte der Sprecher von Ministerin Anne Moosfeld, Peter Grasmann."
    assert role(text, "Peter Grasmann") == "Sprecher von Ministerin Anne Moosfeld"
    assert role(text, "Anne Moosfeld") == "Ministerin"


def test_the_council_itself_is_no_office(role):
    assert role("Der Gemeinderat tagte. Peter Grasmann kam.", "Peter Grasmann") is None
