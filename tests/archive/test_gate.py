"""What does not leave the house."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.archive import gate, rows
from pipeline.archive.selection import select
from pipeline.core import tables as t
from tests.archive import made


def test_contacts_numbers_mails_and_private_names_are_out_by_default():
    (d,) = made.described()
    text = d.release.text
    for word in ("Mia", "Muster", "12345", "presse@", "Uwe", "Sprecher", "998877"):
        assert word not in text
    assert "Anna Beispiel" in text
    assert d.masked == {"contact": 1, "mail": 1, "name": 1, "phone": 1}
    assert d.restriction is not None


def test_what_params_let_through_stays():
    (d,) = made.described(settings=made.settings(include_contacts=True, include_private=True))
    assert d.release.text == made.TEXT
    assert d.masked == {}
    assert d.restriction is None


def test_offsets_point_at_the_same_words_behind_what_was_taken_out():
    (d,) = made.described()
    text = d.release.text
    assert [text[m.start : m.end] for m in d.marks] == [
        "Stadt Falkenrode", "Falkenrode", "Anna Beispiel", "Schulen ans Netz",
    ]  # fmt: skip
    assert [text[x.start : x.end] for x in d.dates] == ["3. Mai 2021"]
    assert [text[q.start : q.end] for q in d.quotes] == ["Wir bauen für alle"]
    assert [text[z.start : z.end] for z in d.zones][2] == "[Kontaktangaben]"


def test_a_private_name_in_the_headline_is_out_of_the_title_too():
    text = made.TEXT.replace("Bürgermeisterin eröffnet Schule", "Mia Muster eröffnet Schulhaus..")
    (d,) = made.described(made.rows(text=text, title="Mia Musters großer Tag, Mia Muster"))
    assert d.release.title == "[Name] großer Tag, [Name]"


@pytest.mark.parametrize(
    "number",
    ["03641 12345-67", "(0361) 57-3211", "+49 361 123456", "0361/123456", "0170 1234567", "0049 361 99887766"],
)
def test_telephone_numbers_are_found_without_a_word_before_them(number):
    assert [c.kind for c in gate.numbers_and_mails(f"Sie erreichen uns unter {number}.")] == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "am 03.05.2021 um 18 Uhr",
        "Drucksache 07/2021",
        "07743 Jena",
        "von 2019 bis 2021",
        "1 234 567 Euro",
        "01.–03.05.",
    ],
)
def test_dates_postcodes_and_sums_are_no_telephone_numbers(text):
    assert gate.numbers_and_mails(text) == []


@pytest.mark.parametrize("mail", ["presse@stadt.example", "a.b-c@x.y.example", "presse(at)stadt.example"])
def test_mail_addresses_are_found(mail):
    assert [c.kind for c in gate.numbers_and_mails(f"an {mail} schreiben")] == ["mail"]


@given(st.text("ab0 @.+-(", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6))
def test_whatever_is_cut_offsets_outside_the_cuts_point_at_the_same_letters(text, spans):
    cuts = [gate.Cut(min(a, len(text)), min(a + n, len(text)), "name") for a, n in spans if a < len(text)]
    gated = gate.apply(text, cuts)
    for i, letter in enumerate(text):
        at = gated.span(i, i + 1)
        assert (at is None) == any(c.start <= i < c.end for c in cuts)
        assert at is None or gated.text[at[0] : at[1]] == letter


@pytest.mark.parametrize("piece", ["0", "0 ", "Tel ", "a@", "a.", "+4", "(0", "0/"])
def test_long_runs_take_no_longer_than_they_are_long(piece):
    start = time.process_time()
    gate.numbers_and_mails(piece * 20_000)
    assert time.process_time() - start < 1.0


# the same forms as one reads them; the gate's own begin with a class of characters and look behind
AFTER_WORD = re.compile(
    r"\b(?:Telefon|Tel|Telefax|Fax|Mobil|Handy|Ruf|Rufnummer|Telefonnummer|Durchwahl|Hotline|Fon|Phone)"
    r"(?:nummer)?\.?:?\s{0,3}(?:-Nr\.|Nr\.)?\s{0,3}(?P<number>[+(]?\d[\d ()/.–-]{2,24}\d)",
    re.IGNORECASE,
)
ALONE = re.compile(r"(?<![\w.,/-])(?P<number>(?:\+\d|00[1-9]|\(?0[1-9])[\d ()/–-]{5,24}\d)(?![\w,])")
PIECES = [
    "Telefon", "tel", "FAX", "Mobil", "Beruf", "Rufnummer", "Handynummer", "phone", "Hotline", "-Nr.", "x", "+49",
    "0049", "(0", "0", "3", "12", "45 67", "0170 1234567", " ", "\n", ".", ":", "/", ",", "–", ")",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_forms_of_numbers_are_what_they_look_like(text):
    for plain, ours in ((AFTER_WORD, gate._AFTER_WORD), (ALONE, gate._ALONE)):
        assert [m.span("number") for m in ours.finditer(text)] == [m.span("number") for m in plain.finditer(text)]


def test_a_release_under_embargo_is_held_back_until_the_date_in_params():
    light = [("a", "2024-05-03", "2024-05-03T11:00"), ("b", "2024-05-02", None)]
    assert select(light, "").held == {"a": "2024-05-03T11:00"}
    assert select(light, "2024-05-03T10:59").ids == ["b"]
    assert select(light, "2024-05-03T11:00").ids == ["a", "b"]
    assert select(light, "2024-05-04").facts.releases == 2


@pytest.mark.parametrize("word", ["morgen", "4.5.2024", "2024-05"])
def test_a_date_in_params_that_is_none_is_refused(word):
    with pytest.raises(ValidationError, match="as_of"):
        made.settings(as_of=word)


def test_what_only_a_held_release_names_is_not_in_the_register(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    t.ENTITIES.write(made.ENTITIES)
    first, second = (made.rows(key).entity_mentions for key in (made.FIRST, made.SECOND))
    t.ENTITY_MENTIONS.write([*first[:1], *second])
    assert [e.name for e in rows.register({made.SECOND})] == ["Stadt Falkenrode"]
    assert len(list(rows.register())) == len(made.ENTITIES)
