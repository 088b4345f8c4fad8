"""What the pages of each release and each name follow from -> a key; with an equal key they are the same bytes.

A release's page follows from its rows in all tables, from what is shown of the names and themes in it, and from
the releases that it repeats or corrects. A name's pages follow from its entry, from what the register knows of it
and from all releases that name it. All pages follow from the code, the libraries and the params. What a page shows
and a key does not know would make a stale page: so whole rows go in, not only the columns that are shown today.
``tests/report/test_keys.py`` changes every column of every table and compares with a report made from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.core import store
from pipeline.core import tables as t
from pipeline.core.table import Table
from pipeline.report import list_keys
from pipeline.report.corpus import Corpus
from pipeline.report.digests import Digests, or_none, rows, stirred, summed
from pipeline.report.settings import ReportParams
from pipeline.report.store import Arrow, coded
from pipeline.report.text_digests import words

_SHOWN = (
    "entity_id",
    "type",
    "name",
    "title",
    "role",
    "kind",
    "region",
)  # of a name that stands on another's page
_OF_RELEASES: tuple[Table[Any], ...] = (
    t.RELEASES, t.ZONES, t.SENTENCES, t.MENTIONS, t.DATES, t.EVENTS, t.FINDINGS, t.QUOTES, t.ENTITY_MENTIONS,
    t.ASSIGNMENTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of all releases and all names by their numbers; a name without a page has none.

    And those of the lists of names: for the themes by their weight, for the issuers, the busiest first.
    """

    releases: list[bytes]
    entities: list[bytes | None]
    names: list[bytes]
    issuers: list[bytes]

    def kinds(self) -> Iterator[tuple[str, Sequence[bytes | None]]]:
        """The kinds of jobs, each with its keys."""
        yield from (("names", self.names), ("issuer", self.issuers))
        yield from (("release", self.releases), ("entity", self.entities))


def keys(corpus: Corpus, arrow: Arrow, settings: ReportParams) -> Keys:
    """The corpus and its stored tables -> the keys of its pages."""
    stamp, shown = _stamp(corpus, settings), _shown(corpus, arrow["entities"])
    releases = _releases(corpus, arrow, shown)
    entities = zip(
        _told(_entities(corpus, arrow, shown, releases), stamp, "entity"),
        (corpus.spread > 1).tolist(),
        strict=True,
    )
    leading = list_keys.leading(corpus, shown, arrow["releases"])
    return Keys(
        _told(releases, stamp, "release"),
        [key if page else None for key, page in entities],
        [*list_keys.names(corpus, leading, stamp)],
        [*list_keys.issuers(corpus, leading, arrow["releases"], stamp)],
    )


def _told(found: Digests, stamp: bytes, kind: str) -> list[bytes]:
    """Digests of pages of a kind -> their keys, which follow from the stamp as well."""
    keys = stirred(found + np.frombuffer(store.key(stamp, kind), np.uint64)).tobytes()
    return [keys[at : at + 16] for at in range(0, len(keys), 16)]


def _stamp(corpus: Corpus, settings: ReportParams) -> bytes:
    """Code, libraries, params; and the order of themes of one label, which alone comes from the whole corpus."""
    labels = Counter(theme.label for theme in corpus.themes)
    twins = [theme.theme_id for theme in corpus.themes_by_weight if labels[theme.label] > 1]
    parts = (repr(settings), *store.libraries(), *twins)
    return store.key(store.code("pipeline.core", "pipeline.report"), *parts)


def _shown(corpus: Corpus, entities: pa.Table) -> Digests:
    """What pages of others show of each entity, and whether its name leads to a page of its own."""
    entries = entities.select(_SHOWN).take(pa.array(corpus.kept))
    pages = pa.table({"page": pa.chunked_array([pa.array(corpus.spread > 1)])})
    return rows(entries, "shown", rows(pages, "page"))


def _releases(corpus: Corpus, arrow: Arrow, shown: Digests) -> Digests:
    themes = {theme.theme_id: n for n, theme in enumerate(corpus.themes)}
    labels = or_none(words([repr((x.theme_id, x.label, x.scheme)) for x in corpus.themes]))
    more = {
        t.ENTITY_MENTIONS.path.stem: [or_none(shown)[corpus.linked]],
        t.ASSIGNMENTS.path.stem: [labels[coded(arrow["assignments"]["theme_id"], themes)]],
    }
    total = _repeated(corpus, arrow)
    for table in _OF_RELEASES:
        name = table.path.stem
        columns = arrow[name]
        found = rows(columns, name, *more.get(name, ()))
        total = total + summed(found, corpus.at_position.codes(columns["release_id"]), len(total))
    return total


def _repeated(corpus: Corpus, arrow: Arrow) -> Digests:
    """Pairs of releases that say the same, for both of them, with what each shows of the other."""
    pairs = arrow["duplicates"]
    heads = or_none(rows(arrow["releases"].select(["release_id", "title", "published"]), "head"))
    sides = [corpus.at_position.codes(pairs[name]) for name in ("release_id", "other_id")]
    found = rows(pairs, "duplicates", *(heads[side] for side in sides))
    first, second = (summed(found, side, len(corpus.heads)) for side in sides)
    return first + second


def _entities(corpus: Corpus, arrow: Arrow, shown: Digests, releases: Digests) -> Digests:
    size = len(corpus.kept)
    own = rows(arrow["entities"].take(pa.array(corpus.kept)), "entities")
    facts = arrow["initiatives"]
    known = rows(facts, "initiatives", *_others(corpus, facts, shown))
    entities, bounds = corpus.pairs
    named = np.repeat(np.arange(len(releases)), np.diff(bounds))
    return (
        own
        + summed(known, corpus.numbers_of(facts["entity_id"]), size)
        + summed(stirred(releases[named]), entities, size)
    )


def _others(corpus: Corpus, facts: pa.Table, shown: Digests) -> tuple[Digests, Digests]:
    """The entry that a fact names, and where its name leads: for one without a page, to a place in a release."""
    others = corpus.numbers_of(facts["value"])
    numbers, at = np.unique(others, return_inverse=True)
    paths = words([corpus.path_of(number) if number >= 0 else "" for number in numbers.tolist()])
    return or_none(shown)[others], paths[at]
