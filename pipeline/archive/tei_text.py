"""The text of a release -> ``div`` by zone and ``p`` by paragraph, with dates and quotes in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.archive.days import w3c
from pipeline.archive.description import Description
from pipeline.archive.markup import ILLEGAL, XML, add, name
from pipeline.archive.nesting import Close, Open, Stretch, nest

T = "{http://www.tei-c.org/ns/1.0}"
_GAP = re.compile(r"\n{2,}")
Attributes = dict[str, str | None]


def body(element: etree._Element, d: Description) -> None:
    """Fill ``body``: a ``div`` for every zone and for what lies between zones."""
    marks = {f"date.{i}": ("date", _date(x.value, x.type, x.role)) for i, x in enumerate(d.dates)}
    marks |= {f"quote.{i}": ("said", _said(x.kind, x.speaker_id)) for i, x in enumerate(d.quotes)}
    stretches = [Stretch(x.start, x.end, f"date.{i}") for i, x in enumerate(d.dates)]
    stretches += [Stretch(x.start, x.end, f"quote.{i}") for i, x in enumerate(d.quotes)]
    numbers: dict[str, int] = {}
    text = d.release.text
    for zone, start, end in divisions(d):
        division = add(element, f"{T}div", None, {"type": zone})
        for first, last in paragraphs(text, start, end):
            paragraph, at = add(division, f"{T}p"), first
            inside = [s for s in stretches if s.start < last and first < s.end]
            stack = [paragraph]
            for step in nest(inside, first, last, numbers):
                write(stack[-1], text[at : step.at])
                at = step.at
                _step(stack, step, marks)
            write(paragraph, text[at:last])


def divisions(d: Description) -> Iterator[tuple[str, int, int]]:
    """(zone, start, end), without gaps from the beginning to the end; white space goes to what it follows."""
    text, last, runs = d.release.text, 0, []
    for zone in sorted(d.zones, key=lambda z: z.start):
        if zone.zone != "body" and zone.start >= last:
            runs += [("body", last, zone.start), (zone.zone, zone.start, zone.end)]
            last = zone.end
    runs.append(("body", last, len(text)))
    joined: list[tuple[str, int, int]] = []
    for kind, start, end in runs:
        content = text[start:end]
        lead = len(content) - len(content.lstrip()) if joined and kind == "body" else 0
        if lead:
            joined[-1] = (joined[-1][0], joined[-1][1], start + lead)
        if start + lead < end:
            joined.append((kind, start + lead, end))
    if len(joined) > 1 and joined[0][0] == "body" and not text[: joined[0][2]].strip():
        joined[:2] = [(joined[1][0], 0, joined[1][2])]
    yield from joined or [("body", 0, 0)]


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end; the empty line behind a paragraph belongs to it."""
    first = start
    for gap in _GAP.finditer(text, start, end):
        yield first, gap.end()
        first = gap.end()
    if first < end or first == start:
        yield first, end


def write(element: etree._Element, text: str) -> None:
    """Append a text; a character that XML cannot hold becomes ``<g type="control" n="0007"/>``."""
    done = 0
    for match in ILLEGAL.finditer(text):
        _append(element, text[done : match.start()])
        add(element, f"{T}g", None, {"type": "control", "n": f"{ord(match[0]):04X}"})
        done = match.end()
    _append(element, text[done:])


def _append(element: etree._Element, text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _step(stack: list[etree._Element], step: Open | Close, marks: dict[str, tuple[str, Attributes]]) -> None:
    """Open or close an element; a further piece of a mark points at its first."""
    if isinstance(step, Close):
        stack.pop()
        return
    tag, attributes = marks[step.key]
    more = {f"{XML}id": f"{step.key}.{step.number}", "prev": f"#{step.key}"}
    pieces = more if step.number > 1 else {f"{XML}id": step.key}
    stack.append(add(stack[-1], f"{T}{tag}", None, {**pieces, **attributes}))


def _date(value: str | None, kind: str, role: str) -> Attributes:
    return {"type": kind, "subtype": role, "n": value, **w3c(value)}


def _said(kind: str, speaker_id: str | None) -> Attributes:
    return {"direct": str(kind == "direct").lower(), "who": f"#{name(speaker_id)}" if speaker_id else None}
