"""Which part each line of a release plays: letterhead, headline, body, boilerplate, contact, caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.ingest import cues
from pipeline.ingest.anatomy import gallery, heading, signature
from pipeline.ingest.anatomy.heading import Heading
from pipeline.ingest.anatomy.lines import MAIL, PHONE, Line, contact_marks, is_prose

# a remark such as "(Maren Tiefensee, Tel. 0000 12345)" or "(Ole Tamm/-4711)" at the end of a paragraph
_REMARK = re.compile(
    r"\((?:[^()]{3,80}(?:Tel\.?|Telefon|Durchwahl|App\.)[^()]{3,40}"
    r"|[A-ZÄÖÜ][\w.-]+ [A-ZÄÖÜ][\w-]+ ?[/,] ?-? ?\d{3,6})\)[\s.]*$"
)
_NEAR = 6
_SHORT = 160
_AT_SERVICE = re.compile(r"\bzur Verfügung\.?$|\bwenden Sie sich\b")
_MAX_CONTACT = 500
# a line of an address is short and has hardly a word in lower case
_LINE, _FEW = 100, 3
_LOWER = re.compile(r"\b[a-zäöüß]{3,}\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text and its zone."""

    start: int
    end: int
    zone: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a release, the zone of each, and where its heading is."""

    lines: list[Line]
    zones: list[str]
    heading: Heading

    def of(self, zone: str) -> Iterator[str]:
        """The lines of one zone."""
        return (line.text for line, name in zip(self.lines, self.zones, strict=True) if name == zone)

    def letterhead(self) -> Iterator[str]:
        """The lines of the letterhead, with what the headline's line has of it."""
        yield from self.of("letterhead")
        if self.heading.skip:
            yield self.lines[self.heading.title[0]].text[: self.heading.skip]

    def openings(self) -> Iterator[str]:
        """The lines at which a dateline may stand: the first two of the body, then those of the letterhead."""
        bodies = self.of("body")
        for _, line in zip(range(2), bodies, strict=False):
            yield line
        yield from self.of("letterhead")

    def first_body_line(self) -> str | None:
        """The line with which the body begins."""
        return next(self.of("body"), None)

    def spans(self) -> Iterator[Span]:
        """The zones of the text, neighbouring lines of one zone together; body is not named."""
        numbered = list(zip(self.lines, self.zones, strict=True))
        for zone, group in groupby(numbered, key=lambda pair: pair[1]):
            found = [line for line, _ in group]
            start, end = found[0].start, found[-1].end
            if zone == "headline" and self.heading.skip and found[0] == self.lines[self.heading.title[0]]:
                yield Span(start, start + len(found[0].text[: self.heading.skip].rstrip()), "letterhead")
                start += self.heading.skip
            if zone != "body":
                yield Span(start, end, zone)
                continue
            for line in found:
                if remark := _REMARK.search(line.text):
                    yield Span(
                        line.start + remark.start(),
                        line.start + len(remark[0].rstrip()) + remark.start(),
                        "contact",
                    )


def lay_out(lines: list[Line], title: str | None, hint: str | None) -> Layout:
    """The lines of a release -> the zone of each."""
    head = heading.find(lines, title, hint)
    zones = ["body"] * len(lines)
    for number in head.letterhead:
        zones[number] = "letterhead"
    for number in (*head.title, *head.subtitle):
        zones[number] = "headline"
    _below(lines, zones, head.body)
    gallery.mark(lines, zones)
    signature.mark(lines, zones)
    return Layout(lines, zones, head)


def _below(lines: list[Line], zones: list[str], start: int) -> None:
    """Walk down from the body's first line; a cue opens a zone, running text closes it."""
    state = "body"
    late = start + (len(lines) - start) // 2
    for number in range(start, len(lines)):
        if zones[number] != "body":
            continue
        text = lines[number].text
        in_label = state == "letterhead" and number < start + 10
        if not in_label and (zone := _opens(lines, number, is_late=number >= late, at_top=number < start + 6)):
            zones[number] = zone
            state = zone if _lasts(zone, text) else _after(state)
        elif state == "caption":
            zones[number], state = "caption", "body"
        elif state != "body" and _closes(state, text):
            state = "body"
        else:
            zones[number] = state


def _lasts(zone: str, text: str) -> bool:
    if zone != "caption":
        return True
    cue = cues.match("caption", text)
    return cue is not None and "heading" in cue.flags


def _after(state: str) -> str:
    return state if state in ("contact", "boilerplate") else "body"


def _closes(state: str, text: str) -> bool:
    """Whether a line is no longer of the zone that was opened above it."""
    if state == "boilerplate":
        return text.strip() in ("***", "* * *", "---", "###", "-")
    if state == "letterhead":
        return is_prose(text) or not (len(text) < 60 or (len(text) < 80 and cues.match("letterhead", text)))
    other = cues.match("contact_end", text) is not None
    return other or (is_prose(text) and not contact_marks(text)) or len(text) > _MAX_CONTACT


def _opens(lines: list[Line], number: int, *, is_late: bool, at_top: bool) -> str | None:
    """The zone that begins with a line, None when the line says nothing of it."""
    text = lines[number].text
    if at_top and _is_label_block(lines, number):
        return "letterhead"
    if _is_caption(text):
        return "caption"
    if _opens_contact(lines, number, is_late=is_late):
        return "contact"
    cue = cues.match("boilerplate", text)
    if cue is None or not (is_late or ("late" not in cue.flags and number > 2)):
        return None
    return "boilerplate" if "heading" not in cue.flags or number + 1 < len(lines) else None


def _is_label_block(lines: list[Line], number: int) -> bool:
    """A label such as "Erschienen am:" on a line of its own, with its value below."""
    cue = cues.match("letterhead", lines[number].text)
    return cue is not None and cue.id == "letterhead.label" and lines[number].text.endswith(":")


def _is_caption(text: str) -> bool:
    cue = cues.match("caption", text)
    return cue is not None and ("short" not in cue.flags or len(text) < 350)


def _opens_contact(lines: list[Line], number: int, *, is_late: bool) -> bool:
    text = lines[number].text
    cue = cues.match("contact", text)
    if cue is None:
        return _looks_like_contact(lines, number)
    if "alone" in cue.flags:
        return len(text) < _SHORT or contact_marks(text) > 0
    if "phone" in cue.flags:
        return _has_data(lines, number)
    if is_late and len(text) < _SHORT and _AT_SERVICE.search(text):
        return True
    return _is_near(lines, number) and (len(text) < 400 or text.startswith(("Bei ", "Für ", "Ihre ")))


def _has_data(lines: list[Line], number: int) -> bool:
    """Whether a line has a phone number or mail address, or the next one into which its sentence is wrapped."""
    text = lines[number].text
    if PHONE.search(text) or MAIL.search(text):
        return True
    wrapped = number + 1 < len(lines) and len(text) < _SHORT and not re.search(r"[.!?:]$", text)
    return wrapped and bool(PHONE.search(lines[number + 1].text))


def _is_near(lines: list[Line], number: int) -> bool:
    """Whether contact data stand on a line or shortly below it."""
    return any(contact_marks(line.text) for line in lines[number : number + _NEAR])


def _looks_like_contact(lines: list[Line], number: int) -> bool:
    """Without a cue: a short line with contact data of two kinds, or a block of short lines with any."""
    line = lines[number]
    if len(line.text) > _SHORT or is_prose(line.text):
        return False
    if contact_marks(line.text) >= 2 and not re.search(r"[.!?] [A-ZÄÖÜ]", line.text):
        return True
    if len(line.text) >= _LINE or len(_LOWER.findall(line.text)) > _FEW:
        return False
    around = [other for other in lines[max(0, number - _NEAR) : number + _NEAR] if other.block == line.block]
    short = all(len(other.text) < _LINE for other in around)
    return short and len(around) > 1 and any(PHONE.search(o.text) or MAIL.search(o.text) for o in around)
