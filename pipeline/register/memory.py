"""What follows from a name, a block of releases or the gazetteer alone, from one run to the next.

Losing it costs time and no output. A key is made from all that a value follows from: of what is seen in a block,
texts, places of names and names of regions; always code and libraries. What the corpus says together is worked out
in every run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b
from operator import attrgetter
from types import TracebackType
from typing import Self
from zlib import crc32

import pyarrow as pa

from pipeline.core import store
from pipeline.core.blocks import packed
from pipeline.register import gazetteer, names
from pipeline.register.gazetteer import Gazetteer
from pipeline.register.looks import Looks, Seen, count, look

FILE = store.FOLDER / "register.sqlite"
_PARTS = 16  # of the names, so that not all are text in memory at a time
_FIELDS = attrgetter("said", "articles", "acronyms", "offices")


class Memory:
    """What is known; what is not is worked out and kept."""

    def __init__(self, max_mb: int) -> None:
        self._stamp = store.key(store.code("pipeline.core", "pipeline.register"), *store.libraries())
        self._store = store.Store(FILE, max_mb)
        self._kept: dict[int, bytes] = {}  # what the parts of the names held

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, error, at)

    def gazetteer(self, text: str | None, place: str) -> Gazetteer:
        """The text of places.csv -> the gazetteer."""
        key = store.key(self._stamp, "gazetteer", text or "")
        if (known := self._store.get(key)) is None:
            known = gazetteer.pack(gazetteer.parse(text, place))
            self._store.put(key, known)
        return gazetteer.unpack(known)

    def names(self) -> None:
        """What is known of the corpus's names: nobody need take them apart again."""
        for part in range(_PARTS):
            if (kept := self._store.get(self._of_names(part))) is not None:
                self._kept[part] = blake2b(kept, digest_size=16).digest()
                names.know(json.loads(kept))

    def keep_names(self, said: Iterable[str]) -> None:
        """The names of this corpus, and of no other, are known the next time; parts that changed are written."""
        parts: list[list[str]] = [[] for _ in range(_PARTS)]
        for name in said:
            parts[crc32(name.encode("utf-8", "surrogatepass")) % _PARTS].append(name)
        for part, some in enumerate(parts):
            known = json.dumps(names.known(some)).encode()
            if blake2b(known, digest_size=16).digest() != self._kept.get(part):
                self._store.put(self._of_names(part), known)

    def _of_names(self, part: int) -> bytes:
        return store.key(self._stamp, "names", str(part))

    def eyes(self, regions: Iterable[str]) -> Eyes:
        """Who looks at texts in which these regions may be named."""
        return Eyes(self._store, self._stamp, regions)


class Eyes:
    """Looks at blocks of releases, once each."""

    def __init__(self, memory: store.Store, stamp: bytes, regions: Iterable[str]) -> None:
        self._store, self._regions = memory, frozenset(regions)
        self._stamp = store.key(stamp, "looks", *sorted(self._regions))

    def see(self, releases: pa.Table, spots: pa.Table, looks: Looks) -> None:
        """A block (ids and texts; release, start and end of names) -> ``looks`` knows what is in it."""
        digest = store.key(self._stamp, packed(releases), packed(spots))
        ids, texts = releases["release_id"].to_pylist(), releases["text"]
        looks.add(ids, spots, self._seen(digest, ids, texts, spots), self._words(digest, texts))

    def _seen(self, digest: bytes, ids: list[str], texts: pa.ChunkedArray, spots: pa.Table) -> Seen:
        key = store.key(digest, "seen")
        if (known := self._store.get(key)) is None:
            known = json.dumps(_FIELDS(look(ids, texts.to_pylist(), spots, self._regions))).encode()
            self._store.put(key, known)
        return Seen(*json.loads(known))

    def _words(self, digest: bytes, texts: pa.ChunkedArray) -> bytes:
        key = store.key(digest, "words")
        if (known := self._store.get(key)) is None:
            known = count(texts)
            self._store.put(key, known)
        return known
