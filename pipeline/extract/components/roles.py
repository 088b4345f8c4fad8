r"""The office of a person, as the text gives it with a name: before it, after it, on the next line.

"Oberbürgermeister der Stadt Jena, Dr. [Thomas Muster]" · "Erfurts Oberbürgermeister [Andreas Muster]" ·
"[Anne Muster], Vorsitzende des Vereins" · "[Anne Muster]\nLeitung Geschäftsstelle". In the nominative where the
ending tells ("dem Präsidenten" -> "Präsident"), else as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.extract.components import role_form
from pipeline.extract.components.office_form import nominative
from pipeline.extract.components.page import Page, Span, Unit
from pipeline.extract.components.vocabulary import is_no_name, is_office
from pipeline.extract.patterns import load

_FAR = 160  # characters that an office with all its attributes may take
_WORD = re.compile(r"[\w’'-]+(?:[*:/_]\w+)*")
_ATTRIBUTE = re.compile(
    r" (?:(?:der|des|für|im|in|am|an|von|vom|beim|bei|zur|zum|auf|aus|und)\b|\(|[A-ZÄÖÜ])[^.!?;:„“”\"»«]*$"
)
_FINITE = {"VERB", "AUX"}
_DETERMINER = re.compile(
    r"\b(der|die|das|den|dem|des|eine?[nmrs]?|unsere?[nmrs]?|ihre?[nmrs]?|seine?[nmrs]?)$", re.IGNORECASE
)
_OWNER = re.compile(r"(?:^|[ („“\"])([A-ZÄÖÜ][\wäöüß-]+(?:s|er|’|'))$")
_ABBREVIATION = re.compile(r"\b(?:e|i|z|u|a|o|d|h|V|Dr|Prof|St|Nr|bzw)\.$")
_PLURAL = re.compile(
    r"(?:innen|vorstände|landräte|minister|präsidenten|bürgermeister|sprecher|vorsitzenden|leiter|führer)$"
)
_CONTACT = re.compile(r",? ?(?:\b(?:E-Mail|Mail|Tel|Telefon|Mobil|Fax|Hausanschrift)\b|\d{4,}|\([^)]*/[^)]*\)).*$")


def attach(page: Page, people: Sequence[Span]) -> list[Span]:
    """People with title and role filled in where the text gives them."""
    found: list[Span] = []
    for person in people:
        if person.label == "PER":
            previous = found[-1] if found and found[-1].label == "PER" else None
            role = _without_next(page, person, people, _role(page, person))
            role = role or (_shared(page, previous, person) if previous else None)
            role = role_form.trim(role, {page.flat[p.start : p.end] for p in people if p.label == "PER"})
            found.append(replace(person, title=_title(page, person), role=role))
        else:
            found.append(person)
    return found


def _without_next(page: Page, person: Span, people: Sequence[Span], role: str | None) -> str | None:
    """A role ends before the next person: "Leiterin des Muster sowie [Anton Beispiel]"."""
    for other in people:
        name = page.flat[other.start : other.end]
        if role and other.label == "PER" and other.start > person.end and " " in name and name in role:
            role = re.sub(r"[ ,]+(?:und|sowie|oder|mit)?$", "", role[: role.index(name)]) or None
    return role


def _shared(page: Page, previous: Span, person: Span) -> str | None:
    """The office that several people share: "die Vizepräsidentinnen [A] und [B]"."""
    between = page.flat[previous.end : person.start]
    if previous.role is None or not re.fullmatch(
        r"(?: \([^)]{1,30}\))?(?:,| und| sowie) (?:Dr\. |Prof\. )*", between
    ):
        return None
    unit = page.unit_at(previous.start)
    words = [w[0] for w in _WORD.finditer(page.flat, max(unit.start, previous.start - _FAR), previous.start)]
    office = next((w for w in reversed(words) if is_office(w) or _PLURAL.search(w)), "")
    return previous.role if office.endswith(("innen", "stände", "räte")) else None


def _title(page: Page, person: Span) -> str | None:
    unit = page.unit_at(person.start)
    match = _before_name().search(page.flat[unit.start : person.start])
    return " ".join(match["titles"].split()) if match and match["titles"] else None


def _before_name() -> re.Pattern[str]:
    pattern = load("persons").compile("(?P<lead>(?:{salutations}[ ])?(?P<titles>(?:{titles})?)[ ]?)$").pattern
    return re.compile(pattern, re.VERBOSE)


def _role(page: Page, person: Span) -> str | None:
    unit = page.unit_at(person.start)
    after = _after(page, person, unit) or _next_line(page, person, unit)
    before = _before(page, person, unit)
    if before and after and " " not in before:
        return after if before.lower() in after.lower() or len(after.split()) > 2 else before
    return before or after


def _before(page: Page, person: Span, unit: Unit) -> str | None:
    """The last office in the words before the name, if nothing but its attributes stands between."""
    begin = max(unit.start, person.start - _FAR)
    left = page.flat[begin : person.start]
    lead = _before_name().search(left)
    left = left[: lead.start()] if lead else left
    comma = left.rstrip().endswith(",")
    body = left.rstrip(" ,")
    if body.endswith(":"):
        body = body[:-1]
        if unit.start != begin or len(body.split()) > 6 or body.split()[-1] in load("persons").words["bylines"]:
            return None
    for word in reversed(list(_WORD.finditer(body))):
        if not is_office(word[0]):
            continue
        rest = body[word.end() :]
        if rest and (not (_ATTRIBUTE.match(rest)) or _has_verb(page, begin + word.end(), begin + len(body))):
            return None
        if rest and not comma and not re.match(r" (?:der|des|für|im|am|von|vom|beim|in|bei) ", rest):
            return None
        if "," in rest or rest.endswith((" und", " sowie", " oder")):
            return None
        return _phrase(body, word.start(), word.end(), rest)
    return None


def _phrase(body: str, start: int, end: int, rest: str) -> str:
    """The office with what stands before it: adjectives, an owner, a first office joined by "und"."""
    first = start
    while left := body[:first].rstrip(" "):
        match = _adjective().search(left) or _OWNER.search(left)
        if not match or is_office(match[1]) or is_no_name(match[1]):
            break
        first = match.start(1)
    before = _DETERMINER.search(body[:first].rstrip())
    return nominative(body[first:start], body[start:end], before[1].lower() if before else "") + rest.rstrip()


@cache
def _adjective() -> re.Pattern[str]:
    """An adjective that belongs to an office: "stellvertretende", "energiepolitischer"."""
    stems = "|".join(load("persons").words["role_adjectives"])
    return re.compile(
        rf"(?:^|[ („“\"])((?:(?:{stems})|[a-zäöüß-]+isch|[a-zäöüß-]+politisch)e[rnms]?)$", re.IGNORECASE
    )


def _after(page: Page, person: Span, unit: Unit) -> str | None:
    """An apposition: ", Vorsitzender des Vereins," or "(Vorsitzender)"."""
    right = page.flat[person.end : min(unit.end, person.end + _FAR)]
    party = re.match(r" \([^)]{1,25}\)(?=,)", right)
    skip = party.end() if party else 0
    match = re.match(r"(?:,| [-–|]| \() ?(?:(?:der|die|das|dem|den) )?", right[skip:])
    if not match:
        return None
    begin = skip + match.end()
    closing = ")" if match[0].startswith(" (") else None
    end = _phrase_end(page, person.end, right, begin, closing)
    return _as_role(_clean(right[begin:end]))


def _clean(phrase: str) -> str:
    """Without contact details, without a bracket that was not closed, without a second purpose."""
    phrase = re.sub(r" (?:und|sowie|oder|mit)$", "", _CONTACT.sub("", phrase).strip(" ,–-"))
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase[: phrase.rfind("(")].rstrip()
    purposes = list(re.finditer(r" für ", phrase))
    return phrase[: purposes[1].start()] if len(purposes) > 1 else phrase


def _as_role(phrase: str) -> str | None:
    """A phrase if one of its first words is an office; in the nominative."""
    words = list(_WORD.finditer(phrase))
    for position, word in enumerate(words[:4]):
        if is_office(word[0]):
            office = nominative("", word[0], "") if position == 0 else word[0]
            return phrase[: word.start()] + office + phrase[word.end() :]
        if not (re.search(r"(?:e[rnms]?|s|’|ene)$", word[0]) or word[0] in {"und", "Co", "the", "of"}):
            return None
    return None


def _phrase_end(page: Page, origin: int, right: str, begin: int, closing: str | None) -> int:
    """Where an apposition ends: at its comma, bracket, full stop or the next verb."""
    for match in re.finditer(r"[,;:.!?()„“”\"»«|]| [-–] |[\w-]+", right[begin:]):
        position, sign = begin + match.start(), match[0]
        if sign == "(" and closing is None and right.find(")", position) > 0:
            continue
        if sign == ")" and closing is None:
            continue
        if sign == "." and _ABBREVIATION.search(right[: position + 1]):
            continue
        if not sign[0].isalnum():
            return position
        if page.pos_at.get(origin + position) in _FINITE and sign[0].islower():
            return position
    return len(right)


def _next_line(page: Page, person: Span, unit: Unit) -> str | None:
    """A signature: the name on a line of its own, the office on the next."""
    index = list(page.units).index(unit)
    alone = (
        page.flat[person.end : unit.end].strip(" ,") == ""
        and len(page.flat[unit.start : person.start].split()) <= 4
    )
    if not alone or index + 1 >= len(page.units) or page.units[index + 1].zone != unit.zone:
        return None
    following = page.units[index + 1]
    text = page.flat[following.start : following.end].rstrip(" .,")
    if following.end - following.start > 100 or following.start - unit.end > 2:
        return None
    return _as_role(_clean(text.split(", ")[0]))


def _has_verb(page: Page, start: int, end: int) -> bool:
    """Whether a finite verb stands in a stretch: then it is no attribute of an office."""
    return any(page.pos_at.get(offset) in _FINITE and page.text[offset].islower() for offset in range(start, end))
