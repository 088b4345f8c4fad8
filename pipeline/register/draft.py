"""The register while corrections are applied: entries that are found by name, joined, renamed, taken out."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.core.records import EntityType
from pipeline.core.text import slug
from pipeline.register.clusters import Cluster, Member, PlaceLink
from pipeline.register.names import fold

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
    touched: dict[str, int] = field(default_factory=dict)  # what a person decided -> line

    @property
    def forms(self) -> set[str]:
        """Every name under which a person may look for it, folded."""
        return {
            fold(self.name),
            *(fold(m.mention.name) for m in self.members),
            *(fold(m.mention.text) for m in self.members),
        }


class Draft:
    """All entries of a corpus."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self.entries = [Entry(c.type, c.name, list(c.members), c.link) for c in clusters]
        assign_ids(self.entries)
        self._gone: dict[tuple[str, str], int] = {}

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

    def remove(self, entry: Entry, line: int) -> None:
        """Take an entry out; who looks for it later learns which line did it."""
        for form in (*entry.forms, fold(entry.entity_id)):
            self._gone[entry.type, form] = line
        entry.members = []

    def join(self, entry: Entry, into: Entry, line: int) -> None:
        """Give an entry's mentions to another, because of a line of the ledger."""
        into.members += [Member(m.mention, f"correction:{line}") for m in entry.members]
        entry.members = []
        self._enter(into)

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
            entry.members = [Member(m.mention, f"correction:{line}") for m in entry.members]
            self._enter(entry)


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
