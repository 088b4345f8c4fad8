"""Run the stage: ``python -m pipeline.themes``."""

from __future__ import annotations

import logging
from pathlib import Path

from pipeline.core import tables
from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.themes import rows
from pipeline.themes.settings import ThemesParams
from pipeline.themes.work import Corpus, find_themes

HERE = Path(__file__).parent


def main() -> str:
    """Load the tables, find the themes, save them; the count sentence."""
    settings = load("themes", ThemesParams)
    corpus = Corpus(tables.RELEASES.read(), tables.SENTENCES.read(), tables.TERMS.read(), tables.DUPLICATES.read())
    texts = {name: (HERE / name).read_text(encoding="utf-8") for name in ("scheme.toml", "stopterms.toml")}
    found = find_themes(corpus, texts["scheme.toml"], texts["stopterms.toml"], settings)
    if not found.discovered:
        logging.getLogger("presselese").info(
            "themes: discovery needs %d releases with words in common; guided themes only", settings.min_releases
        )
    tables.THEMES.write([*found.guided, *found.discovered])
    assigned = tables.ASSIGNMENTS.write(
        rows.assignment_rows(found.by_guided) + rows.assignment_rows(found.by_discovered)
    )
    return (
        f"themes: {len(found.guided):,} guided and {len(found.discovered):,} discovered themes, "
        f"{assigned:,} assignments, {found.without:,} of {len(corpus.releases):,} releases without a guided theme"
    )


if __name__ == "__main__":
    run_stage(main)
