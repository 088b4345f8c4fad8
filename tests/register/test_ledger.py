"""The ledger as spreadsheets save it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.register import ledger
from pipeline.register.authority import acceptable, read_id

GERMAN = "Aktion;Art;Ziel;Wert;Grund;Wer;Datum\r\nZusammenführen;Person;Janna Weißbach;Jana Weißbach;;;\r\n"
TEXT = st.text("abcÄß,;\"'\n\t =", max_size=12)


@pytest.mark.parametrize(
    "data",
    [
        GERMAN.encode("utf-8-sig"),
        GERMAN.encode("cp1252"),
        GERMAN.encode("utf-16"),
        GERMAN.replace(";", "\t").encode("utf-16"),
        ("sep=;\r\n" + GERMAN).encode(),
        GERMAN.replace("\r\n", "\r").encode(),
        GERMAN.replace("\r\n", ";;;\r\n").encode(),
        GERMAN.replace(";;;\r\n", "\r\n").encode(),
        GERMAN.replace("Janna Weißbach", '"Janna\r\n Weißbach"').encode(),
        ("\r\n\r\n" + GERMAN).encode(),
    ],
)
def test_german_heads_and_the_oddities_of_excel_are_read(data: bytes):
    (row,) = ledger.parse(data, "corrections.csv")
    assert isinstance(row, ledger.Correction)
    assert (row.action, row.type, row.target, row.value) == ("merge", "person", "Janna Weißbach", "Jana Weißbach")


def test_rows_are_named_by_the_line_they_begin_on_even_below_cells_of_several_lines():
    text = 'sep=;\naction;type;target;value;reason\nreject;place;A;;"zwei\nZeilen"\n\nreject;place;B;;\n'
    assert [row.line for row in ledger.parse(text.encode(), "")] == [3, 6]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("action,type,target,value,Aktion\n", "line 1: column action stands twice"),
        ("\n\naction,type,target\n", "line 3: column value is missing"),
        (
            'action,type,target,value\nreject,place,"A,\nreject,place,B,\n',
            "line 2: is not CSV: .*close the quotation",
        ),
    ],
)
def test_a_file_that_is_no_ledger_is_named_by_line_with_the_remedy(text: str, message: str):
    with pytest.raises(InputError, match=f"^corrections.csv: {message}"):
        ledger.parse(text.encode(), "corrections.csv")


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), max_size=6))
def test_no_row_is_lost_whatever_stands_in_its_cells(rows: list[tuple[str, ...]]):
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("action", "type", "target", "value"))
    writer.writerows(rows)
    found = ledger.parse(out.getvalue().encode(), "")
    assert len(found) == sum(any(cell.strip() for cell in row) for row in rows)
    lines = [row.line for row in found]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("gnd:118540238", ("gnd", "118540238")),
        ("https://d-nb.info/gnd/4057120-X", ("gnd", "4057120-X")),
        ("wikidata:Q12", ("wikidata", "Q12")),
        ("Q12", ("wikidata", "Q12")),
        ("http://www.wikidata.org/entity/Q12", ("wikidata", "Q12")),
        ("geonames:2895044", ("geonames", "2895044")),
        ("https://www.geonames.org/2895044/jena.html", ("geonames", "2895044")),
        ("118540238", None),
        ("gnd:Muster", None),
        ("wikidata:Q0", None),
    ],
)
def test_identifiers_are_read_as_people_copy_them_and_nothing_else_is_one(value, found):
    assert read_id(value) == found


def test_geonames_is_for_places_and_an_empty_value_takes_the_identifier_away():
    assert acceptable("geonames:1", "place")
    assert not acceptable("geonames:1", "person")
    assert acceptable("", "person")


def test_every_action_has_a_german_word_that_means_it():
    words = {"trennen": "split", "zusammenführen": "merge", "umbenennen": "rename", "ablehnen": "reject"}
    assert {word: ledger.ACTIONS[word] for word in words} == words
