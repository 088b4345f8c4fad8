"""Themes by issuer and by place: who writes about what, and which places stand with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.core.theme_records import ThemeGroup

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Members:
    """Which groups there are, and pieces of pairs (number of a release, number of a group); a pair stands once."""

    by: str  # issuer, place
    names: Sequence[tuple[str, str]]  # key and name, in the order of their numbers
    pairs: Iterable[tuple[Ints, Ints]]


def by_issuer(issuers: pa.ChunkedArray) -> Members:
    """The issuers of all releases in their order -> their groups; releases without one are in none."""
    names = sorted(set(issuers.unique().to_pylist()) - {None, ""})
    group = _numbers(issuers, pa.array(names, pa.string()))
    known = np.flatnonzero(group >= 0)
    return Members("issuer", [(name, name) for name in names], [(known, group[known])])


def by_place(releases: pa.ChunkedArray, places: Mapping[str, str], mentioned: Iterable[pa.RecordBatch]) -> Members:
    """Sorted release ids, places by id, mentions of entities sorted by release -> the groups of the places."""
    keys = sorted(places)
    pairs = _pairs(releases.combine_chunks(), pa.array(keys, pa.string()), mentioned)
    return Members("place", [(key, places[key]) for key in keys], pairs)


def _pairs(releases: pa.Array, keys: pa.Array, mentioned: Iterable[pa.RecordBatch]) -> Iterator[tuple[Ints, Ints]]:
    """Pieces of mentions -> pieces of pairs; what a release names twice, even across two pieces, stands once."""
    last, before = -1, np.zeros(0, np.int64)
    for batch in mentioned:
        release, group = _numbers(batch["release_id"], releases), _numbers(batch["entity_id"], keys)
        known = (release >= 0) & (group >= 0)
        codes = np.unique(release[known] * len(keys) + group[known])
        codes = codes[~np.isin(codes, before)]
        if len(codes):
            at = codes // len(keys)
            # only the last release of a piece can go on in the next
            here = codes[at == at[-1]]
            before = np.concatenate([before, here]) if at[-1] == last else here
            last = at[-1]
            yield at, codes % len(keys)


def _numbers(column: Any, values: pa.Array) -> Ints:
    """Where in ``values`` each word of a column stands; -1 where it does not."""
    found = pc.index_in(column, values)
    found = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return np.asarray(found.fill_null(-1), dtype=np.int64)


def theme_groups(themes: Mapping[str, Ints], releases: int, members: Iterable[Members]) -> Iterator[ThemeGroup]:
    """Numbers of the releases of each theme -> a row for each theme and group that have a release in common."""
    has = np.zeros((releases, len(themes)), dtype=bool)
    for i, numbers in enumerate(themes.values()):
        has[numbers, i] = True
    named = list(themes)
    ids = sorted(range(len(named)), key=named.__getitem__)
    for one in members:
        counts, totals = _counted(one, has)
        for (key, name), row, total in zip(
            one.names, map(np.ndarray.tolist, counts), totals.tolist(), strict=True
        ):
            for i in (i for i in ids if row[i]):
                yield ThemeGroup(named[i], one.by, key, name, row[i], total, round(row[i] / total, DIGITS))


def _counted(members: Members, has: Flags) -> tuple[Ints, Ints]:
    """(groups x themes: how many releases have both, how many releases each group has)."""
    counts = np.zeros((len(members.names), has.shape[1]), dtype=np.int64)
    totals = np.zeros(len(members.names), dtype=np.int64)
    for release, group in members.pairs:
        totals += np.bincount(group, minlength=len(totals))
        for i in range(has.shape[1]):
            counts[:, i] += np.bincount(group[has[release, i]], minlength=len(totals))
    return counts, totals
