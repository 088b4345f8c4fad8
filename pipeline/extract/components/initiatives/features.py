"""A candidate -> the features that speak for and against it, each a word that ``weights.toml`` explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.authority import Authority
from pipeline.extract.components.initiatives import form
from pipeline.extract.components.initiatives.candidates import Candidate
from pipeline.extract.components.initiatives.heads import kind_of, shape_words
from pipeline.extract.components.page import Page
from pipeline.extract.patterns import load

_LIKELY, _SURE = 0.7, 0.85  # confidence of a rule
_BEFORE, _AFTER = 60, 80  # characters around a place that are looked at
_LEVELS, _SOME = (5, 15, 30, 50, 70, 90), 0.3  # of how likely the model thinks a type of name
_OPEN, _CLOSE = "„“\"»«‚‘›‹'", "“”\"«»‘’›‹'"
_LEAD_NOUN = re.compile(
    r"([A-ZÄÖÜ][\w-]*)"
    r"(?: (?:mit dem (?:Titel|Namen|Motto)|unter dem (?:Titel|Namen|Motto)|namens|des|der|von|für))?[: ]*$"
)
_ARTICLE = re.compile(r"\b(?:[Dd](?:er|ie|as|en|em|es)|[Zz]u[mr]|[Bb]eim|[Ii]m|[Aa]m|[Vv]om) $")
_AT = re.compile(r"\b(?:[Aa]m|[Bb]eim|[Zz]um|[Zz]ur|auf der|auf dem|[Bb]ei den|[Bb]ei der) $")
_WITH = re.compile(r"\b(?:[Vv]on|[Mm]it|[Bb]ei|und|,|für|aus) $")
_WHAT = re.compile(
    r"(?:,| ist| sind| war| wird| –| -|:)?,? ?(?:(?:ein|eine|einem|einer|eines|der|die|das|dem) )"
    r"(?:[\wäöüß-]+ ){0,3}?(?P<head>[A-ZÄÖÜ][\w-]+)"
)
_NAMED = re.compile(r" (?:heißt|lautet|nennt sich|hei(?:ss|ß)en)\b")
_HYPHEN = re.compile(r"-(?P<head>[A-ZÄÖÜ]\w+)")
_ACRONYM = re.compile(r" \([A-ZÄÖÜ][\w-]{1,10}\)")
_MORE = re.compile(r",? (?:und |oder |sowie )?[A-ZÄÖÜ]\w+(?:,| und | oder )")
_DATE = re.compile(r" (?:am \d|vom \d|20\d\d\b|\d{1,2}\. )")


def of(page: Page, candidate: Candidate, authority: Authority) -> frozenset[str]:
    """Everything that holds for a candidate at one of its places or for its words."""
    places, pointers = list(candidate.places), candidate.by
    found = {f"by:{by}" for by in pointers}
    found.add(f"rules:{_strongest(pointers)}")
    if "known" not in pointers:  # what everybody knows is not judged by its letters
        found.update(form.of(candidate.text, page, authority))
    for start, end in places:
        found.update(_before(page, start))
        found.update(_after(page, end))
        found.update(_here(page, start, end))
    zones = {page.unit_at(start).zone for start, _ in places}
    found.update({"zone:headline"} & {f"zone:{z}" for z in zones})
    if zones <= {"contact", "letterhead", "caption"}:
        found.add("zone:only-contact")
    if zones == {"boilerplate"}:
        found.add("zone:only-boilerplate")
    found.update(_leanings(page, places))
    count = page.flat.count(candidate.text)
    found.update(f"count:{n}" for n in (2, 4) if count >= n)
    return frozenset(found | set(_together(found)))


def _leanings(page: Page, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What the model would call a name at the place where it leans most to a name of no other type."""
    none = (0.0,) * 4
    words = [[page.leanings.get(o, none) for o in range(*place) if o in page.pos_at] for place in places]
    means = [tuple(sum(column) / len(rows) for column in zip(*rows, strict=True)) for rows in words if rows]
    if not page.leanings:
        yield f"leans:other-{_LEVELS[0]}"  # a model that tells no scores leaves it open
    if not page.leanings or not means:
        return
    person, place, body, other = max(means, key=lambda m: (m[3], m))
    yield from (f"leans:other-{n}" for n in _LEVELS if other >= n / 100)
    yield from (f"leans:body-{n}" for n in (20, 50, 80) if body >= n / 100)
    if place >= _SOME:
        yield "leans:place"
    if person >= _SOME:
        yield "leans:person"


# features that say more together than apart
_PAIRS = (
    ("quoted", "lead:head"),
    ("quoted", "lead:start"),
    ("quoted", "zone:headline"),
    ("head:compound", "zone:headline"),
    ("head:compound", "lead:at"),
    ("head:compound", "adjective:town"),
    ("head:first", "lead:article"),
    ("by:body-issuer", "count:4"),
    ("by:body-model", "english:word"),
    ("by:body-model", "quoted"),
    ("rules:sure", "german:link"),
    ("rules:sure", "words:3+"),
    ("quoted", "german:link"),
    ("words:1", "pos:common"),
    ("letters:acronym", "words:1"),
    ("head:compound", "letters:hyphen"),
    ("issuer", "letters:inner-capital"),
    ("issuer", "by:body-issuer"),
    ("head:first", "letters:year"),
    ("head:first", "rules:sure"),
)


def _together(found: set[str]) -> Iterator[str]:
    for one, other in _PAIRS:
        if one in found and other in found:
            yield f"{one} + {other}"


def _strongest(by: set[str]) -> str:
    """How sure the surest of the rules that pointed at a name is, as its table says."""
    sure = max((_confidences()[rule] for rule in by if rule in _confidences()), default=0.0)
    return "none" if not sure else "weak" if sure < _LIKELY else "likely" if sure < _SURE else "sure"


@cache
def _confidences() -> dict[str, float]:
    rules = [*load("initiatives").rules, *load("examples").rules]
    return {rule.id: rule.confidence for rule in rules}


def lead_kind(page: Page, start: int) -> str | None:
    """The kind that the noun right before a place says: "die Kampagne „Muster"", "Projekt Muster"."""
    noun = _lead_noun(page, start)
    return kind_of(noun) if noun else None


def after_kind(page: Page, end: int) -> str | None:
    """The kind that the words after a place say: "Muster, eine Kampagne der ...", "Muster-Kampagne"."""
    tail = page.flat[end : end + _AFTER].lstrip(_CLOSE)
    match = _HYPHEN.match(tail) or _WHAT.match(tail)
    return kind_of(match["head"]) if match else None


def _lead_noun(page: Page, start: int) -> str | None:
    unit = page.unit_at(start)
    left = page.flat[max(unit.start, start - _BEFORE) : start].rstrip(_OPEN)
    match = _LEAD_NOUN.search(left)
    return match[1] if match else None


def _before(page: Page, start: int) -> Iterator[str]:
    unit = page.unit_at(start)
    left = page.flat[max(unit.start, start - _BEFORE) : start].rstrip(_OPEN)
    yield from _noun_before(page, start, left)
    if _ARTICLE.search(left):
        yield "lead:article"
    if _AT.search(left):
        yield "lead:at"
    if _WITH.search(left):
        yield "lead:with"
    if any(frame in left[-30:] for frame in shape_words("frames")):
        yield "lead:frame"
    if not left.strip():
        yield "lead:start"


def _noun_before(page: Page, start: int, left: str) -> Iterator[str]:
    if noun := _lead_noun(page, start):
        if kind := kind_of(noun):
            yield "lead:head"
            yield f"lead:{kind}"
            if left.rstrip().endswith(noun):
                yield "lead:head-next"
        elif noun in shape_words("body_leads"):
            yield "lead:body"
        elif left.endswith(f"{noun} "):
            yield "lead:noun"


def _after(page: Page, end: int) -> Iterator[str]:
    tail = page.flat[end : end + _AFTER]
    bare = tail.lstrip(_CLOSE)
    if (match := _HYPHEN.match(bare)) is not None:
        yield "tail:hyphen-head" if kind_of(match["head"]) else "tail:hyphen"
    elif (match := _WHAT.match(bare)) and (kind := kind_of(match["head"])):
        yield "tail:head"
        yield f"tail:{kind}"
    if _NAMED.match(bare):
        yield "tail:named"
    if _ACRONYM.match(bare):
        yield "tail:acronym"
    if _DATE.match(bare):
        yield "tail:date"
    if _MORE.match(bare):
        yield "tail:more"
    word = re.match(r" ([a-zäöüß]+)", bare)
    if word and page.pos_at.get(end + len(tail) - len(bare) + 1) in {"VERB", "AUX"}:
        yield "tail:verb"


def _here(page: Page, start: int, end: int) -> Iterator[str]:
    if page.flat[start - 1 : start] in _OPEN and start and page.flat[end : end + 1] in _CLOSE:
        yield "quoted"
    tags = {page.pos_at.get(o) for o in range(start, end) if o in page.pos_at}
    if "PROPN" in tags:
        yield "pos:proper"
    if "PROPN" not in tags and tags & {"NOUN"}:
        yield "pos:common"
    if start in page.sentence_starts:
        yield "sentence-start"
    if " " in page.flat[start:end] and page.pos_at.get(start) == "ADJ":
        yield "adjective:town" if re.match(r"\w+er ", page.flat[start:end]) else "adjective"
