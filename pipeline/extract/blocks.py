"""Releases that lie beside each other in their table, as blocks: what is known of a block stays in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b, file_digest
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pyarrow as pa

from pipeline.core import tables
from pipeline.core.blocks import packed, sizes
from pipeline.core.records import Release, Zone

Item = tuple[Release, tuple[Zone, ...]]
_USUAL, _MOST = 256, 1024  # releases


class Block(NamedTuple):
    """Neighbouring releases and their zones, in columns."""

    releases: pa.Table
    zones: pa.Table

    def digest(self) -> bytes:
        """What stands in a block, but where its files lie: that says nothing about a text."""
        digest = blake2b(digest_size=16)
        for table in (self.releases.drop_columns("source_path"), self.zones):
            digest.update(packed(table))
        return digest.digest()

    def items(self) -> Iterator[Item]:
        """The releases of a block, each with its zones.

        The path is left out, so that a release whose file moved is still known.
        """
        zones = groupby(map(Zone, *_values(self.zones)), attrgetter("release_id"))
        of = {release_id: tuple(group) for release_id, group in zones}
        for release in map(Release, *_values(self.releases)):
            yield replace(release, source_path=""), of.get(release.release_id, ())


def sums() -> Iterator[bytes]:
    """What the stored tables of releases and zones are, as files; nothing of one that is not there."""
    for table in (tables.RELEASES, tables.ZONES):
        with suppress(OSError), table.path.open("rb") as file:
            yield file_digest(file, "blake2b").digest()


def cut() -> Iterator[Block]:
    """The stored releases and zones, both in the order of release ids -> blocks; one or two groups in memory."""
    zones, rest = _Zones(), tables.RELEASES.arrow_schema().empty_table()
    for group in tables.RELEASES.groups():
        rest = pa.concat_tables([rest, group])
        for size in sizes(rest["release_id"].to_pylist(), _USUAL, _MOST):
            block, rest = rest.slice(0, size), rest.slice(size)
            yield Block(block, zones.until(_id(block, size - 1)))
    if len(rest):
        yield Block(rest, zones.until(_id(rest, len(rest) - 1)))


class _Zones:
    """The zones of releases that are asked for in order."""

    def __init__(self) -> None:
        self._groups = tables.ZONES.groups()
        self._rest = tables.ZONES.arrow_schema().empty_table()

    def until(self, last: str) -> pa.Table:
        """The zones up to a release, which were not given before."""
        while not len(self._rest) or _id(self._rest, len(self._rest) - 1) <= last:
            if (group := next(self._groups, None)) is None:
                break
            self._rest = pa.concat_tables([self._rest, group])
        count = bisect_right(range(len(self._rest)), last, key=lambda at: _id(self._rest, at))
        given, self._rest = self._rest.slice(0, count), self._rest.slice(count)
        return given


def _id(table: pa.Table, at: int) -> str:
    return table["release_id"][at].as_py()  # type: ignore[no-any-return]


def _values(table: pa.Table) -> list[list[object]]:
    return [column.to_pylist() for column in table.columns]
