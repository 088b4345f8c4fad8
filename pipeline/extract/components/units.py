"""Text and zones -> units: the stretches that the model reads one by one.

A unit ends where a zone or a paragraph ends, and at a line end that is no soft wrap: headline lines, signatures,
list items. A soft wrap is a line end inside running text: the line is long, or the next one goes on in small
letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.records import Release, Zone
from pipeline.extract.components.page import Page, Unit

_PARAGRAPH = re.compile(r"\n{2,}")
_WRAP_MIN = 60  # shorter lines are set on purpose
_SENTENCE_END = re.compile(r"[.!?:][“\"«)]?$")
_LIST_ITEM = re.compile(r"[-–•*·] |\d{1,2}[.)] ")


def page(release: Release, zones: Sequence[Zone]) -> Page:
    """A release in units, before the model has read it."""
    return Page(
        text=release.text,
        units=split(release.text, zones),
        issuer=release.issuer,
        dateline_place=release.dateline_place,
        published=release.published,
        published_basis=release.published_basis,
        title=release.title,
    )


def split(text: str, zones: Sequence[Zone]) -> list[Unit]:
    """The units of a text, in order, without white space at their ends."""
    return [
        Unit(start, end, zone)
        for first, last, zone in _stretches(len(text), zones)
        for begin, stop in _paragraphs(text, first, last)
        for start, end in _lines(text, begin, stop)
    ]


def _stretches(length: int, zones: Sequence[Zone]) -> Iterator[tuple[int, int, str]]:
    """Zones in order, with body where none is."""
    done = 0
    for zone in sorted(zones, key=lambda z: z.start):
        if zone.start > done:
            yield done, zone.start, "body"
        if zone.end > done:
            yield max(done, zone.start), zone.end, zone.zone
            done = zone.end
    if done < length:
        yield done, length, "body"


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for gap in _PARAGRAPH.finditer(text, start, end):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of a paragraph, soft wraps joined."""
    begin, position = start, start
    while (stop := text.find("\n", position, end)) >= 0:
        if not _is_wrap(text[max(begin, text.rfind("\n", begin, stop) + 1) : stop], text[stop + 1 : end]):
            yield from _trim(text, begin, stop)
            begin = stop + 1
        position = stop + 1
    yield from _trim(text, begin, end)


def _is_wrap(line: str, rest: str) -> bool:
    """Whether running text goes on after this line."""
    line, following = line.strip(), rest.lstrip()
    if not line or not following or _LIST_ITEM.match(following):
        return False
    if following[0].islower():
        return True
    if line.endswith((",", "-", "–")) and len(line) >= _WRAP_MIN:
        return True
    return (_WRAP_MIN <= len(line) <= 2 * _WRAP_MIN and not _SENTENCE_END.search(line)) or _is_wrapped_end(
        line, rest
    )


def _is_wrapped_end(line: str, rest: str) -> bool:
    """A full stop at the end of a full line, amid other lines of that length."""
    following = rest.split("\n", 1)[0]
    return _SENTENCE_END.search(line) is not None and 70 <= len(line) <= 105 and 70 <= len(following) <= 105


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if stripped := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(stripped)
