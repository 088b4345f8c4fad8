"""Neighbours in a table as blocks, so that what is known of a whole block is neither read nor made one by one.

A block ends behind an id whose sum says so, wherever the id stands: a release more or less changes one block, and
no block has to be known to cut the next one, so that a table of any length is cut as it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

import pyarrow as pa


def sizes(ids: Sequence[str], usual: int, most: int) -> Iterator[int]:
    """Ids in their order -> the sizes of the blocks that are whole, ``usual`` on average and ``most`` at most."""
    begin = 0
    for end, release_id in enumerate(ids, 1):
        if crc32(release_id.encode()) % usual == 0 or end - begin == most:
            yield end - begin
            begin = end


def packed(rows: pa.Table, compression: str | None = None) -> pa.Buffer:
    """Rows -> bytes, equal for equal rows wherever they stood and however their table was cut."""
    # two pieces or more are copied, one would bring along what stands beside it in its buffers
    alone = pa.concat_tables([rows.schema.empty_table(), rows]).combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as stream:
        stream.write_table(alone)
    return sink.getvalue()
