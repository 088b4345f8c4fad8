"""``scheme.toml`` -> the guided themes and the seeds that speak for them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from pipeline.core.errors import InputError
from pipeline.core.text import fold

WEIGHTS = {"strong": 3.0, "clear": 2.0, "hint": 1.0, "never": 0.0}
_WORDS = ("id", "label", "definition", "iptc", "iptc_label")
_ID = re.compile(r"[a-z][a-z0-9_]*")
# shorter stems would match by chance: "*rat*" in "Beratung", "bau*" in "Bauch" needs a written exception
MIN_END, MIN_PART = 3, 4


@dataclass(frozen=True, slots=True)
class Seed:
    """One search word: ``mode`` is exact, prefix, suffix, part or phrase; ``stem`` is it without its stars."""

    stem: str
    mode: str
    weight: float  # 0: an exception, the word never counts


@dataclass(frozen=True, slots=True)
class GuidedTheme:
    """One theme of the scheme."""

    theme_id: str
    label: str
    definition: str
    iptc: str
    iptc_label: str
    seeds: tuple[Seed, ...]
    means: bool = False  # how something is done rather than what it is about: it stands back behind other themes


def parse_scheme(text: str, place: str) -> tuple[GuidedTheme, ...]:
    """The text of a scheme file -> its themes, in the order of the file.

    Raises InputError naming ``place``, the theme and the word that is wrong.
    """
    try:
        tables = tomllib.loads(text).get("theme", [])
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{place}: is not valid TOML: {error}") from None
    themes = tuple(_theme(table, f"{place}: theme {number}") for number, table in enumerate(tables, 1))
    ids = [theme.theme_id for theme in themes]
    for double in sorted({i for i in ids if ids.count(i) > 1}):
        raise InputError(f"{place}: theme {double} stands there twice; remove one")
    return themes


def _theme(table: dict[str, Any], place: str) -> GuidedTheme:
    words = {key: _word(table, key, place) for key in _WORDS}
    place = f"{place} ({words['id']})"
    if not _ID.fullmatch(words["id"]):
        raise InputError(f"{place}: id must be lower-case letters, digits and underscores")
    if unknown := sorted(set(table) - set(_WORDS) - set(WEIGHTS) - {"means"}):
        raise InputError(f"{place}: unknown key {unknown[0]}; known are {', '.join((*_WORDS, 'means', *WEIGHTS))}")
    if not isinstance(means := table.get("means", False), bool):
        raise InputError(f"{place}: means must be true or false")
    seeds = [parse_seed(word, weight, place) for key, weight in WEIGHTS.items() for word in table.get(key, [])]
    return GuidedTheme(
        words["id"], words["label"], words["definition"], words["iptc"], words["iptc_label"], tuple(seeds), means
    )


def _word(table: dict[str, Any], key: str, place: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{place}: {key} is missing")
    return value.strip()


def parse_seed(word: str, weight: float, place: str) -> Seed:
    """A search word as people write it (``schul*``) -> a seed. Raises InputError when it is too short or odd."""
    stem = fold(word.strip("*"))
    if " " in stem:
        return Seed(fold(word), "phrase", weight)
    mode = {(False, False): "exact", (False, True): "prefix", (True, False): "suffix", (True, True): "part"}[
        word.startswith("*"), word.endswith("*")
    ]
    least = {"exact": 1, "part": MIN_PART}.get(mode, MIN_END)
    # "ki-*", "eu-*", "5g*": a hyphen or digit makes even two letters safe
    if len(stem) < least and not re.search(r"[-\d]", stem):
        raise InputError(f"{place}: {word!r} is too short; at least {least} letters must stand beside the star")
    if "*" in stem or not stem:
        raise InputError(f"{place}: {word!r}: a star stands at the beginning or the end of a word only")
    return Seed(stem, mode, weight)
