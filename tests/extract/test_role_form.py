"""A role is an office and what belongs to it, not the rest of the sentence."""

from __future__ import annotations

import pytest

from pipeline.extract.components.role_form import trim


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("Mitglied des Rates", "Mitglied des Rates"),
        ("Geschäftsführerin beim Musterbund hinzu", "Geschäftsführerin beim Musterbund"),
        ("Direktorin der Musterstelle und Sprecherin von", "Direktorin der Musterstelle und Sprecherin"),
        ("Sprecher für die", "Sprecher"),
        ("stellvertretende Landrätin", "stellvertretende Landrätin"),
        ("begründete Staatssekretär", None),
        ("sowie Anton Muster als Vertreter", None),
        ("Präsidentin des Musterbundes bei der Vorstellung des Plans", "Präsidentin des Musterbundes"),
        ("Leiter des Werks © Muster |", "Leiter des Werks"),
        ("Teamleitung beim Verband)", "Teamleitung beim Verband"),
        ("Musterverein", None),
    ],
)
def test_fragments_of_sentences_are_cut_off(phrase, role):
    assert trim(phrase, ()) == role


def test_the_office_of_another_person_is_not_taken():
    assert trim("Initiatorin Anne Muster", {"Anne Muster"}) is None
    assert trim("Leiter des Amtes, Anne Muster", {"Anne Muster"}) == "Leiter des Amtes"
    assert trim(None, ()) is None
