"""Tables and JSON of many releases: every row becomes a release or a rejection that names it."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import Rejection
from pipeline.ingest import sources
from pipeline.ingest.sources import bounded
from pipeline.ingest.sources.source import Source
from tests.ingest import made

_ROWS = [
    {"title": "Neue Brücke", "date": "2021-05-03", "issuer": "Stadt Falkenrode", "text": made.PROSE},
    {"title": "Neues Dach", "date": "2021-05-04", "issuer": "Stadt Falkenrode", "text": "Erstens.\n\nZweitens."},
]


def _items(path: str, data: bytes):
    return list(sources.read_bulk(path, io.BytesIO(data), made.SETTINGS))


def _code(path: str, data: bytes) -> str:
    with pytest.raises(Rejection) as why:
        _items(path, data)
    return why.value.code


def _lines(rows: list[object]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def _table(rows: list[list[str]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def test_a_line_of_json_is_a_release_with_its_metadata():
    first, second = _items("a.jsonl", _lines(_ROWS))
    assert first.content == Source(
        "jsonl", (made.PROSE,), title="Neue Brücke", date="2021-05-03", publisher="Stadt Falkenrode"
    )
    assert second.content.paragraphs == ("Erstens.", "Zweitens.")
    assert [first.member, second.member] == ["1", "2"]


@pytest.mark.parametrize("name", ["a.json", "a.JSON", "a.json.gz"])
def test_an_array_of_json_gives_the_same_releases_as_lines_do(name):
    data = json.dumps(_ROWS).encode()
    items = _items(name, gzip.compress(data) if name.endswith("gz") else data)
    lines = _items("a.jsonl", _lines(_ROWS))
    assert [(item.member, item.sha256) for item in items] == [(item.member, item.sha256) for item in lines]


def test_an_object_alone_is_a_file_of_one_release():
    (item,) = _items("a.json", json.dumps(_ROWS[0]).encode())
    assert (item.member, item.sha256, item.content.title) == (None, None, "Neue Brücke")


def test_the_list_inside_an_export_is_what_counts():
    feed = {
        "version": "1.1",
        "items": [{"content": {"rendered": "<p>Eins.</p><p>Zwei.</p>"}, "title": {"rendered": "A"}}],
    }
    (item,) = _items("a.json", json.dumps(feed).encode())
    assert (item.member, item.content.paragraphs, item.content.title) == ("1", ("Eins.", "Zwei."), "A")


def test_a_broken_line_costs_only_itself():
    data = b'{"text": "Eins."}\n{"text": "Zw\n\n[1]\n{"text": "Drei."}\n'
    items = _items("a.jsonl", data)
    assert [item.member for item in items] == ["1", "2", "4", "5"]
    assert [getattr(item.content, "code", None) for item in items] == [None, "bad_row", "bad_row", None]


def test_a_row_without_text_says_what_was_looked_for_and_what_is_there():
    (item,) = _items("a.jsonl", b'{"kopf": "x", "rumpf": "y"}')
    assert item.content.code == "no_text_field"
    assert "Meldung" in item.content.reason_de
    assert "kopf, rumpf" in item.content.reason_de


def test_names_of_fields_meet_whatever_their_spelling():
    (item,) = _items("a.jsonl", b'{"MELDUNG": "Eins.", "ueberschrift": "Titel", "Datum ": 2021}')
    assert (item.content.paragraphs, item.content.title, item.content.date) == (("Eins.",), "Titel", "2021")


def test_markup_and_markdown_in_a_field_become_text():
    rows = [
        {"text": "<h2>Kopf</h2><p>Ein <b>Satz</b>.</p><script>x()</script>"},
        {"markdown": "## Kopf\n\nEin *Satz*."},
        {"text": "Maier &amp; Söhne"},
    ]
    found = [item.content.paragraphs for item in _items("a.jsonl", _lines(rows))]
    assert found == [("Kopf", "Ein Satz."), ("Kopf", "Ein Satz."), ("Maier & Söhne",)]


def test_a_lead_beside_the_text_stands_on_top_unless_the_text_repeats_it():
    rows = [
        {"text": "Der Text.", "lead": "Der Vorspann."},
        {"text": "Der Vorspann. Der Text.", "lead": "Der Vorspann."},
    ]
    found = [item.content.paragraphs for item in _items("a.jsonl", _lines(rows))]
    assert found == [("Der Vorspann.", "Der Text."), ("Der Vorspann. Der Text.",)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_and_encoding_of_a_table_are_found(delimiter, encoding):
    rows = [
        ["Datum", "Überschrift", "Meldung"],
        ["03.05.2021", "Neue Brücke", "Größe, Maße; Länge | „Tiefe“\nzweite Zeile"],
    ]
    (item,) = _items("a.csv", _table(rows, delimiter, encoding))
    assert item.member == "2"
    assert item.content.title == "Neue Brücke"
    assert item.content.paragraphs == ("Größe, Maße; Länge | „Tiefe“\nzweite Zeile",)


def test_a_line_that_names_the_delimiter_is_believed():
    (item,) = _items("a.csv", b"sep=#\nDatum#Meldung\n1#Ein Text")
    assert (item.member, item.content.paragraphs) == ("3", ("Ein Text",))


def test_a_table_without_a_column_of_text_is_rejected_once():
    assert _code("a.csv", _table([["a", "b"], ["1", "2"], ["3", "4"]])) == "no_text_field"


def test_a_row_with_too_many_cells_is_rejected_and_the_next_is_read():
    items = _items("a.csv", _table([["Meldung", "Datum"], ["a", "b", "c"], ["Gut.", "1"], ["Kurz."]]))
    assert [getattr(item.content, "code", None) for item in items] == ["bad_row", None, None]
    assert "3 statt 2" in items[0].content.reason_de


def test_the_digest_of_a_row_survives_another_order_of_columns_and_another_encoding():
    one = _items("a.csv", _table([["Meldung", "Datum"], ["Größe", "1"]]))
    two = _items("b.csv", _table([["Datum", "Meldung"], ["1", "Größe"]], ",", "cp1252"))
    assert one[0].sha256 == two[0].sha256


def test_formulas_in_cells_stay_text():
    (item,) = _items("a.csv", _table([["Meldung", "Datum"], ["=1+1", "x"]]))
    assert item.content.paragraphs == ("=1+1",)


def test_a_packed_bomb_and_a_cut_off_file_are_refused():
    assert _code("a.jsonl.gz", gzip.compress((b" " * 4_000_000 + b"\n") * 6)) == "bomb"
    assert _code("a.jsonl.gz", gzip.compress(_lines(_ROWS))[:-20]) == "truncated"
    assert _code("a.jsonl.gz", b"kein gzip, sondern Text") == "corrupt"
    assert _code("a.json", json.dumps(_ROWS).encode()[:-20]) == "truncated"


def test_a_line_longer_than_any_file_may_be_is_passed_over():
    long = json.dumps({"text": "a" * 5_100_000}).encode()
    items = _items("a.jsonl", long + b'\n{"text": "Kurz."}')
    assert [item.member for item in items] == ["1", "2"]
    assert items[0].content.code == "bad_row"
    assert items[1].content.paragraphs == ("Kurz.",)


def test_lines_are_read_one_at_a_time():
    stream = io.BytesIO(b'{"text": "Eins."}\n' * 200_000)
    rows = sources.read_bulk("a.jsonl", stream, made.SETTINGS)
    assert next(rows).member == "1"
    assert stream.tell() < 1_000_000


def test_json_nested_without_end_is_a_rejection():
    assert [item.content.code for item in _items("a.jsonl", b"[" * 200_000)] == ["bad_row"]
    assert _code("a.json", b'{"a":' * 200_000) in ("corrupt", "truncated")


_CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"text": _CELL, "title": _CELL, "n": st.integers()}), min_size=2, max_size=8)
)
def test_rows_of_json_come_back_in_order_whatever_the_form(rows):
    array, lines = _items("a.json", json.dumps(rows).encode()), _items("a.jsonl", _lines(rows))
    assert [item.sha256 for item in array] == [item.sha256 for item in lines]
    assert [item.member for item in array] == [str(number) for number in range(1, len(rows) + 1)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.from_regex(r"[a-zäöü;,\"\n ]{1,20}x", fullmatch=True), st.integers(0, 99)), min_size=1)
)
def test_cells_come_back_from_csv_with_their_quotes_and_line_breaks(rows):
    data = _table([["Meldung", "Datum"], *([text, str(number)] for text, number in rows)])
    items = _items("a.csv", data)
    assert [item.content.date for item in items] == [str(number) for _, number in rows]
    letters = ["".join(filter(str.isalpha, text)) for text, _ in rows]
    assert ["".join(filter(str.isalpha, "".join(item.content.paragraphs))) for item in items] == letters


_ENDINGS = [".csv", ".json", ".jsonl", ".jsonl.gz", ".xml", ".mbox", ".zip", ".tsv"]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(_ENDINGS), st.binary(max_size=400))
def test_random_bytes_are_rejected_and_never_raise_anything_else(ending, data):
    try:
        items = _items(f"a{ending}", data)
    except Rejection:
        return
    assert all(isinstance(item.content, Source | Rejection) for item in items)


_BITS = st.sampled_from(
    ["{", "}", "[", "]", ",", ":", '"', "\\", "1", "e", "null", "text", " ", "\n", "\ud83d", "ä"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_BITS, max_size=40).map("".join))
def test_nearly_json_is_read_or_rejected(code):
    data = code.encode("utf-8", "surrogatepass")
    for name in ("a.json", "a.jsonl"):
        try:
            items = _items(name, data)
        except Rejection:
            continue
        assert all(item.member is None or item.member.isdigit() for item in items)


def test_an_allowance_is_shared_and_ends():
    allowance = bounded.allowance(1)
    allowance.spend(600_000)
    with pytest.raises(Rejection) as why:
        allowance.spend(600_000)
    assert why.value.code == "bomb"
