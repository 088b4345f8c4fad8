"""``python -m pipeline.report``: load the tables, compose site, PDF and workbook, save them."""

from __future__ import annotations

from pipeline.core.errors import run_stage
from pipeline.report.editions import EDITED
from pipeline.report.folder import enlist, unlist
from pipeline.report.kept import Kept
from pipeline.report.laid_out import laid_out
from pipeline.report.making import files
from pipeline.report.work import SHARED, SITE, sizes, stored


def main() -> str:
    """All tables -> reports/site (what did not change stays as it is), PDF, workbook."""
    unlist(SITE)
    much = sizes()
    with laid_out(stored(), SHARED), Kept(SITE) as kept:
        made = {file.path: file for file in files(much, kept)}
    aside = f"; the workbook changed by hand is kept as {EDITED}" if made.pop(EDITED.name, None) else ""
    enlist(SITE, {file.path: file.digest for file in made.values()})
    pages, changed = sum(path.endswith(".html") for path in made), sum(file.changed for file in made.values())
    counts = f"{pages:,} pages, {much.releases:,} releases, {changed:,} files changed"
    return f"report: {counts}, open {SITE / 'index.html'}{aside}"


if __name__ == "__main__":
    run_stage(main)
