"""What single words say: office, title, first name, no name at all."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.patterns import load

_SURNAME_RISK = 3  # letters that must stand before a bad ending: "Lang-schule", not "Schule"


@cache
def is_office(word: str) -> bool:
    """Whether a capitalised word names an office or function.

    >>> is_office("Landrätin"), is_office("ADFC-Bundesgeschäftsführer"), is_office("Gemeinderat")
    (True, True, False)
    """
    table = load("persons").words
    if word in table["office_always"]:
        return True
    if word in table["office_never"] or not word[:1].isupper():
        return False
    bare = re.sub(r"(?:\*innen|:innen|\*in|:in|_in)$|(?<=in)nen$", "", word)
    return _office_ending().search(bare.lower()) is not None or _office_word().search(bare) is not None


@cache
def is_strong_office(word: str) -> bool:
    """Whether a word after this office is a name, even an unknown one: "Ministerin Muster"."""
    return word.lower().endswith(load("persons").words["strong_endings"])


@cache
def _office_ending() -> re.Pattern[str]:
    small = [ending for ending in load("persons").words["office_endings"] if ending[0].islower()]
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(small, key=len, reverse=True)))})$")


@cache
def _office_word() -> re.Pattern[str]:
    whole = [word for word in load("persons").words["office_endings"] if not word[0].islower()]
    return re.compile(rf"(?:^|-)(?:{'|'.join(map(re.escape, whole))})$")


@cache
def is_no_name(word: str) -> bool:
    """Whether a capitalised word neither begins nor ends a person's name."""
    table = load("persons").words
    common = load("common").words
    return (
        word in _no_names()
        or word in common["months"]
        or word in common["weekdays"]
        or word in table["salutations"]
    )


@cache
def _no_names() -> frozenset[str]:
    return frozenset(load("persons").words["no_name"])


@cache
def ends_badly(word: str) -> bool:
    """Whether a word ends like a thing and not like a surname: -straße, -stiftung, -ung."""
    lowered = word.lower()
    return any(
        lowered.endswith(ending) and len(lowered) >= len(ending) + _SURNAME_RISK
        for ending in load("persons").words["no_surname_endings"]
    )


def without_genitive(word: str) -> str:
    """Without a genitive ending: "Erfurts" -> "Erfurt", "Hans’" -> "Hans"; what has none stays."""
    if word.endswith(("’", "'", "´")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")) else word
