"""What the pages of all names of a theme, and those of an issuer, follow from -> a key.

They list names with a number of releases; so a key follows from these names, where each leads to, and the numbers,
but not from what else the releases say: most lists stay as they are when a release about other things comes.
The date of the report, which stands on the pages of themes, is in no key: it is put in anew (``folder.redated``).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from pipeline.core import store
from pipeline.report import paths
from pipeline.report.corpus import Corpus, Counts
from pipeline.report.digests import Digests, rows, stirred, weight
from pipeline.report.heads import Head

_LISTED = ("release_id", "title", "published", "published_basis", "issuer")  # of a release, in lists


def names(corpus: Corpus, shown: Digests, stamp: bytes) -> Iterator[bytes]:
    """The themes by their weight -> the key of the pages with all names of each."""
    for theme in corpus.themes_by_weight:
        counts = corpus.entities_in(corpus.heads_of(theme.theme_id))
        told = (theme.theme_id, theme.label, theme.scheme, paths.theme(theme))
        yield store.key(stamp, "names", *told, _counted(shown, counts))


def issuers(corpus: Corpus, shown: Digests, releases: pa.Table, stamp: bytes) -> Iterator[bytes]:
    """The issuers, the busiest first -> the key of the pages of each."""
    listed = rows(releases.select(_LISTED), "listed")
    for issuer, heads in corpus.by_issuer.items():
        at = [head.position for head in heads]
        told = (issuer, *_themes(corpus, heads), listed[at].sum(axis=0).tobytes())
        yield store.key(stamp, "issuer", *told, _counted(shown, corpus.entities_in(heads)))


def _themes(corpus: Corpus, heads: list[Head]) -> Iterator[str]:
    counts = corpus.theme_counts(heads)
    for theme in corpus.themes:
        if count := counts.get(theme.theme_id):
            yield repr((theme.theme_id, theme.label, theme.scheme, count))


def leading(corpus: Corpus, shown: Digests, releases: pa.Table) -> Digests:
    """What is shown of each name -> the same with where it leads: its page, or a place in its only release."""
    order, bounds = corpus.by_entity
    alone = np.flatnonzero(corpus.spread == 1)
    first = order[bounds[alone]]
    release, start = corpus.named[0][first], corpus.named[2][first]
    heads = rows(releases.select(["release_id", "title"]), "leads")
    found = corpus.bounds.all_around(release, start)
    at = np.array([place[0] if place else -1 for place in found], dtype=np.int64).astype(np.uint64)
    leads = np.zeros_like(shown)
    leads[alone] = stirred(heads[release] + at[:, None] * weight("at"))
    return stirred(shown + leads)


def _counted(shown: Digests, counts: Counts) -> bytes:
    numbers = counts.counts.astype(np.uint64)[:, None] * weight("count")
    found: bytes = stirred(shown[counts.numbers] + numbers).sum(axis=0).tobytes()
    return found
