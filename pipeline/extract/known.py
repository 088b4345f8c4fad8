"""What is known of blocks of releases, in the store beside what is known of each release.

Of a block lie there its summary (keys of its releases, what they say about initiatives) and its rows as columns,
which nobody has to unpack to write them again. The key of the rows holds what the corpus says to the names that
the block doubts: all that rows follow from besides the releases.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from pipeline.core import store
from pipeline.core.blocks import packed as packed_rows
from pipeline.extract import packed
from pipeline.extract.recurrence import Known

_KEY, _LENGTH = 16, 4
Rows = Mapping[str, pa.Table]


@dataclass(slots=True)
class Summary:
    """What the releases of a block say that others need."""

    keys: bytes = b""
    known: Known = field(default_factory=Known)
    asked: set[str] = field(default_factory=set)  # forms of names that a release doubts

    def add(self, key: bytes, data: bytes) -> None:
        """Take in a release: its key and its rows, packed."""
        self.keys += key
        self.asked.update(packed.note(data, self.known))

    def pack(self) -> bytes:
        """The summary as bytes."""
        says = json.dumps([self.known.data(), sorted(self.asked)], ensure_ascii=False)
        return len(self.keys).to_bytes(_LENGTH) + self.keys + zlib.compress(says.encode(), 1)

    @classmethod
    def of(cls, data: bytes) -> Summary:
        """The same from bytes."""
        end = _LENGTH + int.from_bytes(data[:_LENGTH])
        says, asked = json.loads(zlib.decompress(data[end:]))
        return cls(data[_LENGTH:end], Known.of(says), set(asked))


class Blocks:
    """Summaries and rows of blocks in a store, by the digests of the blocks."""

    def __init__(self, base: store.Store, stamp: bytes) -> None:
        self._base, self._stamp = base, stamp

    def summary(self, digest: bytes) -> Summary | None:
        """What is known of a block."""
        data = self._base.get(store.key(self._stamp, "block", digest))
        return None if data is None else Summary.of(data)

    def is_whole(self, summary: Summary) -> bool:
        """Whether every release of a block is known by itself, too; what is known of them stays."""
        return self._base.keep([summary.keys[at : at + _KEY] for at in range(0, len(summary.keys), _KEY)])

    def rows(self, digest: bytes, summary: Summary, corpus: Known) -> Rows | None:
        """The rows of a block as the corpus settles its names."""
        data = self._base.get(self._rows(digest, summary, corpus))
        return None if data is None else _unpack(data)

    def put(self, digest: bytes, summary: Summary, corpus: Known, rows: Rows) -> None:
        """Keep what became of a block."""
        self._base.put(store.key(self._stamp, "block", digest), summary.pack())
        self._base.put(self._rows(digest, summary, corpus), _pack(rows))

    def _rows(self, digest: bytes, summary: Summary, corpus: Known) -> bytes:
        answers = [(form, corpus.name(form)) for form in sorted(summary.asked)]
        return store.key(self._stamp, "rows", digest, json.dumps(answers))


def _pack(rows: Rows) -> bytes:
    parts = [packed_rows(rows[name], "zstd") for name in packed.TABLES]
    return b"".join(chain.from_iterable((part.size.to_bytes(_LENGTH), part) for part in parts))


def _unpack(data: bytes) -> Rows:
    rows, rest = {}, memoryview(data)
    for name in packed.TABLES:
        length = int.from_bytes(rest[:_LENGTH])
        rows[name] = pa.ipc.open_stream(rest[_LENGTH : _LENGTH + length]).read_all()
        rest = rest[_LENGTH + length :]
    return rows
