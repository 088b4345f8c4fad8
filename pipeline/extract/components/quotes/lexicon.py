"""patterns/quotes.toml as sets of words. Read once, when the package is imported."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(
    (files("pipeline.extract") / "patterns" / "quotes.toml").read_text(encoding="utf-8")
)
PAIRS: dict[str, str] = TABLE["marks"]["pairs"]
MAX_CHARS: int = TABLE["marks"]["max_chars"]
MAX_INNER_MARKS: int = TABLE["marks"]["max_inner_marks"]
CUES: dict[str, str] = {form: row["id"] for row in TABLE["verb"] for form in row["forms"]}
STRONG: frozenset[str] = frozenset(CUES) - frozenset(TABLE["weak"]["forms"])
_WORDS: dict[str, list[str]] = TABLE["words"]
PRONOUNS, ARTICLES = frozenset(_WORDS["pronouns"]), frozenset(_WORDS["articles"])
PREPOSITIONS = frozenset(_WORDS["prepositions"])
FINITE, NOT_FINITE = frozenset(_WORDS["finite"]), frozenset(_WORDS["not_finite"])
TITLES: list[str] = _WORDS["titles"]
