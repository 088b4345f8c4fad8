"""Head nouns: what kind of initiative a noun says."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.patterns import load

_GENITIVE = re.compile(r"(?:es|s)$")
_PLURAL_DATIVE = re.compile(r"n$")


@cache
def kind_of(head: str) -> str | None:
    """The kind that a head noun says; None if it is no head of an initiative.

    >>> kind_of("Zukunftsinitiative"), kind_of("Förderprogramms"), kind_of("Bürgermeister")
    ('campaign', 'funding', None)
    """
    for word in (head.lower(), _GENITIVE.sub("", head.lower())):
        if best := _longest(word):
            return _endings()[best]
    return None


@cache
def is_compound(word: str) -> bool:
    """Whether a word is a head noun with something before it: "Klimabündnis", not "Bündnis".

    >>> is_compound("Klimabündnis"), is_compound("Bündnis"), is_compound("Bündnisses")
    (True, False, False)
    """
    bare = _GENITIVE.sub("", word.lower())
    best = max(_longest(bare), _longest(word.lower()), key=len)
    return bool(best) and len(bare) - len(best) >= 3


@cache
def shape_words(name: str) -> tuple[str, ...]:
    """A list of ``patterns/initiative_shapes.toml``."""
    return load("initiative_shapes").words[name]


def _longest(word: str) -> str:
    """The longest known ending of a word, "" without one; looked up by length, since there are hundreds."""
    return next((word[-n:] for n in _lengths() if word[-n:] in _endings()), "")


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(ending) for ending in _endings()}, reverse=True))


@cache
def _endings() -> dict[str, str]:
    return {ending: kind for kind, endings in load("initiatives").tables["kinds"].items() for ending in endings}
