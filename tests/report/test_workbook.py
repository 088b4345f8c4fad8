"""The workbook: a sheet a register, texts that stay texts, the same bytes each time, columns for corrections."""

from __future__ import annotations

import dataclasses
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from pipeline.core.text import fold
from pipeline.register.ledger import ACTIONS as LEDGER_ACTIONS
from pipeline.register.ledger import TYPES
from pipeline.register.workbook_rows import FIELDS
from pipeline.report import editions, workbook, workbook_cells
from pipeline.report.quoting import Quoting
from pipeline.report.workbook_corrections import COLUMNS, actions
from pipeline.report.workbook_parts import LONGEST, Column, Day, Linked, Share, Sheet, cell_text
from pipeline.report.workbook_sheets import sheets
from tests.report import plain_workbook, sample

NAMES = [
    "Lies mich", "Personen", "Orte", "Organisationen", "Initiativen", "Themen", "Pressemitteilungen", "Termine",
    "Zitate", "Abgelehnt", "Korrekturen",
]  # fmt: skip
REGISTERS = {"Personen": "person", "Orte": "place", "Organisationen": "organisation", "Initiativen": "initiative"}


def written(root: Path, corpus) -> Path:
    path = root / "presselese.xlsx"
    workbook.write(path, sheets(corpus, Quoting(corpus)), "Themenbericht", corpus.stand)
    return path


@pytest.fixture(scope="module")
def book(tables, tmp_path_factory):
    return load_workbook(written(tmp_path_factory.mktemp("book"), sample.corpus(tables)))


def one(lines, path: Path, **values):
    """Rows as the only sheet of a workbook, read back."""
    workbook.write(path, [Sheet("Blatt", (Column("A"), Column("B")), lines)], "Titel", "2024-05-03", **values)
    return load_workbook(path)


def heads(sheet):
    return [cell.value for cell in sheet[1]]


def test_there_is_a_sheet_for_every_register(book):
    assert book.sheetnames == NAMES


def test_every_sheet_has_a_frozen_heading_and_a_filter_over_all_its_columns(book):
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.auto_filter.ref.endswith(f"{max(sheet.max_row, 2)}")
        assert all(heads(sheet))
        assert all(sheet.column_dimensions[cell.column_letter].width > 5 for cell in sheet[1])


def test_a_name_leads_to_its_page(book, files):
    cell = book["Personen"]["A2"]
    assert cell.value == "Jana Holzapfel"
    assert cell.hyperlink.target.removeprefix("site/") in files
    assert {c.hyperlink.target.split("#")[0].removeprefix("site/") for c in book["Zitate"]["G"][1:]} <= set(files)


def test_days_are_days_and_counts_are_numbers(book):
    row = dict(zip(heads(book["Personen"]), book["Personen"][2], strict=True))
    assert row["Zuerst"].is_date
    assert row["Zuerst"].value.isoformat() == "2021-05-03T00:00:00"
    assert row["Mitteilungen"].value == 2


@pytest.mark.parametrize(("name", "kind"), REGISTERS.items())
def test_a_register_has_columns_for_corrections_with_a_list_to_choose_from(book, name, kind):
    sheet = book[name]
    assert heads(sheet)[-6:] == [column.title for column in COLUMNS]
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1.strip('"').split(",") for rule in lists] == [list(actions(kind))]
    row = dict(zip(heads(sheet), sheet[2], strict=True))
    assert row["Ziel"].value == row["Name"].value
    assert row["Aktion"].value is None
    # the free lines below take corrections too
    assert max(cells.max_row for cells in lists[0].sqref.ranges) > workbook.FREE_ROWS


def test_the_ledger_knows_every_word_of_the_correction_columns():
    for kind in REGISTERS.values():
        assert {fold(word) for word in actions(kind)} <= set(LEDGER_ACTIONS)
    assert [fold(column.title) for column in COLUMNS] == list(FIELDS)
    assert {TYPES[fold(name)] for name in REGISTERS} == set(REGISTERS.values())


def test_results_of_corrections_are_shown_but_not_taken_for_corrections(book):
    assert "Aktion" not in heads(book["Korrekturen"])
    assert [row[2].value for row in book["Korrekturen"].iter_rows(min_row=2)] == ["Falkenrod", "Nirgends"]


def test_two_entries_of_one_name_are_corrected_by_their_ids(tmp_path):
    twin = next(e for e in sample._entity_rows()[0] if e.name == "Falkenrode")
    entities = [*sample._entity_rows()[0], dataclasses.replace(twin, entity_id="place:falkenrode-2")]
    sample.write_tables(tmp_path, entities=entities)
    sheet = load_workbook(written(tmp_path, sample.corpus(tmp_path)))["Orte"]
    place = heads(sheet).index("Ziel")
    targets = [row[place].value for row in sheet.iter_rows(min_row=2)][:3]
    assert targets == ["place:Falkenrode", "place:falkenrode-2", "Ilmtal"]


def test_the_same_tables_give_the_same_bytes(tables, tmp_path):
    corpus = sample.corpus(tables)
    (tmp_path / "a").mkdir()
    assert written(tmp_path, corpus).read_bytes() == written(tmp_path / "a", sample.corpus(tables)).read_bytes()


def test_no_part_of_the_file_knows_the_clock(tables, tmp_path):
    with zipfile.ZipFile(written(tmp_path, sample.corpus(tables))) as parts:
        assert b"2022-02-11T00:00:00Z" in parts.read("docProps/core.xml")
        assert len({part.date_time for part in parts.infolist()}) == 1


def seen(path):
    """Every cell of a workbook as a spreadsheet program has it."""
    return {
        (sheet.title, cell.coordinate): (
            cell.value,
            cell.data_type,
            cell.number_format,
            (cell.font.underline, cell.font.color and cell.font.color.rgb) if cell.row > 1 else None,
            cell.hyperlink and (cell.hyperlink.target.replace("\\", "/"), cell.hyperlink.location),
        )
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_every_cell_is_what_the_library_makes_of_it(tables, tmp_path):
    corpus = sample.corpus(tables)
    plain_workbook.write(tmp_path / "plain.xlsx", sheets(corpus, Quoting(corpus)))
    ours, plain = seen(written(tmp_path, corpus)), seen(tmp_path / "plain.xlsx")
    assert {at: ours[at] for at in plain} == plain
    assert {ours[at][0] for at in set(ours) - set(plain)} == {column.title for column in COLUMNS}


ODD = ["1900-01-02", "1900-02-28", "1900-03-01", "1999-12-31", "2024-02-29", "2023-02-30", "2024-05", "2999-12-31"]
ROWS = [
    *[(Day(day), 1) for day in ODD],
    (Linked("A & B <c>", "orte/x.html#s1"), Linked("", "orte/y z.html")),
    (Share(0.123456), -3),
    ("_x0041_", "a\tb\nc"),
    (" vorn", "hinten "),
]


def test_odd_cells_are_what_the_library_makes_of_them(tmp_path):
    pages = [Sheet("Blatt", (Column("A"), Column("B")), ROWS), Sheet("Zwei", (Column("A"),), ROWS)]
    workbook.write(tmp_path / "ours.xlsx", pages, "Titel", "2024-05-03")
    plain_workbook.write(tmp_path / "plain.xlsx", pages)
    assert seen(tmp_path / "ours.xlsx") == seen(tmp_path / "plain.xlsx")


def test_programs_that_trust_the_size_read_all_of_a_sheet(tmp_path):
    workbook.write(tmp_path / "x.xlsx", [Sheet("Blatt", (Column("A"), Column("B")), ROWS)], "Titel", "")
    sheet = load_workbook(tmp_path / "x.xlsx", read_only=True)["Blatt"]
    assert (sheet.calculate_dimension(), len(list(sheet.iter_rows()))) == (f"A1:B{len(ROWS) + 1}", len(ROWS) + 1)


def test_an_empty_corpus_gives_an_empty_workbook(tmp_path):
    sample.empty_tables(tmp_path)
    book = load_workbook(written(tmp_path, sample.corpus(tmp_path)))
    assert book.sheetnames == NAMES
    assert book["Personen"].max_row == 1


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|'/c calc'!A1", "+49", "-5", "@x", "{=1}", "123", "http://x.de", "mailto:a"]
)
def test_a_text_that_looks_like_something_else_stays_a_text(text, tmp_path):
    cell = one([(text, Linked(text, "x.html"))], tmp_path / "x.xlsx")["Blatt"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_any_text_comes_back_as_it_can_be_written(texts):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        workbook.write(path, [Sheet("Blatt", (Column("A"),), [("x", text) for text in texts])], "Titel", "")
        back = CalamineWorkbook.from_path(path).get_sheet_by_name("Blatt").to_python(skip_empty_area=False)
    assert [row[1] if len(row) > 1 else "" for row in back[1:]] == [cell_text(text) for text in texts]


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(), max_size=200), st.integers(1, 400))
def test_a_cell_is_never_longer_than_a_cell_can_be(text, times):
    found = cell_text(text * times)
    assert len(found.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST


def test_a_text_too_long_for_a_cell_is_cut_with_an_ellipsis():
    assert cell_text("a" * LONGEST) == "a" * LONGEST
    assert cell_text("a" * (LONGEST + 1)).endswith("a …")
    assert len(cell_text("😀" * LONGEST)) > LONGEST // 2 - 10


def test_a_register_longer_than_a_sheet_goes_on_on_another(tmp_path):
    book = one([(f"Zeile {n}", n) for n in range(25)], tmp_path / "x.xlsx", rows=10)
    assert book.sheetnames == ["Blatt", "Blatt 2", "Blatt 3"]
    texts = [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert texts == [f"Zeile {n}" for n in range(25)]
    assert all(sheet.max_row <= 10 for sheet in book)


def test_links_beyond_what_excel_allows_become_plain_words(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "LINKS", 2)
    sheet = one([(Linked(str(n), "x.html"), n) for n in range(4)], tmp_path / "x.xlsx")["Blatt"]
    assert [bool(row[0].hyperlink) for row in sheet.iter_rows(min_row=2)] == [True, True, False, False]
    assert sheet["A5"].value == "3"


def test_a_workbook_changed_by_hand_is_put_aside_not_overwritten(tables, tmp_path):
    corpus = sample.corpus(tables)
    assert not editions.write_workbook(corpus, sample.SETTINGS, tmp_path)
    assert not editions.write_workbook(corpus, sample.SETTINGS, tmp_path)
    path = tmp_path / editions.WORKBOOK
    fresh, book = path.read_bytes(), load_workbook(path)
    book["Personen"]["A2"] = "Von Hand"
    book.save(path)
    assert editions.write_workbook(corpus, sample.SETTINGS, tmp_path)
    assert path.read_bytes() == fresh
    assert load_workbook(tmp_path / editions.EDITED)["Personen"]["A2"].value == "Von Hand"
    assert not list(path.parent.glob("*.part"))


def test_the_workbook_is_one_that_openpyxl_can_save_again(book):
    out = io.BytesIO()
    book.save(out)
    assert load_workbook(out).sheetnames == NAMES


@pytest.mark.parametrize(
    "text",
    ["", "Radplan", " vorn", "hinten ", "\u00a0vorn", "mitten\u00a0drin", "a\nb", "a\tb", "Öl & Gas", "<b>", "a>b",
     "_x000D_", "_xyz", "\ufffe", "\ud800", "\x85", "\u200bNull", "„Radplan“", "x" * 20_000],
)  # fmt: skip
def test_quick_looks_at_a_text_say_what_the_slow_one_says(text):
    assert workbook_cells._is_plain(text) == (len(text) * 2 <= LONGEST and not workbook_cells._ODD.search(text))
