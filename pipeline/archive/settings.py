"""params.yaml, section archive."""

from __future__ import annotations

from pipeline.core.params import Params


class ArchiveParams(Params):
    """Who delivers, under which terms, and what travels along."""

    publisher: str  # institution that delivers the package
    rights: str  # rights statement of every record
    identifier_prefix: str  # put before each release_id
    include_originals: bool  # whether the raw files travel along
    include_persons: bool  # whether persons are named in the descriptions
