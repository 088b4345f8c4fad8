"""The model's names, cross-examined: what the words themselves contradict is dropped or cut.

A small model calls many a common noun a place. The tagger, the gazetteers, the word's ending and its other
occurrences in the release are asked; a name that only the name finder believes in needs one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.components import literal
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.place_words import is_landscape, place_end, sure_end
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import load

_LINK = re.compile(r"www\.|://|@|\.(?:de|com|org|net)\b")
_CONTACT = re.compile(r",? ?(?:\b(?:Tel|Telefon|Fax|E-Mail|Mail|Mobil|Internet)\b|\d{3,})")
_LAW = re.compile(
    r"(?:gesetz(?:es)?|verordnung|richtlinie|Gesetz(?:es)?|Verordnung|Richtlinie|pandemie|Pandemie|krise|Krise)$"
)
_ROAD = re.compile(r"[AB]\d{1,3}")
# behind a whole name: its short form, or "des Klimabeirates", "der Stadt", which own it and are no name
_OWN_TAIL = re.compile(r" [A-ZÄÖÜ]{2,}[A-ZÄÖÜ-]*| (?:des|der) [A-ZÄÖÜ][a-zäöüß]+")
_SURE = 0.85
_RARE = 3  # from so many occurrences on, a name that is seen in fewer than a third of them is none


def sift(page: Page, authority: Authority) -> Page:
    """The page with those of the model's names that stand up to the other evidence."""
    kept = [fixed for span in page.names if (fixed := _examined(page, span, authority))]
    forms = Counter(page.flat[s.start : s.end] for s in kept)
    return page.with_names([s for s in kept if not _is_stray(page, s, forms)])


def _examined(page: Page, span: Span, authority: Authority) -> Span | None:
    text = page.flat[span.start : span.end]
    if _LINK.search(text) or _LAW.search(text):
        return None
    if span.label in {"PER", "LOC"} and (cut := _CONTACT.search(text)):
        text = text[: cut.start()]
        span = replace(span, end=span.start + len(text))
    if span.label != "ORG" and _legal().search(text):
        return None
    words = text.split()
    if not words or (span.label != "PER" and any(is_office(word.strip(",")) for word in words)):
        return None
    if len(words) == 1:
        return _single(page, span, text, authority)
    if span.label == "PER" and page.pos_at.get(span.start) == "ADJ" and words[0] not in authority.first_names:
        return None
    return span


def _single(page: Page, span: Span, text: str, authority: Authority) -> Span | None:
    """A name of one word: is it one?"""
    pos, place = page.pos_at.get(span.start, "PROPN"), text in authority.places
    if span.label == "LOC" and text.isupper() and len(text) > 1 and not place and not _ROAD.fullmatch(text):
        return span if text in _short() else replace(span, label="ORG", confidence=0.6)
    odd = not place and pos not in {"PROPN", "NOUN", "X"} and not text.isupper()
    common = pos == "NOUN" and not _has_support(span.label, text, authority)
    if is_no_name(text) or odd or common:
        return None
    return None if span.label == "LOC" and not place and _is_thing(page, span, text, authority) else span


def _is_thing(page: Page, span: Span, text: str, authority: Authority) -> bool:
    """Whether a word that no gazetteer knows as a place stands or is built like a common noun."""
    return _follows_article(page, span) or ("-" in text and not _is_place_compound(text, authority))


def _has_support(label: str, text: str, authority: Authority) -> bool:
    """Whether a word that the tagger calls a common noun may yet be a name of this kind."""
    if label == "LOC":
        return (
            text in authority.places
            or text.removesuffix("s") in authority.places
            or place_end().search(text) is not None
        )
    if label == "PER":
        return text in authority.first_names
    return sum(c.isupper() for c in text) > 1 or _heads().search(text) is not None


def _follows_article(page: Page, span: Span) -> bool:
    """Whether an article or adjective stands before a word that no gazetteer knows: a common noun."""
    before, text = page.flat[max(0, span.start - 40) : span.start].rstrip(), page.flat[span.start : span.end]
    if not before[-1:].isalnum() or is_landscape(text) or sure_end().search(text):
        return False
    last = page.flat.rfind(" ", 0, span.start - 1) + 1
    return page.pos_at.get(last) in {"DET", "ADJ", "NUM"}


def _is_place_compound(text: str, authority: Authority) -> bool:
    first, last = text.split("-", 1)[0], text.rsplit("-", 1)[1]
    return (
        last in authority.places
        or first in authority.known_places
        or last in load("places").words["landform"]
        or place_end().search(last) is not None
    )


def _is_stray(page: Page, span: Span, forms: Counter[str]) -> bool:
    """One word, often in the text, rarely seen as a name: a common noun."""
    text = page.flat[span.start : span.end]
    if " " in text:
        return False
    total = sum(1 for _ in literal.places(text, page.flat, "parts"))
    return total >= _RARE and forms[text] * 3 < total


def without_people(page: Page, spans: Sequence[Span], people: Sequence[Span]) -> list[Span]:
    """Places and organisations of the model that swallowed a person are dropped: "Präsidium Anne Muster von"."""
    sure = [p for p in people if p.confidence >= 0.85 and " " in page.flat[p.start : p.end]]
    return [s for s in spans if s.found_by != "model" or not any(_swallows(page, s, p) for p in sure)]


def without_seats(page: Page, spans: Sequence[Span], people: Sequence[Span]) -> list[Span]:
    """Organisations without councils that are an office here: "Bundesrat Peter Muster" in Switzerland."""
    starts = {p.start for p in people}
    seats = load("organisations").words["seats"]
    return [s for s in spans if s.end + 1 not in starts or page.flat[s.start : s.end] not in seats]


def _swallows(page: Page, span: Span, person: Span) -> bool:
    """Whether a span is a person with words around, and not a body named after one ("Studio Anne Muster")."""
    if not (span.start <= person.start and person.end <= span.end):
        return False
    before = page.flat[span.start : person.start].split()
    return person.end < span.end or not before or before[-1].islower() or is_office(before[-1])


def overlong(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Without the model's spans that are a sure name and a common noun: "Amt für Muster Fördermittel"."""
    ends: dict[int, set[int]] = {}
    for span in spans:
        if span.found_by != "model" and span.confidence >= _SURE:
            ends.setdefault(span.start, set()).add(span.end)
    return [s for s in spans if s.found_by != "model" or not _has_noun_tail(page, s, ends.get(s.start, set()))]


def _has_noun_tail(page: Page, span: Span, ends: set[int]) -> bool:
    """Whether a sure name is followed by a noun, an acronym of its own or a generic owner."""
    return any(
        (tail := page.flat[end : span.end])
        and (
            _OWN_TAIL.fullmatch(tail) is not None
            or (" " not in tail[1:] and tail[0] == " " and page.pos_at.get(end + 1) == "NOUN")
        )
        for end in ends
        if end < span.end
    )


@cache
def _short() -> frozenset[str]:
    return frozenset(load("places").words["short"])


@cache
def _legal() -> re.Pattern[str]:
    return load("organisations").compile("(?<!\\w){legal}")


@cache
def _heads() -> re.Pattern[str]:
    return load("organisations").compile("(?i:{heads})$")
