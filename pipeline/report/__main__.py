"""``python -m pipeline.report``: load the tables, compose the site, save it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.report.corpus import USED, Corpus
from pipeline.report.pages import files
from pipeline.report.settings import ReportParams

SITE, QUALITY = Path("reports/site"), Path("reports/metrics/quality.json")


def main() -> str:
    """All tables -> reports/site."""
    settings = load("report", ReportParams)
    corpus = Corpus({table.path.stem: table.read_arrow() for table in USED})
    quality = json.loads(QUALITY.read_text(encoding="utf-8")) if QUALITY.exists() else {}
    shutil.rmtree(SITE, ignore_errors=True)
    pages = 0
    for path, content in files(corpus, quality, settings):
        (SITE / path).parent.mkdir(parents=True, exist_ok=True)
        with (SITE / path).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(content)
        pages += path.endswith(".html")
    return f"report: {pages:,} pages, {len(corpus.heads):,} releases, open {SITE / 'index.html'}"


if __name__ == "__main__":
    run_stage(main)
