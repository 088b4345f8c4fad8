"""What an archive gets."""

import csv
import io
from pathlib import Path

import bagit
import pytest
from lxml import etree

from pipeline.archive import bag, spreadsheets
from pipeline.archive.description import Sources, describe, lead
from pipeline.archive.dublin_core import DC, to_xml
from pipeline.archive.settings import ArchiveParams
from pipeline.core import records as r
from pipeline.core import theme_records as tr
from tests import builders as b

SHARED = Path(__file__).parents[2].parent / "shared"
SETTINGS = ArchiveParams(
    publisher="Pressestelle",
    rights="Alle Rechte vorbehalten",
    identifier_prefix="test:",
    include_originals=False,
    include_persons=True,
)
FIRST, SECOND = "a" * 12, "b" * 12
BODY = "Die Stadt Falkenrode baut in diesem Jahr drei neue Schulen & einen Kindergarten für ihre jüngsten Bürger."


class Beside(etree.Resolver):
    """Finds an imported schema by its file name below a folder, never in the network."""

    def __init__(self, folder):
        self.files = {path.name: path for path in sorted(folder.rglob("*.xsd"))}

    def resolve(self, url, _public_id, context):
        return self.resolve_filename(str(self.files[url.rsplit("/", 1)[-1]]), context)


def entity(name, kind):
    return r.Entity(
        f"{kind}:{name.lower()}", kind, name, None, None, None, [], 1, 1, "2021-05-03", "2021-05-03",
        None, None, None, None, None,
    )  # fmt: skip


def sources():
    """Two releases, the second corrects the first; one person, one place."""
    entities = [entity("Anna Beispiel", "person"), entity("Weimar", "place")]
    return Sources(
        releases=[b.release(FIRST, BODY), b.release(SECOND, BODY, title="=1+1", embargo="2021-05-04T11:00")],
        zones=[],
        duplicates=[r.Duplicate(SECOND, FIRST, "correction", 1.0, "Korrektur")],
        entities=entities,
        entity_mentions=[r.EntityMention(FIRST, 0, 3, "PER", e.entity_id, "same_name") for e in entities],
        themes=[tr.Theme("education", "guided", "Bildung", [], 1, 0.5)],
        assignments=[tr.ThemeAssignment(FIRST, "education", 0.5, 1, [], None)],
    )


def elements(xml, name):
    return [e.text for e in etree.fromstring(xml).iter(f"{{{DC}}}{name}")]


def test_a_record_names_title_theme_person_and_place():
    first, _ = describe(sources(), include_persons=True)
    xml = to_xml(first, SETTINGS)
    assert elements(xml, "identifier") == ["test:" + FIRST]
    assert elements(xml, "subject") == ["Bildung"]
    assert elements(xml, "contributor") == ["Anna Beispiel"]
    assert elements(xml, "coverage") == ["Weimar"]
    assert elements(xml, "description") == [BODY]


def test_persons_stay_out_when_params_say_so():
    first, _ = describe(sources(), include_persons=False)
    assert elements(to_xml(first, SETTINGS), "contributor") == []
    rows = spreadsheets.entities_csv(sources().entities, include_persons=False).decode("utf-8-sig")
    assert "Weimar" in rows
    assert "Anna" not in rows


def test_a_correction_and_what_it_corrects_point_at_each_other():
    first, second = describe(sources(), include_persons=True)
    assert elements(to_xml(second, SETTINGS), "relation") == [f"Ersetzt test:{FIRST}"]
    assert elements(to_xml(first, SETTINGS), "relation") == [f"Ersetzt durch test:{SECOND}"]


def test_an_embargo_becomes_a_statement_of_rights():
    _, second = describe(sources(), include_persons=True)
    assert "Sperrfrist bis 2021-05-04T11:00" in elements(to_xml(second, SETTINGS), "rights")


def test_records_are_valid_against_the_official_schema():
    folder = SHARED / "schemas" / "oai"
    if not folder.exists():
        pytest.skip("official schemas are not shipped with the project")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside(SHARED / "schemas"))
    schema = etree.XMLSchema(etree.parse(folder / "oai_dc.xsd", parser))
    for description in describe(sources(), include_persons=True):
        schema.assertValid(etree.fromstring(to_xml(description, SETTINGS)))


def test_a_cell_that_looks_like_a_formula_is_disarmed():
    rows = spreadsheets.releases_csv(describe(sources(), include_persons=True), SETTINGS).decode("utf-8-sig")
    titles = [row[1] for row in csv.reader(io.StringIO(rows, newline=""), delimiter=";")]
    assert titles[2] == "'=1+1"


def test_the_lead_is_the_first_paragraph_of_the_body():
    text = "Stadt Falkenrode, Markt 1\n\n" + BODY
    release = b.release(FIRST, text)
    assert lead(release, [b.zone("letterhead", 0, 25, FIRST)]) == BODY
    assert lead(release, [b.zone("contact", 0, len(text), FIRST)]) is None


def test_the_same_files_make_the_same_valid_bag(tmp_path):
    payload = {"dc/a.xml": b"<a/>", "csv/b.csv": "Straße".encode()}
    original = tmp_path / "Ü raw.txt"
    original.write_text("Text", encoding="utf-8")
    info = bag.info("2021-05-03", 1, "Pressestelle")
    trees = []
    for name in ("one", "two"):
        files = bag.write(tmp_path / name, payload, [("original/Ü raw.txt", original)], info)
        assert files == 3
        assert bagit.Bag(str(tmp_path / name)).is_valid()
        trees.append({p.relative_to(tmp_path / name): p.read_bytes()
                      for p in sorted((tmp_path / name).rglob("*")) if p.is_file()})  # fmt: skip
    assert trees[0] == trees[1]


def test_a_path_that_would_leave_the_bag_is_refused(tmp_path):
    with pytest.raises(AssertionError):
        bag.write(tmp_path / "bag", {"../outside.txt": b""}, [], {})


def test_a_file_of_many_releases_travels_once_under_its_own_name(tmp_path):
    for name in ("mails.mbox", "a#1.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    paths = ["mails.mbox#1", "mails.mbox#2", "a#1.txt", "nicht-da.txt"]
    assert [name for name, _ in bag.originals(tmp_path, paths)] == ["original/a#1.txt", "original/mails.mbox"]
