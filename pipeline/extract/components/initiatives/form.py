"""The words of a name -> the features that they show by themselves: length, letters, language, head nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.extract.authority import Authority
from pipeline.extract.components import literal
from pipeline.extract.components.initiatives.heads import is_compound, kind_of, shape_words
from pipeline.extract.components.page import Page
from pipeline.extract.patterns import load

_HOMEPAGE = re.compile(r"\.(?:de|org|net|info|eu|app|com)$")
_LEGAL = re.compile(
    r"s? (?:\w+ )?(?:AG|GmbH|gGmbH|SE|KG|KGaA|e\. ?V\.|eG|Ltd|Inc|Corp|LLC|S\.A\.|Foundation|Stiftung)(?!\w)"
)
_INNER, _HUMP = re.compile(r"[a-zäöüß][A-ZÄÖÜ]"), re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_YEAR, _DIGIT = re.compile(r"\b20\d\d\b"), re.compile(r"\d")
_KEPT = 2**14  # names that recur
_GERMAN_LINKS = frozenset({"für", "gegen", "der", "des", "und", "&", "im", "in", "am", "zum"})


def of(text: str, page: Page, authority: Authority) -> Iterator[str]:
    """Everything that the words of a name say, wherever they stand."""
    yield from _alone(text)
    yield from _known(text, text.split(), page, authority)


@lru_cache(_KEPT)
def _alone(text: str) -> tuple[str, ...]:
    """What a name says in any release."""
    words = text.split()
    return (*_length(words), *_letters(text), *_heads(words), *_language(text, words))


def _length(words: list[str]) -> Iterator[str]:
    yield "words:1" if len(words) == 1 else "words:2" if len(words) == 2 else "words:3+"
    if len(words) > 5:
        yield "words:6+"


def _letters(text: str) -> Iterator[str]:
    if _INNER.search(text):
        yield "letters:inner-capital"
    if text.isupper():
        yield "letters:capitals" if len(text) > 4 else "letters:acronym"
    if _YEAR.search(text):
        yield "letters:year"
    elif _DIGIT.search(text):
        yield "letters:digit"
    if "-" in text:
        yield "letters:hyphen"
    if text.startswith("#"):
        yield "letters:hashtag"
    if _HOMEPAGE.search(text):
        yield "letters:homepage"
    if text.endswith("!"):
        yield "letters:exclamation"


def _heads(words: list[str]) -> Iterator[str]:
    last = words[-1].rsplit("-", 1)[-1]
    if kind := kind_of(last):
        yield "head:compound" if is_compound(last) or "-" in words[-1] else "head:last"
        yield f"head:{kind}"
    if len(words) > 1 and kind_of(words[0]):
        yield "head:first"


def _language(text: str, words: list[str]) -> Iterator[str]:
    if not _set("english").isdisjoint(words[1:]):
        yield "english:link"
    english = sum(w in _set("english_heads") or w in _set("english") for w in words)
    if len(words) > 1 and english:
        yield "english:all" if english == len(words) else "english:word"
    if text.startswith(shape_words("english_terms")):
        yield "english:term"
    if not _GERMAN_LINKS.isdisjoint(words[1:]):
        yield "german:link"


def _known(text: str, words: list[str], page: Page, authority: Authority) -> Iterator[str]:
    if any(w in _set("body_words") or w.lower().endswith(shape_words("body_ends")) for w in words):
        yield "body:word"
    if _legal_behind(text, page):
        yield "body:legal-elsewhere"
    if page.issuer and (text in page.issuer or page.issuer in text):
        yield "issuer"
    if text in authority.places or text.removesuffix("s") in authority.places:
        yield "place"
    elif len(words) > 1 and any(w in authority.places for w in words):
        yield "place:inside"
    yield from _beginning(text, words, page, authority)


def _legal_behind(text: str, page: Page) -> bool:
    """Whether the release also has the name with a legal form: "MusterWerk", and elsewhere "MusterWerk AG"."""
    start = page.flat.find(text)
    while start >= 0:
        if _LEGAL.match(page.flat, start + len(text)):
            return True
        start = page.flat.find(text, start + 1)
    return False


def _beginning(text: str, words: list[str], page: Page, authority: Authority) -> Iterator[str]:
    first = _HUMP.split(words[0], maxsplit=1)[0]
    if len(words) < 4 and first in authority.first_names:
        yield "person:inside"
    base = text.rpartition("-")[0]
    if base and len(words) == 1 and any(literal.places(base, page.flat, "parts")):
        yield "hyphen:base-alone"
    if words[0][:1].islower():
        yield "small"
    if words[0].split("-")[0] in _common_firsts():
        yield "common:first"


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(shape_words(name))


@cache
def _common_firsts() -> frozenset[str]:
    return frozenset(load("initiatives").words["common_firsts"])
