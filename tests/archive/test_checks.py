"""What is delivered is checked, and what breaks a rule does not leave."""

import contextlib
import dataclasses
import http.server
import json
import threading
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.archive import formats, mets, rules, schemas, schematron, tei, validation, work, xsd11
from pipeline.archive.checks import Checker, Tally
from pipeline.archive.description import Mark
from pipeline.archive.markup import add, to_bytes
from pipeline.archive.parts import Facts
from pipeline.archive.selection import select
from pipeline.archive.statements import read
from pipeline.core import tables as t
from pipeline.core.errors import DeliveryError, InputError
from tests.archive import made
from tests.archive.test_formats import with_words

SHARED = Path(__file__).parents[2].parent / "shared" / "schemas"
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"  # the DDB asks for an address from its list
FACTS = Facts(2, "2021-05-03", "2021-05-03", "2021-05-04")
needs_schemas = pytest.mark.skipif(not SHARED.exists(), reason="official schemas are not shipped with the project")
NASTY = "]]></p><evil a='1'> & \x00 שלום"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose tables hold three releases: the sample, one with a nasty title, one under embargo."""
    batch = [
        made.rows(), made.rows(made.SECOND, title=NASTY, embargo="2021-05-04T11:00", published="2021-05-05"),
        made.rows("c" * 12, embargo="2021-06-01T10:00"),
    ]  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("params.yaml").write_text("execution:\n  processes: 1\n  small: 200\n", encoding="utf-8")
    for field in ("zones", "mentions", "entity_mentions", "dates", "quotes", "events", "assignments"):
        getattr(t, field.upper()).write([row for rows in batch for row in getattr(rows, field)])
    t.RELEASES.write([rows.release for rows in batch])
    t.ENTITIES.write(made.ENTITIES)
    t.THEMES.write(made.corpus().themes.values())
    t.DUPLICATES.write([])
    return tmp_path


def export(settings, target="out"):
    light = [(r.release_id, r.published, r.embargo) for r in t.RELEASES.read()]
    chosen = select(light, settings.as_of)
    with work.described(chosen, {}, settings, Path(target)) as found:
        return chosen, work.check(found)


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(Path(folder).rglob("*")) if p.is_file()
    }


def test_a_delivery_has_a_folder_a_year_and_one_of_the_holding(project):
    export(made.settings())
    names = set(tree(project / "out"))
    assert {f"2021/data/{d}/{made.FIRST}.{s}" for d, s in (("dc", "xml"), ("mets", "xml"), ("tei", "xml"),
            ("ninjs", "json"), ("jsonld", "jsonld"))} <= names  # fmt: skip
    assert {
        f"bestand/data/{name}" for name in ("ead/findbuch.xml", "csv/pressemitteilungen.csv", "csv/register.csv")
    } <= names
    assert all(name.split("/")[1] == "data" for name in names)


def test_a_second_delivery_is_the_same_bytes_whatever_the_batches(project, monkeypatch):
    export(made.settings(), "one")
    monkeypatch.setattr(work, "BATCH", 1)
    export(made.settings(), "two")
    assert tree(project / "one") == tree(project / "two")


def test_what_is_under_embargo_is_nowhere_in_the_delivery(project):
    chosen, _ = export(made.settings())
    assert chosen.held == {"c" * 12: "2021-06-01T10:00"}
    assert not [
        name for name, content in tree(project / "out").items() if b"cccccccccccc" in content or "cccc" in name
    ]
    chosen, _ = export(made.settings(as_of="2021-07-01"), "later")
    assert f"2021/data/tei/{'c' * 12}.xml" in tree(project / "later")
    assert not chosen.held


def test_no_private_name_and_no_number_is_in_the_delivery(project):
    export(made.settings())
    for content in tree(project / "out").values():
        for word in ("Mia Muster", "Uwe Sprecher", "998877", "12345-67", "presse@"):
            assert word.encode() not in content


@needs_schemas
@pytest.mark.usefixtures("project")
def test_every_file_of_a_delivery_is_valid():
    _, tally = export(made.settings(schemas=str(SHARED), isil="DE-1811", rights_uri=IN_COPYRIGHT))
    assert tally.problems == []
    expected = {
        "oai_dc": 2,
        "mets": 2,
        "tei": 2,
        "ninjs": 2,
        "schema_org": 2,
        "ead_entry": 2,
        "ead_frame": 1,
        "ead_whole": 1,
    }
    assert {key: tally.checked[key] for key in expected} == expected
    assert tally.checked["mets_ddb"] == (2 if schematron.available() else 0)


@needs_schemas
def test_the_whole_finding_aid_is_valid_by_xsd_1_1_as_well(project):
    export(made.settings(isil="DE-1811"))
    schema = xsd11.schema(SHARED / schemas.SCHEMAS["ead_frame"].files[0], schemas.places(SHARED))
    assert [e.reason for e in schema.iter_errors(str(project / "out/bestand/data/ead/findbuch.xml"))] == []


@needs_schemas
def test_descriptions_with_hostile_words_everywhere_are_valid_too():
    checker = Checker(made.settings(schemas=str(SHARED), rights_uri=IN_COPYRIGHT))
    for d in with_words(NASTY):
        for form in formats.PER_RELEASE:
            checker.file(form.path(d), form.render(d, checker.settings), form.schemas)
    assert checker.tally.problems == []


@needs_schemas
def test_an_invalid_file_stops_the_stage_with_file_line_and_rule(project):
    (d,) = made.described()
    checker = Checker(made.settings(schemas=str(SHARED)))
    content = mets.to_xml(d, checker.settings).replace(
        b"<mets:metsHdr>", b"<mets:metsHdr><mets:wrong>x</mets:wrong>"
    )
    checker.file("2021/mets/a.xml", content, ("mets",))
    with pytest.raises(
        DeliveryError, match=r"1 checks failed, see .*2021/mets/a.xml, line 3: SCHEMAV_\w+: .*wrong"
    ):
        validation.stop(checker.tally, project / "validation.html")


@needs_schemas
def test_faults_of_each_kind_of_schema_are_found():
    (d,) = made.described()
    settings = made.settings(schemas=str(SHARED))
    broken = {
        "tei": tei.to_xml(d, settings).replace(b"<teiHeader>", b"<teiHeader><nonsense/>"),
        "ninjs": b'{"uri": "a:b", "nonsense": 1}',
        "schema_org": b'{"@type": "Nonsense", "nonsense": 1}',
        "ead_entry": b'<c xmlns="urn:isbn:1-931666-22-9" level="file" id="a"><did><unitid>1</unitid></did></c>',
        "oai_dc": b"<dc/>",
    }
    for key, content in broken.items():
        checker = Checker(settings)
        checker.file("file", content, (key,))
        assert checker.tally.broken[key] == 1, key


def test_schemas_are_never_fetched_from_the_net(tmp_path):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        text = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="a">
            <xs:import namespace="b" schemaLocation="http://127.0.0.1:%d/b.xsd"/>
            <xs:element name="c"/></xs:schema>"""
        (tmp_path / "a.xsd").write_text(text % server.server_port, encoding="utf-8")
        with contextlib.suppress(etree.XMLSchemaParseError):
            schemas.xsd(tmp_path, ("a.xsd",))
        with contextlib.suppress(xmlschema.XMLSchemaException):
            xsd11.schema(tmp_path / "a.xsd", schemas.places(tmp_path))
        server.shutdown()
    assert asked == []


def test_a_schema_that_is_not_in_the_folder_is_named(tmp_path):
    why = schemas.available(schemas.SCHEMAS["mets"], tmp_path)
    assert why == "im Schemaordner fehlt mets/version1121/mets.xsd"


@pytest.mark.usefixtures("project")
def test_without_a_schema_folder_the_page_says_what_was_not_checked():
    chosen, tally = export(made.settings())
    assert tally.problems == []
    page = validation.page(tally, chosen.facts, chosen.held, made.settings())
    assert page.count("nicht geprüft: kein Schemaordner angegeben") == len(schemas.SCHEMAS)
    assert "Nicht alles wurde geprüft" in page
    assert "Ausgelassen sind in den Texten dieses Pakets" in page
    assert f"<code>{'c' * 12}</code> bis 1. Juni 2021, 10:00 Uhr" in page


def test_the_page_shows_a_hostile_message_as_text():
    tally = Tally()
    checker = Checker(made.settings(), tally)
    (d,) = made.described()
    checker.description(dataclasses.replace(d, identifier="<script>alert(1)</script> x"))
    page = validation.page(tally, FACTS, {}, made.settings())
    assert "<script>" not in page
    assert "nicht abgabefähig" in page


def change(d, **fields):
    """A description with other fields of its release."""
    return dataclasses.replace(d, release=dataclasses.replace(d.release, **fields))


BROKEN = {
    "kennung": lambda d: dataclasses.replace(d, identifier="a b"),
    "text": lambda d: change(d, text=" "),
    "datum": lambda d: change(d, published="2021-02-30"),
    "sprache": lambda d: change(d, language="xx"),
    "einstieg": lambda d: dataclasses.replace(d, named=(dataclasses.replace(d.named[0], name=" "),)),
    "normdaten": lambda d: dataclasses.replace(
        d, named=(dataclasses.replace(d.named[0], authority=("gnd:x y",)),)
    ),
    "media-topic": lambda d: dataclasses.replace(
        d, subjects=(dataclasses.replace(d.subjects[0], media_topic="1"),)
    ),
    "stellen": lambda d: dataclasses.replace(d, marks=(Mark(3, 99_999, "PER", "x", None),)),
    "kontakt": lambda d: change(d, title="Rufen Sie an: 03641 123456"),
    "privat": lambda d: dataclasses.replace(d, named=(dataclasses.replace(d.named[0], privacy="private"),)),
}


@pytest.mark.parametrize("rule", [rule.id for rule in rules.DESCRIPTION if not rule.warning])
def test_every_rule_finds_what_breaks_it_and_nothing_else(rule):
    (d,) = made.described()
    checker = Checker(made.settings())
    checker.description(d)
    assert not checker.tally.broken.total()
    checker.description(BROKEN[rule](d))
    assert checker.tally.broken[rule] == 1


@pytest.mark.parametrize(("field", "rule"), [("title", "titel"), ("issuer", "herausgeber")])
def test_what_is_only_a_pity_is_a_note_and_stops_nothing(field, rule):
    (d,) = made.described()
    checker = Checker(made.settings())
    checker.description(change(d, **{field: ""}))
    assert [key for key, _ in checker.tally.notes] == [rule]
    assert checker.tally.problems == []


def test_an_empty_element_is_found_with_its_line():
    checker = Checker(made.settings())
    checker.file("a.xml", b"<a>\n<b>x</b>\n<c> </c>\n<ref target='x'/></a>", ())
    assert [str(p) for p in checker.tally.problems] == ["a.xml, line 3: leer: Das Element c ist leer."]


SPACES = st.text(st.sampled_from(" \n\t\r\xa0\u2003\u3000aä"), max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["{x}a", "b"]), SPACES, st.booleans()), max_size=4))
def test_no_empty_element_escapes_the_quick_look(children):
    root = etree.Element("root")
    for tag, text, named in children:
        add(root, tag, text, {"n": "1"} if named else None)
    content = to_bytes(root)
    if list(rules.empty_elements(etree.fromstring(content))):
        assert rules.may_be_empty(content)


def test_params_of_the_institution_are_checked():
    wrong = made.settings(isil="kein ISIL", institution_type="Turnverein", rights_uri="nein", holding=" ")
    assert sum(not mild for _, mild in rules.of_settings(wrong)) == 4
    assert list(rules.of_settings(made.settings(isil="DE-1811"))) == []


HEAD = "release,kind,date,author,text\n"


def test_a_counter_statement_is_attached_by_id_identifier_or_path():
    known = [("aaa", "ordner/a.txt"), ("bbb", "b.txt")]
    lines = "".join(
        f"{key},Gegendarstellung,2021-05-10,Verein,Falsch.\n" for key in ("aaa", "t:aaa", "ordner/a.txt")
    )
    assert len(read((HEAD + lines).encode(), known, "t:")["aaa"]) == 3


def test_a_statement_file_as_spreadsheets_write_it_is_read():
    text = (
        'Mitteilung;Art;Datum;Verfasser;Text\r\naaa;Gegendarstellung;2021-05-10;Bürger;"Zeile 1\nZeile 2"\r\n;;;;'
    )
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (said,) = read(text.encode(encoding), [("aaa", "a.txt")], "")["aaa"]
        assert (said.author, said.text) == ("Bürger", "Zeile 1\nZeile 2")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("zzz,Gegendarstellung,2021-05-10,V,T", "line 2: no release 'zzz'"),
        ("aaa,Beschwerde,2021-05-10,V,T", "line 2: kind 'Beschwerde'"),
        ("aaa,Gegendarstellung,10.5.2021,V,T", "line 2: date '10.5.2021'"),
        ("aaa,Gegendarstellung,2021-05-10,V,", "line 2: the text is missing"),
    ],
)
def test_a_statement_that_cannot_be_attached_is_an_error_with_its_line(line, message):
    with pytest.raises(InputError, match=message):
        read((HEAD + line).encode(), [("aaa", "a.txt")], "")


def test_json_documents_are_json(project):
    export(made.settings())
    for name, content in tree(project / "out").items():
        if "json" in name:
            assert json.loads(content)
