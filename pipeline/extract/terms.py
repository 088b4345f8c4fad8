"""The content words of a release, for the theme model: nouns and adjective-noun pairs of headline and body.

Names, dates, numbers and press-office words stay out; German compounds stay whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.core.records import Term
from pipeline.extract.components.page import Page, Word
from pipeline.extract.patterns import load

_ZONES = frozenset({"headline", "body"})
_NOUN = re.compile(r"[A-ZÄÖÜ][\wäöüß]*(?:-[\wäöüß]+)*$")
_MIN_LETTERS = 3
_ADJECTIVE_ENDING = re.compile(r"(?:e[nmrs]?)$")
_GENDER = re.compile(r"[*:_]in(?:nen)?$|Innen$")


def count(page: Page, release_id: str, taken: Sequence[tuple[int, int]]) -> list[Term]:
    """The terms of a page; ``taken`` are the stretches of names and dates, whose words are none."""
    surfaces: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for term, surface, pos in _found(page, taken):
        surfaces[term, pos][surface] += 1
    best: dict[str, Term] = {}
    for (term, pos), forms in sorted(surfaces.items()):
        shown = min(forms, key=lambda form: (form.lower() != term, -forms[form], len(form), form))
        row = Term(release_id, term, shown, pos, sum(forms.values()))
        if term not in best or row.count > best[term].count:
            best[term] = row
    return list(best.values())


def _found(page: Page, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str, str]]:
    """(term, surface, part of speech) of each content word and pair."""
    lemmas = _lemmas(page)
    blocked = {offset for start, end in taken for offset in range(start, end)} | _issuer(page)
    before: Word | None = None
    starts, at = [*(unit.start for unit in page.units[1:]), len(page.text) + 1], 0
    for word in page.words:
        text = page.text[word.start : word.end]
        while starts[at] <= word.start:
            at += 1
        free = page.units[at].zone in _ZONES and word.start not in blocked
        if free and word.pos == "NOUN" and _is_content(text, word.lemma):
            lemma = lemmas[text]
            yield lemma.lower(), text, "NOUN"
            if before and (adjective := _adjective(page, before, word)):
                yield f"{adjective} {lemma.lower()}", page.flat[before.start : word.end], "PHRASE"
        before = word if free else None


def _is_content(text: str, lemma: str) -> bool:
    if not _NOUN.match(text) or len(text) < _MIN_LETTERS or (text.isupper() and len(text) > 6):
        return False
    return not ({text, lemma, lemma.capitalize(), _GENDER.sub("", text)} & _boilerplate())


def _lemmas(page: Page) -> dict[str, str]:
    """Each noun of the page -> one lemma: the one that is most often given, the longer one when in doubt."""
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for word in page.words:
        text = page.text[word.start : word.end]
        if not text[0].isupper() or not _NOUN.match(text):
            continue
        lemma = word.lemma.strip("-– ")
        fits = lemma[:1].isalpha() and lemma[:2].lower() == text[:2].lower()
        given[text][lemma if fits else text] += 1
    return {text: min(c, key=lambda form: (-c[form], -len(form), form)) for text, c in given.items()}


def _adjective(page: Page, adjective: Word, noun: Word) -> str | None:
    """The stem of an adjective right before its noun, unless it says too little."""
    text = page.text[adjective.start : adjective.end]
    adjacent = page.flat[adjective.end : noun.start] == " "
    if adjective.pos != "ADJ" or not adjacent or not text.isalpha() or not text[0].islower():
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
