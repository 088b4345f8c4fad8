# ruff: noqa: T201  a program that prints a table
"""Whether discovered themes keep their ids on real releases when a tenth of new ones comes in.

    python -m benchmarks.themes_ids FOLDER 5000

FOLDER holds the tables of a corpus (``benchmarks/themes_load.py`` makes them of the pile); the number says how
many of its releases are taken, evenly. Ten of eleven parts are the accepted run, all of them the next one; five
draws of what is new, and once the newest. A theme keeps its id when the next run has a theme of that id.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.params import load
from pipeline.themes import reading, vectors
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.learning import Given, Learnt, learn
from pipeline.themes.learning import kept as conclusions
from pipeline.themes.naming import Naming, name_themes
from pipeline.themes.reading import Columns, shipped
from pipeline.themes.rows import model
from pipeline.themes.settings import ThemesParams

DRAWS = 5
NEW = 11  # every eleventh release is new: the others and a tenth of them


def part(corpus: Columns, wanted: Collection[str]) -> Columns:
    """A corpus -> some of its releases."""
    ids = pa.array(sorted(wanted), pa.string())
    terms, mentions, releases = (
        table.filter(pc.is_in(table["release_id"], ids))
        for table in (corpus.terms(), corpus.mentions(), corpus.releases)
    )
    return Columns(
        releases,
        ids.to_pylist(),
        lambda: terms,
        lambda: mentions,
        corpus.repeated,
        corpus.echoes,
        {},
        corpus.mentioned,
    )


def found(
    corpus: Columns, accepted: Sequence[AcceptedTheme], settings: ThemesParams
) -> tuple[Learnt, Naming, list[AcceptedTheme]]:
    """One run of discovery, as a person would accept it."""
    given = Given(shipped("stopterms.toml"), accepted, vectors.load())
    learnt = learn(corpus, given, settings)
    outcome, _ = conclusions(learnt, lambda _: {}, accepted)
    naming = name_themes(outcome, reading.scheme(), ())
    return learnt, naming, model(outcome, naming.discovered, naming.passports, accepted)


def splits(corpus: Columns) -> list[tuple[str, set[str]]]:
    """What is new: drawn, and the newest."""
    ids = corpus.learnt
    size = len(ids) // NEW
    drawn = [(f"drawn {seed + 1}", set(random.Random(seed).sample(ids, size))) for seed in range(DRAWS)]  # noqa: S311
    dates = dict(
        zip(corpus.releases["release_id"].to_pylist(), corpus.releases["published"].to_pylist(), strict=True)
    )
    return [*drawn, ("the newest", set(sorted(ids, key=lambda i: (dates[i], i))[-size:]))]


def kept(corpus: Columns, new: Collection[str], settings: ThemesParams) -> tuple[int, int, int]:
    """(themes of the accepted run, how many of them the next run has under their ids, themes of the next run)."""
    _, _, accepted = found(part(corpus, set(corpus.learnt) - set(new)), (), settings)
    _, naming, _ = found(corpus, accepted, settings)
    now = {name.theme_id for name in naming.discovered}
    return len(accepted), sum(theme.theme_id in now for theme in accepted), len(now)


def main(folder: Path, size: int) -> None:
    """A row for each split."""
    os.chdir(folder)
    settings = load("themes", ThemesParams)
    whole = reading.columns()
    step = max(1, len(whole.learnt) // size)
    corpus = part(whole, whole.learnt[::step][:size])
    print(
        f"{len(corpus.learnt):,} releases\n| new | themes accepted | keep their id | next run |\n"
        + "| --- " * 4
        + "|"
    )
    for name, new in splits(corpus):
        before, same, now = kept(corpus, new, settings)
        print(f"| {name} | {before} | {same} ({same / max(1, before):.0%}) | {now} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
