"""Bodies that are known by name: the table ``patterns/bodies.toml``, looked up word by word.

A lookup by the first word costs the same however long the table grows; one long alternative in a pattern does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from pipeline.extract.components.page import Page, Span
from pipeline.extract.patterns import load

_WORD = re.compile(r"(?<![\w-])\w+")
_FIRST = re.compile(r"\w+")
# an inflected name may go on with "-Präsident", not with "-weit"
_END = re.compile(r"(?:(?:e?s)?(?![\w-])|s?(?=-[A-ZÄÖÜ]))(?!\.\w)")
_ENDINGS = ("e", "en", "er", "es", "em")
_CONFIDENCE = 0.95  # below a salutation: "Frau Bosch" is a person


def find(page: Page) -> Iterator[Span]:
    """Every known body, the longest name at each place; a genitive s belongs to the span."""
    index, flat, firsts = _index(), page.flat, _firsts()
    for unit, words in zip(page.units, page.tokens, strict=True):
        if firsts.isdisjoint(words):
            continue
        for word in _WORD.finditer(flat, unit.start, unit.end):
            text = word[0]
            if text not in firsts:
                continue
            names = index.get(text) or index[text[:-1]]
            if end := next(filter(None, (_end(flat, word.start(), name, unit.end) for name in names)), None):
                yield Span(word.start(), end, "ORG", "rule:org-known", _CONFIDENCE)


def _end(flat: str, start: int, name: str, limit: int) -> int | None:
    """Where a name ends that stands at ``start``; None if another word stands there."""
    end = _END.match(flat, start + len(name), limit) if flat.startswith(name, start) else None
    return end.end() if end else None


def is_known(text: str) -> bool:
    """Whether a text is the name of a known body, also in the genitive."""
    names = (name for key in _keys(text) for name in _index().get(key, ()))
    return any(text in {name, name + "s", name + "es"} for name in names)


def is_established(text: str) -> bool:
    """Whether a text is the name of a known body that is no movement, also in the genitive.

    >>> is_established("Bundestags"), is_established("Fridays for Future")
    (True, False)
    """
    return is_known(text) and text.removesuffix("s") not in _movements() and text not in _movements()


@cache
def _movements() -> frozenset[str]:
    return frozenset(form for name in load("bodies").tables["names"]["movements"] for form in forms(name))


def _keys(text: str) -> tuple[str, ...]:
    first = _FIRST.match(text)
    return (first[0], first[0].removesuffix("s"), first[0].removesuffix("es")) if first else ()


@cache
def _index() -> dict[str, tuple[str, ...]]:
    """First word -> the names that begin with it, longest first."""
    groups: dict[str, set[str]] = {}
    for names in load("bodies").tables["names"].values():
        for form in (form for name in names for form in forms(name)):
            if first := _FIRST.match(form):
                groups.setdefault(first[0], set()).add(form)
    return {first: tuple(sorted(names, key=lambda name: (-len(name), name))) for first, names in groups.items()}


@cache
def _firsts() -> frozenset[str]:
    """The words that a name can begin with, also in the genitive."""
    return frozenset(form for first in _index() for form in (first, first + "s"))


def forms(name: str) -> list[str]:
    """The forms of a name in the table: "Deutsch~ Bahn" -> Deutsche Bahn, Deutschen Bahn, ..."""
    parts = name.split("~")
    filled = (zip(parts, (*ends, ""), strict=True) for ends in product(_ENDINGS, repeat=len(parts) - 1))
    return ["".join(map("".join, pairs)) for pairs in filled]
