"""A workbook without its rows, made by XlsxWriter: headings, widths, filters, lists to choose from, formats.

Each sheet has a row, and a link where it will have links, so that all that stands around them is there;
``workbook.py`` puts in what belongs there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.report.workbook_cells import SITE, Styles
from pipeline.report.workbook_corrections import COLUMNS, HEADING, validations
from pipeline.report.workbook_parts import Column, Sheet

FREE_ROWS = 200  # lines below a register for corrections of what is not listed, or of one entry twice
_CELLS: Final = re.compile(r'<c r="A\d+" s="(\d+)"')
_TOP: Final[dict[str, Any]] = {"valign": "top"}
_HEAD: Final[dict[str, Any]] = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
_HEADING: Final[dict[str, Any]] = {**_HEAD, "font_color": "#FFFFFF", "bg_color": "#0B5A63"}
_MINE: Final[dict[str, Any]] = {**_HEAD, "font_color": "#1E2430", "bg_color": "#FBE9C6"}
_STYLES: Final[tuple[dict[str, Any], ...]] = (
    _TOP,
    {**_TOP, "font_color": "#0B5A63", "underline": 1},
    {**_TOP, "num_format": "dd.mm.yyyy"},
    {**_TOP, "num_format": "0.0 %"},
)


@dataclass(frozen=True, slots=True)
class Extent:
    """A sheet of the file and how much stands on it: ``lines`` below the heading, whether any of it is a link."""

    name: str
    sheet: Sheet
    lines: int
    linked: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, those for corrections at the end."""
        return (*self.sheet.columns, *(COLUMNS if self.sheet.corrects else ()))


def styles() -> Styles:
    """The numbers of the formats in every frame."""
    probe = Extent("Blatt", Sheet("Blatt", (Column(""),), ()), 0, linked=False)
    with zipfile.ZipFile(frame([probe], "", datetime(1980, 1, 1))) as parts:  # noqa: DTZ001  no zone
        numbers = _CELLS.findall(parts.read("xl/worksheets/sheet1.xml").decode())
    return Styles(*map(int, numbers[1 : 1 + len(_STYLES)]))


def frame(extents: Sequence[Extent], title: str, made: datetime) -> io.BytesIO:
    """Sheets and how much stands on them -> the file, in memory: below each heading rows to be replaced."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": True})
    book.set_properties({"title": title, "author": "Presselese", "created": made, "language": "de-DE"})
    heading, mine = book.add_format(_HEADING), book.add_format(_MINE)
    formats = [book.add_format(values) for values in _STYLES]
    for number, extent in enumerate(extents):
        page = book.add_worksheet(extent.name)
        _head(page, extent, heading, mine)
        _marks(page, extent, formats if not number else formats[:1])
        _around(page, extent)
    book.close()
    return file


def _head(page: Worksheet, extent: Extent, heading: Format, mine: Format) -> None:
    page.set_row(0, 30)
    for place, column in enumerate(extent.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.title, mine if place >= len(extent.sheet.columns) else heading)
    page.freeze_panes(1, 1)


def _marks(page: Worksheet, extent: Extent, formats: list[Format]) -> None:
    """Rows and a link to be replaced; the first sheet has each format, so their numbers follow from the order."""
    if extent.linked:
        page.write_url(1, 0, f"external:{SITE}", formats[0], "x")
    for line, form in enumerate(formats, 1):
        page.write_blank(line, 0, "", form)


def _around(page: Worksheet, extent: Extent) -> None:
    page.autofilter(0, 0, max(extent.lines, 1), len(extent.columns) - 1)
    if extent.sheet.corrects:
        first = len(extent.sheet.columns)
        for place, rule in validations(extent.sheet.corrects):
            page.data_validation(1, first + place, extent.lines + FREE_ROWS, first + place, rule)
        assert extent.columns[first].title == HEADING
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
