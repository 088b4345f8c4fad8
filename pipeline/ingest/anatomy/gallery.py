"""Picture galleries: what a site writes under each of many pictures."""

from __future__ import annotations

from collections import Counter

from pipeline.ingest.anatomy.lines import Line

# a heading that stands so often above or below pictures is no part of the message
_TIMES = 3
_MAX_HEADING, _MAX_CAPTION = 90, 300


def mark(lines: list[Line], zones: list[str]) -> None:
    """Mark lines that recur in the body, and single lines between them, as captions."""
    body = Counter(line.text for line, zone in zip(lines, zones, strict=True) if zone in ("body", "caption"))
    again = [
        number
        for number, line in enumerate(lines)
        if zones[number] in ("body", "caption") and body[line.text] >= _TIMES and _is_heading(line.text)
    ]
    for number, following in zip(again, [*again[1:], len(lines)][: len(again)], strict=True):
        zones[number] = "caption"
        below = number + 1
        if below < following <= below + 1 or (following == len(lines) and below < following):
            _caption(lines, zones, below)


def _caption(lines: list[Line], zones: list[str], number: int) -> None:
    if zones[number] == "body" and len(lines[number].text) < _MAX_CAPTION:
        zones[number] = "caption"


def _is_heading(text: str) -> bool:
    """Whether a line is a few words, and neither a mark nor a point of a list."""
    return 8 < len(text) < _MAX_HEADING and " " in text and text[:1].isupper() and text[-1:] not in ".:!?,;"
