"""Which releases travel: all but those whose embargo has not ended."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern

from pipeline.archive.parts import Facts

Light = tuple[str, str, str | None]  # release_id, published, embargo


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported and what is held back; of each release id and year are all that stays in memory."""

    ids: list[str]  # ascending
    years: list[str]  # of each
    held: dict[str, str]  # release_id -> end of its embargo
    facts: Facts

    def by_year(self) -> dict[str, array[int]]:
        """Years -> the numbers of their releases, both ascending."""
        found = {year: array("I") for year in sorted(set(self.years))}
        for number, year in enumerate(self.years):
            found[year].append(number)
        return found


def select(releases: Iterable[Light], as_of: str) -> Selection:
    """The releases whose embargo has ended at ``as_of``; without one, on the newest day of publication.

    A day means its first minute: what is under embargo until eleven is held back the whole day.
    """
    ids, days, embargoes = [], [], {}
    for key, published, embargo in releases:
        ids.append(key)
        days.append(intern(published))
        if embargo:
            embargoes[key] = embargo
    stand = as_of or max(days, default="")
    held = {key: embargo for key, embargo in embargoes.items() if embargo > stand}
    if held:
        free = [(key, day) for key, day in zip(ids, days, strict=True) if key not in held]
        ids, days = [key for key, _ in free], [day for _, day in free]
    facts = Facts(len(ids), min(days, default=""), max(days, default=""), stand)
    return Selection(ids, [intern(day[:4]) for day in days], held, facts)
