"""Corrections made in the workbook come back to the ledger: each once, none overwritten, faulty ones named."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pipeline.core.errors import InputError
from pipeline.register.ledger import COLUMNS, Correction, parse
from pipeline.register.workbook import take_from
from pipeline.register.workbook_ledger import take
from pipeline.register.workbook_rows import Fault, Filled, rows

HEAD = ["Name", "Amt oder Funktion", "Kennung", "Aktion", "Ziel", "Neuer Wert", "Begründung", "Wer", "Wann"]
HEADER = (",".join(COLUMNS) + "\n").encode()


def row(name="Jana Holzapfel", action="", value="", **more):
    said = {"target": name, "reason": "", "who": "", "when": "", "id": f"person:{name}", **more}
    return [name, "Amt", said["id"], action, said["target"], value, said["reason"], said["who"], said["when"]]


def found(*lines, sheet="Personen"):
    return list(rows(sheet, [HEAD, *lines]))


def filled(action="rename", target="A", value="B", kind="person", line=2):
    return Filled("Personen", line, action, kind, target, value, "", "", "")


def book(path, lines, sheet="Personen"):
    made = Workbook()
    made.active.title = sheet
    for line in [HEAD, *lines]:
        made.active.append(line)
    made.save(path)
    return path


def test_a_filled_in_row_becomes_a_correction_and_an_untouched_one_does_not():
    (only,) = found(row("Ina Weiß"), row(action="umbenennen", value="Jana Holz", who="Presse", reason="Heirat"))
    assert only == Filled("Personen", 3, "rename", "person", "Jana Holzapfel", "Jana Holz", "Heirat", "Presse", "")


@pytest.mark.parametrize(
    ("sheet", "kind"),
    [
        ("Personen", "person"),
        ("Orte", "place"),
        ("Organisationen", "organisation"),
        ("Initiativen 2", "initiative"),
    ],
)
def test_the_sheet_says_the_type(sheet, kind):
    assert [r.type for r in found(row(action="ablehnen"), sheet=sheet)] == [kind]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (dt.datetime.fromisoformat("2024-05-03"), "2024-05-03"),
        (dt.date(2024, 5, 3), "2024-05-03"),
        (dt.datetime.fromisoformat("2024-05-03T09:30"), "2024-05-03 09:30"),
        ("3. Mai 2024", "3. Mai 2024"),
        (2024.0, "2024"),
        (None, ""),
    ],
)
def test_days_are_stored_as_iso_dates(written, stored):
    assert found(row(action="ablehnen", when=written))[0].when == stored


@pytest.mark.parametrize(
    ("line", "sheet", "message"),
    [
        (row(action="umbennen", value="x"), "Personen", "Die Aktion „umbennen“ gibt es nicht"),
        (row(value="x"), "Personen", "Die Spalte „Aktion“ ist leer"),
        (row(reason="weil"), "Personen", "Die Spalte „Aktion“ ist leer"),
        (row(action="umbenennen"), "Personen", "„umbenennen“ braucht sie"),
        (row(action="privat"), "Orte", "gibt es nur bei Personen"),
        (row(action="Amt", value="x"), "Orte", "gibt es nur bei Personen"),
        (row(action="umwidmen", value="Tier"), "Orte", "Person, Ort, Organisation oder Initiative"),
        (row(action="Kennung", value="12"), "Personen", "muss eine Kennung sein"),
        (row(action="Kennung", value="geonames:12"), "Personen", "muss eine Kennung sein"),
        (row(action="zusammenführen", value="jana holzapfel"), "Personen", "derselbe Name"),
        (row("", action="ablehnen", id=""), "Personen", "Die Spalte „Ziel“ ist leer"),
        (row(action="umbenennen", value="=1+1"), "Personen", "nicht mit „=“ beginnen"),
        (row(action="ablehnen"), "Themen", "dieses heißt anders"),
    ],
)
def test_a_faulty_row_is_named_by_sheet_and_line(line, sheet, message):
    (fault,) = found(line, sheet=sheet)
    assert isinstance(fault, Fault)
    assert fault.place == f"Blatt „{sheet}“, Zeile 2"
    assert message in fault.message_de


def test_where_the_name_would_mislead_the_id_is_meant():
    twins = found(row("Tom", id="person:1"), row("Tom", "ablehnen", id="person:2"))
    assert [r.target for r in twins] == ["person:2"]
    assert [r.target for r in found(row("=Formel", "ablehnen", id="place:f"), sheet="Orte")] == ["place:f"]
    assert [r.target for r in found(row("Jana", "ablehnen", target="J. Holzapfel"))] == ["J. Holzapfel"]


def test_a_row_below_the_list_needs_only_its_target():
    assert [r.target for r in found(row("", "ablehnen", target="Ina Weiß", id=""))] == ["Ina Weiß"]


def test_a_kind_or_name_left_of_the_corrections_is_not_taken_for_one():
    cells = [["Name", "Art", "Wer", "Aktion", "Ziel"], ["Radplan", "Programm", "jemand", "ablehnen", "Radplan"]]
    (only,) = rows("Initiativen", cells)
    assert (only.type, only.who) == ("initiative", "")


def test_rows_are_appended_and_nothing_else_changes(tmp_path):
    ledger = tmp_path / "corrections.csv"
    ledger.write_bytes(HEADER + b"reject,place,Sommerpause,,kein Ort,Presse,2024-05-06")
    before = ledger.read_bytes()
    path = book(tmp_path / "mappe.xlsx", [row(action="umbenennen", value="Jana, Holz", when=dt.date(2024, 5, 3))])
    assert take_from(path, ledger).new == 1
    assert ledger.read_bytes() == before + b'\nrename,person,Jana Holzapfel,"Jana, Holz",,,2024-05-03\n'


def test_the_same_workbook_taken_twice_adds_nothing(tmp_path):
    ledger = tmp_path / "curation" / "corrections.csv"
    lines = [
        row(action="privat"),
        row("Ina", "trennen", "A"),
        row("Ina", "trennen", "B", id=""),
        row("Tom", "Amt", "Rat"),
    ]
    path = book(tmp_path / "mappe.xlsx", lines)
    assert (take_from(path, ledger).new, take_from(path, ledger).new) == (4, 0)
    assert len(parse(ledger.read_bytes(), "x")) == 4


def test_a_correction_that_a_later_line_overruled_counts_anew():
    ledger = HEADER + b"rename,person,A,B,,,\nrename,person,A,C,,,\n"
    assert (take(ledger, [filled()], "x").new, take(ledger, [filled(value="C")], "x").known) == (1, 1)


def test_rows_of_one_workbook_that_contradict_each_other_are_refused():
    taken = take(
        HEADER,
        [filled(), filled(value="C", line=9), filled("merge", "X", "Y"), filled("reject", "X", line=4)],
        "x",
    )
    assert taken.new == 2
    assert [fault.place for fault in taken.faults] == ["Blatt „Personen“, Zeile 9", "Blatt „Personen“, Zeile 4"]
    assert "Widerspricht Blatt „Personen“, Zeile 2" in taken.faults[0].message_de


def test_an_entry_may_have_several_identifiers_and_parts():
    wanted = [filled("set_authority", "A", "gnd:118540238"), filled("set_authority", "A", "wikidata:Q2"),
              filled("split", "A", "x"), filled("split", "A", "y"), filled("set_role", "A", "Rat")]  # fmt: skip
    assert take(HEADER, wanted, "x").new == 5


@pytest.mark.parametrize(
    "ledger",
    [
        b"",
        HEADER,
        HEADER.replace(b"\n", b"\r\n"),
        b"sep=;\r\nAktion;Art;Ziel;Wert;Grund;Wer;Wann;;\r\n",
        "Wann;Ziel;Art;Neuer Wert;Aktion\n".encode("cp1252"),
        "action\ttype\ttarget\tvalue\r\n".encode("utf-16"),
        codecs_bom := b"\xef\xbb\xbfaction,type,target,value,reason,who,when\r\nreject,place,Stra\xc3\x9fe,,,,",
        "action,type,target,value,begründung\nreject,place,Straße,,\n".encode("cp1252"),
    ],
)
def test_what_is_appended_has_the_form_of_the_ledger(ledger):
    taken = take(ledger, [filled("rename", "Müller; Co", 'Meier "alt", neu')], "x")
    whole = ledger + taken.data
    assert whole.startswith(ledger)
    last = parse(whole, "x")[-1]
    assert isinstance(last, Correction)
    assert (last.action, last.type, last.target, last.value) == (
        "rename",
        "person",
        "Müller; Co",
        'Meier "alt", neu',
    )
    assert take(whole, [filled("rename", "Müller; Co", 'Meier "alt", neu')], "x").data == b""


def test_a_character_that_the_ledger_cannot_hold_is_named():
    ledger = "action,type,target,value,begründung\n".encode("cp1252")
    with pytest.raises(InputError, match=r"Ж.*CSV UTF-8"):
        take(ledger, [filled(value="Жанна")], "x")


name = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=12)


@given(st.lists(st.tuples(name, name), max_size=6))
def test_whatever_is_appended_is_read_as_it_was_meant(pairs):
    wanted = {target: filled("rename", target, value) for target, value in pairs}
    taken = take(b"", wanted.values(), "x")
    back = [(r.target, r.value) for r in parse(taken.data or HEADER, "x") if isinstance(r, Correction)]
    assert len(back) == taken.new
    assert set(back) <= {(r.target, r.value) for r in wanted.values()}


def test_what_is_no_workbook_is_refused_with_the_remedy(tmp_path):
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK\x03\x04 nichts")
    with pytest.raises(InputError, match="lässt sich nicht lesen"):
        take_from(tmp_path / "kaputt.xlsx", tmp_path / "corrections.csv")
    with pytest.raises(InputError, match="ist keine Arbeitsmappe"):
        take_from(tmp_path / "fehlt.xlsx", tmp_path / "corrections.csv")
    Workbook().save(tmp_path / "leer.xlsx")
    with pytest.raises(InputError, match="„Aktion“ und „Ziel“"):
        take_from(tmp_path / "leer.xlsx", tmp_path / "corrections.csv")
    assert not (tmp_path / "corrections.csv").exists()
