"""The stage step by step: columns become discovered themes, these get names, and sums become tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.core.theme_records import Theme, ThemeGroup, ThemePeriod, ThemeTrend
from pipeline.themes import rows
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.coded import encode, name_words, named, rarity_counts
from pipeline.themes.discovered import Choice, Discovery, discover
from pipeline.themes.evidence import Guide
from pipeline.themes.groups import by_issuer, by_place, theme_groups
from pipeline.themes.guided import rarity
from pipeline.themes.naming import Naming
from pipeline.themes.periods import theme_periods
from pipeline.themes.placing import Found
from pipeline.themes.reading import SCHEME, Columns
from pipeline.themes.scheme import parse_scheme
from pipeline.themes.settings import ThemesParams
from pipeline.themes.tally import Tally
from pipeline.themes.threads import one_thread
from pipeline.themes.trends import theme_trends
from pipeline.themes.vectors import Vectors
from pipeline.themes.vocabulary import chooser, issuer_words, parse_stop_terms


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the whole corpus says, before any release is looked at by itself."""

    guide: Guide
    found: Discovery
    barred: frozenset[str]  # words of places and people: never shown in a label


@dataclass(frozen=True, slots=True)
class Given:
    """What people and this project give beside the corpus."""

    scheme: str
    stop_terms: str
    accepted: Sequence[AcceptedTheme]
    vectors: Vectors


def learn(corpus: Columns, given: Given, settings: ThemesParams) -> Learnt:
    """Columns of a corpus and what is given -> what to read its releases with."""
    releases = corpus.learnt
    stop = parse_stop_terms(given.stop_terms)
    own = issuer_words(corpus.issuers())
    coded = encode(releases, corpus.terms, named(corpus.mentions))
    living = [dict(theme.terms) for theme in given.accepted if not theme.gone]
    with one_thread():
        found = discover(coded, Choice(chooser(stop, own), corpus.echoes), given.vectors, living, settings)
    rare = {term: factor for term, factor in rarity(rarity_counts(coded), len(releases)).items() if factor < 1}
    guide = Guide(parse_scheme(given.scheme, str(SCHEME)), rare, given.stop_terms, settings.min_share)
    return Learnt(guide, found, frozenset(name_words(corpus.mentions, "PER", "LOC")))


def readable_themes(learnt: Learnt, naming: Naming, settings: ThemesParams) -> Found:
    """Discovered themes with their ids, as a worker needs them to find them in releases."""
    found = learnt.found
    ids = tuple(name.theme_id for name in naming.discovered)
    place = {term: i for i, term in enumerate(found.terms.terms)}
    return Found(ids, place, found.where, found.weights, settings.min_share)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that follows from the sums."""

    themes: list[Theme]
    periods: Iterable[ThemePeriod]
    trends: list[ThemeTrend]
    groups: Iterable[ThemeGroup]


def sum_up(corpus: Columns, learnt: Learnt, naming: Naming, tally: Tally, settings: ThemesParams) -> Tables:
    """Sums over all assignments -> the rows of the tables about themes."""
    ids, dates = tally.ids, corpus.releases["published"].to_pylist()
    published = dict(zip(ids, dates, strict=True))
    names = {name.theme_id: name for name in naming.guided}
    scheme = learnt.guide.scheme
    themes = [
        *rows.guided_rows(scheme, names, tally, settings.terms_per_theme),
        *rows.discovered_rows(learnt.found, naming.discovered, scheme, tally, settings),
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
