"""Tables -> a key a release: the same only where all that its files are made of is the same.

A key holds every cell of every row that ``rows.load_batch`` would read of the release, what is looked up for it
(register, themes, duplicates, statements), params, code, libraries and schemas. Cells become text column by
column and the rows of a release are one stretch of bytes; to make descriptions and look at them takes far longer.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.archive import rows, schemas
from pipeline.archive.describe import Describer
from pipeline.archive.settings import ArchiveParams
from pipeline.core import store

SIZE = 16
_ROWS, _TEXTS, _MANY = 8192, 512, 65_536  # rows at a time
_AT_ONCE = 1000  # entities
# of an entity: what no description says (``Describer.named``), and what one release more may change
COUNTS = ["variants", "n_mentions", "n_releases", "first", "last", "privacy_by"]
Run = tuple[str, bytes]  # a release and what is said of it
Look = Callable[[pa.RecordBatch], pa.RecordBatch]


class Sources:
    """All that files of releases are made of: rows with what they point at, and what follows from no row."""

    def __init__(self, describer: Describer) -> None:
        self.stamp = _stamp(describer)
        self.beside = describer.beside
        self._looks = _looks(describer)

    def batches(self, name: str, size: int = _MANY, of: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of a table, some at a time; ``of``: at least those of these releases, which ascend."""
        batches = (batch for group in rows.TABLES[name].groups(of=of) for batch in group.to_batches(size))
        return map(self._looks[name], batches) if name in self._looks else batches


class Keys:
    """The keys of some releases, which ascend by id, by their number."""

    def __init__(self, ids: Sequence[str], sources: Sources) -> None:
        self._ids, self._keys = ids, bytearray(b"".join(store.key(sources.stamp, name) for name in ids))
        for name in rows.TABLES:
            size = _TEXTS if name == "release" else _ROWS
            self._mix(name, _runs(sources.batches(name, size, ids)))
        self._mix("beside", ((key, repr(found).encode()) for key, found in sources.beside()))

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._keys[number * SIZE : (number + 1) * SIZE])

    def _mix(self, name: str, runs: Iterable[Run]) -> None:
        """Runs, which ascend by id, change the keys of their releases."""
        ids, keys, head, number = self._ids, self._keys, store.key(b"", name), 0
        for release_id, said in runs:
            number = bisect_left(ids, release_id, number)
            if number < len(ids) and ids[number] == release_id:
                start = number * SIZE
                # two parts of one length, then the rest
                mixed = b"".join((head, keys[start : start + SIZE], said))
                keys[start : start + SIZE] = hashlib.blake2b(mixed, digest_size=SIZE).digest()


def _stamp(describer: Describer) -> bytes:
    """All that files follow from but the tables."""
    settings = describer.settings.model_dump_json(exclude={"max_cache_mb"})
    themes = sorted((t.theme_id, t.label, t.iptc) for t in describer.corpus.themes.values())
    words = (settings, repr(themes), *store.libraries(), *_schemas(describer.settings))
    return store.key(store.code("pipeline.core", "pipeline.archive"), *words)


def _schemas(settings: ArchiveParams) -> Iterator[str]:
    """Every file beside the schemas, since they import each other."""
    if not settings.schemas:
        return
    folder = Path(settings.schemas)
    files = [name for schema in schemas.SCHEMAS.values() for name in schema.files]
    known = [folder / name for name in files] + [Path(place) for place in schemas.places(folder).values()]
    for name in sorted({path.relative_to(folder).parts[0] for path in known}):
        for path in sorted((folder / name).rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "blake2b").hexdigest()
                yield f"{path.relative_to(folder).as_posix()} {content}"


def _looks(describer: Describer) -> dict[str, Look]:
    """For tables whose rows point at something: the same rows with what is found there."""
    corpus = describer.corpus
    persons, themes = (rows.strings(sorted(words)) for words in (corpus.persons, corpus.themes))
    entities = rows.strings(()) if corpus.entities is None else corpus.entities["entity_id"]
    names = rows.strings(_names(corpus.entities))

    def entity_mentions(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.append_column("named", names.take(pc.index_in(batch["entity_id"], value_set=entities)))

    def mentions(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.append_column("known", pc.is_in(batch["name"], value_set=persons))

    def assignments(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.filter(pc.is_in(batch["theme_id"], value_set=themes))

    return {"entity_mentions": entity_mentions, "mentions": mentions, "assignments": assignments}


def _names(entities: pa.Table | None) -> Iterator[str]:
    """What descriptions may say of each entity, as digests in the order of the register."""
    if entities is not None:
        for batch in entities.drop_columns(COUNTS).to_batches(_AT_ONCE):
            for line in _lines(batch.columns).to_pylist():
                yield hashlib.blake2b(line.encode(), digest_size=SIZE).hexdigest()


def _runs(batches: Iterable[pa.RecordBatch]) -> Iterator[Run]:
    """Rows, which ascend by their first column -> what the rows of one release say, as bytes.

    Where a table is cut into batches must not tell in the keys: one added release moves all cuts behind it.
    """
    last, held = "", b""
    for batch in filter(len, batches):
        text, data = _bytes(_lines(batch.columns[1:]))
        ids = pc.run_end_encode(batch.column(0))
        start = 0
        for release_id, end in zip(ids.values.to_pylist(), ids.run_ends.to_pylist(), strict=True):
            said = bytes(data[text[start] : text[end]])
            if release_id == last:
                held += said
            else:
                if last:
                    yield last, held
                last, held = release_id, said
            start = end
    if last:
        yield last, held


def _lines(columns: Iterable[pa.Array]) -> pa.Array:
    """Columns -> a text a row, from which each cell could be read back: its length, then itself."""
    cells = []
    dash, nothing, space = rows.strings(("-", "", " "))
    for column in columns:
        text = _text(column)
        cells += [pc.binary_length(text).cast(pa.string()).fill_null(dash), text.fill_null(nothing)]
    return pc.binary_join_element_wise(*cells, space)


def _text(column: pa.Array) -> pa.Array:
    """A column as texts, different for different values."""
    if pa.types.is_list(column.type):
        return rows.strings(map(repr, column.to_pylist()))
    # the decimal form of a number with a point might be rounded; its bits are not
    bits = column.view(pa.int64()) if pa.types.is_float64(column.type) else column
    return bits.cast(pa.string())


def _bytes(texts: pa.Array) -> tuple[Any, memoryview]:
    """Where each text begins and ends, and the bytes they all lie in."""
    _, ends, data = texts.buffers()
    offsets = np.frombuffer(ends, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return offsets.tolist(), memoryview(data if data is not None else b"")
