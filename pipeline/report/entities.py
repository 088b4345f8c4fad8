"""The entries of the registers by their number, and where releases name them: a few numbers a mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa

from pipeline.core import records as r
from pipeline.core import tables as t
from pipeline.report import german
from pipeline.report.heads import Head, newest_first
from pipeline.report.store import Arrow, ByName, Ints, Positions, Rows, Slices, coded, grouped

TYPES: tuple[str, ...] = tuple(r.ENTITY_TYPES.values())
Place = tuple[Head, int, int]  # a release, and from where to where in its text


class Entities:
    """People, places, organisations and initiatives, ready to be looked up."""

    def __init__(self, arrow: Arrow, order: Positions, heads: list[Head]) -> None:
        self.at_position, self.heads = order, heads
        self._stored = {name: arrow[name] for name in ("entities", "entity_mentions", "mentions")}
        self.initiative_facts: Sequence[r.InitiativeFact] = Rows(t.INITIATIVES, arrow["initiatives"])
        self._facts = Slices(t.INITIATIVES, arrow["initiatives"])

    @cached_property
    def _kept(self) -> Ints:
        return np.flatnonzero(self._stored["entities"]["n_mentions"].to_numpy()).astype(np.int32)

    @cached_property
    def entities(self) -> Rows[r.Entity]:
        """The entries of the registers, known by their number."""
        return Rows(t.ENTITIES, self._stored["entities"], self._kept)

    @cached_property
    def kinds(self) -> Ints:
        """Number of an entity -> its type, as its place in TYPES."""
        found: Ints = coded(self._stored["entities"]["type"], {kind: n for n, kind in enumerate(TYPES)})[
            self._kept
        ]
        return found

    @cached_property
    def releases_with(self) -> Ints:
        """Number of an entity -> releases that the register counts for it."""
        found: Ints = self._stored["entities"]["n_releases"].to_numpy()[self._kept]
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
        columns = self._stored["entities"].take(pa.array(self._kept[numbers]))
        releases, mentions = (columns[name].to_pylist() for name in ("n_releases", "n_mentions"))
        names = map(german.sort_key, columns["name"].to_pylist())
        found = sorted(zip(((-n for n in releases)), (-n for n in mentions), names, numbers, strict=True))
        return [number for *_, number in found]

    def by_name(self, kind: str) -> list[tuple[int, str]]:
        """(number, name) of the entries of one register, as a telephone directory has them."""
        numbers = self.of_type(kind)
        names = self._stored["entities"]["name"].take(pa.array(self._kept[numbers])).to_pylist()
        # numbers follow the order of the ids
        found = sorted(zip(map(german.sort_key, names), names, numbers, strict=True))
        return [(number, name) for _, name, number in found]

    @cached_property
    def _entity_ids(self) -> Positions:
        return Positions(self._stored["entities"]["entity_id"].take(pa.array(self._kept)))

    @cached_property
    def entity_at(self) -> Mapping[str, int]:
        """entity_id -> number of the entity; who is in no register is not in it."""
        return ByName(self._entity_ids, range(len(self.entities)))

    def facts_of(self, entity_id: str) -> list[r.InitiativeFact]:
        """What the register knows of the initiative, the strongest ties first."""
        return sorted(self._facts.of(entity_id), key=lambda f: (-f.count, f.value))

    def has_page(self, number: int) -> bool:
        """Whether an entity has a page of its own: who stands in one release only is told of there."""
        return bool(self.spread[number] > 1)

    @cached_property
    def named(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """(release, entity, start, end, label) of every mention in a register, as numbers."""
        columns = self._stored["entity_mentions"]
        release, entity = (
            self.at_position.codes(columns["release_id"]),
            self._entity_ids.codes(columns["entity_id"]),
        )
        start, end = (columns[name].to_numpy().astype(np.int32) for name in ("start", "end"))
        known = (release >= 0) & (entity >= 0)
        label = coded(columns["label"], {label: n for n, label in enumerate(r.ENTITY_TYPES)}).astype(np.int32)
        return release[known], entity[known], start[known], end[known], label[known]

    @cached_property
    def _by_entity(self) -> tuple[Ints, Ints]:
        return grouped(self.named[1], len(self.entities))

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints]:
        """(entities of all releases, where each release begins): every entity once a release."""
        size = max(len(self.entities), 1)
        pairs = np.unique(self.named[0].astype(np.int64) * size + self.named[1])
        bounds = np.searchsorted(pairs, np.arange(len(self.heads) + 1, dtype=np.int64) * size)
        return (pairs % size).astype(np.int32), bounds

    @cached_property
    def spread(self) -> Ints:
        """Number of an entity -> number of releases that name it."""
        return np.bincount(self._pairs[0], minlength=len(self.entities))

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
        order, bounds = self._by_entity
        rows = order[bounds[number] : bounds[number + 1]]
        release, _, start, end, _ = (column[rows] for column in self.named)
        sorted_ = np.lexsort((start, self.place_in_list[release]))
        found = zip(release[sorted_].tolist(), start[sorted_].tolist(), end[sorted_].tolist(), strict=True)
        return [(self.heads[position], first, last) for position, first, last in found]

    def entities_in(self, heads: Sequence[Head]) -> Counter[int]:
        """Releases -> number of releases among them for each entity in them."""
        entities, bounds = self._pairs
        parts = [entities[bounds[h.position] : bounds[h.position + 1]] for h in heads]
        values, counts = np.unique(np.concatenate(parts or [entities[:0]]), return_counts=True)
        return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))
