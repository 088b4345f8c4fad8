"""Packed outcomes on the shelf -> the four tables, in one pass each, a few rows in memory at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.core import tables
from pipeline.core.records import Duplicate, Rejected, Release, Zone
from pipeline.ingest import duplicates, packed
from pipeline.ingest.alike import Alike
from pipeline.ingest.consensus import Seen, home, settle
from pipeline.ingest.earlier import Earlier
from pipeline.ingest.merge import Merged, Order
from pipeline.ingest.minhash import Numbers
from pipeline.ingest.rejections import reject
from pipeline.ingest.shelf import LostError, Shelf
from pipeline.ingest.spelling import issuer_key, one_spelling

_ID = 12
_LONGER = 16


class Tables:
    """What all files became, when all are there: copies told apart, ids given, issuers settled."""

    def __init__(self, shelf: Shelf, earlier: Earlier | None = None) -> None:
        self._shelf, self._earlier = shelf, earlier
        self._index, self._traits, order = shelf.releases()
        shas = self._traits["sha256"][order]
        _, first, same = np.unique(shas, return_index=True, return_inverse=True)
        is_first = np.zeros(len(order), bool)
        is_first[first] = True
        self.kept = order[is_first]
        self._copies = list(zip(order[~is_first], order[first[same[~is_first]]], strict=True))
        self._names = self._settled()
        self._ids = _ids(self._traits["sha256"][self.kept])
        self.alike = Alike(self._message, earlier.pairs() if earlier else None)

    def write(self, near_duplicate: float) -> tuple[int, int]:
        """Write all tables; the numbers of releases and of rejections."""
        by_id = sorted(range(len(self.kept)), key=lambda at: self._ids[at])
        tables.DUPLICATES.write(self._duplicates(near_duplicate))
        if self._earlier and self._shelf.is_earlier()[self.kept].any():
            count = self._merge(by_id, self._earlier.folder)
        else:
            tables.ZONES.write(self._zones(by_id), in_order=True)
            count = tables.RELEASES.write(self._releases(by_id), in_order=True)
        return count, tables.REJECTED.write(self._rejected())

    def _merge(self, by_id: list[int], folder: Path) -> int:
        """Write releases and zones from those of the last run; the number of releases."""
        rows = self.kept[by_id]
        order = Order(
            np.array([self._ids[at] for at in by_id], "S"),
            self._traits["sha256"][rows],
            self._shelf.is_earlier()[rows],
        )
        settled = _Issuers(self._names, self._index[rows, 4])
        with tables.RELEASES.writer() as writer:
            merged = Merged(
                tables.RELEASES, folder, order, lambda new: self._releases(by_id[at] for at in new), settled
            )
            if merged.write(writer) != int(order.is_old.sum()):
                raise LostError
        with tables.ZONES.writer() as of_zones:
            Merged(tables.ZONES, folder, order, lambda new: self._zones(by_id[at] for at in new), _as_it_is).write(
                of_zones
            )
        return writer.count

    def _settled(self) -> list[tuple[str | None, str | None]]:
        """Issuer and basis for each origin."""
        origins = self._shelf.origins()
        counts = np.bincount(self._index[self.kept, 4], minlength=len(origins))
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
        if len(self.kept):
            self._traits["issuer"] = keys[self._index[:, 4]]
        id_of = dict(zip(map(int, self.kept), self._ids, strict=True))
        for pair in duplicates.find(self._traits, self.kept, self.alike, threshold):
            yield Duplicate(id_of[pair.later], id_of[pair.earlier], pair.kind, pair.similarity, pair.because)

    def _message(self, at: int) -> str:
        data = self._shelf.body(self._index[at])
        return packed.message(packed.release(data, "", None, None), list(packed.zones(data, "")))

    def _zones(self, by_id: Iterable[int]) -> Iterator[Zone]:
        for at in by_id:
            zones = packed.zones(self._shelf.body(self._index[self.kept[at]]), self._ids[at])
            yield from sorted(zones, key=lambda zone: zone.start)

    def _releases(self, by_id: Iterable[int]) -> Iterator[Release]:
        for at in by_id:
            row = self._index[self.kept[at]]
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


class _Issuers:
    """Puts issuer and basis, as this corpus settles them, into releases of the last run."""

    def __init__(self, names: Sequence[tuple[str | None, str | None]], origins: Numbers) -> None:
        issuers, bases = zip(*names, strict=True)
        self._columns = {"issuer": pa.array(issuers, pa.string()), "issuer_basis": pa.array(bases, pa.string())}
        self._origins = origins

    def __call__(self, rows: pa.Table, places: Numbers) -> pa.Table:
        origins = pa.array(self._origins[places])
        for name, values in self._columns.items():
            at = rows.column_names.index(name)
            rows = rows.set_column(at, rows.schema.field(at), values.take(origins))
        return rows


def _as_it_is(rows: pa.Table, _: Numbers) -> pa.Table:
    return rows


def _rest(row: Rejected) -> tuple[str | None, str, str, str]:
    return row.source_sha256, row.code, row.reason_de, row.reason_en


def _ids(shas: Numbers) -> list[str]:
    """Digests, all different -> their first twelve digits; sixteen for the later of two that begin alike."""
    names = [sha.decode() for sha in shas]
    first: dict[str, str] = {}
    for name in sorted(names):
        first.setdefault(name[:_ID], name)
    return [name[:_ID] if first[name[:_ID]] == name else name[:_LONGER] for name in names]
