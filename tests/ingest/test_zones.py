"""Zones without cue words, signatures, galleries, headings; and no text is slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.core.text import normalise
from pipeline.ingest import anatomy
from pipeline.ingest.sources.source import Source
from pipeline.ingest.take import whole_text
from tests.ingest import made


def _found(text: str, path: str = "2021-05-03.txt", **values):
    source = made.source(text, **values)
    final = whole_text(source)
    return final, anatomy.dissect(final, source, path)


def _zone(text: str, zone: str) -> list[str]:
    final, found = _found(text)
    return [final[span.start : span.end] for span in found.zones if span.zone == zone]


@pytest.mark.parametrize(
    "line",
    [
        "Maren Tiefensee, Ole Tamm und Ida Thorwald",
        "Maren Tiefensee, Vorstand Freunde der Lohe",
        "Freunde der Lohe, Falkenrode, den 3.5.2021",
        "Koordination: Maren Tiefensee",
        "Für Rückfragen stehen wir gerne zur Verfügung.",
    ],
)
def test_a_signature_without_a_cue_word_is_contact(line):
    assert _zone(f"Neues Dach\n\n{made.PROSE}\n\n{made.PROSE}\n\n{line}", "contact") == [line]


def test_a_last_line_that_the_text_has_used_before_is_a_signature():
    text = f"Neues Dach\n\nDie Leute von Waldzeit rufen zur Hilfe auf. {made.PROSE}\n\n{made.PROSE}\n\nWaldzeit"
    assert _zone(text, "contact") == ["Waldzeit"]
    assert _zone(text.replace("\n\nWaldzeit", "\n\nUnbekanntes"), "contact") == []


def test_links_of_a_site_below_a_signature_are_not_part_of_it():
    text = f"Neues Dach\n\n{made.PROSE}\n\n{made.PROSE}\n\nMaren Tiefensee\n\nWeitere Informationen..."
    assert _zone(text, "contact") == ["Maren Tiefensee"]


def test_a_hint_may_be_wrapped():
    text = f"Dach\n\n{made.PROSE}\n\nHinweise bitte an die Polizei in Lohe unter den\n\nNummern 03699/755-51."
    assert _zone(text, "contact")[0].startswith("Hinweise bitte")


def test_more_links_end_a_contact_zone():
    text = (
        f"Dach\n\n{made.PROSE}\n\nKontakt:\nTel. 03699 12345\n\nWeiterführende Informationen\n\nwww.lohe.example"
    )
    assert _zone(text, "contact") == ["Kontakt:\nTel. 03699 12345"]


@pytest.mark.parametrize(
    "line",
    [
        "V.l.n.r.: Ida Thorwald, Uwe Brandes und Ole Tamm.",
        "Blick auf das Tal. AdobeStock / Mustermann",
        "Das Foto darf honorarfrei verwendet werden.",
        "© Stadt Falkenrode",
    ],
)
def test_captions_without_the_word_for_a_picture(line):
    assert _zone(f"Neues Dach\n\n{made.PROSE}\n\n{line}\n\n{made.PROSE}", "caption") == [line]


def test_headings_that_recur_are_a_gallery():
    pictures = "\n\n".join(f"Tag der offenen Tür\n\nBild vom Tor {number}" for number in "abc")
    assert _zone(f"Neues Dach\n\n{made.PROSE}\n\n{pictures}", "caption") == [pictures]


def test_a_kicker_is_not_the_title():
    _, found = _found(f"Umwelt\n\nNeues Dach für die alte Turnhalle\n\n{made.PROSE}")
    assert found.title == "Neues Dach für die alte Turnhalle"


def test_a_headline_in_capitals_stays_a_headline():
    _, found = _found(f"Pressemitteilung\n\nSTADTWERKE BAUEN NEUES BAD IM TAL\n\n{made.PROSE}")
    assert found.title == "STADTWERKE BAUEN NEUES BAD IM TAL"


def test_a_title_that_only_the_sentences_use_is_put_on_top():
    text, found = _found(f"{made.PROSE} Es geht um das neue Dach.", title="Das neue Dach", subtitle="Umbau")
    assert text.startswith("Das neue Dach\n\nUmbau")
    assert found.title == "Das neue Dach"


def test_a_headline_goes_on_where_an_adjective_waits_for_its_noun():
    _, found = _found(f"Pressemitteilung\n\nBund fordert nachhaltige\n\nDachpolitik\n\n{made.PROSE}")
    assert found.title == "Bund fordert nachhaltige Dachpolitik"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Pressemitteilung Nr. 45/2021", "45/2021"),
        ("PM 045", "045"),
        ("045 / 2021", "045/2021"),
        ("Medienmitteilung Nr. 12-2021", "12-2021"),
    ],
)
def test_numbers_of_all_kinds(line, number):
    assert _found(f"{line}\n\nNeues Dach\n\n{made.PROSE}")[1].number == number


def test_a_number_may_end_the_headline():
    assert _found(f"Neues Dach (Nr. 2639)\n\n{made.PROSE}")[1].number == "2639"


@pytest.mark.parametrize(
    ("start", "place", "basis"),
    [
        ("Weimar, den 3. Mai 2021 – ", "Weimar", "dateline"),
        ("Wien (ots) – ", "Wien", "filename"),
        ("Frankfurt (Oder), 3. Mai 2021. ", "Frankfurt (Oder)", "dateline"),
        ("Weimar. Am 3. Mai 2020 war es so weit. ", "Weimar", "filename"),
        ("Bern, 03.05.2021 – ", "Bern", "dateline"),
    ],
)
def test_datelines(start, place, basis):
    found = _found(f"Neues Dach\n\n{start}{made.PROSE}")[1]
    assert (found.place, found.published.basis) == (place, basis)


def test_a_post_is_published_under_the_day_in_its_name():
    text = f"Neues Dach\n\n{made.PROSE}"
    assert _found(text, "posts/2021-05-03-dach.md", date="2021-05-02")[1].published.value == "2021-05-03"
    assert _found(text, "seiten/2021-05-03-dach.html", date="2021-05-02")[1].published.value == "2021-05-02"


@pytest.mark.parametrize(
    ("line", "embargo"),
    [
        ("Sperrfrist: 12.05.2022 11:00", "2022-05-12T11:00"),
        ("Sperrfrist 9 Uhr, 12. Mai 2022", "2022-05-12T09:00"),
        ("Frei ab Donnerstag, 12. Mai 2022, 9.30 Uhr", "2022-05-12T09:30"),
    ],
)
def test_embargoes(line, embargo):
    assert _found(f"{line}\n\nNeues Dach\n\n{made.PROSE}")[1].embargo == embargo


_HOSTILE = (
    "Verband ", "Stadt Falkenrode und ", "für A, ", "(AB) ", "Bund Oberer Wald (BOW) ", "a@b.de ", "www.a.b.c ",
    "Dr. ", "3. Mai ", "03699 ", "Foto: ", "A", " -", "Name Name, ", "GmbH ", "Der Bund ist ", "Vorsitzende des ",
)  # fmt: skip


@pytest.mark.parametrize("end", ["", "\n"])
def test_no_text_is_slow(end):
    """Twenty thousand characters of anything cost well under a second."""
    for piece in _HOSTILE:
        text = normalise((piece + end) * (20_000 // len(piece + end)))
        start = time.process_time()
        anatomy.dissect(text, Source("txt", (text,)), "a/2021-05-03.txt")
        assert time.process_time() - start < 1.5, piece


_PIECES = st.sampled_from(
    [*_HOSTILE, "\n", "\n\n", made.PROSE, "Kontakt:", "Über uns", "© Lohe", "Weiterlesen", "POL-F: "]
)


@settings(max_examples=60)
@example("Verband Verband\n -")
@given(st.lists(_PIECES, min_size=1, max_size=25).map("".join).map(normalise).filter(bool))
def test_zones_never_overlap_and_cut_tightly(text):
    found = anatomy.dissect(text, Source("txt", (text,), author="Lohe", publisher=text[:9]), "lohe/x.txt")
    end = 0
    for span in found.zones:
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end
