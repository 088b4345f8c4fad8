"""``python -m pipeline.report``: load the tables, compose the site, save it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.report import render
from pipeline.report.corpus import USED, Corpus
from pipeline.report.pages import pages, site
from pipeline.report.search import index_script
from pipeline.report.settings import ReportParams

SITE, QUALITY = Path("reports/site"), Path("reports/metrics/quality.json")


def main() -> str:
    """All tables -> reports/site."""
    settings = load("report", ReportParams)
    corpus = Corpus({table.path.stem: table.read_arrow() for table in USED})
    quality = json.loads(QUALITY.read_text(encoding="utf-8")) if QUALITY.exists() else {}
    shutil.rmtree(SITE, ignore_errors=True)
    shared = site(corpus, settings)
    written = 0
    for page in pages(corpus, quality, settings):
        _save(page.frame.path, [render.render(page, shared)])
        written += 1
    for path, content in (*render.assets(), ("assets/search-index.js", index_script(corpus))):
        _save(path, content)
    return f"report: {written} pages, {len(corpus.heads)} releases, open {SITE / 'index.html'}"


def _save(path: str, content: Iterable[str]) -> None:
    (SITE / path).parent.mkdir(parents=True, exist_ok=True)
    with (SITE / path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(content)


if __name__ == "__main__":
    run_stage(main)
