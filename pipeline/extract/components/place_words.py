"""What the form of a word says about a place: endings of streets and villages, names of inhabitants."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.patterns import load

_INHABITANT = re.compile(r"(\w+?)(?:er|ern|ers|erin|erinnen|er\*innen|er:innen)$")


@cache
def place_end() -> re.Pattern[str]:
    """Endings of names of places."""
    return load("places").compile("(?i:{sure_endings}|{endings})s?$")


@cache
def sure_end() -> re.Pattern[str]:
    """Endings that hardly any other word has."""
    return load("places").compile("(?:{sure_endings})s?$")


@cache
def is_landscape(word: str) -> bool:
    """Whether a word is a street, a square or a landscape, which are names in spite of an article.

    >>> is_landscape("Lindenplatz"), is_landscape("Anna-Muster-Allee"), is_landscape("Arbeitsplatz")
    (True, True, False)
    """
    found = _landscape().search(word)
    return found is not None and word[: found.start()].rstrip("-").lower() not in _common_starts()


def is_demonym(word: str, authority: Authority) -> bool:
    """Whether a word means the people of a place or is its adjective: "Erfurterinnen", "Jenaern"."""
    found = _INHABITANT.match(word) if word not in authority.places else None
    return found is not None and bool({found[1], found[1] + "e", found[1] + "en"} & authority.places)


@cache
def _landscape() -> re.Pattern[str]:
    return load("places").compile("(?i:(?<=[\\w-]{3}){article_endings})s?$")


@cache
def _common_starts() -> frozenset[str]:
    return frozenset(start.lower() for start in load("places").words["no_place"])
