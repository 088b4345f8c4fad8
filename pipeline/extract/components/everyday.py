"""What words say against a name: everyday words, English ones, shapes of brands and of numbered things."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.components.vocabulary import ends_badly, is_no_name
from pipeline.extract.patterns import load

_NUMBERED = re.compile(r"[^A-Z]*(?: |^)[A-Z]{0,2}\d+$|.* I{1,3}$|.*[•#]")
# McMuster, DeMuster and MacMuster aside
_BRAND = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Van|Von)\w*[a-zäöüß][A-ZÄÖÜ]")


@cache
def is_everyday(word: str) -> bool:
    """Whether a word is an everyday one: English, of technology, or built like a common noun.

    >>> is_everyday("Workshops"), is_everyday("Importstopp"), is_everyday("Grasmann")
    (True, True, False)
    """
    bare = word.strip(",.;:()•")
    first = bare.split("-", 1)[0]
    return (
        is_no_name(bare)
        or ends_badly(bare)
        or {bare.lower(), first.lower()} & everyday() != set()
        or bare in load("everyday").words["abbreviations"]
        or (len(bare) > 6 and thing().search(bare) is not None)
    )


@cache
def everyday() -> frozenset[str]:
    """English words that stand in German press texts, and a few German ones; in small letters."""
    words = load("everyday").words
    return frozenset((*words["english"], *words["german"]))


def is_numbered(text: str) -> bool:
    """Whether a name ends in a number or a sign: "Release 6", "Abschnitt II"; no name of a person or place."""
    return _NUMBERED.match(text) is not None


def is_brand(word: str) -> bool:
    """Whether a word has capitals inside, as brands have and surnames have not."""
    return _BRAND.match(word) is not None


@cache
def thing() -> re.Pattern[str]:
    """Endings of German nouns that are neither surnames nor places."""
    return load("everyday").compile("(?i:{endings})$")
