"""The report besides the site: the PDF and the workbook, each written where its bytes changed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.core.errors import PresseleseError
from pipeline.report.corpus import Corpus
from pipeline.report.quality import Quality
from pipeline.report.quoting import Quoting
from pipeline.report.settings import ReportParams
from pipeline.report.workbook_parts import OURS

PDF, WORKBOOK = Path("reports/themenbericht.pdf"), Path("reports/presselese.xlsx")
EDITED = WORKBOOK.with_name("presselese-bearbeitet.xlsx")


def write_pdf(corpus: Corpus, quality: Quality, settings: ReportParams, root: Path = Path()) -> None:
    """Everything that was found -> the PDF."""
    from pipeline.report.pdf import pdf  # noqa: PLC0415  Typst, for the one process that sets the PDF

    content = pdf(corpus, quality, settings)
    with _closed_elsewhere():
        (root / PDF).parent.mkdir(parents=True, exist_ok=True)
        if not (root / PDF).exists() or (root / PDF).read_bytes() != content:
            (root / PDF).write_bytes(content)


def write_workbook(corpus: Corpus, settings: ReportParams, root: Path = Path()) -> bool:
    """Everything that was found -> the workbook; whether one changed by hand was put aside first.

    What a person wrote into the workbook and has not handed over yet must not get lost.
    """
    from pipeline.report import workbook  # noqa: PLC0415  XlsxWriter, for the one process that writes it
    from pipeline.report.workbook_sheets import sheets  # noqa: PLC0415  the same

    (root / WORKBOOK).parent.mkdir(parents=True, exist_ok=True)
    unfinished = root / WORKBOOK.with_suffix(".part")
    workbook.write(unfinished, sheets(corpus, Quoting(corpus)), settings.title, corpus.stand)
    with _closed_elsewhere():
        aside = (root / WORKBOOK).exists() and not _ours(root / WORKBOOK)
        if aside:
            (root / WORKBOOK).replace(root / EDITED)
        unfinished.replace(root / WORKBOOK)
    return aside


@contextmanager
def _closed_elsewhere() -> Iterator[None]:
    """A file that another program holds open is one clear line."""
    try:
        yield
    except PermissionError as error:
        raise PresseleseError(
            f"{error.filename}: is open in another program; close it there and run again"
        ) from None


def _ours(path: Path) -> bool:
    """Whether a workbook is as this stage wrote it: spreadsheet programs put the time of saving into the file."""
    try:
        with zipfile.ZipFile(path) as parts:
            return all(part.date_time == OURS for part in parts.infolist())
    except (OSError, zipfile.BadZipFile):
        return False
