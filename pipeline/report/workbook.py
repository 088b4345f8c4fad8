"""Sheets -> ``reports/presselese.xlsx``: filters, frozen headings, links to the site, columns for corrections.

Rows are written as they come, so memory does not grow with the corpus. Texts are always text: a name that begins
with ``=`` is shown, never computed. The bytes depend on the rows alone: the date in the file is that of the newest
release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from pipeline.report.workbook_corrections import COLUMNS, HEADING, validations
from pipeline.report.workbook_parts import Column, Day, Linked, Row, Share, Sheet, Value, cell_text

ROWS, LINKS = 1_048_576, 65_530  # what a sheet of Excel holds
FREE_ROWS = 200  # lines below a register for corrections of what is not listed, or of one entry twice
SITE = "site/"  # from the workbook to the site
_DAY = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d")  # before 1900 Excel knows no days
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass
class _Styles:
    """The formats of cells."""

    book: xlsxwriter.Workbook
    heading: Format = field(init=False)
    mine: Format = field(init=False)
    text: Format = field(init=False)
    link: Format = field(init=False)
    day: Format = field(init=False)
    share: Format = field(init=False)

    def __post_init__(self) -> None:
        top = {"valign": "top"}
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
        self.heading = self._make(**head, font_color="#FFFFFF", bg_color="#0B5A63")
        self.mine = self._make(**head, font_color="#1E2430", bg_color="#FBE9C6")
        self.text = self._make(**top)
        self.link = self._make(**top, font_color="#0B5A63", underline=1)
        self.day = self._make(**top, num_format="dd.mm.yyyy")
        self.share = self._make(**top, num_format="0.0 %")

    def _make(self, **values: Any) -> Format:
        return self.book.add_format(values)


def write(path: Path, sheets: Iterable[Sheet], title: str, stand: str, rows: int = ROWS) -> int:
    """Sheets -> the workbook at ``path``; the number of rows written. ``rows``: most lines of a sheet."""
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    made = datetime.fromisoformat(stand) if _DAY.fullmatch(stand) else datetime(1980, 1, 1)  # noqa: DTZ001 no zone
    book.set_properties({"title": title, "author": "Presselese", "created": made, "language": "de-DE"})
    styles, count = _Styles(book), 0
    for sheet in sheets:
        waiting = iter(sheet.rows)
        for name in _names(sheet.name):
            written, more = _Page(book.add_worksheet(name), styles, sheet).fill(waiting, rows)
            count += written
            if not more:
                break
            waiting = chain([more], waiting)
    book.close()
    return count


def _names(name: str) -> Iterator[str]:
    """A sheet's name and those of the sheets on which it goes on: "Zitate", "Zitate 2" …"""
    yield name
    number = 2
    while True:
        yield f"{name} {number}"
        number += 1


class _SitePage(Url):  # type: ignore[misc]  # XlsxWriter has no types
    """The way from the workbook to a page of the site, with slashes, which every spreadsheet program follows."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(f"external:{SITE}{path}")
        self.text = text

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


class _Page:
    """One sheet of the file."""

    def __init__(self, page: Worksheet, styles: _Styles, sheet: Sheet) -> None:
        self.page, self.styles, self.sheet = page, styles, sheet
        self.links = 0

    def fill(self, rows: Iterator[Row], most: int) -> tuple[int, Row | None]:
        """Write heading and rows, as many as fit; their number, and the first row that did not fit."""
        self._head()
        line = 0
        for row in rows:
            if line + 1 + self._free() >= most:
                return self._finish(line), row
            line += 1
            for place, value in enumerate(row):
                self._write(line, place, value)
        return self._finish(line), None

    def _free(self) -> int:
        return FREE_ROWS if self.sheet.corrects else 0

    def _all(self) -> tuple[Column, ...]:
        return (*self.sheet.columns, *(COLUMNS if self.sheet.corrects else ()))

    def _head(self) -> None:
        self.page.set_row(0, 30)
        for place, column in enumerate(self._all()):
            self.page.set_column(place, place, column.width)
            mine = place >= len(self.sheet.columns)
            self.page.write_string(0, place, column.title, self.styles.mine if mine else self.styles.heading)
        self.page.freeze_panes(1, 1)

    def _write(self, line: int, place: int, value: Value) -> None:
        match value:
            case "":
                pass
            case str():
                self.page.write_string(line, place, cell_text(value), self.styles.text)
            case Linked(text, path) if path and self.links < LINKS:
                self.links += 1
                self.page.write_url(line, place, _SitePage(path, cell_text(text)), self.styles.link)
            case Linked(text, _):
                self._write(line, place, text)
            case Day(day) if when := _day(day):
                self.page.write_datetime(line, place, when, self.styles.day)
            case Day(day):
                self.page.write_string(line, place, cell_text(day), self.styles.text)
            case Share(share):
                self.page.write_number(line, place, share, self.styles.share)
            case _:
                self.page.write_number(line, place, value, self.styles.text)

    def _finish(self, line: int) -> int:
        last = max(line, 1)
        self.page.autofilter(0, 0, last, len(self._all()) - 1)
        if self.sheet.corrects:
            first = len(self.sheet.columns)
            for place, rule in validations(self.sheet.corrects):
                self.page.data_validation(1, first + place, line + FREE_ROWS, first + place, rule)
            assert self._all()[first].title == HEADING
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)
        return line


@lru_cache(1 << 14)
def _day(value: str) -> datetime | None:
    """A whole day that Excel knows; None for any other date."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
