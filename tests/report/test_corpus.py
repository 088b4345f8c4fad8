"""Looking rows up in the tables: by release, by entity, by theme."""

from __future__ import annotations

import pytest

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.core.text import slug
from pipeline.report import paths
from pipeline.report.charts import year_with_fraction
from pipeline.report.quoting import Quoting
from pipeline.report.store import Slices
from tests.report import sample


@pytest.fixture(scope="module")
def corpus(tables):
    return sample.corpus(tables)


def test_a_slice_holds_exactly_the_rows_of_its_release(tables):
    slices = Slices(t.MENTIONS, t.MENTIONS.read_arrow(tables))
    everything = t.MENTIONS.read(tables)
    for release_id in (sample.A, sample.B, sample.C, "unknown"):
        assert slices.of(release_id) == [m for m in everything if m.release_id == release_id]


def test_mentions_of_an_entity_come_newest_first_and_in_reading_order(corpus):
    number = corpus.entity_at["person:Jana Holzapfel"]
    found = [(head.release_id, start) for head, start, _ in corpus.mentions_of(number)]
    assert found == [
        (sample.B, sample._find(sample.B, "Jana Holzapfel")),
        (sample.A, sample._find(sample.A, "Jana Holzapfel")),
        (sample.A, sample._find(sample.A, "Holzapfel", 1)),
    ]


def test_entities_of_releases_are_counted_once_a_release(corpus):
    counts = corpus.entities_in(corpus.heads)
    named = {corpus.entities[number].entity_id: count for number, count in counts.items()}
    assert named == {
        "place:Falkenrode": 3,
        "person:Jana Holzapfel": 2,
        "initiative:Radplan 2030": 2,
        "place:Ilmtal": 2,
        "organisation:Radbund e. V.": 1,
        "organisation:Radplan 2030": 1,
    }


def test_an_offset_leads_to_the_sentence_around_it(corpus):
    head = corpus.at[sample.A]
    at = sample._find(sample.A, "Ilmtal")
    quoted = Quoting(corpus).quote(head, at, [(at, at + 6)])
    assert quoted.path == f"{head.path}#s{sample._find(sample.A, 'Der Radplan 2030 gilt')}"
    assert [(bit.text, bit.marked) for bit in quoted.bits] == [
        ("Der Radplan 2030 gilt auch in ", False),
        ("Ilmtal", True),
        (".", False),
    ]


def test_an_offset_outside_every_sentence_quotes_its_paragraph_and_links_the_page(tmp_path):
    sample.write_tables(tmp_path, sentences=[])
    corpus = sample.corpus(tmp_path)
    head = corpus.at[sample.B]
    quoted = Quoting(corpus).quote(head, sample._find(sample.B, "erweitert"))
    assert (quoted.path, quoted.bits[0].text[:9]) == (head.path, "Die Stadt")


def test_a_very_long_sentence_is_cut_around_its_mark(tmp_path):
    text = "wort " * 200 + "Falkenrode" + " wort" * 200
    release = sample.b.release(sample.D, text)
    others = [row for row in sample.RELEASES if row.release_id != sample.D]
    sample.write_tables(
        tmp_path, releases=[*others, release], sentences=[r.Sentence(sample.D, 0, len(text), "body")]
    )
    corpus = sample.corpus(tmp_path)
    bits = Quoting(corpus).quote(corpus.at[sample.D], 1000, [(1000, 1010)]).bits
    assert [bit.text for bit in bits if bit.marked] == ["Falkenrode"]
    assert sum(len(bit.text) for bit in bits) < 450
    assert bits[0].text.startswith("… wort")
    assert bits[-1].text.endswith("…")


def test_pages_of_entities_with_one_name_are_apart():
    entities, _ = sample._entity_rows()
    first = entities[0]
    twin = r.Entity(**{name: getattr(first, name) for name in t.ENTITIES.columns} | {"entity_id": "place:other"})
    pages = [paths.entry(e.type, slug(e.name), e.entity_id) for e in (first, twin, entities[0])]
    assert pages[0] != pages[1]
    assert pages[0] == pages[2]


_NAMES = ["Straße über Öl", "", "—", "zwei\nZeilen", "b" * 49 + " c", "x" * 60, "\u0301a", "Σας ﬁ №", " 7 "]


@pytest.mark.parametrize("names", [[], [""], _NAMES, [*_NAMES, "a 0qxq0 b"]])
def test_slugs_of_many_names_are_those_of_each(names):
    assert paths.slugs(names) == [slug(name, 50) for name in names]


@pytest.mark.parametrize(("date", "expected"), [("2021", 2021.0), ("2021-07", 2021.5), ("2021-07-01", 2021.5)])
def test_dates_of_every_precision_have_a_place_on_the_scale(date, expected):
    assert year_with_fraction(date) == expected
