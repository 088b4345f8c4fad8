"""params.yaml, section evaluate."""

from __future__ import annotations

from pydantic import Field

from pipeline.core.params import Params


class EvaluateParams(Params):
    """What counts, and how sure the figures are."""

    zones: list[str]  # zones that count for the main figures
    bootstrap: int = Field(ge=0)  # draws for the confidence intervals
