"""The text of a release -> zones, paragraphs and nested marks; every character of the text appears once, in order.

Outer marks win: a sentence cuts a quote, a quote a name, a name a date. A name within a name stays whole.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from pipeline.core.records import DateMention, Mention, Quote, Zone
from pipeline.report import german, words
from pipeline.report.parts import Node, ZoneView

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\n)[^\n]*)*")


class Span(NamedTuple):
    """A stretch to be marked."""

    start: int
    end: int
    kind: str
    anchor: str = ""
    path: str = ""
    tip: str = ""


class Target(NamedTuple):
    """The register entry behind a mention."""

    label: str
    name: str
    path: str
    because: str


Layers = Sequence[Sequence[Span]]
Targets = dict[tuple[int, int, str], Target]  # start, end and label of a mention


@dataclass(frozen=True, slots=True)
class Rows:
    """What was found in one release."""

    sentences: Sequence[tuple[int, int]] = ()
    quotes: Sequence[Quote] = ()
    mentions: Sequence[Mention] = ()
    dates: Sequence[DateMention] = ()
    targets: Targets = field(default_factory=dict)


def layers(rows: Rows) -> list[list[Span]]:
    """Rows of a release -> layers of spans, the outermost first.

    A name is marked where it has a register entry: what a person took out of the register, and the contact
    zone, stay unmarked.
    """
    names = [_name(m, rows.targets[where(m)]) for m in rows.mentions if where(m) in rows.targets]
    dates = (d for d in rows.dates if d.zone != "contact")
    return [
        [Span(start, end, "s", f"s{start}") for start, end in rows.sentences],
        [Span(q.start, q.end, "quote", f"q{q.start}", "", quote_tip(q)) for q in rows.quotes],
        sorted(names, key=lambda s: s.kind != "INITIATIVE"),
        [Span(d.start, d.end, "DATE", f"d{d.start}", "", date_tip(d)) for d in dates],
    ]


def where(mention: Mention) -> tuple[int, int, str]:
    """What a mention is known by within its release."""
    return mention.start, mention.end, mention.label


def _name(mention: Mention, target: Target) -> Span:
    anchor = f"{'i' if target.label == 'INITIATIVE' else 'n'}{mention.start}"
    return Span(mention.start, mention.end, target.label, anchor, target.path, name_tip(mention, target))


def name_tip(mention: Mention, target: Target) -> str:
    """What a name is taken for, and what found it."""
    parts = [f"{words.LABELS[target.label]}: {target.name}"]
    if mention.role:
        parts.append(mention.role)
    parts.append(f"gefunden durch {found_by(mention.found_by, mention.confidence)}")
    parts.append(f"zugeordnet: {words.because(target.because)}")
    return " · ".join(parts)


@lru_cache(4096)
def found_by(code: str, confidence: float) -> str:
    """What found a mention, and how sure it is where it is not certain."""
    sure = f" (Sicherheit {german.percent(confidence)})" if confidence < 1 else ""
    return words.finder(code) + sure


def date_tip(found: DateMention) -> str:
    """What a date means, and what found it."""
    value = german.date(found.value) if found.value else "ohne festen Wert"
    role = f"{words.DATE_ROLES[found.role]} nach {words.finder(found.role_by)}"
    return f"{words.DATE_TYPES[found.type]}: {value} · {role} · gefunden durch {words.finder(found.found_by)}"


def quote_tip(quote: Quote) -> str:
    """Who speaks, and what found it."""
    kind = "Wörtliche Rede" if quote.kind == "direct" else "Indirekte Rede"
    return f"{kind}: {quote.speaker or 'Sprecher offen'} · gefunden durch {words.finder(quote.found_by)}"


def zone_views(text: str, zones: Sequence[Zone], spans: Layers) -> tuple[ZoneView, ...]:
    """A text -> its zones in order, each with its marked paragraphs; the contact zone is folded."""
    ordered = [sorted(layer, key=lambda s: (s.start, -s.end)) for layer in spans]
    return tuple(
        ZoneView(name, words.ZONES[name], name == "contact", tuple(_paragraphs(text, start, end, ordered)))
        for name, start, end in _stretches(text, zones)
    )


def _stretches(text: str, zones: Sequence[Zone]) -> Iterator[tuple[str, int, int]]:
    """Zones without holes: what has no zone is body, and neighbours of one kind are one."""
    pending: tuple[str, int, int] | None = None
    for name, start, end in _filled(text, zones):
        if pending and pending[0] == name:
            pending = name, pending[1], end
            continue
        if pending:
            yield pending
        pending = name, start, end
    if pending:
        yield pending


def _filled(text: str, zones: Sequence[Zone]) -> Iterator[tuple[str, int, int]]:
    at = 0
    for zone in sorted(zones, key=lambda z: (z.start, z.end)):
        start, end = max(zone.start, at), min(zone.end, len(text))
        if start >= end:
            continue
        if text[at:start].strip():
            yield "body", at, start
        yield zone.zone, start, end
        at = end
    if text[at:].strip():
        yield "body", at, len(text)


def _paragraphs(text: str, start: int, end: int, spans: Layers) -> Iterator[tuple[Node, ...]]:
    waiting = [deque(layer) for layer in spans]
    for match in _PARAGRAPH.finditer(text, start, end):
        first, last = match.span()
        yield tuple(_nest(text, first, last, _touching([_reached(layer, last) for layer in waiting], first, last)))
        for layer in waiting:
            _leave(layer, last)


def _reached(layer: deque[Span], end: int) -> list[Span]:
    """The spans of a layer that begin before a place; they are in the order of their beginnings."""
    return list(takewhile(lambda span: span.start < end, layer))


def _leave(layer: deque[Span], end: int) -> None:
    """Let those at the head of a layer go that end before what comes next."""
    while layer and layer[0].end <= end:
        layer.popleft()


def _touching(spans: Layers, start: int, end: int) -> Layers:
    """The layers that have any span in a stretch, with just those spans; by place, since it is asked so often."""
    return [found for layer in spans if (found := [s for s in layer if s[0] < end and s[1] > start])]


def _nest(text: str, start: int, end: int, spans: Layers) -> list[Node]:
    """A stretch of text -> nodes: the spans of the first layer with the other layers inside and between them."""
    if not spans:
        return [Node("text", text[start:end])]
    nodes: list[Node] = []
    at, here, below = start, spans[0], spans[1:]
    for span in here:
        first, last = max(span.start, at), min(span.end, end)
        if first >= last:
            continue
        if at < first:
            nodes += _between(text, at, first, below)
        within = [s for s in here if s[0] >= first and s[1] <= last and s is not span] if len(here) > 1 else []
        inside = [within, *below] if within else below
        nodes.append(_node(span, first, last, tuple(_between(text, first, last, inside))))
        at = last
    if at < end:
        nodes += _between(text, at, end, below)
    return nodes


def _between(text: str, start: int, end: int, spans: Layers) -> list[Node]:
    """The same for a stretch of it, into which only some of the spans reach."""
    found = _touching(spans, start, end) if spans else spans
    return _nest(text, start, end, found) if found else [Node("text", text[start:end])]


def _node(span: Span, first: int, last: int, children: tuple[Node, ...]) -> Node:
    """A span as a node; only its first piece carries the anchor, only its last the letter."""
    anchor = span.anchor if first == span.start else ""
    links = any(child.path or child.holds_links for child in children)
    return Node(span.kind, "", children, anchor, span.path, span.tip, last < span.end, links)
