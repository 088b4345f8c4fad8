"""What an archive wants to know about one release, independent of any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.archive.days import german
from pipeline.core import records as r

MEDIA_TYPES = {
    "txt": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "eml": "message/rfc822",
    "rtf": "application/rtf",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A person, place, organisation or initiative that a release is about."""

    entity_id: str
    type: r.EntityType
    name: str
    title: str | None = None
    role: str | None = None
    kind: str | None = None  # initiative: its kind
    privacy: str | None = None  # person: office_holder, press_contact, quoted
    authority: tuple[str, ...] = ()  # "gnd:118540238", "wikidata:Q2", of places also "geonames:2812482"
    ags: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def authority_in(self, scheme: str) -> str | None:
        """The identifier in one scheme: "118540238" for gnd."""
        found = (value.partition(":")[2] for value in self.authority if value.startswith(f"{scheme}:"))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Subject:
    """A guided theme of a release, with its IPTC Media Topic where the scheme has one."""

    theme_id: str
    label: str
    share: float
    media_topic: str | None = None  # "20000770"
    media_topic_label: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A name where it stands in the text; without an entity it is in no register."""

    start: int
    end: int
    label: r.Label
    name: str
    entity_id: str | None
    role: str | None = None
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A quote where it stands in the text."""

    start: int
    end: int
    kind: str  # direct, indirect
    speaker: str | None
    speaker_id: str | None  # Named.entity_id
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody has to say against or about a release, kept by hand in data/curation/statements.csv."""

    kind: str  # Gegendarstellung, Berichtigung, Widerruf, Stellungnahme
    date: str
    author: str
    text: str

    @property
    def summary(self) -> str:
        """The whole statement as one paragraph, for formats without a place of its own."""
        by = f" von {self.author}" if self.author else ""
        return f"{self.kind}{by} vom {self.date}: {' '.join(self.text.split())}"


@dataclass(frozen=True, slots=True)
class Description:
    """One release as a catalogue describes it; unknown is None or empty.

    Its texts have gone through the privacy gate, and all offsets count in ``release.text`` as it stands here.
    """

    identifier: str  # release_id with archive.identifier_prefix
    release: r.Release
    lead: str | None
    zones: tuple[r.Zone, ...]
    subjects: tuple[Subject, ...]  # most important first
    named: tuple[Named, ...]  # by type and name
    marks: tuple[Mark, ...] = ()
    dates: tuple[r.DateMention, ...] = ()
    quotes: tuple[Said, ...] = ()
    events: tuple[r.Event, ...] = ()
    replaces: tuple[str, ...] = ()  # identifiers this one corrects
    replaced_by: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()  # identifiers of older releases with the same or nearly the same text
    statements: tuple[Statement, ...] = ()
    masked: Mapping[str, int] = field(default_factory=dict)  # what the gate took out: contact, phone, mail, name

    @property
    def media_type(self) -> str:
        """The IANA media type of the original file."""
        return MEDIA_TYPES.get(self.release.format, "application/octet-stream")

    @property
    def year(self) -> str:
        """The year of publication."""
        return self.release.published[:4]

    @property
    def restriction(self) -> str | None:
        """Why the original is not open to everybody, in German; None when it is."""
        if not self.masked:
            return None
        return (
            "Das Original enthält personenbezogene Daten oder Kontaktangaben, die in dieser Fassung fehlen; seine "
            "Benutzung ist eingeschränkt."
        )

    @property
    def restrictions(self) -> tuple[str, ...]:
        """What an archive says about access: the embargo that has ended, what is personal in the original."""
        embargo = self.release.embargo
        ended = f"Die Sperrfrist endete am {german(embargo)}." if embargo else None
        return tuple(text for text in (ended, self.restriction) if text)

    def of_type(self, entity_type: str) -> list[Named]:
        """The entities of one type, in order."""
        return [named for named in self.named if named.type == entity_type]

    def names(self, entity_type: str) -> list[str]:
        """The names of one type, in order."""
        return [named.name for named in self.of_type(entity_type)]
