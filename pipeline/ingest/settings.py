"""params.yaml, section ingest."""

from __future__ import annotations

from pydantic import Field

from pipeline.core.params import Params


class FieldNames(Params):
    """Under which names the columns of a table or the fields of JSON hold the parts of a release."""

    text: list[str] = Field(min_length=1)
    title: list[str]
    subtitle: list[str]
    lead: list[str]
    date: list[str]
    issuer: list[str]
    number: list[str]
    place: list[str]
    url: list[str]


class IngestParams(Params):
    """What is taken in, and the limits that a file must keep."""

    languages: list[str]
    min_letters: int = Field(ge=1)
    max_file_mb: int = Field(ge=1)
    max_bulk_mb: int = Field(ge=1)
    max_unpacked_mb: int = Field(ge=1)
    max_word_chars: int = Field(ge=100)
    max_seconds: int = Field(ge=1)
    max_memory_mb: int = Field(ge=500)
    max_cache_mb: int = Field(ge=0)
    near_duplicate: float = Field(gt=0, le=1)
    office_seconds: int = Field(ge=1)
    fields: FieldNames
