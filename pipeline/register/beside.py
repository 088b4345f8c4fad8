"""A text and where a name stands in it -> what the words beside the name say. Nothing here asks the corpus."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from importlib.resources import files

from pipeline.register.names import fold, is_acronym

_ADJECTIVES: dict[str, str] = tomllib.loads(
    files(__package__).joinpath("regions.toml").read_text(encoding="utf-8")
)["adjectives"]
OFFICES = tomllib.loads(files(__package__).joinpath("offices.toml").read_text(encoding="utf-8"))
_ARTICLE = re.compile(r"\b(?:[Dd]er|[Dd]ie)\s$")
_BRACKET = re.compile(r"\s?\(([^()\n]{2,25})\)")
_IN = re.compile(r"(?:\s(?:in|im)|,|/)\s?(?:der\s|dem\s)?([A-ZÄÖÜ][\w-]{2,30})")
_LAST_WORD = re.compile(r"(?<![\w-])([\w-]+)\s$")
_ENDING = re.compile(r"(?:er|en|em|es|e)$")
_SHORT = re.compile(r"[“\"'’]?\s*\(\s*(?:kurz:?\s*)?[„\"'‚]?([\wÄÖÜäöüß&-]{2,12})[“\"'‘]?\s*[),;]")
_BEFORE = re.compile(r"([\wÄÖÜäöü&-]{2,12}) \($")
IN_BRACKETS, IN_WORDS = "(", "in"
Said = tuple[str, str]  # one of these two, and what it says, folded


def longest_first(words: Iterable[str]) -> str:
    """Words -> an expression that finds the longest that is there."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


# whether to look into a text at all; `re` finds a class of letters fastest
_OFFICE = re.compile(rf"[Dd](?:er|em|en|ie)\s(?:{longest_first((*OFFICES['once'], *OFFICES['once_feminine']))})")


def may_name_an_office(text: str) -> bool:
    """Whether offices that there are once may stand in a text without a name."""
    return _OFFICE.search(text) is not None


def article(text: str, start: int) -> bool:
    """Whether a name has an article before it: "an der Auma"."""
    return _ARTICLE.search(text[max(0, start - 5) : start]) is not None


def said(text: str, start: int, end: int, regions: Container[str]) -> Said | None:
    """``Neustadt (Hessen)``, ``Weimar in Hessen``, ``im hessischen Neustadt``: what is said, if it names a region.

    Brackets say more than regions: Weimar (Lahn).
    """
    after = text[end : end + 45]
    if bracket := _BRACKET.match(after):
        return IN_BRACKETS, fold(bracket[1])
    region = match[1] if (match := _IN.match(after)) else ""
    if not region and (before := word_before(text[max(0, start - 30) : start])):
        region = _region_of(before)
    return (IN_WORDS, key) if region and (key := fold(region)) in regions else None


def word_before(text: str) -> str | None:
    """The last word of a text that ends in a space."""
    # it begins after the last space but that at the end: so `re` need not try every letter before
    found = _LAST_WORD.search(text, text.rfind(" ", 0, -2) + 1)
    return found[1] if found else None


@lru_cache(maxsize=100_000)
def _region_of(adjective: str) -> str:
    return _ADJECTIVES.get(_ENDING.sub("", fold(adjective)), "")


def acronyms(text: str, start: int, end: int) -> Iterator[str]:
    """``Falkenroder Kulturverein (FKV)``, ``FKV (Falkenroder Kulturverein`` -> FKV."""
    if (match := _SHORT.match(text, end)) and is_acronym(match[1]):
        yield plain(match[1])
    # asked of one letter first: most names have no bracket before them
    if text[max(0, start - 1) : start] in {"(", "\n"}:
        before = _BEFORE.search(text[max(0, start - 15) : start])
        if before and is_acronym(before[1]):
            yield plain(before[1])


def plain(name: str) -> str:
    """An acronym without a genitive s: the EKDs, des FKVs."""
    return name.removesuffix("s") if name[-2:-1].isupper() else name
