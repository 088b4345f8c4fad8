"""The office that stands before a person's name, and what belongs to it.

"Oberbürgermeister der Stadt Jena, Dr. [Thomas Muster]" · "Erfurts Oberbürgermeister [Andreas Muster]" ·
"Leiterin des Projekts ist [Anne Muster]" · "Bundesrat [Anton Beispiel]".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.extract.components.office_form import nominative
from pipeline.extract.components.page import Page, Span, Unit
from pipeline.extract.components.vocabulary import is_no_name, is_office, without_genitive
from pipeline.extract.patterns import load

FAR = 160  # characters that an office with all its attributes may take
WORD = re.compile(r"[\w’'-]+(?:[*:/_]\w+)*")
_ATTRIBUTE = re.compile(
    r" (?:(?:der|des|für|im|in|am|an|von|vom|beim|bei|zur|zum|auf|aus|und)\b|\(|[A-ZÄÖÜ])[^.!?;:„“”\"»«]*$"
)
_DETERMINER = re.compile(
    r"\b(der|die|das|den|dem|des|eine?[nmrs]?|unsere?[nmrs]?|ihre?[nmrs]?|seine?[nmrs]?)$", re.IGNORECASE
)
_OWNER = re.compile(r"(?:^|[ („“\"])([A-ZÄÖÜ][\wäöüß-]+(?:s|er|’|'))$")
_JOINED = re.compile(r"((?:[A-ZÄÖÜ][\w]*-, )?[A-ZÄÖÜ]\w*- und )$")
_IS = re.compile(
    r"(?:^|[.;:!?“\"] )(?P<role>[A-ZÄÖÜ][^.;:,!?]{3,90}) (?:ist|wird|bleibt)(?: (?:der|die)(?: [A-ZÄÖÜ]\w+)?)?$"
)
FINITE = {"VERB", "AUX"}


def before(page: Page, person: Span, unit: Unit, people: Sequence[Span]) -> str | None:
    """The last office in the words before the name, if nothing but its attributes stands between."""
    begin = max(unit.start, person.start - FAR)
    left = page.flat[begin : person.start]
    lead = before_name().search(left)
    left = left[: lead.start()] if lead else left
    comma = left.rstrip().endswith(",")
    body = left.rstrip(" ,")
    if body.endswith(":"):
        body = body[:-1]
        if unit.start != begin or not _is_label(body):
            return None
    return _copula(body) or _last_office(page, begin, body, [p for p in people if p.label == "PER"], comma=comma)


def _is_label(body: str) -> bool:
    """Whether what stands before a colon may be an office: "Koordination: [Anne Muster]", no byline."""
    words = body.split()
    return 0 < len(words) <= 6 and words[-1] not in load("persons").words["bylines"]


def _last_office(page: Page, begin: int, body: str, people: Sequence[Span], *, comma: bool) -> str | None:
    """The last office of a stretch with its attributes; ``comma``: the name follows behind a comma."""
    words, end = list(WORD.finditer(body)), begin + len(body)
    for index, word in reversed(list(enumerate(words))):
        seat = not comma and word[0] in table("seats") and word.end() == len(body)
        if not (seat or is_office(word[0]) or _is_deputy(words, index)):
            continue
        rest = body[word.end() :]
        if any(begin + word.end() < p.start < end for p in people):
            if comma and word[0] in table("deputies") and re.match(r" (?:von|des|der) ", rest):
                return _phrase(body, word, rest)
            continue
        verb = bool(rest) and _has_verb(page, begin + word.end(), end)
        return _phrase(body, word, rest) if not verb and _is_attribute(rest, comma=comma) else None
    return None


def _is_attribute(rest: str, *, comma: bool) -> bool:
    """Whether what stands between an office and a name belongs to the office: nothing, "der Stadt Jena,"."""
    if not rest:
        return True
    linked = comma or re.match(r" (?:der|des|für|im|am|von|vom|beim|in|bei) ", rest) is not None
    return bool(
        _ATTRIBUTE.match(rest) and linked and "," not in rest and not rest.endswith((" und", " sowie", " oder"))
    )


def _is_deputy(words: Sequence[re.Match[str]], index: int) -> bool:
    """Whether a word that is no office alone is one here: "Ständiger Vertreter"."""
    return (
        words[index][0] in {"Vertreter", "Vertreterin"}
        and index > 0
        and words[index - 1][0].startswith("Ständige")
    )


def _copula(body: str) -> str | None:
    """An office that a sentence gives away: "Leiterin des Projekts ist [Anne Muster]"."""
    match = _IS.search(body)
    return as_role(match["role"]) if match and is_office(match["role"].split(" ", 1)[0]) else None


def _phrase(body: str, word: re.Match[str], rest: str) -> str:
    """The office with what stands before it: adjectives, an owner, a first part joined by "und"."""
    start, end = word.span()
    joined = _JOINED.search(body[:start])
    first = start = joined.start(1) if joined else start
    while left := body[:first].rstrip(" "):
        match = _adjective().search(left) or _owner(left)
        if not match or is_office(match[1]) or is_no_name(match[1]):
            break
        first = match.start(1)
        if not _adjective().search(left):
            break
    before = _DETERMINER.search(body[:first].rstrip())
    return nominative(body[first:start], body[start:end], before[1].lower() if before else "") + rest.rstrip()


def _owner(left: str) -> re.Match[str] | None:
    """A name in the genitive or an adjective of a place before an office: "Erfurts", "Jenaer", not "Rathaus"."""
    match = _OWNER.search(left)
    return match if match and (match[1].endswith("er") or without_genitive(match[1]) != match[1]) else None


@cache
def table(name: str) -> frozenset[str]:
    """A list of ``patterns/roles.toml``."""
    return frozenset(load("roles").words[name])


@cache
def _adjective() -> re.Pattern[str]:
    """An adjective that belongs to an office: "stellvertretende", "energiepolitischer"."""
    stems = "|".join([*load("persons").words["role_adjectives"], *load("roles").words["adjectives"]])
    return re.compile(
        rf"(?:^|[ („“\"])((?:(?:{stems})|[a-zäöüß-]+isch|[a-zäöüß-]+politisch)e[rnms]?)$", re.IGNORECASE
    )


def _has_verb(page: Page, start: int, end: int) -> bool:
    """Whether a finite verb stands in a stretch: then it is no attribute of an office."""
    return any(page.pos_at.get(offset) in FINITE and page.text[offset].islower() for offset in range(start, end))


def before_name() -> re.Pattern[str]:
    """Salutation and titles right before a name."""
    pattern = load("persons").compile("(?P<lead>(?:{salutations}[ ])?(?P<titles>(?:{titles})?)[ ]?)$").pattern
    return re.compile(pattern, re.VERBOSE)


def as_role(phrase: str) -> str | None:
    """A phrase if one of its first words is an office; in the nominative."""
    words = list(WORD.finditer(phrase))
    for position, word in enumerate(words[:4]):
        if is_office(word[0]):
            office = nominative("", word[0], "") if position == 0 else word[0]
            rest = phrase[word.end() :]
            if rest.startswith(" und ") and not any(is_office(w[0]) for w in WORD.finditer(rest)):
                rest = ""  # "Arzt und Gartenfreunde": two things, one office
            return phrase[: word.start()] + office + rest
        if not (re.search(r"(?:e[rnms]?|s|’|ene)$", word[0]) or word[0] in {"und", "Co", "the", "of"}):
            return None
    return None
