"""The work of one process: the tables are loaded once, then batches of jobs become files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.core.params import load
from pipeline.report.corpus import USED, Corpus
from pipeline.report.folder import put
from pipeline.report.memory import Memory, read
from pipeline.report.pages import Job, Maker
from pipeline.report.settings import ReportParams
from pipeline.report.theme_facts import TABLES

SITE, QUALITY = Path("reports/site"), Path("reports/metrics/quality.json")
MEMORY = Path("data/curation/last_report.json")
Made = list[tuple[str, bool]]  # path of a file, and whether its content changed


@cache
def load_corpus(folder: Path) -> Corpus:  # noqa: ARG001  what is remembered belongs to one folder
    """The stored tables of the working folder, once a process."""
    known = {table.path.stem: table.read_arrow() for table in USED}
    return Corpus(known | {name: table.read_arrow() for name, table in TABLES.items() if table.path.exists()})


class Worker:
    """Makes and writes the files of a batch of jobs."""

    def __init__(self) -> None:
        self._maker = Maker(load_corpus(Path.cwd()), quality(), _memory(), load("report", ReportParams))

    def __call__(self, batch: list[Job]) -> Made:
        """Jobs -> the files of the site that they made."""
        return [(path, put(SITE, path, content)) for job in batch for path, content in self._maker.files(job)]


def quality() -> dict[str, Any]:
    """The measured figures, empty where nothing was measured."""
    return json.loads(QUALITY.read_text(encoding="utf-8")) if QUALITY.exists() else {}


def _memory() -> Memory:
    return read(MEMORY.read_text(encoding="utf-8"), str(MEMORY)) if MEMORY.exists() else Memory()
