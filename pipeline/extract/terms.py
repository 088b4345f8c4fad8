"""The content words of a release, for the theme model: nouns and adjective-noun pairs of headline and body.

Names, dates, numbers and press-office words stay out; German compounds stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pipeline.core.records import Term
from pipeline.extract.components.page import Page, Word
from pipeline.extract.patterns import load

_CONTENT = frozenset({"NOUN", "ADJ"})
_ZONES = frozenset({"headline", "body"})
_NOUN = re.compile(r"[A-ZÄÖÜ][\wäöüß]*(?:-[\wäöüß]+)*$")
_MIN_LETTERS = 3
_KEPT = 2**16  # words that recur
_ADJECTIVE_ENDING = re.compile(r"(?:e[nmrs]?)$")
_GENDER = re.compile(r"[*:_]in(?:nen)?$|Innen$")


def count(page: Page, release_id: str, taken: Sequence[tuple[int, int]]) -> list[Term]:
    """The terms of a page; ``taken`` are the stretches of names and dates, whose words are none."""
    surfaces: dict[tuple[str, str], list[str]] = {}
    for term, surface, pos in _found(page, taken):
        surfaces.setdefault((term, pos), []).append(surface)
    best: dict[str, Term] = {}
    for (term, pos), forms in sorted(surfaces.items()):
        row = Term(release_id, term, _shown(term, forms), pos, len(forms))
        if term not in best or row.count > best[term].count:
            best[term] = row
    return list(best.values())


def _shown(term: str, forms: list[str]) -> str:
    if forms.count(forms[0]) == len(forms):
        return forms[0]
    counts = Counter(forms)
    return min(counts, key=lambda form: (form.lower() != term, -counts[form], len(form), form))


def _found(page: Page, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str, str]]:
    """(term, surface, part of speech) of each content word and pair."""
    lemmas = _lemmas(page)
    blocked = {offset for start, end in taken for offset in range(start, end)} | _issuer(page)
    before: Word | None = None
    starts, at = [*(unit.start for unit in page.units[1:]), len(page.text) + 1], 0
    for word in page.words:
        if word.pos not in _CONTENT:
            before = None
            continue
        text = page.text[word.start : word.end]
        while starts[at] <= word.start:
            at += 1
        free = page.units[at].zone in _ZONES and word.start not in blocked
        if free and word.pos == "NOUN" and _is_content(text, word.lemma):
            lemma = lemmas[text].lower()
            yield lemma, text, "NOUN"
            if before and (adjective := _adjective(page, before, word)):
                yield f"{adjective} {lemma}", page.flat[before.start : word.end], "PHRASE"
        before = word if free else None


@lru_cache(_KEPT)
def _is_content(text: str, lemma: str) -> bool:
    if not _NOUN.match(text) or len(text) < _MIN_LETTERS or (text.isupper() and len(text) > 6):
        return False
    return not ({text, lemma, lemma.capitalize(), _GENDER.sub("", text)} & _boilerplate())


def _lemmas(page: Page) -> dict[str, str]:
    """Each noun of the page -> one lemma: the one that is most often given, the longer one when in doubt."""
    given: dict[str, list[str]] = {}
    for word in page.words:
        text = page.text[word.start : word.end]
        if lemma := _lemma(text, word.lemma):
            given.setdefault(text, []).append(lemma)
    return {text: _common(lemmas) for text, lemmas in given.items()}


@lru_cache(_KEPT)
def _lemma(text: str, lemma: str) -> str | None:
    """The lemma of a word written as a noun; as written where the lemma is none of it."""
    if not text[0].isupper() or not _NOUN.match(text):
        return None
    lemma = lemma.strip("-– ")
    fits = lemma[:1].isalpha() and lemma[:2].lower() == text[:2].lower()
    return lemma if fits else text


def _common(lemmas: list[str]) -> str:
    if lemmas.count(lemmas[0]) == len(lemmas):
        return lemmas[0]
    counts = Counter(lemmas)
    return min(counts, key=lambda form: (-counts[form], -len(form), form))


def _adjective(page: Page, adjective: Word, noun: Word) -> str | None:
    """The stem of an adjective right before its noun, unless it says too little."""
    text = page.text[adjective.start : adjective.end]
    if adjective.pos != "ADJ" or page.flat[adjective.end : noun.start] != " ":
        return None
    if not text.isalpha() or not text[0].islower():
        return None
    stem = _ADJECTIVE_ENDING.sub("", text)
    return None if stem in _pale() or adjective.lemma in _pale() or len(stem) < _MIN_LETTERS + 1 else stem


def _issuer(page: Page) -> set[int]:
    """Offsets of the words of the issuer's name, wherever they stand."""
    if not page.issuer:
        return set()
    names = [part for part in re.split(r"[\s()]+", page.issuer) if part[:1].isupper() and len(part) > 3]
    return {
        offset
        for name in names
        for hit in re.finditer(rf"\b{re.escape(name)}(?:e?s)?\b", page.flat)
        for offset in range(hit.start(), hit.end())
    }


@cache
def _boilerplate() -> frozenset[str]:
    return frozenset(load("terms").words["boilerplate"])


@cache
def _pale() -> frozenset[str]:
    return frozenset(load("terms").words["pale_adjectives"])
