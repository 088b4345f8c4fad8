"""``python -m pipeline.report``: load the tables, compose site, PDF and workbook, save them."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import run_stage
from pipeline.core.execute import map_batches
from pipeline.core.params import load
from pipeline.report import editions
from pipeline.report.folder import sweep
from pipeline.report.pages import BATCH, jobs
from pipeline.report.settings import ReportParams
from pipeline.report.work import SITE, Worker, load_corpus, quality


def main() -> str:
    """All tables -> reports/site (what did not change stays as it is), PDF, workbook."""
    corpus = load_corpus(Path.cwd())
    made = [file for batch in map_batches(Worker, jobs(corpus), BATCH, "report") for file in batch]
    sweep(SITE, {path for path, _ in made})
    aside = editions.write(corpus, quality(), load("report", ReportParams))
    pages = sum(path.endswith(".html") for path, _ in made)
    written = sum(changed for _, changed in made)
    counts = f"{pages:,} pages, {len(corpus.heads):,} releases, {written:,} files changed"
    kept = f"; the workbook changed by hand is kept as {editions.EDITED}" if aside else ""
    return f"report: {counts}, open {SITE / 'index.html'}{kept}"


if __name__ == "__main__":
    run_stage(main)
