"""Noun phrases of real sentences that may name a theme: "Digitalisierung der Verwaltung"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.themes.compounds import stem

# bounded and begun only where no word goes on, so that no text is gone through twice
_NOUN = r"[A-ZÄÖÜ][a-zäöüß]{1,40}(?:-[A-Za-zÄÖÜäöüß]{1,40}){0,4}"
# what joins two nouns to one subject; "mit" and "bei" only say what is near
_JOINED = re.compile(rf"(?<![\w-])({_NOUN}) ((?:der|des|im|in der|für|zur|zum)) (?=({_NOUN})\b)")
# what the end of a noun says about its gender; where it says nothing, an adjective is not turned by guess
_GENDERS = (
    ("e", ("ung", "heit", "keit", "schaft", "ion", "tät", "enz", "anz", "ik", "ur", "ie", "ei", "kraft", "welt")),
    ("e", ("ungen", "heiten", "keiten", "schaften", "ionen", "täten", "ien")),
    ("es", ("ment", "tum", "chen", "zentrum", "museum", "projekt", "programm", "angebot", "netz", "recht")),
    ("er", ("ismus", "ling", "raum", "bau", "verkehr", "wandel", "schutz", "dienst", "markt", "handel")),
)
_ENDING = re.compile(r"e[nmrs]?$")


def joined(texts: Iterable[str], shown: Mapping[str, str]) -> Counter[str]:
    """Texts and how each noun's stem is shown -> phrases of two such nouns, and in how many texts each stands.

    The first noun must stand as it is shown, so that no genitive or dative becomes a name.

    >>> joined(["Die Reform der Verwaltung."], {"reform": "Reform", "verwaltung": "Verwaltung"})
    Counter({'Reform der Verwaltung': 1})
    """
    found: Counter[str] = Counter()
    for text in texts:
        found.update(dict.fromkeys(_phrases(text, shown), 1))
    return found


def _phrases(text: str, shown: Mapping[str, str]) -> Iterable[str]:
    for match in _JOINED.finditer(text):
        first, link, second = match.groups()
        if shown.get(stem(first.lower())) == first and stem(second.lower()) in shown and first != second:
            yield f"{first} {link} {second}"


def nominative(phrase: str) -> str | None:
    """Adjective and noun as a sentence had them -> as a heading; None where the gender cannot be told.

    >>> nominative("künstlichen Intelligenz")
    'Künstliche Intelligenz'
    >>> nominative("ländlicher Raum")
    'Ländlicher Raum'
    >>> nominative("kommunalen Haushalt") is None  # nothing in the word says that it is masculine
    True
    """
    adjective, _, noun = phrase.partition(" ")
    if not noun or " " in noun or not _ENDING.search(adjective):
        return None
    bare = _ENDING.sub("", adjective)
    ending = next((e for e, ends in _GENDERS if noun.lower().endswith(ends)), None)
    if ending is None:
        return None
    return bare[0].upper() + bare[1:] + ending + " " + noun
