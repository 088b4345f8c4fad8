"""What a release contributes to the files of the whole holding, and what those files know of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the whole delivery before the first release is described."""

    releases: int
    first: str  # publication dates
    last: str
    as_of: str


class Part(NamedTuple):
    """What one release contributes to a joined file, and where it is sorted in."""

    key: tuple[str, ...]  # ends with the release_id, so that it is unique
    content: bytes
