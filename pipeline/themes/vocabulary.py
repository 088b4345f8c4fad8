"""Which terms may make a discovered theme: content words, neither press talk nor the issuers' own names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable

from pipeline.core.text import fold
from pipeline.themes.coded import MARK, NAME

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


def issuer_words(issuers: Iterable[str | None]) -> frozenset[str]:
    """The words of all issuers' names: "Stadt Falkenrode" must not become the theme Falkenrode."""
    names = {issuer for issuer in issuers if issuer}
    return frozenset(word for name in names for word in re.findall(r"[\w-]+", fold(name)))


def chooser(stop: Callable[[str], bool], own: Collection[str]) -> Callable[[str, str], bool]:
    """A test whether a term of a kind may make a theme; ``own`` are issuers' words, and places for what is shown.

    A phrase falls only when its last word, its head, does. A name falls only when it is the issuer's.
    """

    def welcome(term: str, kind: str) -> bool:
        if kind == NAME:
            return fold(term.rstrip(MARK)) not in own
        words = term.split()
        shown = kind in KINDS and bool(_SHOWABLE.fullmatch(term))
        return shown and not stop(words[-1]) and not any(fold(word) in own for word in words)

    return welcome
