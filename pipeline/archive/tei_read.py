"""TEI P5 as this project writes it -> text, names, dates, quotes and zones again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.archive.markup import XML

T = "{http://www.tei-c.org/ns/1.0}"
_RANGE = re.compile(r"#string-range\(text,(\d+),(\d+)\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text and the register entry it belongs to."""

    start: int
    end: int
    label: str
    name: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class Inline:
    """A date with its TIMEX3 value, or a quote with its speaker's entity_id."""

    start: int
    end: int
    kind: str  # DATE, TIME, DURATION, SET; direct, indirect
    value: str | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a TEI document says of its text."""

    text: str
    zones: tuple[tuple[str, int, int], ...]
    names: tuple[Name, ...]
    dates: tuple[Inline, ...]
    quotes: tuple[Inline, ...]


def from_tree(root: etree._Element) -> Recovered:
    """The root of a TEI document -> what :func:`pipeline.archive.tei.to_tree` was given."""
    body = next(root.iter(f"{T}body"))
    pieces: dict[str, tuple[etree._Element, int, int]] = {}
    text, zones = "", []
    for division in body.iterchildren(f"{T}div"):
        start = len(text)
        for paragraph in division.iterchildren(f"{T}p"):
            text += _string(paragraph, len(text), pieces)
        if (kind := division.get("type", "body")) != "body":
            content = text[start:]
            first = start + len(content) - len(content.lstrip())
            zones.append((kind, first, start + len(content.rstrip())))
    entities = _entities(root)
    found = sorted(pieces.values(), key=lambda piece: piece[1:])
    dates = [Inline(a, b, e.get("type", ""), e.get("n")) for e, a, b in found if e.tag == f"{T}date"]
    quotes = [_quote(e, a, b, entities) for e, a, b in found if e.tag == f"{T}said"]
    return Recovered(text, tuple(zones), tuple(_names(root, entities)), tuple(dates), tuple(quotes))


def _string(element: etree._Element, at: int, pieces: dict[str, tuple[etree._Element, int, int]]) -> str:
    """The text of an element; on the way every date and quote is noted with its offsets."""
    text = element.text or ""
    if element.tag == f"{T}g":
        text = chr(int(element.get("n", "FFFD"), 16))
    for child in element:
        start = at + len(text)
        text += _string(child, start, pieces)
        if child.tag in {f"{T}date", f"{T}said"}:
            key = (child.get("prev") or "").removeprefix("#") or child.get(f"{XML}id", "")
            whole = pieces.get(key, (child, start, 0))
            pieces[key] = (whole[0], min(whole[1], start), max(whole[2], at + len(text)))
        text += child.tail or ""
    return text


def _entities(root: etree._Element) -> dict[str, str]:
    """Every reference into the register of the document -> its entity_id."""
    return {
        f"#{item.get(f'{XML}id')}": idno.text or ""
        for idno in root.iter(f"{T}idno")
        if idno.get("type") == "register" and (item := idno.getparent()) is not None
    }


def _names(root: etree._Element, entities: dict[str, str]) -> Iterator[Name]:
    for group in root.iter(f"{T}spanGrp"):
        for span in group.iterchildren(f"{T}span"):
            if match := _RANGE.fullmatch(span.get("target", "")):
                start = int(match[1])
                entity = entities.get(span.get("ana", ""))
                name = _string(span, 0, {})
                yield Name(start, start + int(match[2]), group.get("type", ""), name, entity)


def _quote(element: etree._Element, start: int, end: int, entities: dict[str, str]) -> Inline:
    kind = "direct" if element.get("direct") == "true" else "indirect"
    return Inline(start, end, kind, entities.get(element.get("who", "")))
