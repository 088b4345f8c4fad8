"""Each format says what its mapping in docs/archive.md promises, and no text can become markup."""

import dataclasses
import json

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.archive import calendar, ead, formats, json_ld, json_text, kept, mets, mods, ninjs
from pipeline.archive.addresses import of_release
from pipeline.archive.formats import JOINED, PER_RELEASE
from pipeline.archive.markup import XLINK, name, one_line
from pipeline.archive.parts import Facts, Part
from pipeline.archive.shelf import Shelf
from pipeline.core import berlin
from pipeline.core import records as r
from tests.archive import made

FACTS = Facts(2, "2021-05-03", "2021-05-03", "2021-05-04")
NASTY = "]]></p><evil a='1'>&lt;!DOCTYPE\" <?php ?> <!-- \x00\x1b\ufffe שלום"
XML_FORMATS = [form for form in PER_RELEASE if form.suffix == ".xml"]
SETTINGS = made.settings(rights_uri="http://rightsstatements.org/vocab/InC/1.0/", website="https://stadt.example")


def finding_aid(descriptions, settings=SETTINGS):
    """Descriptions -> the finding aid, as the stage makes it."""
    ordered = sorted((ead.part(d, settings) for d in descriptions), key=lambda p: p.key)
    return b"".join(ead.join(iter(ordered), FACTS, settings))


def with_words(word):
    """The sample and its correction with one word in every field that a person or a file fills."""
    for d in made.correction():
        fields = {"title": word, "subtitle": word, "issuer": word, "number": word, "dateline_place": word}
        release = dataclasses.replace(d.release, **fields, source_path=word)
        named = tuple(dataclasses.replace(n, name=word, role=word) for n in d.named)
        statements = tuple(dataclasses.replace(s, author=word, text=word) for s in d.statements)
        subjects = tuple(dataclasses.replace(s, label=word) for s in d.subjects)
        events = tuple(dataclasses.replace(e, title=word) for e in d.events)
        yield dataclasses.replace(
            d, release=release, named=named, statements=statements, subjects=subjects, events=events, lead=word
        )


def shape(xml):
    """The elements of a document with the names of their attributes, in order."""
    return [(e.tag, sorted(e.attrib)) for e in etree.fromstring(xml).iter()]


@pytest.mark.parametrize("form", XML_FORMATS, ids=lambda form: form.name)
def test_no_title_and_no_name_becomes_markup(form):
    for plain, nasty in zip(with_words("Wort"), with_words(NASTY), strict=True):
        content = form.render(nasty, SETTINGS)
        assert shape(content) == shape(form.render(plain, SETTINGS))
        if form.folder in {"dc", "mets", "tei"}:
            assert one_line(NASTY) in "\n".join(etree.fromstring(content).itertext())


def test_no_title_and_no_name_becomes_markup_in_the_finding_aid():
    content = finding_aid(with_words(NASTY))
    assert shape(content) == shape(finding_aid(with_words("Wort")))
    assert one_line(NASTY) in "\n".join(etree.fromstring(content).itertext())


@pytest.mark.parametrize("form", [f for f in PER_RELEASE if "json" in f.suffix], ids=lambda form: form.name)
def test_json_holds_every_text_as_it_is(form):
    for d in with_words(NASTY):
        content = json.loads(form.render(d, SETTINGS))
        assert NASTY in json.dumps(content, ensure_ascii=False).replace('\\"', '"').replace(
            "\\u0000", "\x00"
        ).replace("\\u001b", "\x1b")


@pytest.mark.parametrize("form", [*PER_RELEASE, *JOINED], ids=lambda form: form.name)
def test_the_same_description_is_the_same_bytes(form):
    def once():
        made_now = made.correction()
        if form in JOINED:
            return b"".join(form.join(iter([form.part(d, SETTINGS) for d in made_now]), FACTS, SETTINGS))
        return [form.render(d, SETTINGS) for d in made_now]

    assert once() == once()


def test_the_finding_aid_has_classes_by_issuer_and_year_with_an_entry_a_release():
    first, second = made.correction()
    other = dataclasses.replace(
        second, release=dataclasses.replace(second.release, issuer=None, published="2020-01-02")
    )
    root = etree.fromstring(finding_aid([first, second, dataclasses.replace(other, identifier="test:c")]))
    holding = root.find(f".//{ead.E}dsc/{ead.E}c")
    titles = [[x.findtext(f"{ead.E}did/{ead.E}unittitle") for x in holding.iterfind(path)] for path in
              (f"{ead.E}c", f"{ead.E}c/{ead.E}c")]  # fmt: skip
    assert titles == [["Stadt Falkenrode", "Ohne Herausgeber"], ["2021", "2020"]]
    assert len(holding.findall(f"{ead.E}c/{ead.E}c/{ead.E}c[@level='file']")) == 3
    ids = [e.get("id") for e in root.iter(f"{ead.E}c")]
    assert len(ids) == len(set(ids))


def test_entries_are_indexed_with_identifiers_of_authorities():
    (d,) = made.described()
    index = ead.item(d, SETTINGS).find(f"{ead.E}index")
    points = {
        (etree.QName(e).localname, e.text, e.get("source"), e.get("authfilenumber"))
        for e in index.iter()
        if e.text
    }
    assert points == {
        ("subject", "Bildung", "IPTC-MediaTopics", "05000000"),
        ("subject", "Schulen ans Netz", None, None),
        ("corpname", "Stadt Falkenrode", None, None),
        ("persname", "Anna Beispiel", "GND", "http://d-nb.info/gnd/123456789"),
        ("geogname", "Falkenrode", "GeoNames", "http://sws.geonames.org/2812482"),
    }


def test_the_finding_aid_names_holder_and_restrictions():
    root = etree.fromstring(finding_aid(made.correction()))
    assert root.find(f".//{ead.E}eadid").get("mainagencycode") == "DE-0000"
    assert root.find(f".//{ead.E}repository/{ead.E}corpname").text == "Pressestelle"
    restrictions = ["".join(e.itertext()) for e in root.iter(f"{ead.E}accessrestrict")]
    assert "Die Sperrfrist endete am 4. Mai 2021, 11:00 Uhr." in restrictions
    assert sum("personenbezogene" in text for text in restrictions) == 2


def test_mets_points_at_text_and_original_with_its_checksum():
    (d,) = made.described()
    root = mets.to_tree(d, SETTINGS)
    files = {f.get("ID"): f for f in root.iter(f"{mets.X}file")}
    assert files["FILE_ORIGINAL"].get("CHECKSUM") == d.release.source_sha256
    assert files["FILE_TEI"][0].get(f"{XLINK}href") == f"../tei/{made.FIRST}.xml"
    assert {p.get("FILEID") for p in root.iter(f"{mets.X}fptr")} == set(files)


def test_mods_says_what_a_release_replaces_and_what_was_said_against_it():
    first, second = (mods.to_tree(d, SETTINGS) for d in made.correction())
    assert (
        first.find(f"{mods.M}relatedItem[@type='succeeding']//{mods.M}recordIdentifier").text
        == f"test:{made.SECOND}"
    )
    assert (
        second.find(f"{mods.M}relatedItem[@type='preceding']//{mods.M}recordIdentifier").text
        == f"test:{made.FIRST}"
    )
    note = second.find(f"{mods.M}note[@displayLabel='Gegendarstellung']").text
    assert "Es sind vier Schulen, nicht drei." in note


def test_ninjs_names_media_topics_places_and_the_counter_statement():
    first, second = (ninjs.item(d, SETTINGS) for d in made.correction())
    assert first["subjects"][0]["uri"] == "http://cv.iptc.org/newscodes/mediatopic/05000000"
    assert first["places"][0]["geoJSON"] == {"type": "Point", "coordinates": [11.3, 50.9]}
    assert first["pubStatus"] == "canceled"
    assert second["embargoedUntil"] == "2021-05-04T11:00:00+02:00"
    assert second["associations"][0]["bodies"][0]["value"] == "Es sind vier Schulen, nicht drei."


def test_json_ld_knows_who_said_what():
    (d,) = made.described()
    article = json_ld.article(d, SETTINGS)
    (said,) = article["hasPart"]
    assert (said["text"], said["creator"]["name"]) == ("Wir bauen für alle", "Anna Beispiel")
    assert article["mentions"][2]["sameAs"] == [
        "http://d-nb.info/gnd/123456789",
        "http://www.wikidata.org/entity/Q42",
    ]


@pytest.mark.parametrize(
    ("text", "uri"), [("presse:ab", "presse:ab"), ("PM 7/ä", "urn:presselese:PM%207%2F%C3%A4")]
)
def test_an_identifier_is_an_address_or_becomes_one(text, uri):
    assert of_release(text) == uri


def test_names_for_ids_are_names_and_differ():
    texts = ["person-anna", "1a", "x-31", "ä b", ""]
    assert len({name(text) for text in texts}) == len(texts)
    assert name("person-anna") == "person-anna"


def test_parts_come_from_the_shelf_in_the_order_of_their_keys(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ids = [f"{number:012}" for number in range(50)]
    keys = [(f"{number * 7 % 5}", "ü" if number % 2 else "z") for number in range(50)]
    files = [kept.File(bytes(64), 1, 2, 3, 4)] * len(formats.PER_RELEASE)
    with Shelf(ids) as shelf:
        for number in reversed(range(50)):
            part = Part((*keys[number], ids[number]), f"Ü\n{number}".encode())
            shelf.put(number, kept.pack(files, b"[]", [part if number % 3 else None, part, None, None]))
        found = list(shelf.parts(0))
        assert [p.key for p in found] == sorted((*keys[n], ids[n]) for n in range(50) if n % 3)
        assert [p.content for p in found] == [f"Ü\n{int(p.key[2])}".encode() for p in found]
        assert [p.key for p in shelf.frame(0)] == [p.key for p in found]
        assert len(list(shelf.parts(1))) == 50
        assert list(shelf.parts(2)) == []


_WORDS = st.text(st.one_of(st.sampled_from('aü\\N,;^\n "€'), st.characters(codec="utf-8")), max_size=200)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(_WORDS, inner),
    max_leaves=20,
)


@given(_VALUES)
def test_json_is_indented_as_the_standard_library_does_it(value):
    assert json_text.indented(value) == json.dumps(value, ensure_ascii=False, indent=1)


@given(_WORDS, _WORDS)
def test_an_event_says_in_a_calendar_what_stands_in_the_table(title, place):
    (d,) = made.described()
    event = r.Event(made.FIRST, 5, 9, title, "2021-07-03T18:00", "2021-07-04T02:30", place or None, "rule:x")
    part = calendar.part(dataclasses.replace(d, events=(event,)), SETTINGS)
    assert all(len(line) <= 75 for line in part.content.split(b"\r\n"))
    read = icalendar.Event.from_ical(part.content)
    # what the library takes for the end of a line in what it reads is what it would write for one
    known = icalendar.Event()
    known.add("summary", berlin.plain(title))
    assert read["summary"] == icalendar.Event.from_ical(known.to_ical())["summary"]
    assert read["uid"] == calendar.uid(event, d)
    assert (read["dtstart"].dt.hour, read["dtend"].dt.day) == (18, 4)
    assert ("location" in read) == bool(place)
