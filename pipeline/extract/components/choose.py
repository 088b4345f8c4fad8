"""Overlapping findings -> flat names: what is sure first, then the longest; then the same label everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.components import literal
from pipeline.extract.components.page import Page, Span
from pipeline.extract.components.vocabulary import is_no_name, is_office

_SURE = 0.9
_REPEAT_CONFIDENCE = 0.5


def flat(spans: Iterable[Span]) -> list[Span]:
    """No two overlap; agreement of two witnesses on one span lifts its confidence.

    The longest name wins; among equally long ones the surest. A hint (below 0.8) gives way to what is sure.
    """
    merged = _agree(spans)
    taken: list[Span] = []
    for span in sorted(merged, key=_rank):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)


def _rank(span: Span) -> tuple[bool, int, float, int, str, str]:
    return (span.confidence < 0.8, span.start - span.end, -span.confidence, span.start, span.label, span.found_by)


def _agree(spans: Iterable[Span]) -> list[Span]:
    """One span a place and label: the surest; two different witnesses make it surer."""
    groups: dict[tuple[int, int, str], list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.start, span.end, span.label].append(span)
    return [_strongest(group) for group in groups.values()]


def _strongest(group: list[Span]) -> Span:
    if len(group) == 1:
        return group[0]
    best = min(group, key=lambda span: (-span.confidence, span.found_by))
    witnesses = {span.found_by.split(":")[0] for span in group}
    name = next((span.name for span in group if span.name), None)
    confidence = max(best.confidence, _SURE) if len(witnesses) > 1 else best.confidence
    same = confidence == best.confidence and name == best.name
    return best if same else replace(best, confidence=confidence, name=name)


def spread(page: Page, spans: Sequence[Span]) -> list[Span]:
    """Candidates, and the same names of several words wherever else they stand: longer ones win there, too."""
    names = {
        page.flat[span.start : span.end]: span
        for span in sorted(spans, key=lambda s: (s.confidence, s.label, s.found_by))
        if span.confidence >= 0.8 and " " in page.flat[span.start : span.end]
    }
    known = {(span.start, span.end) for span in spans}
    again = [
        replace(span, start=start, end=end, found_by="rule:repeat", confidence=0.8)
        for name, span in sorted(names.items())
        for start, end in literal.places(name, page.flat, "joins")
        if (start, end) not in known and _in_unit(page, start, end)
    ]
    return [*spans, *again]


def one_label(page: Page, spans: Sequence[Span]) -> list[Span]:
    """A name that stands several times keeps one label in a release: the one with most confidence behind it."""
    forms = {page.flat[span.start : span.end] for span in spans}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        votes[_base(page, span, forms)][span.label] += round(span.confidence * 100)
    labels = (_winner(votes[_base(page, span, forms)]) for span in spans)
    return [
        span if span.label == label else replace(span, label=label)
        for span, label in zip(spans, labels, strict=True)
    ]


def _base(page: Page, span: Span, forms: set[str]) -> str:
    """The form that a genitive belongs to, if it stands in the release: "Musters" -> "Muster"."""
    text = page.flat[span.start : span.end]
    return text[:-1] if text.endswith("s") and text[:-1] in forms else text


def _winner(votes: Counter[str]) -> str:
    return min(votes, key=lambda label: (-votes[label], label))


def repeat(page: Page, spans: Sequence[Span]) -> list[Span]:
    """The spans, and every further place where a name that was found with confidence stands."""
    names = {
        page.flat[span.start : span.end]: span
        for span in sorted(spans, key=lambda s: s.confidence)
        if span.confidence >= 0.8 and is_distinct(page, span.start, span.end)
    }
    found = list(spans)
    for name in sorted(names, key=lambda n: (-len(n), n)):
        compound: literal.Hyphen = "ends" if names[name].label == "ORG" else "joins"
        for start, end in literal.places(name, page.flat, compound, genitive=True):
            if any(start < other.end and other.start < end for other in found) or not _in_unit(page, start, end):
                continue
            again = replace(
                names[name], start=start, end=end, found_by="rule:repeat", confidence=_REPEAT_CONFIDENCE
            )
            found.append(again)
    return sorted(found, key=lambda span: span.start)


def is_distinct(page: Page, start: int, end: int) -> bool:
    """Whether a name can be told from everyday words: several words, or no common noun."""
    text = page.flat[start:end]
    if " " in text or "-" in text or sum(c.isupper() for c in text) > 1:
        return True
    return len(text) > 3 and page.pos_at.get(start) == "PROPN" and not is_office(text) and not is_no_name(text)


def _in_unit(page: Page, start: int, end: int) -> bool:
    unit = page.unit_at(start)
    return unit.start <= start and end <= unit.end
