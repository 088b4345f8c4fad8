"""What single words say: office, title, first name, no name at all."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.patterns import load

_SURNAME_RISK = 3  # letters that must stand before a bad ending: "Lang-schule", not "Schule"


@cache
def is_office(word: str) -> bool:
    """Whether a capitalised word names an office or function.

    >>> is_office("Landrätin"), is_office("NABU-Bundesgeschäftsführer"), is_office("Gemeinderat")
    (True, True, False)
    """
    table = load("persons").words
    if word in table["office_always"]:
        return True
    if word in table["office_never"] or not word[:1].isupper():
        return False
    bare = re.sub(r"(?:\*innen|:innen|\*in|:in|_in)$", "", word)
    return _office_ending().search(bare) is not None


@cache
def _office_ending() -> re.Pattern[str]:
    endings = load("persons").words["office_endings"]
    capital = [e for e in endings if not e[0].islower()]
    small = [e for e in endings if e[0].islower()]
    either = "|".join(f"[{e[0]}{e[0].upper()}]{re.escape(e[1:])}" for e in sorted(small, key=len, reverse=True))
    return re.compile(rf"(?:{either}|(?:^|-)(?:{'|'.join(map(re.escape, capital))}))$")


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
    """ "Erfurts" -> "Erfurt", "Hans’" -> "Hans"; what has no genitive ending stays."""
    if word.endswith(("’", "'", "´")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")) else word
