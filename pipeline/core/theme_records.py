"""The rows of the themes stage: what releases are about; conventions as in :mod:`pipeline.core.records`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that releases are about."""

    theme_id: str  # "demography" of the scheme, or "neu-01" discovered
    scheme: str  # guided, discovered
    label: str  # German
    terms: list[str]  # what it is known by, strongest first
    n_releases: int
    share: float  # of the corpus, 0 to 1, within its scheme


@dataclass(frozen=True, slots=True)
class ThemeAssignment:
    """How much of a release a theme takes."""

    release_id: str
    theme_id: str
    share: float  # 0 to 1, sums to at most 1 over the themes of a scheme
    rank: int  # 1 = most important in this release within its scheme
    terms: list[str]  # the terms of this release that said so, strongest first
    sentence_start: int | None  # offset of the sentence that shows it best
