"""Run the stage: ``python -m pipeline.themes``."""

from __future__ import annotations

from functools import partial
from itertools import chain

from pipeline.core import tables
from pipeline.core.errors import run_stage
from pipeline.core.execute import map_batches
from pipeline.core.params import load
from pipeline.themes import reading, saving, vectors
from pipeline.themes.naming import fresh, name_themes, typical
from pipeline.themes.settings import ThemesParams
from pipeline.themes.tally import Tally
from pipeline.themes.work import Given, learn, readable_themes, sum_up


def main() -> str:
    """Load the columns, learn from them, go through the releases, save; the count sentence."""
    settings = load("themes", ThemesParams)
    corpus, accepted = reading.columns(), reading.accepted()
    given = Given(reading.shipped("scheme.toml"), reading.shipped("stopterms.toml"), accepted, vectors.load())
    learnt = learn(corpus, given, settings)
    wanted = {release for theme in typical(learnt.found) for release in theme}
    new = fresh(learnt.found, reading.texts(wanted), learnt.barred)
    naming = name_themes(learnt.found, new, learnt.guide.scheme, accepted, reading.decisions())
    found, tally = readable_themes(learnt, naming, settings), Tally(corpus.releases["release_id"].to_pylist())
    make = partial(reading.make_worker, learnt.guide, found)
    batches = map_batches(make, tally.ids, settings.batch_size, "themes")
    assigned = tables.ASSIGNMENTS.write(
        tally.passing(chain.from_iterable(batches), frozenset(found.ids)), in_order=True
    )
    saving.save(learnt, naming, sum_up(corpus, learnt, naming, tally, settings), accepted)
    return f"themes: {saving.count_sentence(learnt, tally, assigned)}"


if __name__ == "__main__":
    run_stage(main)
