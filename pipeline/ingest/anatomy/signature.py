"""The signature at the end of a release, and names above a contact zone."""

from __future__ import annotations

import re

from pipeline.ingest import cues
from pipeline.ingest.anatomy import names
from pipeline.ingest.anatomy.lines import Line

_TITLE = r"(?:(?:Dr|Prof|Dipl)\.(?:-\w+\.)? ?|Frau |Herr )*"
_PERSON = rf"{_TITLE}[A-ZÄÖÜ][\w.-]+(?: (?:von |van |de |der |zu )?[A-ZÄÖÜ][\w.-]+){{1,3}}"
_NAME_LINE = re.compile(rf"^{_PERSON},?$")
_NAMES = re.compile(rf"^{_PERSON}(?:(?:, | und | & |; ){_PERSON}){{1,8}}$")
_DATED = re.compile(
    r"^(?P<name>[A-ZÄÖÜ][^.!?]{2,70}?),? (?:den |am )?\d{1,2}\. ?(?:\d{1,2}\.|[A-ZJ][a-zä]{2,8}) ?\d{2,4}$"
)
_OFFICE = re.compile(
    r"\b(?:Vorstand|Sprecher|Vorsitzende|Geschäftsführ|Koordinat|Präsident|Leit|Redaktion|Presse)"
)
_END = re.compile(r"(?<!\be\.V)(?<!\be\. V)[.!?…:][\"“»«’)]*$")
_MAX, _MAX_WORDS, _REACH = 90, 6, 8


def mark(lines: list[Line], zones: list[str]) -> None:
    """Mark short last lines that name a person or the issuer as contact, and a name above a contact zone."""
    last = _last(lines, zones)
    for number in range(last, 0, -1):
        below = zones[number + 1] if number < last else "contact"
        if zones[number] == "body" and below == "contact" and _signs(lines, number, is_end=last - number < _REACH):
            zones[number] = "contact"


def _last(lines: list[Line], zones: list[str]) -> int:
    """The last line, without links that a site puts below its text."""
    last = len(lines) - 1
    while last > 0 and zones[last] == "body" and cues.match("teaser", lines[last].text):
        last -= 1
    return last


def _signs(lines: list[Line], number: int, *, is_end: bool) -> bool:
    text = lines[number].text.strip(" -–")
    if not text or len(text) > _MAX or _END.search(text):
        return False
    if _NAME_LINE.match(text) or names.is_name(text):
        return True
    return is_end and (bool(_NAMES.match(text)) or _is_office(text) or _is_dated(text) or _is_known(lines, number))


def _is_office(text: str) -> bool:
    """Whether a line is a person with an office: ``Maren Tiefensee, Vorstand Ilmtal``."""
    person, comma, office = text.partition(", ")
    return bool(comma and _NAME_LINE.match(person) and _OFFICE.search(office))


def _is_dated(text: str) -> bool:
    """Whether a line is a name of more than a place, and a date: ``Ilmtal e. V., Weimar, den 3.5.2021``."""
    found = _DATED.match(text)
    return found is not None and (" " in found["name"] or "," in found["name"])


def _is_known(lines: list[Line], number: int) -> bool:
    """Whether a last line below a sentence is a name that the text has used before."""
    text = lines[number].text.strip(" ,-–")
    if not text[:1].isupper() or text.count(" ") >= _MAX_WORDS or number == 0:
        return False
    ends = _END.search(lines[number - 1].text) is not None
    return (
        ends and lines[number].block != lines[number - 1].block and any(text in one.text for one in lines[:number])
    )
