"""The section ``register`` of params.yaml."""

from __future__ import annotations

from pydantic import Field

from pipeline.core.params import Params
from pipeline.core.records import ZoneName


class RegisterParams(Params):
    """What enters the registers; params.yaml says what each value means."""

    zones: list[ZoneName] = Field(min_length=1)
    min_mentions: int = Field(ge=1)
    include_private: bool
    silent_months: int = Field(ge=1)
    authority_table: str
    max_cache_mb: int = Field(default=4000, ge=0)  # what is remembered from run to run; nothing depends on it
