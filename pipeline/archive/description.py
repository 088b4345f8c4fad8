"""Tables -> what an archive wants to know about each release, independent of any format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import records as r
from pipeline.core import theme_records as tr

_MEDIA_TYPES = {
    "txt": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "eml": "message/rfc822",
    "rtf": "application/rtf",
}
_LEAD = 500  # characters: about a catalogue card


@dataclass(frozen=True, slots=True)
class Named:
    """A person, place, organisation or initiative that a release is about."""

    entity_id: str
    type: str
    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Description:
    """One release as a catalogue describes it; unknown is None or empty."""

    release: r.Release
    lead: str | None
    themes: tuple[str, ...]  # German labels, most important first
    named: tuple[Named, ...]  # by type and name
    replaces: tuple[str, ...]  # release_ids this one corrects
    replaced_by: tuple[str, ...]
    repeats: tuple[str, ...]  # release_ids with the same or nearly the same text

    @property
    def media_type(self) -> str:
        """The IANA media type of the original file."""
        return _MEDIA_TYPES.get(self.release.format, "application/octet-stream")

    def names(self, entity_type: str) -> list[str]:
        """The names of one type, in order."""
        return [named.name for named in self.named if named.type == entity_type]


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables a description is drawn from."""

    releases: Sequence[r.Release]
    zones: Sequence[r.Zone]
    duplicates: Sequence[r.Duplicate]
    entities: Sequence[r.Entity]
    entity_mentions: Sequence[r.EntityMention]
    themes: Sequence[tr.Theme]
    assignments: Sequence[tr.ThemeAssignment]


def describe(sources: Sources, *, include_persons: bool) -> list[Description]:
    """All releases, in the order of their table."""
    named = _named(sources, include_persons=include_persons)
    themes = _themes(sources)
    zones: dict[str, list[r.Zone]] = defaultdict(list)
    for zone in sources.zones:
        zones[zone.release_id].append(zone)
    replaces = _related(sources.duplicates, "release_id", "other_id", {"correction"})
    replaced_by = _related(sources.duplicates, "other_id", "release_id", {"correction"})
    repeats = _related(sources.duplicates, "release_id", "other_id", {"identical", "near"})
    return [
        Description(
            release=release,
            lead=lead(release, zones[key]),
            themes=themes[key],
            named=named[key],
            replaces=replaces[key],
            replaced_by=replaced_by[key],
            repeats=repeats[key],
        )
        for release in sources.releases
        for key in [release.release_id]
    ]


def lead(release: r.Release, zones: Iterable[r.Zone]) -> str | None:
    """The first paragraph that lies in no special zone, cut at a word within 500 characters."""
    taken = list(zones)
    offset = 0
    for paragraph in release.text.split("\n\n"):
        start, offset = offset, offset + len(paragraph) + 2
        free = not any(z.start < start + len(paragraph) and start < z.end for z in taken if z.zone != "body")
        if free and len(paragraph) >= 80:
            return _shorten(" ".join(paragraph.split()))
    return None


def _shorten(text: str) -> str:
    return text if len(text) <= _LEAD else text[: text.rindex(" ", 0, _LEAD)] + " …"


def _named(sources: Sources, *, include_persons: bool) -> Mapping[str, tuple[Named, ...]]:
    entities = {e.entity_id: e for e in sources.entities if include_persons or e.type != "person"}
    found: dict[str, set[str]] = defaultdict(set)
    for mention in sources.entity_mentions:
        if mention.entity_id in entities:
            found[mention.release_id].add(mention.entity_id)
    return defaultdict(tuple, {key: _sorted(entities[i] for i in ids) for key, ids in found.items()})


def _sorted(entities: Iterable[r.Entity]) -> tuple[Named, ...]:
    named = (Named(e.entity_id, e.type, e.name, e.role) for e in entities)
    return tuple(sorted(named, key=lambda n: (n.type, n.name, n.entity_id)))


def _themes(sources: Sources) -> Mapping[str, tuple[str, ...]]:
    labels = {theme.theme_id: theme.label for theme in sources.themes if theme.scheme == "guided"}
    ranked: dict[str, list[tr.ThemeAssignment]] = defaultdict(list)
    for row in sources.assignments:
        if row.theme_id in labels:
            ranked[row.release_id].append(row)
    return defaultdict(
        tuple,
        {
            key: tuple(labels[a.theme_id] for a in sorted(rows, key=lambda a: a.rank))
            for key, rows in ranked.items()
        },
    )


def _related(
    pairs: Iterable[r.Duplicate], mine: str, theirs: str, kinds: set[str]
) -> Mapping[str, tuple[str, ...]]:
    """For each release in the column ``mine`` the releases beside it in the column ``theirs``."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair.kind in kinds:
            found[getattr(pair, mine)].append(getattr(pair, theirs))
    return defaultdict(tuple, {key: tuple(sorted(ids)) for key, ids in found.items()})
