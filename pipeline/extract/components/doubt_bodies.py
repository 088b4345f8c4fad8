"""A second look at what only the model calls an organisation: kinds of bodies, things, pieces of sentences.

A kind of body ("die Kriminalpolizei", "der Umweltausschuss", "Erfurter Vereine") is no name; one that stands for
a whole group of people ("die Stadtgesellschaft") is not even a body. The tables ``organisations`` and ``everyday``
hold the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.components import bodies
from pipeline.extract.components.doubt import is_doubtful
from pipeline.extract.components.everyday import is_everyday, is_numbered, thing
from pipeline.extract.components.page import Page, Span
from pipeline.extract.patterns import load

_FINITE = {"VERB", "AUX"}
_CLAUSE = re.compile(
    r"(?: (?:für|und))? (?:die|das|den|dem|pro|zu|zur|zum|ab|wird|werden|ist|im Jahr|im Rahmen|von)(?: .*)?$"
)
_PIECE = re.compile(r"[A-Z]?\d+|\w+Innen|\w+\*innen|Bundes|Landes")
_NOUN = re.compile(r" ([A-ZÄÖÜ][a-zäöüß]{4,})(?![\w-])")
_LONG_AND_SHORT = re.compile(
    r"(?P<long>[A-ZÄÖÜ]\w*[a-zäöüß]\w*(?: [\w-]+)*) (?P<short>[A-ZÄÖÜ]{2,6}(?:\.[A-Z]{2,3})?)"
)
_PLAIN = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+")
# a common noun in capitals, for emphasis: "Das KÖNNEN wir"
_LOUD = re.compile(r"(?=[A-ZÄÖÜ]*[AEIOUÄÖÜ])[A-ZÄÖÜ]{2,}(?:EN|ER|ES|EM|ST|CHT|UNG|HEIT|KEIT)")
_OFFICE = re.compile(r"(?:amt|amts|amtes)$")


def organisations(page: Page, spans: Sequence[Span], authority: Authority) -> list[Span]:
    """Organisations without the model's common nouns, abbreviations of things and pieces of sentences."""
    return [
        cut
        for s in spans
        for cut in (_parted(page, _whole(page, _without_clause(page, s))) if is_doubtful(s) else [s])
        if not is_doubtful(s) or _is_body(page, cut, authority)
    ]


def _parted(page: Page, span: Span) -> list[Span]:
    """A long form and its own acronym are two names of one body: "Musterer Beispielverband MBV"."""
    match = _LONG_AND_SHORT.fullmatch(page.flat, span.start, span.end)
    if not match or not _stands_for(match["short"], match["long"]):
        return [span]
    return [replace(span, end=match.end("long")), replace(span, start=match.start("short"))]


def _stands_for(short: str, long: str) -> bool:
    """Whether the letters of an acronym stand in a name, in order, the first in front."""
    letters = iter(long.upper())
    return long[0].upper() == short[0] and all(letter in letters for letter in short.partition(".")[0])


def _without_clause(page: Page, span: Span) -> Span:
    """A name ends where a sentence goes on: at a verb, an article in between, "pro", "zu"."""
    end = _CLAUSE.search(page.flat[span.start : span.end])
    return replace(span, end=span.start + end.start()) if end else span


def _whole(page: Page, span: Span) -> Span:
    """An adjective made of a place goes with the kind of body behind it: "Musterer Bischofskonferenz"."""
    adjective, noun = page.flat[span.start : span.end], _NOUN.match(page.flat, span.end)
    if not noun or " " in adjective or not adjective.endswith("er") or bodies.is_known(adjective):
        return span
    return replace(span, end=noun.end()) if _body().search(noun[1]) else span


def _is_body(page: Page, span: Span, authority: Authority) -> bool:
    text = page.flat[span.start : span.end]
    words = text.split()
    if text in load("organisations").words["generic"] or _no_body().search(words[-1].rpartition("-")[2]):
        return False
    if text in load("everyday").words["abbreviations"] or is_numbered(text) or text in authority.first_names:
        return False
    if any(w[0].islower() and page.pos_at.get(span.start + text.find(w)) in _FINITE for w in words):
        return False
    if _no_body().search(words[-1]) or any(
        _no_body().search(word) for word in words[:-1] if bodies.is_known(words[-1])
    ):
        return False
    if len(words) == 1:
        return not (is_everyday(text) or _PIECE.fullmatch(text) or _is_kind(text) or _is_loud(page, span))
    # "Installation von Muster": a common noun and what it is about
    return not (
        page.pos_at.get(span.start) == "NOUN" and thing().search(words[0]) and not _body().search(words[0])
    )


def _is_kind(word: str) -> bool:
    """Whether a word alone is a kind of body; an office of a town is named by its field ("Grünamt")."""
    return (
        _PLAIN.fullmatch(word) is not None
        and any(_body().search(form) for form in (word, word.removesuffix("s"), word.removesuffix("es")))
        and _OFFICE.search(word) is None
        and not bodies.is_known(word)
    )


def _is_loud(page: Page, span: Span) -> bool:
    """Whether a word in capitals is an everyday word, shouted; an acronym in brackets is none."""
    word = page.flat[span.start : span.end]
    return _LOUD.fullmatch(word) is not None and page.flat[span.start - 1 : span.start] != "("


@cache
def _body() -> re.Pattern[str]:
    return load("organisations").compile("(?i:{heads})$")


@cache
def _no_body() -> re.Pattern[str]:
    return load("organisations").compile("(?i:{no_body_ends})$")
