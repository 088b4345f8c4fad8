"""``python -m pipeline.report``: load the tables, compose site, PDF and workbook, save them."""

from __future__ import annotations

from pipeline.core.errors import run_stage
from pipeline.core.execute import map_batches
from pipeline.report.editions import EDITED
from pipeline.report.folder import sweep
from pipeline.report.laid_out import laid_out
from pipeline.report.pages import batch_size, jobs
from pipeline.report.work import SHARED, SITE, Worker, sizes, stored


def main() -> str:
    """All tables -> reports/site (what did not change stays as it is), PDF, workbook."""
    much = sizes()
    with laid_out(stored(), SHARED):
        batches = map_batches(Worker, jobs(much), batch_size(much), "report", much.jobs)
        made = dict(file for batch in batches for file in batch)
    kept = f"; the workbook changed by hand is kept as {EDITED}" if made.pop(EDITED.name, False) else ""
    sweep(SITE, set(made))
    pages = sum(path.endswith(".html") for path in made)
    written = sum(made.values())
    counts = f"{pages:,} pages, {much.releases:,} releases, {written:,} files changed"
    return f"report: {counts}, open {SITE / 'index.html'}{kept}"


if __name__ == "__main__":
    run_stage(main)
