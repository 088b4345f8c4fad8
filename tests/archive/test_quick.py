"""Quick forms say what the plain ones do: lines of CSV, keys of entities, texts as Arrow arrays, packed parts."""

import csv
import dataclasses
import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import delta_state, describe, formats, kept, keys, rows, spreadsheets
from pipeline.archive.parts import Part
from pipeline.core.text import disarm
from tests.archive import made

_CELLS = st.lists(st.text(st.sampled_from('ab ,;"\r\n\t|=-ü\u00a0\u2028😀')), min_size=2, max_size=4)


def plain(cells, **options):
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerow(cells)
    return out.getvalue().encode()


@given(_CELLS)
def test_lines_are_those_of_the_csv_library(cells):
    assert delta_state.line(cells) == plain(cells, lineterminator="\n")
    safe = [disarm(cell) for cell in cells]
    assert spreadsheets.line(cells) == plain(safe, delimiter=";", lineterminator="\r\n")
    assert spreadsheets.line([None, *cells]) == plain(["", *safe], delimiter=";", lineterminator="\r\n")


@pytest.mark.parametrize("name", keys.COUNTS)
def test_what_a_key_leaves_out_of_an_entity_is_in_no_description(name):
    describer = describe.Describer(made.settings(), made.corpus(), {}, frozenset())
    for entity in made.ENTITIES:
        value = getattr(entity, name)
        other = value + 1 if isinstance(value, int) else ["Anders"] if isinstance(value, list) else "1999-01-01"
        assert describer.named(dataclasses.replace(entity, **{name: other})) == describer.named(entity)


@given(st.lists(st.text(max_size=5)))
def test_texts_as_an_array(texts):
    assert rows.strings(texts).equals(pa.array(texts, pa.string()))


def test_short_and_long_parts_come_back():
    files = [kept.File(bytes(64), 1, 2, 3, 4)] * len(formats.PER_RELEASE)
    contents = [b"", b"kurz", b"\0\1", b"lang " * 500]
    data = kept.pack(files, b"[]", [Part(("x",), content) for content in contents])
    assert [kept.part(data, number) for number in range(len(contents))] == contents
    assert b"kurz" in data
    assert len(data) < 1500
