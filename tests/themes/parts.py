"""A builder that only the tests of themes need."""

from __future__ import annotations

from pipeline.core.records import Sentence


def sentence(start: int, end: int, release_id: str = "aaaaaaaaaaaa", zone: str = "body") -> Sentence:
    """A sentence of the default release."""
    return Sentence(release_id, start, end, zone)
