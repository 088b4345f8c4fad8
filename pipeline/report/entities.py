"""The entries of the registers by their number, and where releases name them: a few numbers a mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pyarrow as pa

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.report import german, paths, words
from pipeline.report.heads import Head, newest_first
from pipeline.report.store import Arrow, ByName, Ints, Positions, Rows, Slices, coded, distinct

TYPES: tuple[str, ...] = tuple(r.ENTITY_TYPES.values())
Place = tuple[Head, int, int]  # a release, and from where to where in its text


@dataclass(frozen=True, slots=True)
class Counts:
    """Entities, each once, with a number of something; side by side, because there may be tens of thousands."""

    numbers: Ints
    counts: Ints

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Self:
        """(number of the entity, count) -> counts."""
        both = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
        return cls(both[:, 0], both[:, 1])

    def where(self, wanted: Ints) -> Counts:
        """Some of them, chosen by a mask."""
        return Counts(self.numbers[wanted], self.counts[wanted])

    def items(self) -> Iterator[tuple[int, int]]:
        """(number of the entity, count)."""
        return zip(self.numbers.tolist(), self.counts.tolist(), strict=True)

    def __len__(self) -> int:
        return len(self.numbers)


class Entities:
    """People, places, organisations and initiatives, ready to be looked up."""

    def __init__(self, arrow: Arrow, order: Positions, heads: list[Head]) -> None:
        self.at_position, self.heads = order, heads
        self._stored = {name: arrow[name] for name in ("entities", "entity_mentions", "mentions")}
        self.initiative_facts: Sequence[r.InitiativeFact] = Rows(t.INITIATIVES, arrow["initiatives"])
        self._facts = Slices(t.INITIATIVES, arrow["initiatives"])

    @cached_property
    def kept(self) -> Ints:
        """Number of an entity -> its row in the register; who is named no more has no number."""
        return np.flatnonzero(self._stored["entities"]["n_mentions"].to_numpy()).astype(np.int32)

    @cached_property
    def entities(self) -> Rows[r.Entity]:
        """The entries of the registers, known by their number."""
        return Rows(t.ENTITIES, self._stored["entities"], self.kept)

    def _column(self, name: str) -> list[str | None]:
        found: list[str | None] = self._stored["entities"][name].take(pa.array(self.kept)).to_pylist()
        return found

    @cached_property
    def names(self) -> list[str]:
        """Number of an entity -> its name; lists ask for names a million times, so they are kept as words."""
        return [name or "" for name in self._column("name")]

    @cached_property
    def slugs(self) -> list[str]:
        """Number of an entity -> its name as addresses have it."""
        return paths.slugs(self.names)

    @cached_property
    def titled(self) -> list[str]:
        """Number of an entity -> its name with its academic title."""
        return [
            f"{title} {name}" if title else name
            for title, name in zip(self._column("title"), self.names, strict=True)
        ]

    @property
    def variants(self) -> list[list[str]]:
        """Number of an entity -> how else it is spelled."""
        found: list[list[str]] = self._stored["entities"]["variants"].take(pa.array(self.kept)).to_pylist()
        return found

    @cached_property
    def abouts(self) -> list[str]:
        """Number of an entity -> its office, kind or region; words that recur are one object."""
        columns = (self._column(name) for name in ("role", "kind", "region"))
        told = (words.about(TYPES[of], *row) for of, *row in zip(self.kinds.tolist(), *columns, strict=True))
        same: dict[str, str] = {}
        return [same.setdefault(word, word) for word in told]

    @cached_property
    def alphabet(self) -> Ints:
        """Number of an entity -> its place among all names, as a telephone directory has them."""
        keys = [*map(german.sort_key, self.names)]
        places = np.empty(len(keys), dtype=np.int32)
        places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
        return places

    @cached_property
    def kinds(self) -> Ints:
        """Number of an entity -> its type, as its place in TYPES."""
        found: Ints = coded(self._stored["entities"]["type"], {kind: n for n, kind in enumerate(TYPES)})[self.kept]
        return found

    @cached_property
    def releases_with(self) -> Ints:
        """Number of an entity -> releases that the register counts for it."""
        found: Ints = self._stored["entities"]["n_releases"].to_numpy()[self.kept]
        return found

    @cached_property
    def mentions_counted(self) -> Ints:
        """Number of an entity -> mentions that the register counts for it."""
        found: Ints = self._stored["entities"]["n_mentions"].to_numpy()[self.kept]
        return found

    @cached_property
    def per_type(self) -> dict[str, int]:
        """Type -> number of entries in its register."""
        return dict(zip(TYPES, np.bincount(self.kinds, minlength=len(TYPES)).tolist(), strict=True))

    def of_type(self, kind: str) -> list[int]:
        """The numbers of the entries of one register."""
        found: list[int] = np.flatnonzero(self.kinds == TYPES.index(kind)).tolist()
        return found

    def ordered(self, kind: str) -> list[int]:
        """The entries of one register, those of most releases first, then of most mentions, then by name."""
        numbers = self.of_type(kind)
        counts = -self.mentions_counted[numbers], -self.releases_with[numbers]
        order = np.lexsort((self.alphabet[numbers], *counts))
        return [numbers[place] for place in order.tolist()]

    def by_name(self, kind: str) -> list[tuple[int, str]]:
        """(number, name) of the entries of one register, as a telephone directory has them."""
        found = sorted(
            (german.sort_key(self.names[number]), self.names[number], number) for number in self.of_type(kind)
        )
        return [(number, name) for _, name, number in found]

    @cached_property
    def _entity_ids(self) -> Positions:
        return Positions(self._stored["entities"]["entity_id"].take(pa.array(self.kept)))

    @cached_property
    def entity_at(self) -> Mapping[str, int]:
        """entity_id -> number of the entity; who is in no register is not in it."""
        return ByName(self._entity_ids, range(len(self.entities)))

    def facts_of(self, entity_id: str) -> list[r.InitiativeFact]:
        """What the register knows of the initiative, the strongest ties first."""
        return sorted(self._facts.of(entity_id), key=lambda f: (-f.count, f.value))

    @cached_property
    def _paged(self) -> bytes:
        """One for each entity that has a page; asked a million times, and bytes answer faster than numpy."""
        return (self.spread > 1).tobytes()

    def has_page(self, number: int) -> bool:
        """Whether an entity has a page of its own: who stands in one release only is told of there."""
        return bool(self._paged[number])

    def numbers_of(self, ids: pa.ChunkedArray) -> Ints:
        """A column of ids -> the numbers of the entities; -1 where an id is in no register."""
        return self._entity_ids.codes(ids)

    @cached_property
    def linked(self) -> Ints:
        """Row of the links of mentions to entities -> number of the entity; -1 where it is in no register."""
        return self.numbers_of(self._stored["entity_mentions"]["entity_id"])

    @property
    def mention_names(self) -> pa.ChunkedArray:
        """The name that each mention stands for in its release."""
        return self._stored["mentions"]["name"]

    @cached_property
    def named(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """(release, entity, start, end, label) of every mention in a register, as numbers."""
        columns = self._stored["entity_mentions"]
        release, entity = self.at_position.codes(columns["release_id"]), self.linked
        start, end = (columns[name].to_numpy().astype(np.int32) for name in ("start", "end"))
        known = (release >= 0) & (entity >= 0)
        label = coded(columns["label"], {label: n for n, label in enumerate(r.ENTITY_TYPES)}).astype(np.int32)
        return release[known], entity[known], start[known], end[known], label[known]

    @cached_property
    def by_entity(self) -> tuple[Ints, Ints]:
        """Rows of ``named`` by entity, newest release first, and where each entity begins."""
        release, entity, start = self.named[:3]
        order = np.lexsort((start, self.place_in_list[release], entity)).astype(np.int32)
        return order, np.searchsorted(entity[order], np.arange(len(self.entities) + 1))

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """(entities of all releases, where each release begins): every entity once a release."""
        size = max(len(self.entities), 1)
        pairs = distinct(self.named[0].astype(np.int64) * size + self.named[1])
        bounds = np.searchsorted(pairs, np.arange(len(self.heads) + 1, dtype=np.int64) * size)
        return (pairs % size).astype(np.int32), bounds

    @cached_property
    def spread(self) -> Ints:
        """Number of an entity -> number of releases that name it."""
        return np.bincount(self.pairs[0], minlength=len(self.entities))

    @cached_property
    def newest(self) -> list[Head]:
        """Releases, newest first."""
        return newest_first(self.heads)

    @cached_property
    def place_in_list(self) -> Ints:
        """Position of a release in its table -> its place in the list of the newest."""
        places = np.zeros(len(self.heads), dtype=np.int32)
        places[[head.position for head in self.newest]] = np.arange(len(self.heads))
        return places

    def mentions_of(self, number: int) -> list[Place]:
        """An entity's number -> the place of each mention, newest release first."""
        rows = self.rows_of(number)
        release, start, end = (self.named[column][rows].tolist() for column in (0, 2, 3))
        return [(self.heads[at], first, last) for at, first, last in zip(release, start, end, strict=True)]

    def rows_of(self, number: int) -> Ints:
        """An entity's number -> where each of its mentions stands in ``named``, newest release first."""
        order, bounds = self.by_entity
        return order[bounds[number] : bounds[number + 1]]

    def entities_in(self, heads: Sequence[Head]) -> Counts:
        """Releases -> number of releases among them for each entity in them."""
        entities, bounds = self.pairs
        parts = [entities[bounds[h.position] : bounds[h.position + 1]] for h in heads]
        return Counts(*np.unique(np.concatenate(parts or [entities[:0]]), return_counts=True))
