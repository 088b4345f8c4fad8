"""The rows of the themes stage: what releases are about; conventions as in :mod:`pipeline.core.records`."""

from __future__ import annotations

from dataclasses import dataclass, field

GRAINS = ("month", "quarter", "year")
DIRECTIONS = ("rising", "fading", "steady", "open")
EVENTS = ("first", "kept", "born", "merged", "split", "returned", "vanished")
DISCOVERY = ("found", "too_few", "no_words", "no_structure")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that releases are about."""

    theme_id: str  # "demography" of the scheme, or "neu-breitbandausbau" discovered
    scheme: str  # guided, discovered
    label: str  # German
    terms: list[str]  # what it is known by, strongest first
    n_releases: int
    share: float  # of the corpus, 0 to 1, within its scheme
    label_by: str = "scheme"  # scheme, rule (made here), accepted (of the accepted run), correction:<row>
    definition: str | None = None  # guided: one sentence, German
    iptc: str | None = None  # guided: Media Topic code; discovered: that of its nearest guided theme
    nearest: str | None = None  # discovered: the guided theme most of it belongs to; None: it is new
    nearness: float | None = None  # discovered: how much of it belongs to the best guided theme, 0 to 1
    coherence: float | None = None  # discovered: mean NPMI of its terms' pairs, -1 to 1
    sentences: list[str] = field(default_factory=list)  # "release_id:start" of what shows it best, best first


@dataclass(frozen=True, slots=True)
class ThemeAssignment:
    """How much of a release a theme takes."""

    release_id: str
    theme_id: str
    share: float  # 0 to 1, sums to at most 1 over the themes of a scheme
    rank: int  # 1 = most important in this release within its scheme
    terms: list[str]  # the terms of this release that said so, strongest first
    sentence_start: int | None  # offset of the sentence that shows it best


@dataclass(frozen=True, slots=True)
class ThemePeriod:
    """How much a theme was written about in a month, a quarter or a year; no row where nothing was released."""

    theme_id: str
    grain: str  # GRAINS
    period: str  # 2024-03, 2024-Q1, 2024
    n_releases: int  # of the period that have the theme
    n_all: int  # of the period
    share: float  # n_releases / n_all


@dataclass(frozen=True, slots=True)
class ThemeTrend:
    """Whether a theme rises or fades over the whole time of the corpus; "open" where the data cannot say."""

    theme_id: str
    direction: str  # DIRECTIONS
    p: float | None  # chance of such a slope without any change, corrected for the number of themes
    early: float | None  # share in the first half of the time, 0 to 1
    late: float | None  # share in the second half
    begin: str  # first and last month that was looked at, 2019-03
    end: str
    because: str  # German, one sentence for the report


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """How much one issuer writes about a theme, or how often it stands with a place."""

    theme_id: str
    by: str  # issuer, place
    group: str  # the issuer's name; the entity_id of the place
    name: str  # as shown
    n_releases: int  # of the group that have the theme
    n_all: int  # of the group
    share: float  # n_releases / n_all


@dataclass(frozen=True, slots=True)
class ThemePassport:
    """What became of a theme since the accepted run (data/curation/themes_accepted.json)."""

    theme_id: str
    event: str  # EVENTS; "first": there is no accepted run yet
    label: str
    previous_label: str | None  # in the accepted run
    previous: list[str]  # ids of the accepted themes it comes from, strongest first
    drift: float | None  # 0: says the same as then, 1: nothing in common; None without a predecessor
    because: str  # German, one sentence for the report


@dataclass(frozen=True, slots=True)
class ThemeNumber:
    """How well a number of discovered themes fits the corpus."""

    number: int
    coherence: float  # mean NPMI of the terms of a theme, -1 to 1
    stability: float  # how far the same themes return from parts of the corpus, 0 to 1
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class ThemeDiscovery:
    """What discovery had to work with and what it found; one row."""

    status: str  # DISCOVERY
    n_releases: int  # learnt from: without repetitions
    n_terms: int
    number: int  # of themes
    coherence: float | None
    diversity: float | None  # different terms among the themes' strongest ten, 0 to 1
    message_de: str  # what to tell the reader
