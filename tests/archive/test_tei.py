"""TEI keeps the text whole and gives back what was marked in it."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.archive import tei, tei_read
from pipeline.archive.days import w3c
from pipeline.archive.description import Mark, Said
from pipeline.core import records as r
from tests import builders as b
from tests.archive import made

HARD = st.sampled_from(
    ["\x00", "\x0b", "\r", "\r\n", "\n\n\n", "]]>", "<p>", "&amp;", "\ufffe", "\ufffd", "שלום", "👩‍🚒", "„“", " "]
)
ANY = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.one_of(HARD, st.text(ANY, max_size=12)), max_size=14).map("".join)


def back(description):
    """A description -> TEI as bytes -> what is read from them."""
    return tei_read.from_tree(etree.fromstring(tei.to_xml(description, made.settings())))


@st.composite
def descriptions(draw):
    """The sample description with any text and any marks in it, crossing each other as they like."""
    text = draw(TEXTS)
    spans = (
        st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda x: x[0] < x[1])
    )
    some = st.lists(spans, max_size=5, unique_by=tuple) if text else st.just([])
    entity = "person-anna-beispiel"
    marks = [Mark(a, e, "PER", draw(TEXTS), entity if a % 2 else None) for a, e in draw(some)]
    quotes = [
        Said(a, e, "direct" if a % 2 else "indirect", None, None if a % 3 else entity) for a, e in draw(some)
    ]
    dates = [
        b.date(text[a:e], draw(st.sampled_from([None, "2021-05-03", "XXXX-WXX-1"])), a) for a, e in draw(some)
    ]
    dates = [
        dataclasses.replace(d, end=e) for d, (_, e) in zip(dates, [(d.start, d.end) for d in dates], strict=True)
    ]
    (sample,) = made.described()
    return dataclasses.replace(
        sample,
        release=dataclasses.replace(sample.release, text=text, title=draw(TEXTS)),
        zones=tuple(zones(text, sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=5)))))),
        marks=tuple(marks),
        dates=tuple(dates),
        quotes=tuple(quotes),
        events=(),
    )


def zones(text, bounds):
    """Zones between every other pair of bounds, without white space at their ends as ingest makes them."""
    names = ["headline", "caption", "letterhead"]
    for name, start, end in zip(names, bounds[::2], bounds[1::2], strict=False):
        content = text[start:end]
        if content.strip():
            first = start + len(content) - len(content.lstrip())
            yield r.Zone(made.FIRST, first, start + len(content.rstrip()), name)


@settings(max_examples=250, deadline=None)
@given(descriptions())
def test_text_zones_names_dates_and_quotes_come_back_whatever_the_text(d):
    found = back(d)
    assert found.text == d.release.text
    assert set(found.zones) == {(z.zone, z.start, z.end) for z in d.zones}
    assert [(n.start, n.end, n.label, n.name, n.entity_id) for n in found.names] == [
        (m.start, m.end, m.label, m.name, m.entity_id) for m in d.marks
    ]
    assert sorted((x.start, x.end, x.kind, x.value or "") for x in found.dates) == sorted(
        (x.start, x.end, x.type, x.value or "") for x in d.dates
    )
    assert sorted((x.start, x.end, x.kind, x.value or "") for x in found.quotes) == sorted(
        (x.start, x.end, x.kind, x.speaker_id or "") for x in d.quotes
    )


def test_a_paragraph_is_a_p_and_a_zone_a_div():
    (d,) = made.described()
    root = tei.to_tree(d, made.settings())
    divisions = list(root.iter(f"{tei.T}div"))
    assert [x.get("type") for x in divisions] == ["letterhead", "headline", "body", "contact"]
    assert [len(x) for x in divisions] == [1, 1, 1, 1]


def test_dates_and_quotes_carry_what_they_mean():
    (d,) = made.described()
    root = tei.to_tree(d, made.settings())
    assert next(root.iter(f"{tei.T}body")).find(f".//{tei.T}date").get("when") == "2021-05-03"
    assert next(root.iter(f"{tei.T}said")).get("who") == "#person-anna-beispiel"


def test_a_counter_statement_travels_behind_the_text():
    _, second = made.correction()
    text = etree.tostring(tei.to_tree(second, made.settings()), encoding="unicode")
    assert "Es sind vier Schulen, nicht drei." in text
    assert back(second).text == second.release.text


@pytest.mark.parametrize(
    ("value", "attributes"),
    [
        ("2021-05-03", {"when": "2021-05-03"}),
        ("2021-05", {"when": "2021-05"}),
        ("2021-05-03T18:00", {"when": "2021-05-03T18:00:00"}),
        ("T18:00", {"when": "18:00:00"}),
        ("2021-05-03/2021-05-05", {"from": "2021-05-03", "to": "2021-05-05"}),
        ("2021-05-03T18:00/2021-05-03T20:00", {"from": "2021-05-03T18:00:00", "to": "2021-05-03T20:00:00"}),
        ("2021-Q3", {"from": "2021-07", "to": "2021-09"}),
        ("2021-H2", {"from": "2021-07", "to": "2021-12"}),
        ("2021-W01", {"from": "2021-01-04", "to": "2021-01-10"}),
        ("199X", {"from": "1990", "to": "1999"}),
        ("P20Y", {"dur": "P20Y"}),
        ("P2W", {"dur": "P14D"}),
        ("PT90M", {"dur": "PT90M"}),
        ("XXXX-WXX-1", {}),
        ("2021-SU", {}),
        ("2021-02-30", {}),
        ("2021-Q5", {}),
        ("P1.5Y", {}),
        (None, {}),
    ],
)
def test_values_of_timex_become_forms_of_xml_schema_or_nothing(value, attributes):
    assert w3c(value) == attributes
