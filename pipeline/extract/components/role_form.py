"""The office as the finder cut it out of a sentence -> the office alone, or nothing where it is none."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.extract.components.vocabulary import is_office
from pipeline.extract.patterns import load

_SIGN = re.compile(r" ?[©|•].*$")
# what a phrase cannot end with: prepositions, articles, conjunctions, the second part of a verb ("... hinzu")
_DANGLING = re.compile(
    r"(?: (?:der|die|das|den|dem|des|eine?[nmrs]?|für|im|in|ins|am|an|ans|von|vom|beim|bei|zur|zum|zu|auf|aus"
    r"|mit|nach|über|um|und|oder|sowie|als|wie|hinzu|fest|ab|vor|ein|bereits|auch|noch|sich|hervor|weiter|dazu|klar|statt|teil))+$"
)
# an event or a thing done that the sentence adds: "Vorstand des Vereins bei der Vorstellung des Plans"
_OCCASION = re.compile(
    r" (?:bei|während|nach|anlässlich) (?:der|dem|einer|einem) \w+(?:ung|stunde|tagung|feier)\b.*$"
)
_LEAD = re.compile(r"[a-zäöüß][\w-]*")
_ADJECTIVE = re.compile(
    r"\w+(?:isch|ig|lich|end|al|iert|ählt|annt|tragt|neu|frei|haft|los|jung|alt|jährig|weit)e[rnms]?$"
)


def trim(role: str | None, people: Collection[str]) -> str | None:
    """A role without what belongs to the sentence around it; None where no office is left.

    >>> trim("Sprecherin des Vereins hinzu", ()), trim("begründete Staatssekretär", ())
    ('Sprecherin des Vereins', None)
    """
    if role is None:
        return None
    role = _without_people(role, people)
    role = _DANGLING.sub("", _OCCASION.sub("", _SIGN.sub("", role))).rstrip(" ,;:–-")
    if role.count(")") > role.count("("):
        role = role.replace(")", "").rstrip()
    return role if _is_office_phrase(role) else None


def _without_people(role: str, people: Collection[str]) -> str:
    """Up to the name of a person; nothing where the office before it is that person's."""
    for name in sorted(people):
        position = role.find(name)
        if position >= 0 and " " in name and not _is_for_person(role, name):
            before = role[:position].rstrip()
            direct = before and is_office(before.split()[-1].strip(","))
            return "" if direct or not before else before
    return role


def _is_for_person(role: str, name: str) -> bool:
    """Whether an office is that of one who acts for a person: "Sprecher von Ministerin Anne Muster"."""
    first, _, rest = role.partition(" ")
    return (
        role.endswith(name)
        and first in load("roles").words["deputies"]
        and rest.startswith(("von ", "des ", "der "))
    )


def _is_office_phrase(role: str) -> bool:
    """Whether an office stands in the phrase, and no verb or half sentence begins it."""
    words = role.split()
    if role in load("roles").words["desks"] or role.startswith(("Ständiger Vertreter", "Ständige Vertreterin")):
        return True
    seat = bool(words) and words[-1] in load("roles").words["seats"]
    if not words or not (seat or any(is_office(word.strip(",()")) for word in words)):
        return False
    if lead := _LEAD.fullmatch(words[0]):
        stems = load("persons").words["role_adjectives"]
        return lead[0].startswith(stems) or _ADJECTIVE.match(lead[0]) is not None
    return True
