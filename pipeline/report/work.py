"""The work of one process: the tables are looked into, then batches of jobs become files."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import escape

from pipeline.core import tables as t
from pipeline.core.params import load
from pipeline.report import editions
from pipeline.report.columns import FRAMES
from pipeline.report.corpus import USED, Corpus
from pipeline.report.folder import Made, put
from pipeline.report.keys import keys
from pipeline.report.laid_out import Mapped
from pipeline.report.memory import Memory, read
from pipeline.report.pages import Job, Maker, Sizes, stand
from pipeline.report.settings import ReportParams
from pipeline.report.theme_facts import TABLES

SITE, QUALITY = Path("reports/site"), Path("reports/metrics/quality.json")
MEMORY = Path("data/curation/last_report.json")
SHARED = Path(".cache/presselese/report")  # the tables while the stage runs
Done = tuple[
    list[tuple[Job, list[Made]]], dict[str, str]
]  # the files of each job; of the workbook the one that was put aside


def stored() -> dict[str, Path]:
    """The tables that there are, by the names under which the corpus knows them."""
    known = {table.path.stem: table.path for table in USED}
    return known | {name: table.path for name, table in TABLES.items() if table.path.exists()}


def load_corpus() -> Corpus:
    """The stored tables of the working folder, all in memory."""
    known = {table.path.stem: table.read_arrow() for table in USED}
    return Corpus(known | {name: table.read_arrow() for name, table in TABLES.items() if table.path.exists()})


def sizes() -> Sizes:
    """How much there is to do."""
    # batch by batch, because Arrow takes .1 s to get ready for whole tables
    issuers = {
        name for batch in t.RELEASES.arrow_batches(["issuer"]) for name in batch["issuer"].unique().to_pylist()
    }
    return Sizes(t.RELEASES.count(), t.ENTITIES.count(), t.THEMES.count(), len(issuers))


class Wanted(NamedTuple):
    """Every job whose pages need not be made in each run, with what they follow from; the date of the report."""

    keys: dict[Job, bytes]
    stand: str


class Worker:
    """Makes and writes the files of a batch of jobs."""

    def __init__(self, frames: dict[str, str], settings: ReportParams) -> None:
        FRAMES.learn(frames)
        self._tables = Mapped(SHARED)
        self._maker = Maker(Corpus(self._tables.arrow), quality(), _memory(), settings)

    def __call__(self, batch: Iterable[Job]) -> Done:
        """Jobs -> the files of the site that they made, and frames of drawings that were not known."""
        made = [(job, self._do(job)) for job in batch]
        self._tables.give_back()
        return made, FRAMES.news()

    def wanted(self) -> Wanted:
        """What the pages of releases and names, and lists of names, follow from."""
        m = self._maker
        found = keys(m.corpus, self._tables.arrow, m.settings)
        jobs = {Job(kind, number): key for kind, known in found.kinds() for number, key in enumerate(known) if key}
        return Wanted(jobs, str(escape(stand(m.corpus))))

    def _do(self, job: Job) -> list[Made]:
        m = self._maker
        if job.kind == "pdf":
            editions.write_pdf(m.corpus, m.quality, m.settings)
        elif job.kind == "workbook":
            aside = editions.write_workbook(m.corpus, m.settings)
            return [Made(editions.EDITED.name, changed=True, digest="")] if aside else []
        return [put(SITE, path, "".join(content).encode()) for path, content in m.files(job)]


def configured() -> ReportParams:
    """The section of params.yaml, read once for all processes."""
    return load("report", ReportParams)


def wanted(settings: ReportParams) -> Wanted:
    """The same for a first run, in which nobody can know it: worked out while other processes make pages."""
    found = Worker({}, settings).wanted()
    gc.collect()  # a corpus refers to itself and would stay as long as the pages are made
    return found


def quality() -> dict[str, Any]:
    """The measured figures, empty where nothing was measured."""
    return json.loads(QUALITY.read_text(encoding="utf-8")) if QUALITY.exists() else {}


def _memory() -> Memory:
    return read(MEMORY.read_text(encoding="utf-8"), str(MEMORY)) if MEMORY.exists() else Memory()
