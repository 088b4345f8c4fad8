"""The corpus -> ``reports/themenbericht.pdf``: one file that is PDF/UA-1 and PDF/A-2a, the same bytes each time.

Texts travel as JSON beside the Typst source, never in it: none of them can be read as markup. Only the shipped
typeface is used, and the date of the file is that of the newest release.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files

import pypdfium2
import typst

from pipeline.report.corpus import Corpus
from pipeline.report.pdf_content import print_edition
from pipeline.report.pdf_parts import Print
from pipeline.report.quality import Quality
from pipeline.report.quoting import Quoting
from pipeline.report.settings import ReportParams

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
PAGES = 11
_ROOM = (
    1.0,
    0.6,
    0.35,
    0.2,
)  # of the length that texts may have; at the last one every line of a table is one line
_FOLDER = files("pipeline.report") / "print"


def pdf(corpus: Corpus, quality: Quality, settings: ReportParams) -> bytes:
    """Everything that was found -> the print edition of the report."""
    return compiled(print_edition(corpus, Quoting(corpus), quality, settings.title))


def compiled(edition: Print) -> bytes:
    """A print edition -> the bytes of its PDF; texts in tables are cut shorter where it would get too long."""
    made = b""
    for room in _ROOM:
        made = _typeset(edition, room)
        if len(pypdfium2.PdfDocument(made)) <= PAGES:
            break
    return made


def _typeset(edition: Print, room: float) -> bytes:
    data = json.dumps(edition.data(room), ensure_ascii=False, sort_keys=True)
    made = typst.compile(
        (_FOLDER / "themenbericht.typ").read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"report": data},
        pdf_standards=STANDARDS,
        timestamp=datetime(*edition.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    with as_file(_FOLDER) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
