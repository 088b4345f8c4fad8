"""The stage in one function: tables in, themes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.core.records import Duplicate, Release, Sentence, Term
from pipeline.core.theme_records import Theme
from pipeline.themes import rows
from pipeline.themes.discovered import discover
from pipeline.themes.emphasis import layout
from pipeline.themes.guided import assign, rarity
from pipeline.themes.matching import SeedIndex
from pipeline.themes.scheme import parse_scheme
from pipeline.themes.settings import ThemesParams
from pipeline.themes.shown import readable
from pipeline.themes.vocabulary import content, issuer_words, parse_stop_terms
from pipeline.themes.wording import spoken

SCHEME_FILE = "pipeline/themes/scheme.toml"
Row = TypeVar("Row", Sentence, Term)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables that themes are found in."""

    releases: Sequence[Release]
    sentences: Sequence[Sentence]
    terms: Sequence[Term]
    duplicates: Sequence[Duplicate]


@dataclass(frozen=True, slots=True)
class Found:
    """The themes of a corpus, and which release has which."""

    guided: list[Theme]
    discovered: list[Theme]
    by_guided: rows.Assigned
    by_discovered: rows.Assigned

    @property
    def without(self) -> int:
        """How many releases have no guided theme."""
        return sum(not themes for themes in self.by_guided.values())


def find_themes(corpus: Corpus, scheme_text: str, stop_text: str, settings: ThemesParams) -> Found:
    """A corpus and the texts of scheme and stop terms -> its themes."""
    scheme = parse_scheme(scheme_text, SCHEME_FILE)
    sentences, found = _by_release(corpus.sentences), _by_release(corpus.terms)
    terms = {release.release_id: readable(release, found[release.release_id]) for release in corpus.releases}
    layouts = {r.release_id: layout(r, sentences[r.release_id]) for r in corpus.releases}
    index, rare = SeedIndex(scheme), rarity(corpus.terms, len(corpus.releases))
    stop, own = parse_stop_terms(stop_text), issuer_words(corpus.releases)
    guided = {
        release.release_id: assign(
            [*terms[release.release_id], *spoken(release, terms[release.release_id], index, stop)],
            layouts[release.release_id],
            index,
            rare,
            settings.min_share,
        )
        for release in corpus.releases
    }
    kept = _by_release(content((term for key in terms for term in terms[key]), stop, own))
    repeated = frozenset(duplicate.other_id for duplicate in corpus.duplicates)
    new = discover(kept, layouts, repeated, settings)
    return Found(
        rows.guided_rows(scheme, guided, settings.terms_per_theme),
        rows.discovered_rows(new.themes, new.assigned),
        guided,
        new.assigned,
    )


def _by_release(records: Iterable[Row]) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for record in records:
        groups[record.release_id].append(record)
    return groups
