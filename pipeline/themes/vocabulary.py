"""Which terms may make a discovered theme: content words, neither press talk nor the issuers' own names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache

from pipeline.core.records import Release, Term
from pipeline.core.text import fold

KINDS = ("NOUN", "PHRASE")
# what lemmas keep of plural and case where the model fails
_ENDINGS = ("", "e", "en", "n", "s", "es", "er", "in", "innen")
_SHOWABLE = re.compile(r"[^\W\d_][^\d_]{2,}")


def parse_stop_terms(text: str) -> Callable[[str], bool]:
    """The text of ``stopterms.toml`` -> a test whether a term is one of them."""
    words = [fold(word) for group in tomllib.loads(text).values() for word in group]
    exact = {word + ending for word in words if "*" not in word for ending in _ENDINGS}
    prefixes = tuple(word.rstrip("*") for word in words if word.endswith("*"))
    suffixes = tuple(word.lstrip("*") for word in words if word.startswith("*"))

    def stop(term: str) -> bool:
        folded = fold(term)
        return folded in exact or folded.startswith(prefixes) or folded.endswith(suffixes)

    return stop


def issuer_words(releases: Iterable[Release]) -> frozenset[str]:
    """The words of all issuers' names: "Stadt Falkenrode" must not become the theme Falkenrode."""
    names = {release.issuer for release in releases if release.issuer}
    return frozenset(word for name in names for word in re.findall(r"[\w-]+", fold(name)))


def content(terms: Iterable[Term], stop: Callable[[str], bool], own: frozenset[str]) -> list[Term]:
    """Terms -> those that may name a theme. A phrase falls only when its last word, its head, does."""

    @cache
    def welcome(term: str) -> bool:
        words = term.split()
        return bool(_SHOWABLE.fullmatch(term)) and not stop(words[-1]) and not any(fold(w) in own for w in words)

    return [term for term in terms if term.pos in KINDS and welcome(term.term)]
