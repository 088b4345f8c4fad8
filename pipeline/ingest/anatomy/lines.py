"""A text as lines with offsets, and what can be said of a line by its look."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n ][^\n]*")
_SENTENCE_END = re.compile(r"[.!?…][\"“”»«‘’')\]]*$")
_SENTENCE_BREAK = re.compile(r"[a-zäöüß]{3}[.!?][\"“»]? [A-ZÄÖÜ„»\"]|:\s[„»\"]")
PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)\d{2}[\d ()/.–-]{6,}|\(?0\d{1,5}\)?[ /–-]{1,3}\d[\d /–-]{3,}|0\d{8,})"
    r"|\b(?:Tel|Fax|Telefon|Mobil|Rufnummer)\b[.:]? ?(?:\(?\+?\d)"
)
MAIL = re.compile(r"[\w.+-]+ ?(?:@|\(at\)|\[at\]| at ) ?[\w-]+(?:\.|\(dot\)| dot )[\w.-]+")
POSTCODE = re.compile(r"(?<!\d)(?:D-)?\d{5} [A-ZÄÖÜ][a-zäöü]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text; ``block`` counts the paragraphs (empty lines part them)."""

    start: int
    end: int
    text: str
    block: int


def split(text: str) -> list[Line]:
    """A text in normal form -> its lines that are not empty."""
    lines: list[Line] = []
    block, before = 0, 0
    for found in _LINE.finditer(text):
        block += lines != [] and text.count("\n", before, found.start()) > 1
        before = found.end()
        lines.append(Line(found.start(), found.end(), found[0], block))
    return lines


def is_prose(line: str) -> bool:
    """Whether a line is running text: several sentences, or one long one."""
    if len(line) > 320:
        return True
    if len(line) > 90 and _SENTENCE_BREAK.search(line):
        return True
    return len(line) > 130 and bool(_SENTENCE_END.search(line))


def contact_marks(line: str) -> int:
    """How many kinds of contact data a line has: phone, mail, postcode with town."""
    return sum(bool(pattern.search(line)) for pattern in (PHONE, MAIL, POSTCODE))
