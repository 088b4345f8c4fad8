"""``python -m pipeline.report``: load the tables, compose the site, save it."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import run_stage
from pipeline.core.execute import map_batches
from pipeline.report.folder import sweep
from pipeline.report.pages import jobs
from pipeline.report.work import SITE, Worker, load_corpus

_BATCH = 64  # jobs that a process takes at a time


def main() -> str:
    """All tables -> reports/site; a file whose content did not change is left as it is."""
    corpus = load_corpus(Path.cwd())
    made = [file for batch in map_batches(Worker, jobs(corpus), _BATCH, "report") for file in batch]
    sweep(SITE, {path for path, _ in made})
    pages = sum(path.endswith(".html") for path, _ in made)
    written = sum(changed for _, changed in made)
    counts = f"{pages:,} pages, {len(corpus.heads):,} releases, {written:,} files changed"
    return f"report: {counts}, open {SITE / 'index.html'}"


if __name__ == "__main__":
    run_stage(main)
