"""A second witness for what only the model calls a person.

A small model names many a common noun. Where it says of itself that it is seldom wrong (its package states it, see
``nlp``), its word is enough; else the surroundings must speak for the name as well, and nothing against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.components.everyday import is_brand, is_everyday
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_office
from pipeline.extract.patterns import load

_TRUSTED = 0.9
_LOUD = 5  # letters: a surname may be written in capitals, a shorter word is an acronym
_INITIAL = re.compile(r"[A-ZÄÖÜ]\.$")
_ARTICLE = re.compile(
    r"(?<!\w)(?:[Dd](?:er|ie|as|en|em|es)|[Ee]ine?[nmrs]?|[Kk]eine?[nmrs]?|[Ii]m|[Aa]m|[Zz]u[mr]|[Vv]om|[Bb]eim|[Ii]ns"
    r"|[Dd]iese[nmrs]?|[Uu]nsere?[nmrs]?|\d+) $"
)
_SALUTATION = re.compile(r"(?:Frau|Herrn?|Dr\.|Prof\.|Familie) $")
_PARTY = re.compile(r" ?\((?:CDU|CSU|SPD|FDP|AfD|Grüne|GRÜNE|Linke|LINKE|B90|parteilos|\d\d)")


def people(page: Page, spans: Sequence[Span], authority: Authority) -> list[Span]:
    """People without those that only the model knows and nothing else speaks for."""
    whole = [s for s in spans if " " in _text(page, s) and (not is_doubtful(s) or _is_person(page, s, authority))]
    surnames = {_text(page, s).rsplit(maxsplit=1)[-1] for s in whole}
    single = [s for s in spans if " " not in _text(page, s)]
    return whole + [s for s in single if not is_doubtful(s) or _is_single_person(page, s, surnames, authority)]


def is_doubtful(span: Span) -> bool:
    """Whether only the model speaks for a name, and its package does not say that it is seldom wrong."""
    return span.found_by == "model" and span.confidence < _TRUSTED


def _is_person(page: Page, span: Span, authority: Authority) -> bool:
    """Whether a name of several words, whose first is no known first name, is a person's."""
    words = _text(page, span).split()
    # "Urban" is a first name, too, where a surname follows
    later = words[1:] if words[0] in authority.first_names else words
    if any(is_everyday(word) for word in later) or words[-1] in authority.known_places or is_brand(words[-1]):
        return False
    if _is_introduced(page, span) or _INITIAL.match(words[0]):
        return True
    tags = [
        page.pos_at.get(w.start()) for w in re.finditer(r"\S+", page.flat[: span.end]) if w.start() >= span.start
    ]
    return (
        len(words) < 4
        and not has_article(page, span)
        and words[0] not in authority.known_places
        and not any(word.isupper() and len(word) < _LOUD for word in words)
        and not set(tags) & {"ADJ", "VERB", "DET", "ADV"}
        and tags.count("NOUN") < 2
        and not (tags[-1] == "NOUN" and words[0].endswith(("er", "es")))
    )


def _is_single_person(page: Page, span: Span, surnames: set[str], authority: Authority) -> bool:
    """Whether one word is a person: somebody's surname, introduced by an office, speaking, or a first name."""
    word = _text(page, span)
    if {word, re.sub(r"[s’']+$", "", word)} & surnames or _is_introduced(page, span):
        return not is_everyday(word) or word in surnames
    known = word in authority.first_names and word not in authority.places
    return (
        known and page.pos_at.get(span.start) == "PROPN" and not has_article(page, span) and not is_everyday(word)
    )


def _is_introduced(page: Page, span: Span) -> bool:
    """Whether an office, a salutation or a verb of speech stands beside the name."""
    before, after = page.flat[max(0, span.start - 40) : span.start], page.flat[span.end : span.end + 40]
    words = before.rstrip(" ").split()
    if _SALUTATION.search(before) or _PARTY.match(after):
        return True
    if words and before.endswith(" ") and is_office(words[-1]):
        return True
    if apposition := re.match(r"(?:,| \(| –)(?: (?:der|die|dem|den))? ?([A-ZÄÖÜ][\w-]+)", after):
        return is_office(apposition[1])
    return _speech().search(before) is not None or _speaks().match(after) is not None


def has_article(page: Page, span: Span) -> bool:
    """Whether an article stands before the name somewhere in the release: then it is a thing."""
    text = re.escape(_text(page, span))
    return any(
        _ARTICLE.search(page.flat[max(0, m.start() - 12) : m.start()]) for m in re.finditer(text, page.flat)
    )


def _text(page: Page, span: Span) -> str:
    return page.flat[span.start : span.end]


@cache
def _speech() -> re.Pattern[str]:
    return load("everyday").compile("(?:(?<!\\w){speech}|(?<!\\w)[Ss]o|laut|Laut) $")


@cache
def _speaks() -> re.Pattern[str]:
    return load("everyday").compile(",? (?:(?:am \\w+ )?{speech}(?!\\w)|\\w+ (?:dazu|weiter|abschließend):)")
