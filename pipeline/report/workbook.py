"""Sheets -> ``reports/presselese.xlsx``: filters, frozen headings, links to the site, columns for corrections.

Rows wait in files without a name until it is known how many there are; then they are put into the frame that
XlsxWriter made (``workbook_frame.py``), so memory does not grow with the corpus. Texts are always text: a name
that begins with ``=`` is shown, never computed. The bytes depend on the rows alone: the date in the file is that
of the newest release.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from pipeline.report.workbook_cells import LETTERS, Lines, Styles
from pipeline.report.workbook_frame import FREE_ROWS, Extent, frame, styles
from pipeline.report.workbook_parts import OURS, Row, Sheet

ROWS, LINKS = 1_048_576, 65_530  # what a sheet of Excel holds
_TOGETHER = 256  # rows written at a time
_LARGE = 1 << 30  # bytes of a part beyond which the zip file needs its larger form
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SIZE = re.compile(rb'(?<=<dimension ref=")[^"]*')
# what of the frame is replaced: rows and links of a sheet, and the places that the links lead to
_ROWS = re.compile(rb"(?<=</row>)<row .*(?=</sheetData>)", re.DOTALL)
_LINKS = re.compile(rb"(?<=<hyperlinks>).*(?=</hyperlinks>)", re.DOTALL)
_RELATIONS = re.compile(rb"<Relationship .*(?=</Relationships>)", re.DOTALL)
_SHEET: Final = "xl/worksheets/sheet{}.xml"
_REFERS: Final = "xl/worksheets/_rels/sheet{}.xml.rels"


class _Filled:
    """A sheet of the file, and the files in which its rows, its links, and where they lead wait."""

    def __init__(self, name: str, sheet: Sheet, numbers: Styles, stack: ExitStack) -> None:
        self.name, self.sheet = name, sheet
        self.count = 0
        files = [TemporaryFile() for _ in range(3)]  # noqa: SIM115  the caller's stack closes them
        self.rows, self.links, self.relations = map(stack.enter_context, files)
        self._lines = Lines(numbers, LINKS)

    @property
    def extent(self) -> Extent:
        """What the frame has to know."""
        return Extent(self.name, self.sheet, self.count, linked=self.links.tell() > 0)

    @property
    def size(self) -> bytes:
        """The cells of the sheet, as its first lines say them; some programs read no further."""
        return f"A1:{LETTERS[len(self.extent.columns) - 1]}{self.count + 1}".encode()

    def fill(self, rows: Iterator[Row], most: int) -> Row | None:
        """Take up to ``most`` rows; the first that did not fit."""
        left = None
        written: list[str] = []
        for row in rows:
            if self.count == most:
                left = row
                break
            self.count += 1
            written.append(self._lines.row(self.count + 1, row))
            if len(written) == _TOGETHER:
                self._put(written)
        self._put(written)
        return left

    def _put(self, written: list[str]) -> None:
        links = self._lines.links
        self.rows.write("".join(written).encode())
        self.links.write("".join([link.element for link in links]).encode())
        self.relations.write("".join([link.relation for link in links]).encode())
        written.clear()
        links.clear()


def write(path: Path, sheets: Iterable[Sheet], title: str, stand: str, rows: int = ROWS) -> int:
    """Sheets -> the workbook at ``path``; the number of rows written. ``rows``: most lines of a sheet."""
    made = datetime.fromisoformat(stand) if _DAY.fullmatch(stand) else datetime(1980, 1, 1)  # noqa: DTZ001 no zone
    with ExitStack() as stack:
        numbers = styles()
        filled = [page for sheet in sheets for page in _filled(sheet, numbers, rows, stack)]
        empty = frame([page.extent for page in filled], title, made)
        with zipfile.ZipFile(empty) as parts, zipfile.ZipFile(path, "w") as out:
            _put_in(parts, out, filled)
        return sum(page.count for page in filled)


def _filled(sheet: Sheet, numbers: Styles, rows: int, stack: ExitStack) -> Iterator[_Filled]:
    """Rows of a sheet, written to as many sheets of the file as they need."""
    most = rows - 1 - (FREE_ROWS if sheet.corrects else 0)
    waiting = iter(sheet.rows)
    for name in _names(sheet.name):
        page = _Filled(name, sheet, numbers, stack)
        left = page.fill(waiting, most)
        yield page
        if not left:
            return
        waiting = chain([left], waiting)


def _names(name: str) -> Iterator[str]:
    """A sheet's name and those of the sheets on which it goes on: "Zitate", "Zitate 2" …"""
    yield name
    number = 2
    while True:
        yield f"{name} {number}"
        number += 1


def _put_in(parts: zipfile.ZipFile, out: zipfile.ZipFile, filled: list[_Filled]) -> None:
    """Copy the frame's parts, with rows and links in their places."""
    sheets = {_SHEET.format(number): page for number, page in enumerate(filled, 1)}
    refers = {_REFERS.format(number): page for number, page in enumerate(filled, 1)}
    for part in parts.infolist():
        content, places = parts.read(part), []
        if page := sheets.get(part.filename):
            content = _SIZE.sub(page.size, content, count=1)
            places = [(_ROWS, page.rows), (_LINKS, page.links)]
        elif page := refers.get(part.filename):
            places = [(_RELATIONS, page.relations)]
        info = zipfile.ZipInfo(part.filename, OURS)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, part.external_attr
        # Excel takes the larger form of the file only where it is needed
        with out.open(info, "w", force_zip64=sum(file.tell() for _, file in places) > _LARGE) as target:
            _spliced(content, places, target)


def _spliced(content: bytes, places: Sequence[tuple[re.Pattern[bytes], IO[bytes]]], target: IO[bytes]) -> None:
    """Write ``content`` with what each file holds in the place of what its pattern finds."""
    for pattern, waiting in places:
        if not (found := pattern.search(content)):
            continue
        target.write(content[: found.start()])
        waiting.seek(0)
        shutil.copyfileobj(waiting, target, 1 << 18)
        content = content[found.end() :]
    target.write(content)
