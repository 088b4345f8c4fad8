"""The rows that stages hand to each other: one frozen dataclass a table.

Offsets count code points in ``Release.text``, end exclusive: ``text[start:end]`` is the ``text`` of the row. What
may be unknown is ``None``, never ""; dates are ISO 8601 as precise as the source (``2024``, ``2024-07-03``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

ZoneName = Literal["letterhead", "headline", "body", "boilerplate", "contact", "caption"]
Label = Literal["PER", "LOC", "ORG", "INITIATIVE"]
EntityType = Literal["person", "place", "organisation", "initiative"]
DateRole = Literal["publication", "event", "deadline", "period", "review", "law", "other"]

ZONES: tuple[ZoneName, ...] = ("letterhead", "headline", "body", "boilerplate", "contact", "caption")
DATE_ROLES: tuple[DateRole, ...] = ("publication", "event", "deadline", "period", "review", "law", "other")
ENTITY_TYPES: dict[Label, EntityType] = dict(zip(get_args(Label), get_args(EntityType), strict=True))


@dataclass(frozen=True, slots=True)
class Release:
    """One press release, read and understood; its text is final."""

    release_id: str  # first 12 hex digits of source_sha256: survives moving and renaming
    source_path: str  # below data/raw, with forward slashes; "table.csv#12" for a part of a file that holds many
    source_sha256: str  # of the file's bytes, or of the part's
    format: str  # txt, md, html, docx, odt, pdf, eml, rtf
    issuer: str | None
    issuer_basis: str | None  # letterhead, metadata, contact, boilerplate, dateline, text, filename, folder
    title: str
    subtitle: str | None
    number: str | None  # "45/2021" of "Pressemitteilung Nr. 45/2021"
    published: str
    published_basis: str  # dateline, header, metadata, filename, text (estimated from dates in the text)
    dateline_place: str | None
    embargo: str | None  # "2022-05-12T11:00"
    language: str  # ISO 639-1
    text: str  # normal form (core.text), all zones, paragraphs apart by one empty line
    repairs: int  # how many encoding, hyphenation and spacing repairs the text needed


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a release's text that plays one part in it; zones cover no white space at their ends."""

    release_id: str
    start: int
    end: int
    zone: str  # ZoneName; what has no zone is body


@dataclass(frozen=True, slots=True)
class Rejected:
    """A raw file, or a part of one, that did not become a release, and why."""

    source_path: str
    source_sha256: str | None  # None for what could not be opened
    code: str
    reason_de: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two releases that say the same, or one that corrects the other."""

    release_id: str  # the one to be read: the latest
    other_id: str  # the one it repeats or replaces
    kind: str  # identical, near, correction
    similarity: float  # 0 to 1
    because: str  # what said so, in German, for the report


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a release; no sentence crosses a paragraph or a zone."""

    release_id: str
    start: int
    end: int
    zone: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text. PER, LOC and ORG never overlap each other; INITIATIVE may overlap them."""

    release_id: str
    start: int
    end: int
    label: str  # Label
    text: str
    name: str  # nominative, fullest form in this release: "Muster" -> "Anna Muster"
    title: str | None  # PER: "Dr."
    role: str | None  # PER: the office as the text gives it with this mention
    kind: str | None  # INITIATIVE: programme, project, campaign, network, event, prize, funding, ...
    zone: str
    found_by: str  # model, rule:<id>, gazetteer
    confidence: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression of calendar time, as TIMEX3 would mark it."""

    release_id: str
    start: int
    end: int
    text: str
    type: str  # DATE, TIME, DURATION, SET
    value: str | None  # ISO 8601 as in the guidelines; None when the text cannot fix it
    zone: str
    found_by: str  # rule:<id>
    role: str  # DateRole: what the date does in this release
    role_by: str  # rule:<id>


@dataclass(frozen=True, slots=True)
class Event:
    """Something a release announces, as a calendar would hold it; one row a date mention."""

    release_id: str
    start: int  # of the date mention
    end: int
    title: str  # what the sentence names (an initiative), else the headline
    begin: str  # "2024-05-03" or "2024-05-03T18:00", local time of the place
    finish: str | None  # the last day, or the time of the end; None where the text gives none
    place: str | None  # named in the same sentence
    found_by: str  # rule:<id> that called the date an event


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a release that cannot be right; for a person to look at."""

    release_id: str
    start: int
    end: int
    code: str  # weekday, no_such_day, end_before_begin, already_past
    text_de: str  # what is wrong
    fits_de: str | None  # what would fit


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech, quotation marks excluded."""

    release_id: str
    start: int
    end: int
    text: str
    speaker: str | None  # a Mention.name of the same release, or None if open
    cue: str | None  # the reporting verb as written
    kind: str  # direct, indirect
    found_by: str  # rule:<id>


@dataclass(frozen=True, slots=True)
class Term:
    """A content word or noun phrase of a release, for the theme model; names are kept out."""

    release_id: str
    term: str  # lower-cased lemma(s)
    surface: str  # how it is best shown: "Digitalisierung"
    pos: str  # NOUN, ADJ, VERB, PHRASE
    count: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, organisation or initiative of the corpus."""

    entity_id: str  # stable across runs: made from type and name
    type: str  # EntityType
    name: str
    title: str | None
    role: str | None  # person: the office of the latest mention that has one
    kind: str | None  # initiative: its kind
    variants: list[str]  # other forms found, sorted
    n_mentions: int
    n_releases: int
    first: str  # publication date of the first release with a mention
    last: str
    geonames_id: int | None  # place: only where it is certain
    latitude: float | None
    longitude: float | None
    region: str | None  # place: Land or country
    ags: str | None  # place: official municipality key, eight digits
    privacy: str | None = None  # person: office_holder, press_contact, quoted, private
    privacy_by: str | None = None  # rule:<id> or correction:<line> that said so
    authority: list[str] = field(default_factory=list)  # "gnd:118540238", "wikidata:Q2": decided, never guessed


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Which entity a mention belongs to, and why."""

    release_id: str
    start: int
    end: int
    label: str
    entity_id: str
    because: str  # same_name, genitive, surname, acronym, correction:<row> ...


@dataclass(frozen=True, slots=True)
class InitiativeFact:
    """One counted fact about an initiative; its kind, first and last mention stand in its entity."""

    entity_id: str
    fact: str  # year, partner, voice, silence
    value: str  # a year; entity_id of partner or speaker; of silence: date of the last release that names it
    count: int  # releases of the year; sentences shared or said; months until the newest release of the corpus


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """What became of one row of data/curation/corrections.csv."""

    row: int  # line in the file, the header is line 1
    action: str
    target: str
    status: str  # applied, unused, contradicted, faulty
    message_de: str
