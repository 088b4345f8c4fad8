"""Dates with a year are found wherever people and programs write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.anatomy import dates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("am 3. Mai 2021 um", "2021-05-03"),
        ("3.5.2021", "2021-05-03"),
        ("03.05.21", "2021-05-03"),
        ("vom 02. – 03.09.2019", "2019-09-03"),
        ("2021-05-03T10:00", "2021-05-03"),
        ("17. Jänner 2020", "2020-01-17"),
        ("5. Sept. 2020", "2020-09-05"),
        ("im April 2022", "2022-04"),
    ],
)
def test_a_date_is_found_with_the_precision_written(text, value):
    assert [date.value for date in dates.find(text)] == [value]


@pytest.mark.parametrize(
    "text", ["31.02.2021", "12.000.2021", "Nr. 12", "03. Mai", "Version 1.2.34.5", "17:30 Uhr"]
)
def test_what_is_no_date_is_none(text):
    assert list(dates.find(text)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("stadt/2021-05-03_PM.txt", "2021-05-03"),
        ("PM_20210503.docx", "2021-05-03"),
        ("240620_PM_Hof.txt", "2024-06-20"),
        ("Mitteilung_7.6.22.pdf", "2022-06-07"),
        ("bka-2022-01-26.txt", "2022-01-26"),
        ("PI_2023-07_Höfe.pdf", "2023-07"),
        ("PM 041-2018 Quartier.pdf", None),
        ("2021/ohne.txt", None),
    ],
)
def test_a_file_name_gives_its_date(path, value):
    assert dates.from_filename(path) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("2021-05-03T10:00:00+02:00", "2021-05-03"),
        ("20210503101500", "2021-05-03"),
        ("3. Mai 2021", "2021-05-03"),
        ("2021-05", "2021-05"),
        ("demnächst", None),
        (None, None),
    ],
)
def test_a_metadata_field_gives_its_date(field, value):
    assert dates.from_metadata(field) == value


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2059, 1, 1)))
def test_every_day_is_read_back_in_both_german_forms(day):
    assert [d.value for d in dates.find(f"am {day.day}.{day.month}.{day.year}, um")] == [day.isoformat()]
    assert dates.from_filename(f"x/{day.isoformat()}_PM.txt") == day.isoformat()


@given(st.text(max_size=200))
def test_offsets_of_dates_lie_in_the_text(text):
    for date in dates.find(text):
        assert 0 <= date.start < date.end <= len(text)
