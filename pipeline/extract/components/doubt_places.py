"""A second witness for what only the model calls a place: a preposition, a list, the ending of the word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.components.doubt import has_article, is_doubtful
from pipeline.extract.components.everyday import is_brand, is_everyday, is_numbered
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.place_words import is_demonym, is_landscape, place_end, sure_end
from pipeline.extract.components.vocabulary import is_office, is_strong_office
from pipeline.extract.patterns import load

# what a building's name begins with: "Stadthalle Moosfeld"
_BUILDING = re.compile(
    r"\w{3}[\w-]*(?i:halle|kirche|haus|saal|museum|theater|park|schloss|hof|brücke|werk|stadion|bad)$"
)
_LINK = "(?:, | und | oder | sowie |/)"


def find(page: Page, spans: Sequence[Span], authority: Authority) -> list[Span]:
    """Places without those that only the model knows and nothing else speaks for."""
    witnessed = {_text(page, s) for s in spans if is_doubtful(s) and _is_placed(page, s)}
    return [s for s in spans if not is_doubtful(s) or _is_place(page, s, witnessed, authority)]


def _is_place(page: Page, span: Span, witnessed: set[str], authority: Authority) -> bool:
    text = _text(page, span)
    words = text.split()
    if re.fullmatch(r"[AB]\d{1,3}", text) or set(text.split("/")) & authority.known_places:
        return True
    if is_numbered(text) or _follows_office(page, span):
        return False
    return (
        _is_long_place(page, span, words, authority)
        if len(words) > 1
        else _is_single_place(page, span, witnessed, authority)
    )


def _is_single_place(page: Page, span: Span, witnessed: set[str], authority: Authority) -> bool:
    """Whether one word is a place."""
    text = _text(page, span)
    if is_landscape(text) or text in load("places").words["short"]:
        return True
    if is_demonym(text, authority) or is_everyday(text) or is_brand(text):
        return False
    if text in authority.first_names and text not in authority.known_places:
        return False
    proper = page.pos_at.get(span.start) == "PROPN"
    if span.start in page.sentence_starts and page.pos_at.get(span.end + 1) == "NOUN":
        return False  # "Marode Brücken": an adjective
    if {text, text.removesuffix("s")} & authority.places:
        return (
            text not in load("places").words["ambiguous"] or text in witnessed or _is_listed(page, span, authority)
        )
    sure = sure_end().search(text) is not None
    return (proper or sure) and (not has_article(page, span) or _is_part_of_town(text, authority))


def _is_part_of_town(text: str, authority: Authority) -> bool:
    """Whether a known town stands before the hyphen: "Erfurt-Moosfeld"."""
    return "-" in text and text.partition("-")[0] in authority.known_places


def _follows_office(page: Page, span: Span) -> bool:
    """Whether it is "Oberbürgermeisterin Muster": a person, whatever the word looks like."""
    before = page.flat[max(0, span.start - 40) : span.start]
    return before.endswith(" ") and bool(before.split()) and is_strong_office(before.split()[-1])


def _is_listed(page: Page, span: Span, authority: Authority) -> bool:
    """Whether a known place stands before or after it in a list: "Jena, Moosfeld und Gera"."""
    before, after = page.flat[max(0, span.start - 40) : span.start], page.flat[span.end : span.end + 40]
    beside = (re.search(rf"([A-ZÄÖÜ][\w-]+){_LINK}$", before), re.match(rf"{_LINK}([A-ZÄÖÜ][\w-]+)", after))
    return any(match is not None and match[1] in authority.known_places for match in beside)


def _is_long_place(page: Page, span: Span, words: Sequence[str], authority: Authority) -> bool:
    """Whether several words are a place: the shape of a street or venue, or a known place among them, no thing."""
    if words[-1].islower() or any(word.isupper() and len(word) > 3 for word in words) or words[-1][0] == "(":
        return False
    table = load("places").words
    if len(words) == 2 and _BUILDING.search(words[0]) and words[1][0].isupper() and not is_everyday(words[1]):
        return True
    common = any((is_everyday(word) or is_office(word)) and word not in table["venue"] for word in words[:-1])
    if words[-1] in authority.known_places and common:
        return False
    if place_end().search(words[-1].rstrip(".")) or words[0] in table["venue"] or words[-1] in table["landform"]:
        return True
    proper = words[-1] not in authority.known_places or page.pos_at.get(span.start) == "PROPN"
    if not proper or any(is_everyday(word) or is_office(word) for word in words):
        return False
    parts = {part for word in words for part in (word, word.removesuffix("s"))}
    return bool(parts & authority.known_places) or _is_placed(page, span)


def _is_placed(page: Page, span: Span) -> bool:
    """Whether a preposition of place stands before the name, or a word such as Stadt."""
    return _place_before().search(page.flat[max(0, span.start - 30) : span.start]) is not None


def _text(page: Page, span: Span) -> str:
    return page.flat[span.start : span.end]


@cache
def _place_before() -> re.Pattern[str]:
    return load("places").compile("(?<!\\w)(?:[Ii]n(?: den| der)?|[Aa]us(?: den| der)?|[Nn]ach|{outer}|\\d{5}) $")
