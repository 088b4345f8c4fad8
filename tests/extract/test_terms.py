"""Terms: content words without names, dates and press-office words."""

from __future__ import annotations

from pipeline.extract import terms
from tests.builders import zone


def count(page, *taken):
    return {(t.term, t.pos): t.count for t in terms.count(page, "aaaaaaaaaaaa", taken)}


def test_nouns_and_telling_adjectives_are_counted(read):
    page = read("Die Brücke ist neu. Die Brücke hat regionale Wege.")
    assert count(page) == {("brücke", "NOUN"): 2, ("wege", "NOUN"): 1, ("regional wege", "PHRASE"): 1}


def test_names_boilerplate_and_numbers_are_kept_out(read):
    text = "Pressemitteilung: Um 10 Uhr kommt Weimar. Die Brücke ist neu."
    start = text.index("Weimar")
    assert count(read(text), (start, start + 6)) == {("brücke", "NOUN"): 1}


def test_only_headline_and_body_count(read):
    text = "Brücke neu\n\nDie Telefonzentrale hilft"
    page = read(text, zones=(zone("headline", 0, 10), zone("contact", 12, len(text))))
    assert count(page) == {("brücke", "NOUN"): 1}


def test_the_issuers_name_is_no_theme(read):
    assert count(read("Die Werraregion hat Brücken.", issuer="Werraregion")) == {("brücken", "NOUN"): 1}
