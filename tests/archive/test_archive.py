"""What an archive gets: Dublin Core and spreadsheets."""

import csv
import io

from lxml import etree

from pipeline.archive import spreadsheets
from pipeline.archive.dublin_core import DC, to_xml
from pipeline.archive.parts import Facts
from tests.archive import made

FACTS = Facts(2, "2021-05-03", "2021-05-03", "2021-05-03")


def elements(xml, name):
    return [e.text for e in etree.fromstring(xml).iter(f"{{{DC}}}{name}")]


def test_a_record_names_title_theme_person_and_place():
    (first,) = made.described()
    xml = to_xml(first, made.settings())
    assert elements(xml, "identifier") == ["test:" + made.FIRST]
    assert elements(xml, "subject") == ["Bildung", "Schulen ans Netz", "Stadt Falkenrode"]
    assert elements(xml, "contributor") == ["Anna Beispiel"]
    assert elements(xml, "coverage") == ["Falkenrode"]
    assert elements(xml, "description")[0].startswith("Falkenrode, 3. Mai 2021. Die Stadt")


def test_persons_stay_out_when_params_say_so():
    settings = made.settings(include_persons=False)
    (first,) = made.described(settings=settings)
    assert elements(to_xml(first, settings), "contributor") == []
    rows = b"".join(spreadsheets.entities_csv(made.ENTITIES, settings)).decode("utf-8-sig")
    assert "Falkenrode" in rows
    assert "Anna" not in rows


def test_a_correction_and_what_it_corrects_point_at_each_other():
    first, second = made.correction()
    assert elements(to_xml(second, made.settings()), "relation") == [f"Ersetzt test:{made.FIRST}"]
    assert elements(to_xml(first, made.settings()), "relation") == [f"Ersetzt durch test:{made.SECOND}"]


def test_an_embargo_becomes_a_statement_of_rights():
    _, second = made.correction()
    assert "Sperrfrist bis 2021-05-04T11:00" in elements(to_xml(second, made.settings()), "rights")


def test_a_cell_that_looks_like_a_formula_is_disarmed():
    parts = (spreadsheets.release_part(d, made.settings()) for d in made.correction())
    content = b"".join(spreadsheets.join_releases(parts, FACTS, made.settings())).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert [row[1] for row in table] == ["Titel", "Bürgermeisterin eröffnet Schule", "'=1+1"]
    assert len({len(row) for row in table}) == 1
