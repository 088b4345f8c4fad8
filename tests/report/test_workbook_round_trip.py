"""The whole way round: a report's workbook is filled in by a person, read back, and the register follows."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from pipeline.register.ledger import parse
from pipeline.register.settings import RegisterParams
from pipeline.register.work import Found, Given, build
from pipeline.register.workbook import take_from
from pipeline.report import editions
from tests.report import sample

PARAMS = RegisterParams(
    zones=["headline", "body", "caption"],
    min_mentions=1,
    include_private=True,
    silent_months=18,
    authority_table="",
)
WANTED = [
    ("Personen", "Jana Holzapfel", "Amt", "Landrätin"),
    ("Orte", "Falkenrode", "umbenennen", "Stadt Falkenrode"),
    ("Orte", "Ilmtal", "ablehnen", None),
    ("Organisationen", "Radbund e. V.", "umwidmen", "Initiative"),
    ("Initiativen", "Radplan 2030", "Kennung", "wikidata:Q2030"),
]


def fill_in(path, wanted):
    """As a person does: find the entry's line on its sheet, write into the yellow columns, save."""
    book = load_workbook(path)
    for name, entry, action, value in wanted:
        sheet = book[name]
        head = [cell.value for cell in sheet[1]]
        line = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == entry)
        line[head.index("Aktion")].value = action
        line[head.index("Neuer Wert")].value = value
        line[head.index("Wer")].value = "Presse"
    book.save(path)


@pytest.fixture
def report(tables, tmp_path):
    editions.write_workbook(sample.corpus(tables), sample.SETTINGS, tmp_path)
    return tmp_path / editions.WORKBOOK


def register(ledger):
    rows = parse(ledger.read_bytes(), "corrections.csv")
    return build(Found(sample.MENTIONS, sample.RELEASES), Given(ledger=rows), PARAMS)


def test_what_a_person_writes_into_the_workbook_is_carried_out(report, tmp_path):
    ledger = tmp_path / "corrections.csv"
    fill_in(report, WANTED)
    assert (take_from(report, ledger).new, take_from(report, ledger).new) == (len(WANTED), 0)
    made = register(ledger)
    assert [row.status for row in made.corrections] == ["applied"] * len(WANTED)
    names = {(entity.type, entity.name): entity for entity in made.entities}
    assert names["person", "Jana Holzapfel"].role == "Landrätin"
    assert ("place", "Stadt Falkenrode") in names
    assert not {("place", "Ilmtal"), ("place", "Falkenrode"), ("organisation", "Radbund e. V.")} & set(names)
    assert ("initiative", "Radbund e. V.") in names
    assert names["initiative", "Radplan 2030"].authority == ["wikidata:Q2030"]


def test_a_merge_and_a_private_person_find_their_entries_by_the_names_in_the_workbook(report, tmp_path):
    ledger = tmp_path / "corrections.csv"
    fill_in(
        report,
        [("Orte", "Ilmtal", "zusammenführen", "Falkenrode"), ("Personen", "Jana Holzapfel", "privat", None)],
    )
    take_from(report, ledger)
    made = register(ledger)
    assert [row.status for row in made.corrections] == ["applied", "applied"]
    assert [entity.name for entity in made.entities if entity.type == "place"] == ["Falkenrode"]
    assert not [entity for entity in made.entities if entity.type == "person" and entity.name == "Jana Holzapfel"]


def test_an_untouched_workbook_corrects_nothing(report, tmp_path):
    taken = take_from(report, tmp_path / "corrections.csv")
    assert (taken.new, taken.known, taken.faults, taken.data) == (0, 0, (), b"")
