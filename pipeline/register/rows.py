"""Entries of the register -> the rows of ENTITIES and ENTITY_MENTIONS."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.core.records import Entity, EntityMention, Mention
from pipeline.register.clusters import OFFICE, Member, PlaceLink, Releases
from pipeline.register.draft import KEPT, Entry
from pipeline.register.gazetteer import Gazetteer

_NO_LINK = PlaceLink(None, None, None, None, None)
# release ids are digests: their first two letters make 256 parts of one size
_PART = 2


def entity_row(
    entry: Entry, releases: Releases, gazetteer: Gazetteer, privacy: tuple[str, str] | None = None
) -> Entity:
    """One entry -> its row; office and title are those of the latest mention that has one."""
    mentions = [m.mention for m in entry.members]
    if entry.type == "person":
        mentions.sort(key=lambda m: _when(m, releases))
    ids = {m.release_id for m in mentions}
    dates = {releases[release_id].published for release_id in ids}
    link = _link(entry, gazetteer)
    return Entity(
        entity_id=entry.entity_id,
        type=entry.type,
        name=entry.name,
        title=_latest(m.title for m in reversed(mentions)) if entry.type == "person" else None,
        role=_role(entry, mentions) if entry.type == "person" else None,
        kind=_majority(m.kind for m in mentions) if entry.type == "initiative" else None,
        variants=sorted(_forms(mentions) - {entry.name}),
        n_mentions=len(mentions),
        n_releases=len(ids),
        first=min(dates),
        last=max(dates),
        geonames_id=link.geonames_id,
        latitude=link.latitude,
        longitude=link.longitude,
        region=link.region,
        ags=link.ags,
        privacy=privacy[0] if privacy else None,
        privacy_by=privacy[1] if privacy else None,
        authority=[f"{s}:{i}" for s, i in sorted(entry.authority.items()) if i and s != "geonames"],
    )


def _forms(mentions: Iterable[Mention]) -> set[str]:
    """The names that texts give, as ``Member.forms``: none where only the office stands."""
    named = [m for m in mentions if m.found_by != OFFICE]
    return {m.name for m in named} | {m.text for m in named}


def _link(entry: Entry, gazetteer: Gazetteer) -> PlaceLink:
    """Where a place lies: as a person decided, else as the gazetteer settled it."""
    if "geonames" not in entry.authority:
        return entry.link or _NO_LINK
    decided = entry.authority["geonames"]
    return gazetteer.by_id(int(decided)) if decided else _NO_LINK


_Row = tuple[str, int, int, str, str, str]  # the fields of an EntityMention


class MentionRows:
    """Entries -> a row for each of their mentions, in the order of the table; made while they are gone through."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def parts(self) -> Iterator[list[_Row]]:
        """Some hundred pieces of the table, which are no records yet."""
        parts: defaultdict[str, list[tuple[Member, str]]] = defaultdict(list)
        for entry in self._entries:
            for member in entry.members:
                parts[member.mention.release_id[:_PART]].append((member, entry.entity_id))
        for part in sorted(parts):
            yield sorted(_mention_row(*found) for found in parts.pop(part))

    def __iter__(self) -> Iterator[EntityMention]:
        return (EntityMention(*row) for part in self.parts() for row in part)

    def __eq__(self, other: object) -> bool:
        """Whether the rows are the same."""
        return isinstance(other, MentionRows) and list(self) == list(other)

    def __repr__(self) -> str:
        """All rows."""
        return repr(list(self))

    __hash__ = None  # type: ignore[assignment]  # like a list


def _mention_row(member: Member, entity_id: str) -> _Row:
    mention = member.mention
    return mention.release_id, mention.start, mention.end, mention.label, entity_id, member.because


def _when(mention: Mention, releases: Releases) -> tuple[str, str, int]:
    return releases[mention.release_id].published, mention.release_id, mention.start


def _role(entry: Entry, mentions: Sequence[Mention]) -> str | None:
    if entry.role is not KEPT:
        return entry.role if isinstance(entry.role, str) else None
    return _latest(m.role for m in reversed(mentions))


def _latest(values: Iterable[str | None]) -> str | None:
    # of values that come newest first
    return next((value for value in values if value), None)


def _majority(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None
