"""The report besides the site: the PDF and the workbook, each written where its bytes changed."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.core.errors import PresseleseError
from pipeline.report import workbook
from pipeline.report.corpus import Corpus
from pipeline.report.pdf import pdf
from pipeline.report.quality import Quality
from pipeline.report.quoting import Quoting
from pipeline.report.settings import ReportParams
from pipeline.report.workbook_sheets import sheets

PDF, WORKBOOK = Path("reports/themenbericht.pdf"), Path("reports/presselese.xlsx")
EDITED = WORKBOOK.with_name("presselese-bearbeitet.xlsx")
_OURS = (1980, 1, 31, 0, 0, 0)  # what XlsxWriter gives as the time of every part; Excel writes the 1st


def write(corpus: Corpus, quality: Quality, settings: ReportParams, root: Path = Path()) -> bool:
    """Everything that was found -> both files; whether a workbook changed by hand was put aside first.

    What a person wrote into the workbook and has not handed over yet must not get lost.
    """
    (root / PDF).parent.mkdir(parents=True, exist_ok=True)
    unfinished = root / WORKBOOK.with_suffix(".part")
    workbook.write(unfinished, sheets(corpus, Quoting(corpus)), settings.title, corpus.stand)
    try:
        (root / PDF).write_bytes(pdf(corpus, quality, settings))
        aside = (root / WORKBOOK).exists() and not _ours(root / WORKBOOK)
        if aside:
            (root / WORKBOOK).replace(root / EDITED)
        unfinished.replace(root / WORKBOOK)
    except PermissionError as error:
        raise PresseleseError(
            f"{error.filename}: is open in another program; close it there and run again"
        ) from None
    return aside


def _ours(path: Path) -> bool:
    """Whether a workbook is as this stage wrote it: spreadsheet programs put the time of saving into the file."""
    try:
        with zipfile.ZipFile(path) as parts:
            return all(part.date_time == _OURS for part in parts.infolist())
    except (OSError, zipfile.BadZipFile):
        return False
