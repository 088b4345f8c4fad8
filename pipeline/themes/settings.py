"""The section ``themes`` of params.yaml."""

from __future__ import annotations

from pydantic import Field

from pipeline.core.params import Params


class ThemesParams(Params):
    """How themes are assigned and discovered; params.yaml says what each value means."""

    seed: int = Field(ge=0)
    min_releases: int = Field(ge=2)
    max_themes: int = Field(ge=2, le=100)
    terms_per_theme: int = Field(ge=1)
    min_share: float = Field(gt=0, lt=1)
    trend_chance: float = Field(gt=0, lt=0.5)
    near_guided: float = Field(gt=0, le=1)
    batch_size: int = Field(ge=1)
