"""Places: by the model, by shape (streets, post codes, landscapes, buildings), by gazetteer in a place's position.

Words around a name stay outside ("Stadt [Weimar]", "Landkreis [Weimarer Land]"), adjectives are no places
("Erfurter Stadtrat"). A gazetteer name that is an everyday word, too ("Essen"), needs a preposition or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from pipeline.extract.authority import Authority
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.place_words import is_landscape
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import Patterns, load

_MAX_WORDS = 5
_KEPT = 100_000  # words
_TOWN = re.compile(
    r"(?:Stadt|Gemeinde|Landkreis|Kreis|Landeshauptstadt|Hansestadt|Markt|Samtgemeinde) ([A-ZÄÖÜ].*)"
)
_NO_STREET = re.compile(r"\w*(?:[kou]tor|ollar)\b")
_HYPHENS = re.compile(r"\w+(?:[’'-]\w+)*")


def find(page: Page, authority: Authority) -> list[Span]:
    """All places of a page that anything speaks for; they may overlap, the caller chooses."""
    return [*_shapes(page), *_own(page), *_gazetteer(page, authority), *_repaired(page, authority)]


def _own(page: Page) -> Iterator[Span]:
    """The place of the dateline and the issuer's town or district, wherever they stand."""
    town = _TOWN.match(page.issuer or "")
    dateline = re.split(r"[.(]", page.dateline_place or "")[0].strip()
    if any(map(is_office, dateline.split())):
        dateline = ""
    for name in dict.fromkeys(filter(None, (dateline, town and town[1]))):
        for hit in re.finditer(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", page.flat):
            yield Span(hit.start(), hit.end(), "LOC", "rule:place-own", 0.9, name=name)


def _shapes(page: Page) -> Iterator[Span]:
    for rule, unit in page.chances("places"):
        yield from (s for s in rule.find(page.flat, unit.start, unit.end) if not _is_misread(page, s))


def _is_misread(page: Page, span: Span) -> bool:
    """Whether a shape is no place: "Stadt Möglichkeiten", "Faktor 35", "Bezirk Landrätin"."""
    words = page.flat[span.start : span.end].split()
    noun = span.found_by == "rule:place-outer" and page.pos_at.get(span.start) == "NOUN"
    if span.found_by == "rule:place-local" and "-" not in words[-1] and not is_landscape(words[-1]):
        return True
    return is_office(words[-1]) or _NO_STREET.match(words[0]) is not None or (noun and words[0].endswith("en"))


def _gazetteer(page: Page, authority: Authority) -> Iterator[Span]:
    """Names of the gazetteer, longest first, that the text uses as a place."""
    reach = _reach(authority)
    for unit in page.units:
        words, free = list(_HYPHENS.finditer(page.flat, unit.start, unit.end)), 0
        for position, word in enumerate(words):
            most = reach[word[0]]
            if not most or position < free:
                continue
            length = _longest(page.flat, words[position : position + most], authority) if most > 1 else 1
            if length:
                free = position + length
                if span := _judge(page, authority, word.start(), words[free - 1].end()):
                    yield span


class _Reach(dict[str, int]):
    """How many words a name of the gazetteer that begins with a word can have; 0 for none. Words recur."""

    def __init__(self, authority: Authority) -> None:
        super().__init__()
        self._authority = authority
        firsts = ((_HYPHENS.match(name), name) for name in authority.places)
        self._goes_on = frozenset(first[0] for first, name in firsts if first and first.end() < len(name))

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        self[word] = self._most(word) if word[0].isupper() else 0
        return self[word]

    def _most(self, word: str) -> int:
        # "Hamburg-Sankt Muster" is a district
        district = "-" in word and word.partition("-")[0] in self._authority.known_places
        if district or word in self._goes_on:
            return _MAX_WORDS
        return int(word in self._authority.places or nominative(word, self._authority) != word)


_reach = lru_cache(1)(_Reach)


def _longest(flat: str, words: list[re.Match[str]], authority: Authority) -> int:
    """How many words from here are the longest name of the gazetteer; 0 for none."""
    for length in range(min(_MAX_WORDS, len(words)), 0, -1):
        name = flat[words[0].start() : words[length - 1].end()]
        if name in authority.places or nominative(name, authority) != name or _is_district(name, authority):
            return length
    return 0


def nominative(name: str, authority: Authority) -> str:
    """A place's name without its genitive s, if the gazetteer has it so: "Erfurts" -> "Erfurt"."""
    bare = name.rstrip("’'")
    if name in authority.places:
        return name
    for ending in ("s", "es"):
        if bare.endswith(ending) and (stem := bare.removesuffix(ending)) in authority.places and len(stem) > 3:
            return stem
    return bare if bare in authority.places else name


def _is_district(name: str, authority: Authority) -> bool:
    """Whether a name is a known place and a part of it: "Hamburg-Altona", "Berlin-Mitte"."""
    first, _, last = name.partition("-")
    return first in authority.known_places and (
        last in authority.places or last in {"Mitte", "Nord", "Süd", "West", "Ost"}
    )


def _judge(page: Page, authority: Authority, start: int, end: int) -> Span | None:
    """A gazetteer name as a place, with the confidence that its surroundings give."""
    text = page.flat[start:end]
    name = nominative(text, authority)
    before, pos = page.flat[max(0, start - 40) : start], page.pos_at.get(start)
    if (
        _is_part(page.flat, start, end)
        or is_office(text)
        or is_no_name(text)
        or _is_first_name(page, end, text, authority)
    ):
        return None
    placed = _placed().search(before) is not None
    listed = re.search(r"[A-ZÄÖÜ]\w+(?:, | und | oder | sowie |/)$", before) is not None
    known = name in authority.known_places or _is_district(name, authority)
    ambiguous = name in _ambiguous() or len(name) < 4
    if ambiguous:
        return Span(start, end, "LOC", "gazetteer", 0.6) if placed and known and pos in {"PROPN", None} else None
    if known:
        return Span(start, end, "LOC", "gazetteer", 0.9 if placed or pos == "PROPN" else 0.8)
    if placed or (listed and pos == "PROPN"):
        return Span(start, end, "LOC", "gazetteer", 0.8 if placed else 0.6)
    return None


def _is_part(flat: str, start: int, end: int) -> bool:
    """Whether the name is a piece of something longer: a compound, an address on the web."""
    return (flat[start - 1 : start] in {"-", "@", "/", "_", "#"} and start > 0) or flat[end : end + 1] in {
        "-",
        "@",
        "_",
    }


def _is_first_name(page: Page, end: int, text: str, authority: Authority) -> bool:
    """Whether a place's name is a first name here, before a capitalised word: "Florenz Muster"."""
    return text in authority.first_names and re.match(r" [A-ZÄÖÜ]", page.flat[end : end + 2]) is not None


def _repaired(page: Page, authority: Authority) -> Iterator[Span]:
    """The model's places, with boundaries as the guidelines draw them, adjectives dropped."""
    for span in page.names:
        if span.label == "LOC" and (fixed := _repair(page, span, authority)):
            yield fixed


def _repair(page: Page, span: Span, authority: Authority) -> Span | None:
    start, end = span.start, span.end
    while outer := _outer().match(page.flat, start, end):
        start = outer.end()
    end = start + len(page.flat[start:end].rstrip(" -–,.;:()’'"))
    text = page.flat[start:end]
    if not text or not (text[0].isupper() or text[0].isdigit()) or _HYPHENS.match(text) is None:
        return None
    if is_no_name(text) or is_office(text) or _is_adjective(page, start, end, authority):
        return None
    if any(sign in text for sign in '„“"»«\n'):
        return None
    known = nominative(text, authority) in authority.places and text not in _ambiguous()
    fixed = span.moved(start, end)
    return replace(fixed, confidence=0.9) if known and fixed.confidence != 0.9 else fixed


def _is_adjective(page: Page, start: int, end: int, authority: Authority) -> bool:
    """Whether it is "Erfurter" before a noun: no place, unless a place is called so (Hannover, Speyer)."""
    text = page.flat[start:end]
    if " " in text or not text.endswith("er") or text in authority.places:
        return False
    return (
        re.match(r" [A-ZÄÖÜ]", page.flat[end : end + 2]) is not None or text.removesuffix("er") in authority.places
    )


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(_patterns().words["ambiguous"])


@cache
def _outer() -> re.Pattern[str]:
    return _patterns().compile("(?:{determiner} )?(?:{outer}|{determiner}|Oberbürgermeister(?:in)?) ")


@cache
def _placed() -> re.Pattern[str]:
    """What stands before a place: a preposition, or a word such as Stadt."""
    return _patterns().compile("(?<!\\w)(?:{place_prepositions}|{outer}|\\d{5}) $")


def _patterns() -> Patterns:
    return load("places")
