"""Units: where no sentence and no name may cross."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.text import normalise
from pipeline.extract.components import units
from tests.builders import zone


def split(text: str, *zones):
    return [text[u.start : u.end] for u in units.split(text, zones)]


def test_paragraphs_and_short_lines_are_units():
    text = "Neues Bad öffnet\nEin Sommer im Wasser\n\nDas Bad öffnet. Alle freuen sich."
    assert split(text) == ["Neues Bad öffnet", "Ein Sommer im Wasser", "Das Bad öffnet. Alle freuen sich."]


def test_soft_wraps_are_joined():
    text = (
        "Die Stadt Falkenrode baut im kommenden Jahr ein neues Bad und erneuert dabei\n"
        "auch die Wege im Park, wie der Rat beschlossen hat."
    )
    assert len(split(text)) == 1


def test_a_line_that_goes_on_in_small_letters_is_a_wrap():
    assert split("Die Stadt\nbaut ein Bad.") == ["Die Stadt\nbaut ein Bad."]


def test_list_items_are_units():
    assert split("Das ist geplant:\n- ein Bad\n- ein Park") == ["Das ist geplant:", "- ein Bad", "- ein Park"]


def test_zones_cut():
    text = "Bad öffnet am Montag und das ist schön"
    assert split(text, zone("headline", 0, 10)) == ["Bad öffnet", "am Montag und das ist schön"]


def test_what_has_no_zone_is_body():
    found = units.split("Kopf\n\nText", [zone("letterhead", 0, 4)])
    assert [u.zone for u in found] == ["letterhead", "body"]


@given(st.text(alphabet="aB .\n-ä“", max_size=300))
def test_units_cover_every_letter_once_and_never_touch_white_space(raw: str):
    text = normalise(raw)
    found = units.split(text, [])
    assert "".join("".join(text[u.start : u.end].split()) for u in found) == "".join(text.split())
    assert all(text[u.start : u.end].strip() == text[u.start : u.end] for u in found)
