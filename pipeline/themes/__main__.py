"""Run the stage: ``python -m pipeline.themes``."""

from __future__ import annotations

from functools import partial

from pipeline.core import tables
from pipeline.core.errors import run_stage
from pipeline.core.params import load
from pipeline.themes import blocks, reading, saving
from pipeline.themes.assigning import Assigning
from pipeline.themes.digests import digests
from pipeline.themes.memory import Memory
from pipeline.themes.naming import name_themes
from pipeline.themes.settings import ThemesParams
from pipeline.themes.tally import Tally
from pipeline.themes.work import Known, learn, sum_up


def main() -> str:
    """Load the columns, learn from them or remember, go through the releases, save; the count sentence."""
    settings, scheme = load("themes", ThemesParams), reading.scheme()
    corpus, accepted = reading.columns(), reading.accepted()
    tally = Tally(corpus.releases["release_id"].to_pylist())
    cut = blocks.starts(tally.ids)
    content = digests(tally.ids, cut, corpus.learnt, corpus.echoes)
    with Memory(settings, accepted) as memory:
        outcome, gauge = memory.learnt(content.learnt, partial(learn, corpus, accepted, settings))
        known = Known(scheme, outcome, name_themes(outcome, scheme, reading.decisions()))
        found = tuple(name.theme_id for name in known.naming.discovered)
        rows = Assigning(memory, gauge, found, settings).rows(blocks.cut(tally.ids, cut), content.blocks)
        assigned = tables.ASSIGNMENTS.write(tally.passing(rows, frozenset(found)), in_order=True)
        saving.save(known, sum_up(corpus, known, tally, settings), accepted)
    return f"themes: {saving.count_sentence(known, tally, assigned)}"


if __name__ == "__main__":
    run_stage(main)
