"""Releases -> rows of assignments: which themes each has, and the terms and the sentence that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from pipeline.core.records import Mention, Release, Sentence, Term
from pipeline.core.theme_records import ThemeAssignment
from pipeline.themes.emphasis import Layout, best_passage, layout, needles
from pipeline.themes.guided import MAX_ASSIGNED, TERMS_KEPT, Shared, assign
from pipeline.themes.matching import SeedIndex
from pipeline.themes.placing import Found, placed
from pipeline.themes.scheme import GuidedTheme
from pipeline.themes.shown import readable
from pipeline.themes.vocabulary import parse_stop_terms
from pipeline.themes.wording import inside_names, spoken

Array = np.ndarray[Any, np.dtype[np.float64]]
Row = TypeVar("Row", Sentence, Term, Mention)
# the last digits of a float depend on the order in which a machine adds; six say all that a share can say
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Batch:
    """Some releases with what is known about them."""

    releases: Sequence[Release]
    sentences: Sequence[Sentence]
    terms: Sequence[Term]
    mentions: Sequence[Mention]


@dataclass(frozen=True, slots=True)
class Guide:
    """What guided themes are told by."""

    scheme: tuple[GuidedTheme, ...]
    rare: dict[str, float]
    stop_terms: str  # the text of the file: a worker in another process reads it itself
    min_share: float


@dataclass(frozen=True, slots=True)
class Tools:
    """What a worker makes of a guide, once."""

    index: SeedIndex
    stop: Callable[[str], bool]


def tools(guide: Guide) -> Tools:
    """A guide -> what looks words up in it."""
    return Tools(SeedIndex(guide.scheme), parse_stop_terms(guide.stop_terms))


def assignments(batch: Batch, guide: Guide, using: Tools, found: Found) -> list[ThemeAssignment]:
    """The rows of a batch, in the order of the table's key."""
    sentences, terms, mentions = by_release(batch.sentences), by_release(batch.terms), by_release(batch.mentions)
    releases = sorted(batch.releases, key=lambda r: r.release_id)
    ids = [release.release_id for release in releases]
    near = placed([terms[key] for key in ids], [mentions[key] for key in ids], found)
    rows: list[ThemeAssignment] = []
    for key, release, shares in zip(ids, releases, near, strict=True):
        shown, where = readable(release, terms[key]), layout(release, sentences[key])
        named = [*shown, *spoken(release, shown, using.index, using.stop)]
        named += inside_names(mentions[key], named, using.index, using.stop)
        guided = assign(named, where, using.index, guide.rare, guide.min_share)
        both = [
            _row(key, rank, one)
            for part in (guided, _discovered(shares, shown, where, found))
            for rank, one in enumerate(part, 1)
        ]
        rows += sorted(both, key=lambda row: row.theme_id)
    return rows


def _discovered(shares: Array, terms: Sequence[Term], where: Layout, found: Found) -> list[Shared]:
    """The discovered themes of one release, largest share first; at most three, maybe none."""
    ranked = [int(i) for i in np.argsort(-np.round(shares, DIGITS), kind="stable")[:MAX_ASSIGNED]]
    known = [term for term in terms if term.term in found.place]
    return [_shared(i, float(shares[i]), known, where, found) for i in ranked if shares[i] >= found.min_share]


def _shared(theme: int, share: float, known: Sequence[Term], where: Layout, found: Found) -> Shared:
    row = found.weights[theme]
    spoken_for = [(t, float(row[found.place[t.term]])) for t in known]
    weights = {t: round(weight * t.count, DIGITS) for t, weight in spoken_for if weight > 0}
    kept = sorted(weights, key=lambda t: (-weights[t], t.term))[:TERMS_KEPT]
    passage = best_passage({needles(t): weights[t] for t in kept}, where)
    return Shared(found.ids[theme], share, tuple(kept), tuple(weights[t] for t in kept), passage)


def _row(release_id: str, rank: int, one: Shared) -> ThemeAssignment:
    surfaces = list(dict.fromkeys(term.surface for term in one.terms))
    return ThemeAssignment(release_id, one.theme_id, round(one.share, DIGITS), rank, surfaces, one.sentence_start)


def by_release(records: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """Rows -> the rows of each release, in their order."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for record in records:
        groups[record.release_id].append(record)
    return groups
