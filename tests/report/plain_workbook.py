"""The workbook's rows written by XlsxWriter alone, cell by cell: what ours must look like."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import xlsxwriter

from pipeline.report.workbook_cells import SITE
from pipeline.report.workbook_parts import Day, Linked, Share, Sheet, Value, cell_text

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Sheets -> a workbook with a heading and the rows of each."""
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        link = book.add_format({"font_color": "#0B5A63", "underline": 1})
        day, share = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "0.0 %"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for place, column in enumerate(sheet.columns):
                page.write_string(0, place, column.title)
            for line, row in enumerate(sheet.rows, 1):
                for place, value in enumerate(row):
                    _cell(page, line, place, value, (link, day, share))


def _cell(page, line: int, place: int, value: Value, formats) -> None:
    link, day, share = formats
    match value:
        case Linked(text, path):
            page.write_url(line, place, f"external:{SITE}{path}", link, cell_text(text))
        case Day(when):
            try:
                page.write_datetime(line, place, datetime.fromisoformat(when), day)
            except ValueError:
                page.write_string(line, place, when)
        case Share(number):
            page.write_number(line, place, number, share)
        case "":
            pass
        case str():
            page.write_string(line, place, cell_text(value))
        case _:
            page.write_number(line, place, value)
