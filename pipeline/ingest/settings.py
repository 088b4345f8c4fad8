"""params.yaml, section ingest."""

from __future__ import annotations

from pydantic import Field

from pipeline.core.params import Params


class IngestParams(Params):
    """What is taken in, and the limits that a file must keep."""

    languages: list[str]
    min_letters: int = Field(ge=1)
    max_file_mb: int = Field(ge=1)
    max_bulk_mb: int = Field(ge=1)
    max_unpacked_mb: int = Field(ge=1)
    max_word_chars: int = Field(ge=100)
    near_duplicate: float = Field(gt=0, le=1)
