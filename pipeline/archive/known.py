"""What became of releases in the last run, block by block: the records of those whose files need not be made.

The store keeps a block under the id of its last release (the last block under none): what it is made of, and keys
and records of its releases. Where that is the same no release of it has a key worked out; else their keys decide,
one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, starmap

from pipeline.archive import blocks, release_files, unchanged
from pipeline.archive.keys import SIZE, Keys, Sources
from pipeline.archive.package import Package
from pipeline.core import store

_LENGTH = 4


@dataclass(slots=True)
class _Open:
    """A block that is written once the last of its releases is made."""

    keys: bytes
    missing: int


class Known:
    """Looks releases up, puts the records of the known ones on the shelf, and remembers those that are made."""

    def __init__(self, package: Package, sources: Sources, memory: store.Store) -> None:
        self._package, self._memory, self._sources = package, memory, sources
        self._ids = package.chosen.ids
        self._bounds = blocks.starts(self._ids)
        self._digests = blocks.digests(self._ids, self._bounds, sources)
        self._open: dict[int, _Open] = {}
        self._at = 0

    def look(self) -> array[int]:
        """The numbers of releases whose files must be made."""
        new, other = array("I"), []
        for block, digest in enumerate(self._digests):
            keys, records = unpack(self._memory.get(self._name(block)), digest)
            if keys:
                new.extend(self._settle(block, keys, dict(zip(keys, records, strict=True)), same=True))
            else:
                other.append(block)
        for block, keys in self._keys(other):
            new.extend(self._settle(block, keys, self._left(block, keys), same=False))
        for block in [block for block, one in self._open.items() if not one.missing]:
            self._put(block)
        return array("I", sorted(new))

    def _keys(self, others: Sequence[int]) -> Iterator[tuple[int, list[bytes]]]:
        """The keys of the releases in some blocks."""
        numbers = [range(self._bounds[block], self._bounds[block + 1]) for block in others]
        keys = Keys([self._ids[number] for number in chain.from_iterable(numbers)], self._sources)
        at = 0
        for block, those in zip(others, numbers, strict=True):
            yield block, [keys[number] for number in range(at, at + len(those))]
            at += len(those)

    def _left(self, block: int, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """What is known of releases by their keys, from a block that has others by now."""
        known = dict(zip(*unpack(self._memory.get(self._name(block))), strict=True))
        if not known and block + 1 < len(self._digests):
            # where a block was cut in two, its second half has its name
            return dict(zip(*unpack(self._memory.get(self._name(block + 1))), strict=True))
        if not known.keys() <= set(keys):
            # what was known of a release that is gone does not stay, even where nothing else finds room any more
            self._memory.put(self._name(block), b"")
        return known

    def _settle(
        self, block: int, keys: Sequence[bytes], known: Mapping[bytes, bytes], *, same: bool
    ) -> Iterator[int]:
        """Put on the shelf what is known of a block and lies there as it was written; the numbers of the rest."""
        missing = 0
        for number, key in enumerate(keys, self._bounds[block]):
            before = known.get(key)
            record = before and unchanged.still(self._places(number), before)
            same = same and record == before
            if record:
                self._package.shelf.put(number, record)
            else:
                missing += 1
                yield number
        if not same:
            self._open[block] = _Open(b"".join(keys), missing)

    def _places(self, number: int) -> list[str]:
        target, chosen = self._package.target, self._package.chosen
        return [f"{target}/{path}" for path in release_files.paths(chosen.years[number], chosen.ids[number])]

    def add(self, number: int, record: bytes) -> None:
        """A release was made; they come in the order of their numbers."""
        self._package.shelf.put(number, record)
        while number >= self._bounds[self._at + 1]:
            self._at += 1
        self._open[self._at].missing -= 1
        if not self._open[self._at].missing:
            self._put(self._at)

    def _put(self, block: int) -> None:
        numbers = range(self._bounds[block], self._bounds[block + 1])
        records = [self._package.shelf.get(number) for number in numbers]
        self._memory.put(self._name(block), pack(self._digests[block], self._open.pop(block).keys, records))

    def _name(self, block: int) -> bytes:
        # the end of the corpus may become another release at any time
        is_last = block + 1 == len(self._digests)
        return store.key(self._sources.stamp, "block", "" if is_last else self._ids[self._bounds[block + 1] - 1])


def pack(digest: bytes, keys: bytes, records: Sequence[bytes]) -> bytes:
    """What a block is made of, its keys and records -> bytes."""
    lengths = (len(record).to_bytes(_LENGTH) for record in records)
    return b"".join([digest, len(records).to_bytes(_LENGTH), keys, *lengths, *records])


def unpack(data: bytes | None, digest: bytes | None = None) -> tuple[list[bytes], list[bytes]]:
    """Keys and records; none where the block is not the one that has this digest."""
    if not data or (digest is not None and data[:SIZE] != digest):
        return [], []
    begin = SIZE + _LENGTH
    count = int.from_bytes(data[SIZE:begin])
    middle = begin + count * SIZE
    ends = [middle + count * _LENGTH]
    for at in range(middle, ends[0], _LENGTH):
        ends.append(ends[-1] + int.from_bytes(data[at : at + _LENGTH]))
    keys = [data[at : at + SIZE] for at in range(begin, middle, SIZE)]
    return keys, list(starmap(lambda first, end: data[first:end], pairwise(ends)))
