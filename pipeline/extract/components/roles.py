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
from pipeline.extract.components.office_before import FAR, FINITE, WORD, as_role, before, before_name, table
from pipeline.extract.components.page import Page, Span, Unit
from pipeline.extract.components.vocabulary import is_office
from pipeline.extract.patterns import load

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
            role = _role(page, person, people)
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
            own = role[: role.index(name)].rstrip()
            role = re.sub(r"[ ,]+(?:und|sowie|oder|mit)?$", "", own) or None
            if is_office(own.rsplit(" ", 1)[-1]):  # "Anne Muster, Bischof [Anton Beispiel]": the other's office
                role = None
    return role


def _shared(page: Page, previous: Span, person: Span) -> str | None:
    """The office that several people share: "die Vizepräsidentinnen [A] und [B]"."""
    between = page.flat[previous.end : person.start]
    if previous.role is None or not re.fullmatch(
        r"(?: \([^)]{1,30}\))?(?:,| und| sowie) (?:Dr\. |Prof\. )*", between
    ):
        return None
    unit = page.unit_at(previous.start)
    words = [w[0] for w in WORD.finditer(page.flat, max(unit.start, previous.start - FAR), previous.start)]
    office = next((w for w in reversed(words) if is_office(w) or _PLURAL.search(w)), "")
    return previous.role if office.endswith(("innen", "stände", "räte")) else None


def _title(page: Page, person: Span) -> str | None:
    unit = page.unit_at(person.start)
    match = before_name().search(page.flat[unit.start : person.start])
    return " ".join(match["titles"].split()) if match and match["titles"] else None


def _role(page: Page, person: Span, people: Sequence[Span]) -> str | None:
    unit = page.unit_at(person.start)
    after = _without_next(page, person, people, _after(page, person, unit) or _next_line(page, person, unit))
    ahead = before(page, person, unit, people)
    if ahead and after and " " not in ahead:
        return after if ahead.lower() in after.lower() or len(after.split()) > 2 else ahead
    return ahead or after


def _after(page: Page, person: Span, unit: Unit) -> str | None:
    """An apposition: ", Vorsitzender des Vereins," or "(Vorsitzender)"."""
    right = page.flat[person.end : min(unit.end, person.end + FAR)]
    party = re.match(r" \([^)]{1,25}\)(?=,)", right)
    skip = party.end() if party else 0
    match = _apposition().match(right[skip:])
    if not match:
        return None
    begin = skip + match.end()
    closing = ")" if match[0].startswith(" (") else None
    end = _phrase_end(page, person.end, right, begin, closing)
    phrase = _clean(right[begin:end])
    return phrase if phrase in table("desks") else as_role(phrase)


@cache
def _apposition() -> re.Pattern[str]:
    """What opens an apposition: a comma, a dash, a bracket with an age or without, "als"."""
    adverbs = "|".join(load("roles").words["adverbs"])
    opens = r"(?:,| [-–|]| \((?:\d{1,2}(?: Jahre)?, )?| als(?= [A-ZÄÖÜ]))"
    return re.compile(rf"{opens} ?(?:(?:der|die|das|dem|den) )?(?:(?:{adverbs}) )?")


def _clean(phrase: str) -> str:
    """Without contact details, without a bracket that was not closed, without a second purpose."""
    phrase = re.sub(r" (?:und|sowie|oder|mit)$", "", _CONTACT.sub("", phrase).strip(" ,–-"))
    if phrase.count("(") > phrase.count(")"):
        phrase = phrase[: phrase.rfind("(")].rstrip()
    purposes = list(re.finditer(r" für ", phrase))
    return phrase[: purposes[1].start()] if len(purposes) > 1 else phrase


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
        if page.pos_at.get(origin + position) in FINITE and sign[0].islower():
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
    return as_role(_clean(text.split(", ")[0]))
