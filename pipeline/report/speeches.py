"""Where people and organisations are quoted: four numbers a quote, a list of places when a page asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.report.heads import Head
from pipeline.report.store import Slices

Place = tuple[Head, int, int]
NumberOf = Callable[[str], int]  # entity_id -> number
Said = tuple[int, int, int, int]  # who, in which release, from where to where


class Speeches(Mapping[int, list[Place]]):
    """Number of an entity -> its direct speech, newest first; only who is quoted is in it."""

    def __init__(
        self, newest: Sequence[Head], heads: Sequence[Head], said: Callable[[Head], Iterator[Said]]
    ) -> None:
        rows = [row for head in newest for row in said(head)]
        self._rows = np.array(rows, dtype=np.int32).reshape(-1, 4)
        self._rows = self._rows[np.argsort(self._rows[:, 0], kind="stable")]
        self._numbers, starts = np.unique(self._rows[:, 0], return_index=True)
        self._starts = np.append(starts, len(self._rows))
        self._heads = heads

    def __getitem__(self, number: int) -> list[Place]:
        first, last = self._span(number)
        if first == last:
            raise KeyError(number)
        return [(self._heads[at], start, end) for _, at, start, end in self._rows[first:last].tolist()]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers.tolist())

    def __len__(self) -> int:
        return len(self._numbers)

    def count(self, number: int) -> int:
        """How often an entity is quoted."""
        first, last = self._span(number)
        return last - first

    def counts(self) -> list[tuple[int, int]]:
        """(number of the entity, quotes)."""
        return list(zip(self._numbers.tolist(), np.diff(self._starts).tolist(), strict=True))

    def _span(self, number: int) -> tuple[int, int]:
        place = int(np.searchsorted(self._numbers, number))
        if place == len(self._numbers) or self._numbers[place] != number:
            return 0, 0
        return int(self._starts[place]), int(self._starts[place + 1])


def said_in(
    quotes: Slices[Any], mentions: Slices[Any], links: Slices[Any], number_of: NumberOf, head: Head
) -> Iterator[Said]:
    """The direct speech of a release."""
    found = quotes.part(head.release_id, ("speaker", "kind", "start", "end"))
    spoken = [(speaker, start, end) for speaker, kind, start, end in found if speaker and kind == "direct"]
    names = _speakers(head.release_id, mentions, links, number_of) if spoken else {}
    for speaker, start, end in spoken:
        if speaker in names:
            yield names[speaker], head.position, start, end


def _speakers(release_id: str, mentions: Slices[Any], links: Slices[Any], number_of: NumberOf) -> dict[str, int]:
    """A name in a release -> the number of the person or organisation that it stands for."""
    found = {
        (start, end, label): entity_id
        for start, end, label, entity_id in links.part(release_id, ("start", "end", "label", "entity_id"))
    }
    names: dict[str, int] = {}
    for start, end, label, name in mentions.part(release_id, ("start", "end", "label", "name")):
        if label in ("PER", "ORG") and name not in names and (entity_id := found.get((start, end, label))):
            number = number_of(entity_id)
            if number >= 0:
                names[name] = number
    return names
