"""Builders that only the tests of themes need: an invented corpus, and the stage run on it in memory."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from pipeline import themes
from pipeline.core import tables as t
from pipeline.core.records import Duplicate, Mention, Release, Sentence, Term
from pipeline.core.theme_records import ThemeAssignment
from pipeline.themes import vectors
from pipeline.themes.evidence import Batch, assignments, tools
from pipeline.themes.gauge import Gauge
from pipeline.themes.learning import Given, Learnt, kept, learn
from pipeline.themes.naming import Naming, name_themes
from pipeline.themes.outcome import Outcome
from pipeline.themes.reading import Columns
from pipeline.themes.scheme import parse_scheme
from pipeline.themes.settings import ThemesParams
from pipeline.themes.tally import Tally
from pipeline.themes.work import Known, Tables, sum_up
from pipeline.themes.worker import told_by
from tests.builders import mention, release, term

HERE = Path(themes.__file__).parent
SCHEME, STOP = ((HERE / name).read_text(encoding="utf-8") for name in ("scheme.toml", "stopterms.toml"))
SETTINGS = ThemesParams(
    seed=0,
    min_releases=12,
    max_themes=6,
    terms_per_theme=5,
    min_share=0.15,
    trend_chance=0.05,
    near_guided=0.35,
    batch_size=100,
)
FIELDS = [
    text.split()
    for text in (
        "breitband glasfaser router rechenzentrum datenleitung netzausbau funkmast server mobilfunk anschluss",
        "schule lehrkraft unterricht klassenzimmer zeugnis schulhof lernheft einschulung abitur nachhilfe",
        "museum ausstellung gemälde konzert orchester bühne theater skulptur lesung galerie",
    )
]


def sentence(start: int, end: int, release_id: str = "aaaaaaaaaaaa", zone: str = "body") -> Sentence:
    """A sentence of the default release."""
    return Sentence(release_id, start, end, zone)


@dataclass
class Corpus:
    """The tables that themes are found in."""

    releases: list[Release]
    sentences: list[Sentence]
    terms: list[Term]
    duplicates: list[Duplicate] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def columns(self) -> Columns:
        """What the stage reads at once."""
        return Columns(
            arrow(t.RELEASES, self.releases).select(["release_id", "issuer", "published"]),
            [row.release_id for row in self.releases],
            lambda: arrow(t.TERMS, self.terms),
            lambda: arrow(t.MENTIONS, self.mentions).select(["release_id", "label", "text"]),
            frozenset(duplicate.other_id for duplicate in self.duplicates),
            frozenset(duplicate.other_id for duplicate in self.duplicates),
            {"o-falkenrode": "Falkenrode"},
            lambda: places_of(self.releases[1:3]),
        )


def places_of(releases):
    """Releases -> mentions of one place in each, twice, in pieces of one row."""
    rows = [{"release_id": row.release_id, "entity_id": "o-falkenrode"} for row in releases for _ in range(2)]
    schema = pa.schema([("release_id", pa.string()), ("entity_id", pa.string())])
    return pa.Table.from_pylist(rows, schema).to_batches(max_chunksize=1)


def arrow(table, rows):
    """Records -> the Arrow table that the catalogue would store."""
    return pa.Table.from_pylist(
        [{name: getattr(row, name) for name in table.columns} for row in rows], table.arrow_schema()
    )


def corpus(size: int = 36, seed: int = 1, fields: int = 3, start: int = 0) -> Corpus:
    """Releases that each speak of one field, with a word of all of them; neighbours in pairs speak of the same.

    So every second release speaks of all fields, as it would in a corpus whose ids are hashes.
    """
    rng, releases, terms = random.Random(seed), [], []
    for i in range(start, start + size):
        words = rng.sample(FIELDS[i // 2 % fields], 6)
        text = " ".join(word.capitalize() for word in words) + " in Falkenrode."
        releases.append(release(f"{i:012x}", text, published=f"20{10 + i % 10}-0{1 + i % 9}-03"))
        terms += [term(word, 1 + rng.randrange(3), f"{i:012x}") for word in (*words, "vorhaben")]
    sentences = [sentence(0, len(r.text), r.release_id) for r in releases]
    places = [mention("Falkenrode", "LOC", 0, release_id=r.release_id) for r in releases]
    return Corpus(releases, sentences, terms, [], places)


@dataclass
class Result:
    """All that the stage would write."""

    learnt: Learnt
    outcome: Outcome
    gauge: Gauge
    naming: Naming
    rows: list[ThemeAssignment]
    tally: Tally
    tables: Tables

    @property
    def discovered(self):
        """The discovered themes."""
        return [theme for theme in self.tables.themes if theme.scheme == "discovered"]

    @property
    def guided(self):
        """The guided themes that occur."""
        return [theme for theme in self.tables.themes if theme.scheme == "guided"]

    def of(self, release_id, scheme):
        """The assignments of a release, most important first."""
        ids = {theme.theme_id for theme in self.tables.themes if theme.scheme == scheme}
        found = [row for row in self.rows if row.release_id == release_id and row.theme_id in ids]
        return sorted(found, key=lambda row: row.rank)


def run(rows: Corpus, settings: ThemesParams = SETTINGS, accepted=(), decisions=()) -> Result:
    """The stage, without a disk."""
    columns = rows.columns()
    learnt = learn(columns, Given(STOP, accepted, vectors.load()), settings)
    texts = {row.release_id: row.text for row in rows.releases}
    outcome, gauge = kept(learnt, lambda _: texts, accepted)
    scheme = parse_scheme(SCHEME, "scheme.toml")
    naming = name_themes(outcome, scheme, decisions)
    guide, found = told_by(gauge, tuple(name.theme_id for name in naming.discovered), settings.min_share)
    tally = Tally(columns.releases["release_id"].to_pylist())
    batch = Batch(rows.releases, rows.sentences, rows.terms, rows.mentions)
    assigned = assignments(batch, guide, tools(guide), found)
    passed = list(tally.passing(assigned, frozenset(found.ids)))
    summed = sum_up(columns, Known(scheme, outcome, naming), tally, settings)
    return Result(learnt, outcome, gauge, naming, passed, tally, summed)
