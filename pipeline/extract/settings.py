"""params.yaml, section extract."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.core.params import Params


class ExtractParams(Params):
    """What the extract stage may be told."""

    model: str
    model_version: str
    batch_size: Annotated[int, Field(ge=1)]
    max_cache_mb: Annotated[int, Field(ge=0)] = 4000
