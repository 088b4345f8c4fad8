"""Where in a release a term stands: the title and the lead say more about its themes than the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.records import Release, Sentence, Term
from pipeline.core.text import fold

TITLE, LEAD, REST = 2.5, 1.5, 1.0
LEAD_SENTENCES = 2
# inflection at a word's end that the title may show and the lemma not: Wald -> Waldes, Schule -> Schulen
_LONG = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence to look into: where it starts, and its text folded."""

    start: int
    folded: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A release as the eye of a reader meets it."""

    title: str
    lead: str
    passages: tuple[Passage, ...]


def layout(release: Release, sentences: Sequence[Sentence]) -> Layout:
    """A release with its sentences -> title, lead and the sentences of its body, folded for search."""
    body = [s for s in sentences if s.zone == "body"]
    heads = [release.title, release.subtitle or ""]
    passages = tuple(Passage(s.start, fold(release.text[s.start : s.end])) for s in body)
    lead = " ".join(passage.folded for passage in passages[:LEAD_SENTENCES])
    return Layout(fold(" ".join(heads)), lead, passages)


def needles(term: Term) -> tuple[str, ...]:
    """The strings that show a term in a text: surface and lemma, without an ending that inflection drops."""
    return _needles(term.term, term.surface)


@lru_cache(maxsize=500_000)
def _needles(lemma: str, surface: str) -> tuple[str, ...]:
    forms = {fold(surface), fold(lemma)}
    return tuple(sorted(form[:-1] if len(form) > _LONG and form[-1] in "en" else form for form in forms))


def emphasis(term: Term, where: Layout) -> float:
    """How much more than in the rest of the text a term counts."""
    forms = needles(term)
    if any(form in where.title for form in forms):
        return TITLE
    return LEAD if any(form in where.lead for form in forms) else REST


def best_passage(weights: dict[tuple[str, ...], float], where: Layout) -> int | None:
    """The start of the sentence that holds most of the weighted terms; the first of equals; None if none does."""
    best, start = 0.0, None
    pairs = list(weights.items())
    for passage in where.passages:
        weight = 0.0
        for forms, value in pairs:
            # a plain loop: this is asked of every sentence of every release
            for form in forms:
                if form in passage.folded:
                    weight += value
                    break
        if weight > best:
            best, start = weight, passage.start
    return start
