"""Initiatives: what is undertaken under a name of its own.

Candidates come from everywhere: quotation marks and a head noun ("die Kampagne „Muster bewegt“"), head noun and
name ("Projekt Mustertourismus"), the shape of a name ("Robotik-Festival", "KulturMuster", "Muster Tech Fund"),
lists of examples, what everybody knows, what the model takes for a name. A small learned scorer, whose weights
stand in ``weights.toml``, decides; each mention says what found it, has a kind, and its probability as confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.core.records import Mention
from pipeline.extract.authority import Authority
from pipeline.extract.components import choose, literal
from pipeline.extract.components.initiatives import features, scorer
from pipeline.extract.components.initiatives.candidates import QUOTED, Candidate, gather
from pipeline.extract.components.initiatives.heads import kind_of
from pipeline.extract.components.initiatives.names import resolve
from pipeline.extract.components.page import Page, Span

__all__ = ["Judged", "doubted", "find", "judge", "kind_of", "resolve", "unclaimed"]

Name = TypeVar("Name", Span, Mention)
_REPEATABLE, _REPEATED = 0.8, 0.5
_DOUBTED = 0.05  # less likely than this is worth no doubt
# of what pointed at a name, what is named as its finder: the most telling first
_FINDERS = ("initiative-quoted", "initiative-motto", "initiative", "known", "quotation", "shape", "model", "body")


Judged = Sequence[tuple[float, Candidate]]


def judge(page: Page, authority: Authority, others: Sequence[Span]) -> Judged:
    """The candidates of a page and how likely each is; ``others`` are its people, places and organisations."""
    return [(scorer.probability(features.of(page, c, authority)), c) for c in gather(page, authority, others)]


def find(page: Page, judged: Judged) -> list[Span]:
    """The initiatives of a page: what is likely enough, wherever its name stands."""
    return _everywhere(page, _flat(page, [pair for pair in judged if pair[0] >= scorer.load().threshold]))


def doubted(page: Page, judged: Judged, found: Sequence[Span]) -> list[Span]:
    """What is not likely enough, though another release may prove it: no everyday word, wherever it stands."""
    return [
        Span(start, end, "INITIATIVE", _finder(candidate), round(probability, 2), kind=_kind(page, candidate))
        for probability, candidate in judged
        if _DOUBTED <= probability < scorer.load().threshold and _is_distinct(page, candidate)
        for start, end in _places(page, candidate.text)
        if not any(start < span.end and span.start < end for span in found)
    ]


def _is_distinct(page: Page, candidate: Candidate) -> bool:
    return any(choose.is_distinct(page, *place) for place in candidate.places)


def _places(page: Page, text: str) -> list[tuple[int, int]]:
    """Where the words of a name stand within a unit."""
    hits = list(literal.places(text, page.flat, "parts"))
    return [(start, end) for start, end in hits if end <= page.unit_at(start).end]


def _flat(page: Page, judged: Judged) -> list[Span]:
    """No two initiatives overlap: the longest name wins."""
    taken: list[Span] = []
    for probability, candidate in sorted(judged, key=_rank):
        kind, by = _kind(page, candidate), _finder(candidate)
        free = [p for p in sorted(candidate.places) if not any(p[0] < t.end and t.start < p[1] for t in taken)]
        taken += [Span(start, end, "INITIATIVE", by, round(probability, 2), kind=kind) for start, end in free]
    return sorted(taken, key=lambda span: span.start)


def _rank(judged: tuple[float, Candidate]) -> tuple[int, float, str]:
    probability, candidate = judged
    return -len(candidate.text), -probability, candidate.text


def _finder(candidate: Candidate) -> str:
    """What is said to have found a name."""
    by = min(candidate.by, key=lambda by: (next(i for i, f in enumerate(_FINDERS) if by.startswith(f)), by))
    if by.startswith(("model", "body")):
        return "model"
    return "gazetteer" if by == "known" else f"rule:{by}"


def _kind(page: Page, candidate: Candidate) -> str:
    """The kind that a quoting rule or the table says, else the noun before, the rule, the noun behind or inside.

    A project where nothing tells.
    """
    places, last = sorted(candidate.places), candidate.text.split()[-1]
    strong = {by: kind for by, kind in candidate.kinds.items() if by == "known" or by in QUOTED}
    said = [
        *(strong[by] for by in sorted(strong)),
        *(features.lead_kind(page, start) for start, _ in places),
        *(candidate.kinds[by] for by in sorted(candidate.kinds)),
        *(features.after_kind(page, end) for _, end in places),
        kind_of(last),
    ]
    default = "network" if " for " in candidate.text else "project"
    return next((kind for kind in said if kind), default)


def _everywhere(page: Page, spans: Sequence[Span]) -> list[Span]:
    """The initiatives, and every further place where one of their names stands."""
    lifted = [replace(span, confidence=max(span.confidence, _REPEATABLE)) for span in spans]
    known = {(span.start, span.end): span for span in spans}
    return [
        known.get((span.start, span.end)) or replace(span, confidence=_REPEATED)
        for span in choose.repeat(page, lifted)
    ]


def unclaimed(others: Sequence[Name], found: Sequence[Name]) -> list[Name]:
    """People, places and organisations without those that only the model saw inside an initiative's name."""
    return [s for s in others if not any(_is_claimed(s, initiative) for initiative in found)]


def _is_claimed(span: Span | Mention, initiative: Span | Mention) -> bool:
    """A network is an organisation, too; anything else only where a rule for organisations says so."""
    same = (span.start, span.end) == (initiative.start, initiative.end)
    inside = initiative.start <= span.start and span.end <= initiative.end
    doubtful = span.found_by in {"model", "rule:repeat"}
    if same and span.label == "ORG":
        return initiative.kind != "network" and not span.found_by.startswith("rule:org-")
    return same or (inside and doubtful)
