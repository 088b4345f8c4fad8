"""What was seen in blocks of releases, from one run to the next; losing it costs time and no output.

A key is made from all that is seen there follows from: texts, places of names, names of regions, code, libraries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import attrgetter
from types import TracebackType
from typing import Self

import pyarrow as pa

from pipeline.core import store
from pipeline.core.blocks import packed
from pipeline.register.looks import Looks, Seen, Spots, count, look

FILE = store.FOLDER / "register.sqlite"
_FIELDS = attrgetter("said", "articles", "acronyms", "offices")


class Memory:
    """Blocks that are known; what is not is looked at and kept."""

    def __init__(self, max_mb: int, regions: Iterable[str]) -> None:
        self._regions = frozenset(regions)
        code = store.code("pipeline.core", "pipeline.register")
        self._stamp = store.key(code, *store.libraries(), "regions", *sorted(self._regions))
        self._store = store.Store(FILE, max_mb)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, error, at)

    def see(self, releases: pa.Table, spots: pa.Table, looks: Looks) -> None:
        """A block (ids and texts; release, start and end of names) -> ``looks`` knows what is in it."""
        digest = store.key(self._stamp, packed(releases), packed(spots))
        ids = releases["release_id"].to_pylist()
        number = {release_id: n for n, release_id in enumerate(ids)}
        of = [number[release_id] for release_id in spots["release_id"].to_pylist()]
        where: Spots = list(zip(of, spots["start"].to_pylist(), spots["end"].to_pylist(), strict=True))
        looks.add(ids, where, self._seen(digest, releases["text"], where), self._words(digest, releases["text"]))

    def _seen(self, digest: bytes, texts: pa.ChunkedArray, spots: Spots) -> Seen:
        key = store.key(digest, "seen")
        if (known := self._store.get(key)) is None:
            known = json.dumps(_FIELDS(look(texts.to_pylist(), spots, self._regions))).encode()
            self._store.put(key, known)
        return Seen(*json.loads(known))

    def _words(self, digest: bytes, texts: pa.ChunkedArray) -> bytes:
        key = store.key(digest, "words")
        if (known := self._store.get(key)) is None:
            known = count(texts)
            self._store.put(key, known)
        return known
