"""The register while corrections are applied: entries are found by name, split, joined, renamed, taken out."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from pipeline.core import text
from pipeline.core.records import EntityType
from pipeline.register.clusters import Cluster, Member, PlaceLink
from pipeline.register.names import fold

slug = lru_cache(maxsize=200_000)(text.slug)  # ids are given again after corrections
KEPT = object()  # the role is what the mentions say


@dataclass(slots=True, eq=False)
class Entry:
    """One entity in the making."""

    type: EntityType
    name: str
    members: list[Member]
    link: PlaceLink | None
    entity_id: str = ""
    role: object = KEPT
    role_line: int | None = None  # of the ledger
    private_line: int | None = None
    authority: dict[str, str | None] = field(default_factory=dict)  # scheme -> id as a person decided

    @property
    def forms(self) -> set[str]:
        """Every name under which a person may look for it, folded."""
        return {fold(self.name), *(fold(form) for m in self.members for form in m.forms)}


class Draft:
    """All entries of a corpus."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self.entries = [Entry(c.type, c.name, list(c.members), c.link) for c in clusters]
        assign_ids(self.entries)
        self._gone: dict[tuple[str, str], int] = {}
        self._joined: dict[tuple[str, str], int] = {}

    @cached_property
    def _index(self) -> defaultdict[tuple[str, str], list[Entry]]:
        """Type and name -> entries; made when the first correction asks."""
        index: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for key in (*entry.forms, entry.entity_id):
                index[entry.type, key].append(entry)
        return index

    def _enter(self, entry: Entry) -> None:
        for key in (*sorted(entry.forms), entry.entity_id):
            if entry not in self._index[entry.type, key]:
                self._index[entry.type, key].append(entry)

    def find(self, kind: str, name: str) -> list[Entry]:
        """The entries that a person may mean: those of that id or name, else those with such a form."""
        listed = self._index.get((kind, name), ()) or self._index.get((kind, fold(name)), ())
        # what was joined or relabelled still stands in the index under what it was
        found = [entry for entry in listed if entry.members and entry.type == kind]
        exact = [entry for entry in found if name in {entry.entity_id, entry.name}]
        return exact or found

    def gone(self, kind: str, name: str) -> int | None:
        """The line that took a name out of the register, if one did."""
        return self._gone.get((kind, fold(name)))

    def joined(self, kind: str, name: str) -> int | None:
        """The line that made a name part of another entry, if one did."""
        return self._joined.get((kind, fold(name)))

    def remove(self, entry: Entry, line: int) -> None:
        """Take an entry out; who looks for it later learns which line did it."""
        for form in (*entry.forms, fold(entry.entity_id)):
            self._gone[entry.type, form] = line
        entry.members = []

    def join(self, entry: Entry, into: Entry, line: int) -> None:
        """Give an entry's mentions to another, because of a line of the ledger."""
        for form in {fold(entry.name), fold(entry.entity_id)} - {fold(into.name)}:
            self._joined[into.type, form] = line
        into.members += _decided(entry.members, line)
        entry.members = []
        self._enter(into)

    def split(self, entry: Entry, belongs: Callable[[Member], bool], name: str, line: int) -> int:
        """Move the mentions that belong elsewhere to an entry of that name; how many.

        Nothing moves when none (0) or all of them (-1) belong there.
        """
        moved = [m for m in entry.members if belongs(m)]
        if not moved or len(moved) == len(entry.members):
            return 0 if not moved else -1
        entry.members = [m for m in entry.members if not belongs(m)]
        same = [other for other in self.find(entry.type, name) if other is not entry and other.name == name]
        new = same[0] if len(same) == 1 else Entry(entry.type, name, [], None)
        new.members += _decided(moved, line)
        if not same:
            self.entries.append(new)
        self._enter(new)
        return len(moved)

    def rename(self, entry: Entry, name: str) -> None:
        """Show an entry under another name; it is still found under its old ones."""
        entry.name = name
        self._enter(entry)

    def relabel(self, entry: Entry, kind: EntityType, line: int) -> None:
        """Make an entry one of another type, or join the one that has its name there."""
        same = self.find(kind, entry.name)
        entry.type = kind
        entry.link = None
        if len(same) == 1:
            self.join(entry, same[0], line)
        else:
            entry.members = _decided(entry.members, line)
            self._enter(entry)

    def renumber(self) -> None:
        """Give the ids that the register will show; entries are found under their earlier ids too."""
        living = [entry for entry in self.entries if entry.members]
        assign_ids(living)
        for entry in living:
            self._enter(entry)


def _decided(members: Iterable[Member], line: int) -> list[Member]:
    """Members with the line that moved them; the first line that did stays."""
    return [m if m.because.startswith("correction:") else Member(m.mention, f"correction:{line}") for m in members]


def assign_ids(entries: Sequence[Entry]) -> None:
    """Give each entry type and slug of its name as id; where two would be equal, a hash of their place is added.

    The hash comes from a mention, not from the order of entries: of two people named alike each keeps its id
    while the releases stay.
    """
    plain = [f"{entry.type}-{slug(entry.name)}" for entry in entries]
    counts = Counter(plain)
    for entry, name in zip(entries, plain, strict=True):
        entry.entity_id = name if counts[name] == 1 else f"{name}-{_mark(entry)}"


def _mark(entry: Entry) -> str:
    first = min((m.mention.release_id, m.mention.start, m.mention.label) for m in entry.members)
    return hashlib.sha256(f"{entry.name} {first}".encode()).hexdigest()[:6]
