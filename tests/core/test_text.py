"""The normal form of German text."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.text import fold, normalise, slug
from pipeline.ingest.repairs import repairs


@given(st.text())
def test_the_normal_form_is_its_own_normal_form(text):
    once = normalise(text)
    assert normalise(once) == once


def test_invisible_characters_go_and_odd_spaces_become_spaces():
    assert normalise("\ufeffBür\u00adger\u00a0in\u202f2019\u200b") == "Bürger in 2019"


def test_decomposed_umlauts_and_ligatures_become_letters():
    assert normalise("Mu\u0308nchen ﬁndet O\ufb03ce") == "München findet Office"


def test_line_ends_meet_and_gaps_shrink_to_one_empty_line():
    assert normalise("a  \r\nb\r\r\r\rc\u2028d") == "a\nb\n\nc\nd"


def test_quotation_marks_and_dashes_stay_as_written():
    text = '„Starke – Region“, »so« "heißt" es'
    assert normalise(text) == text


def test_every_odd_character_counts_once_under_its_kind():
    found = repairs("Bür\u00adger\u00a0in\u202fMu\u0308nchen, Ko\u0308ln ﬁndet\u200b\tes")
    assert found == {"soft_hyphen": 1, "odd_space": 2, "composition": 2, "ligature": 1, "invisible": 1}


def test_a_text_in_normal_form_needs_no_repair_and_tabs_are_none():
    assert sum(repairs("Bürgerin – „so“\t12 %").values()) == 0


@given(st.text())
def test_nothing_is_left_to_repair_in_the_normal_form(text):
    assert sum(repairs(normalise(text)).values()) == 0


def test_spellings_of_one_name_fold_to_one_key():
    assert fold("„Straße –  Nord“") == fold("'STRASSE - nord'")


@given(st.text())
def test_a_slug_is_a_safe_file_name(text):
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text)


def test_umlauts_in_slugs_are_spelled_out():
    assert slug("Bürgerhaus Größe") == "buergerhaus-groesse"
