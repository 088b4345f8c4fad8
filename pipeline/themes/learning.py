"""Columns of the settled releases become discovered themes, and what every release is held against."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.coded import encode, name_words, named, rarity_counts
from pipeline.themes.concluding import conclude, typical
from pipeline.themes.discovered import Choice, Discovery, discover
from pipeline.themes.gauge import Gauge
from pipeline.themes.guided import rarity
from pipeline.themes.outcome import Outcome
from pipeline.themes.reading import Columns
from pipeline.themes.settings import ThemesParams
from pipeline.themes.threads import one_thread
from pipeline.themes.vectors import Vectors
from pipeline.themes.vocabulary import chooser, issuer_words, parse_stop_terms


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the settled releases say, before any release is looked at by itself."""

    rare: dict[str, float]  # terms that stand in several releases -> how much less they say
    found: Discovery
    barred: frozenset[str]  # words of places and people: never shown in a label


@dataclass(frozen=True, slots=True)
class Given:
    """What people and this project give beside the corpus."""

    stop_terms: str
    accepted: Sequence[AcceptedTheme]
    vectors: Vectors


def learn(corpus: Columns, given: Given, settings: ThemesParams) -> Learnt:
    """Columns of a corpus and what is given -> what to read its releases with."""
    releases, mentions = corpus.learnt, corpus.mentions()
    stop = parse_stop_terms(given.stop_terms)
    own = issuer_words(corpus.issuers())
    coded = encode(releases, corpus.terms(), named(mentions))
    living = [dict(theme.terms) for theme in given.accepted if not theme.gone]
    with one_thread():
        found = discover(coded, Choice(chooser(stop, own), corpus.echoes), given.vectors, living, settings)
    rare = {term: factor for term, factor in rarity(rarity_counts(coded), len(releases)).items() if factor < 1}
    return Learnt(rare, found, frozenset(name_words(mentions, "PER", "LOC")))


def kept(
    learnt: Learnt, texts: Callable[[Collection[str]], Mapping[str, str]], accepted: Sequence[AcceptedTheme]
) -> tuple[Outcome, Gauge]:
    """What was learnt, and how texts are looked up -> all that later steps need of it."""
    found = learnt.found
    wanted = {release for theme in typical(found) for release in theme}
    outcome = conclude(found, texts(wanted), learnt.barred, accepted)
    return outcome, Gauge(learnt.rare, found.terms.terms, found.where, found.weights)
