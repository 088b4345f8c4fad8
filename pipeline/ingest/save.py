"""Packed outcomes on the shelf -> the four tables, in one pass each, a few rows in memory at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from pipeline.core import tables
from pipeline.core.records import Duplicate, Rejected, Release, Zone
from pipeline.ingest import duplicates, packed
from pipeline.ingest.consensus import Seen, home, settle
from pipeline.ingest.minhash import Numbers
from pipeline.ingest.rejections import reject
from pipeline.ingest.shelf import Shelf
from pipeline.ingest.spelling import issuer_key, one_spelling

_ID = 12
_LONGER = 16


class Tables:
    """What all files became, when all are there: copies told apart, ids given, issuers settled."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._index, self._traits, order = shelf.releases()
        shas = self._traits["sha256"][order]
        _, first, same = np.unique(shas, return_index=True, return_inverse=True)
        is_first = np.zeros(len(order), bool)
        is_first[first] = True
        self._kept = order[is_first]
        self._copies = list(zip(order[~is_first], order[first[same[~is_first]]], strict=True))
        self._names = self._settled()
        self._ids = _ids(self._traits["sha256"][self._kept])

    def write(self, near_duplicate: float) -> tuple[int, int]:
        """Write all tables; the numbers of releases and of rejections."""
        by_id = sorted(range(len(self._kept)), key=lambda at: self._ids[at])
        tables.DUPLICATES.write(self._duplicates(near_duplicate))
        tables.ZONES.write(self._zones(by_id), in_order=True)
        return tables.RELEASES.write(self._releases(by_id), in_order=True), tables.REJECTED.write(self._rejected())

    def _settled(self) -> list[tuple[str | None, str | None]]:
        """Issuer and basis for each origin."""
        origins = self._shelf.origins()
        counts = np.bincount(self._index[self._kept, 4], minlength=len(origins))
        seen = [Seen(home(origin.folder), origin.issuer, origin.basis) for origin in origins]
        times = Counter[Seen]()
        for one, count in zip(seen, counts, strict=True):
            times[one] += int(count)
        settled = settle(times)
        named = Counter[str]()
        for one, count in times.items():
            if name := settled[one][0]:
                named[name] += count
        spelled = one_spelling(named)
        return [(spelled[name] if name else None, basis) for name, basis in map(settled.__getitem__, seen)]

    def _duplicates(self, threshold: float) -> Iterator[Duplicate]:
        keys = np.array([packed.key(issuer_key(name or "?")) for name, _ in self._names], np.uint64)
        if len(self._kept):
            self._traits["issuer"] = keys[self._index[:, 4]]
        id_of = dict(zip(map(int, self._kept), self._ids, strict=True))
        for pair in duplicates.find(self._traits, self._kept, self._message, threshold):
            yield Duplicate(id_of[pair.later], id_of[pair.earlier], pair.kind, pair.similarity, pair.because)

    def _message(self, at: int) -> str:
        data = self._shelf.body(self._index[at])
        return packed.message(packed.release(data, "", None, None), list(packed.zones(data, "")))

    def _zones(self, by_id: list[int]) -> Iterator[Zone]:
        for at in by_id:
            zones = packed.zones(self._shelf.body(self._index[self._kept[at]]), self._ids[at])
            yield from sorted(zones, key=lambda zone: zone.start)

    def _releases(self, by_id: list[int]) -> Iterator[Release]:
        for at in by_id:
            row = self._index[self._kept[at]]
            yield packed.release(self._shelf.body(row), self._ids[at], *self._names[row[4]])

    def _rejected(self) -> Iterator[Rejected]:
        """Rejections, with files and parts of one content after the first; no path stands twice."""
        seen: Counter[str] = Counter()
        for row in (*map(packed.rejected, self._shelf.rejected()), *self._repeated()):
            seen[row.source_path] += 1
            times = seen[row.source_path]
            yield row if times == 1 else Rejected(f"{row.source_path} ({times})", *_rest(row))

    def _repeated(self) -> Iterator[Rejected]:
        for copy, first in self._copies:
            here, there = (
                packed.release(self._shelf.body(self._index[at]), "", None, None) for at in (copy, first)
            )
            why = reject("identical_copy", first=there.source_path)
            row = packed.rejection(here.source_path, here.source_sha256, why).rejected
            assert row is not None
            yield row


def _rest(row: Rejected) -> tuple[str | None, str, str, str]:
    return row.source_sha256, row.code, row.reason_de, row.reason_en


def _ids(shas: Numbers) -> list[str]:
    """Digests, all different -> their first twelve digits; sixteen for the later of two that begin alike."""
    names = [sha.decode() for sha in shas]
    first: dict[str, str] = {}
    for name in sorted(names):
        first.setdefault(name[:_ID], name)
    return [name[:_ID] if first[name[:_ID]] == name else name[:_LONGER] for name in names]
