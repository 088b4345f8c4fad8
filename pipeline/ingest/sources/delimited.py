"""CSV and TSV -> one Item a row; delimiter and encoding found, quoted line breaks kept, cells never evaluated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import bounded, fields
from pipeline.ingest.sources.item import Item

# ties go to the first: German spreadsheets write semicolons
_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 20
_SAMPLE = 1 << 16
_MAX_COLUMNS = 2_000
# the limit of the csv module is one for the whole process; a release in a cell is longer than its default
_MAX_CELL = 8_000_000
csv.field_size_limit(_MAX_CELL)


def read(path: str, stream: BinaryIO, settings: IngestParams) -> Iterator[Item]:
    """A table with a row of column names -> an Item a row, numbered as a spreadsheet does (the names are row 1).

    Raises Rejection no_text_field when no column is known to hold the text.
    """
    text = bounded.as_text(bounded.opened(path, stream, settings.max_unpacked_mb), newline="")
    lines = _Counted(text, settings.max_file_mb * bounded.MB)
    sample = [line for _, line in zip(range(200), lines, strict=False)]
    delimiter, skipped = delimiter_of(sample)
    rows = _rows(csv.reader(_again(sample[skipped:], lines), delimiter=delimiter))
    header = next(rows, [])
    if not isinstance(header, list) or not fields.has_text(header, settings.fields):
        found = header if isinstance(header, list) else []
        wanted = ", ".join(settings.fields.text)
        raise reject("no_text_field", wanted=wanted, found=fields.shown(found))
    for number, row in enumerate(rows, 2 + skipped):
        if isinstance(row, str) or any(row):
            yield _item(number, row, header, settings)


def _item(number: int, row: list[str] | str, header: list[str], settings: IngestParams) -> Item:
    if isinstance(row, str) or any(row[len(header) :]):
        what = row if isinstance(row, str) else f"{len(row)} statt {len(header)} Spalten"
        return Item(reject("bad_row", what=what), str(number), fields.digest({"row": number, "cells": row}))
    return fields.item("csv", dict(zip(header, row, strict=False)), settings.fields, number)


class _Counted:
    """The lines of a stream, none longer than allowed."""

    def __init__(self, text: io.TextIOWrapper, longest: int) -> None:
        self._text, self._longest = text, longest

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._longest)
        if not line:
            raise StopIteration
        return line.replace("\0", "")


def _again(sample: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from sample
    yield from rest


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """The rows of a table; a text that says what is wrong in place of one that cannot be read."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield "ein Anführungszeichen bleibt offen"
            continue
        yield row if len(row) <= _MAX_COLUMNS else f"{len(row)} Spalten"


def delimiter_of(sample: list[str]) -> tuple[str, int]:
    """The first lines of a table -> what parts its columns, and how many lines stand above the header."""
    first = sample[0].strip().lower() if sample else ""
    # a line that spreadsheets write and read for this very purpose
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    return max(_DELIMITERS, key=lambda delimiter: _fit(sample, delimiter)), 0


def _fit(sample: list[str], delimiter: str) -> tuple[int, int]:
    """How many rows have as many cells as the header has, and how many those are; more is better."""
    rows = csv.reader(io.StringIO("".join(sample)[:_SAMPLE], newline=""), delimiter=delimiter)
    try:
        counts = [len(row) for _, row in zip(range(_SAMPLE_ROWS), rows, strict=False) if row]
    except csv.Error:
        return 0, 0
    width = counts[0] if counts else 0
    return (sum(count == width for count in counts), width) if width > 1 else (0, width)
