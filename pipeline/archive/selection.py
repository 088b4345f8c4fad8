"""Which releases travel: all but those whose embargo has not ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.archive.parts import Facts

Light = tuple[str, str, str | None, str]  # release_id, published, embargo, source_path


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported and what is held back."""

    ids: list[str]  # ascending
    held: dict[str, str]  # release_id -> end of its embargo
    sources: list[str]  # raw files of what is exported
    facts: Facts


def select(releases: Sequence[Light], as_of: str) -> Selection:
    """The releases whose embargo has ended at ``as_of``; without one, on the newest day of publication.

    A day means its first minute: what is under embargo until eleven is held back the whole day.
    """
    stand = as_of or max((published for _, published, _, _ in releases), default="")
    held = {i: embargo for i, _, embargo, _ in releases if embargo and embargo > stand}
    free = [row for row in releases if row[0] not in held]
    days = [published for _, published, _, _ in free]
    facts = Facts(len(free), min(days, default=""), max(days, default=""), stand)
    return Selection([i for i, *_ in free], held, [path for *_, path in free], facts)
