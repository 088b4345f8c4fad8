"""The stage step by step: what is known or learnt gets names, releases get themes, and sums become tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.core.theme_records import Theme, ThemeGroup, ThemePeriod, ThemeTrend
from pipeline.themes import reading, rows
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.groups import by_issuer, by_place, theme_groups
from pipeline.themes.naming import Naming
from pipeline.themes.outcome import Outcome
from pipeline.themes.periods import theme_periods
from pipeline.themes.reading import Columns
from pipeline.themes.scheme import GuidedTheme
from pipeline.themes.settings import ThemesParams
from pipeline.themes.tally import Tally
from pipeline.themes.trends import theme_trends


def learn(corpus: Columns, accepted: Sequence[AcceptedTheme], settings: ThemesParams) -> tuple[bytes, bytes]:
    """Learn from a corpus -> (the outcome, what releases are held against), both packed."""
    # seconds to import, and not needed where all is known
    from pipeline.themes import gauge, learning, outcome, vectors  # noqa: PLC0415

    given = learning.Given(reading.shipped("stopterms.toml"), accepted, vectors.load())
    learnt = learning.learn(corpus, given, settings)
    found, told_by = learning.kept(learnt, reading.texts, accepted)
    return outcome.pack(found), gauge.pack(told_by)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that follows from the sums."""

    themes: list[Theme]
    periods: Iterable[ThemePeriod]
    trends: list[ThemeTrend]
    groups: Iterable[ThemeGroup]


@dataclass(frozen=True, slots=True)
class Known:
    """The themes that releases may have."""

    scheme: Sequence[GuidedTheme]
    outcome: Outcome
    naming: Naming


def sum_up(corpus: Columns, known: Known, tally: Tally, settings: ThemesParams) -> Tables:
    """Sums over all assignments -> the rows of the tables about themes."""
    ids, dates = tally.ids, corpus.releases["published"].to_pylist()
    published = dict(zip(ids, dates, strict=True))
    names = {name.theme_id: name for name in known.naming.guided}
    themes = [
        *rows.guided_rows(known.scheme, names, tally, settings.terms_per_theme),
        *rows.discovered_rows(known.outcome, known.naming.discovered, known.scheme, tally, settings),
    ]
    numbers = {theme.theme_id: np.asarray(tally.numbers[theme.theme_id], np.int64) for theme in themes}
    releases = {theme: tally.releases(theme) for theme in numbers}
    once = {release: date for release, date in published.items() if release not in corpus.repeated}
    members = (
        by_issuer(corpus.releases["issuer"]),
        by_place(corpus.releases["release_id"], corpus.places, corpus.mentioned()),
    )
    trends = [
        trend
        for guided in (True, False)
        for trend in theme_trends(
            {t: found for t, found in releases.items() if (t in names) is guided},
            once,
            settings.trend_chance,
            settings.seed,
        )
    ]
    groups = theme_groups(numbers, len(ids), members)
    return Tables(themes, theme_periods(releases, published), trends, groups)
