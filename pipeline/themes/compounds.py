"""Compounds are split for matching: "Radwegebau" then has something in common with "Radweg" and with "Bau".

A word is split in two where both parts are words of the vocabulary; labels and tables show it whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

MIN_HEAD = 3
# what German puts between two parts; longest first, so that "s" is not taken for a letter of the first part
LINKS = ("ens", "en", "es", "er", "s", "n", "e", "-", "")
_ENDINGS = ("innen", "ern", "en", "er", "es", "e", "n", "s")
_MIN_STEM = 4
_HYPHENS = re.compile("-+")


@cache
def stem(word: str) -> str:
    """A lower-case noun -> what is left without the ending of number and case; never under four letters.

    >>> [stem(word) for word in ("schulen", "schule", "lehrerinnen", "bus")]
    ['schul', 'schul', 'lehrer', 'bus']
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word[: -len(ending)]
    return word


def splitter(stems: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    """Stems of known words -> a function from a word's stem to the stems of its parts; () where it has none.

    >>> splitter({"radweg", "bau", "weg"})("radwegebau")
    ('radweg', 'bau')
    """

    @cache
    def split(word: str) -> tuple[str, ...]:
        if "-" in word:
            return tuple(part for part in map(stem, _HYPHENS.split(word)) if part in stems)
        found = [
            (min(len(head), len(word) - at), head, stem(word[at:]))
            for at in range(MIN_HEAD, len(word) - MIN_HEAD + 1)
            if stem(word[at:]) in stems
            for head in _heads(word[:at])
            if head in stems
        ]
        # the split whose shorter part is longest: "bau" + "amt" is no part of "Staubaumter"
        return max(found)[1:] if found else ()

    return split


def _heads(text: str) -> list[str]:
    """What the first part of a compound may be called when it stands alone."""
    bare = [text[: len(text) - len(link)] for link in LINKS if text.endswith(link)]
    return list(dict.fromkeys(form for word in bare if len(word) >= MIN_HEAD for form in (word, stem(word))))
