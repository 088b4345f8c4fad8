"""Wrapped lines become paragraphs; nothing but line ends and their hyphens is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import layout

_WRAPPED = """Die Stadtwerke Falkenrode bauen bis zum Herbst ein neues Netz für die Fern-
wärme. Davon haben zuerst die Schulen und das Krankenhaus etwas. Die Corona-
Krise hatte den Bau verzögert, nun sollen in allen Wohnhäusern am Markt Ein-
und Ausgänge frei bleiben, sagte der Leiter des Bauamts auf der Versammlung.

Pressekontakt:
Maren Tiefensee
Telefon 03699 12345
"""


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("Fern-", "wärme", "Fernwärme"),
        ("Corona-", "Krise", "Corona-Krise"),
        ("Ein-", "und Ausgang", "Ein- und Ausgang"),
        ("Bau-", "oder Planungsamt", "Bau- oder Planungsamt"),
        ("von 2019 -", "2021", "von 2019 - 2021"),
        ("www.bunte-", "wiese.example", "www.bunte-wiese.example"),
        ("die neue", "Brücke", "die neue Brücke"),
    ],
)
def test_hyphens_at_line_ends_follow_german_rules(before, after, whole):
    assert layout.glue(before, after)[0] == whole


def test_a_word_known_unbroken_settles_a_doubtful_hyphen():
    known = layout.words("Die FalkeBus GmbH und der Kur-park.")
    assert layout.glue("der Falke-", "Bus fährt", known)[0] == "der FalkeBus fährt"
    assert layout.glue("im Kur-", "park", known)[0] == "im Kur-park"


def test_wrapped_text_is_joined_and_contact_lines_stay_lines():
    paragraphs, repairs = layout.paragraphs(_WRAPPED)
    assert "Fernwärme" in paragraphs[0]
    assert "Corona-Krise" in paragraphs[0]
    assert "Ein- und Ausgänge" in paragraphs[0]
    assert "\n" not in paragraphs[0]
    assert paragraphs[1] == "Pressekontakt:\nMaren Tiefensee\nTelefon 03699 12345"
    assert repairs == 1


def test_lines_of_text_that_is_not_wrapped_stay_lines():
    text = "Erste Zeile ohne Umbruch\nZweite Zeile\n" + "Ein langer Absatz, der in einer Zeile steht. " * 8
    paragraphs, repairs = layout.paragraphs(text)
    assert paragraphs == [text.strip()]
    assert repairs == 0


def test_drawn_lines_part_blocks_and_vanish():
    assert layout.paragraphs("Überschrift\n==========\nText darunter")[0] == ["Überschrift", "Text darunter"]


@given(st.text(alphabet=st.sampled_from("abc XYZäöü.,-\n"), max_size=400))
def test_no_letter_is_ever_lost(text):
    paragraphs, _ = layout.paragraphs(text)
    letters = re.sub(r"[^a-zA-Zäöü]", "", text)
    assert re.sub(r"[^a-zA-Zäöü]", "", "".join(paragraphs)) == letters


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("Bund-Länder-", "Konferenz", "Bund-Länder-Konferenz"),
        ("Müller-", "Lüdenscheid", "Müller-Lüdenscheid"),
        ("ein-", "und ausgehend", "ein- und ausgehend"),
        ("Kür-", "bis", "Kürbis"),
        ("Kurz-", "bis Langzeit", "Kurz- bis Langzeit"),
        ("Materi-", "als der Stadt", "Materials der Stadt"),
        ("EU-", "weit", "EU-weit"),
        ("CO2-", "neutral", "CO2-neutral"),
        ("40-", "jährige", "40-jährige"),
        ("x-", "beliebig", "x-beliebig"),
        ("Haupt-", "/Nebenamt", "Haupt- /Nebenamt"),
        ("Brücken\u00ad", "Bau", "BrückenBau"),
    ],
)
def test_doubtful_hyphens_follow_german_rules(before, after, whole):
    assert layout.glue(before, after)[0] == whole


def test_a_headline_in_capitals_is_broken_like_any_other_word():
    known = layout.words("Die Pressemitteilung der Stadt.")
    assert layout.glue("PRESSEMITTEI-", "LUNG", known)[0] == "PRESSEMITTEILUNG"
    assert layout.glue("STADT-", "RAT", known)[0] == "STADT-RAT"


def test_lines_of_a_flowed_mail_go_on_where_they_end_in_a_space():
    assert layout.unflow("Die Brücke \nist offen.\n-- \nAmt\n") == "Die Brücke ist offen.\n-- \nAmt\n"
