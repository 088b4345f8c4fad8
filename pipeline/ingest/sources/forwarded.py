"""A message that somebody forwarded by hand -> the message inside it: its text, sender, subject and day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest import cues

# so many of the lines Von, Gesendet, An, Betreff stand together above a forwarded message
_MIN_LABELS = 3
# a covering note above the forwarded message is no longer than this
_MAX_NOTE = 600
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The paragraphs of a message, and what the lines above it say of it where it was forwarded."""

    paragraphs: list[str]
    sender: str | None = None
    subject: str | None = None
    date: str | None = None


def split(paragraphs: list[str]) -> Forwarded:
    """The paragraphs of a mail -> the innermost forwarded message whose head stands near its start."""
    found = Forwarded(paragraphs)
    while (inner := _inner(found.paragraphs)) is not None:
        found = inner
    return found


def _inner(paragraphs: list[str]) -> Forwarded | None:
    above = 0
    for number, paragraph in enumerate(paragraphs):
        lines = paragraph.split("\n")
        rules = [match for line in lines if (match := cues.match("forwarded", line))]
        labels = {rule.id: line for line in lines if (rule := cues.match("forwarded", line))}
        labels.pop("forwarded.rule", None)
        if len(labels) >= _MIN_LABELS:
            return _below(lines, labels, paragraphs[number + 1 :])
        if not rules:
            above += len(paragraph)
        if above > _MAX_NOTE:
            return None
    return None


def _below(lines: list[str], labels: dict[str, str], rest: list[str]) -> Forwarded | None:
    """The lines of the head -> what stands below them."""
    last = max(number for number, line in enumerate(lines) if cues.match("forwarded", line))
    below = ["\n".join(lines[last + 1 :]), *rest]
    kept = [_QUOTED.sub("", text) for text in below if text.strip()]
    if not kept:
        return None
    return Forwarded(
        kept,
        sender=_value(labels.get("forwarded.from")),
        subject=_value(labels.get("forwarded.subject")),
        date=_value(labels.get("forwarded.date")),
    )


def _value(line: str | None) -> str | None:
    return line.partition(":")[2].strip(" *") if line else None
