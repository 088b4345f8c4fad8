"""Stored tables -> Arrow files that all processes look into without a copy of their own.

Parquet has to be unpacked to be read, Arrow has not: a process maps the files into its memory and, after every
batch, gives back what it looked at. So its memory does not grow with the tables.
"""

from __future__ import annotations

import mmap
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.report.store import Arrow

_ROWS = 8192  # of a table that are in memory while it is copied


@contextmanager
def laid_out(tables: dict[str, Path], folder: Path) -> Iterator[None]:
    """Parquet files, by the name of each -> Arrow files in a folder, for as long as the work takes."""
    shutil.rmtree(folder, ignore_errors=True)  # what a run that was killed left behind
    folder.mkdir(parents=True)
    try:
        for name, path in tables.items():
            _copy(path, folder / f"{name}.arrow")
        yield
    finally:
        shutil.rmtree(
            folder, ignore_errors=True
        )  # Windows keeps what a process still looks into: the next run clears


def _copy(source: Path, target: Path) -> None:
    with pq.ParquetFile(source) as file, pa.ipc.new_file(target, file.schema_arrow) as out:
        for batch in file.iter_batches(_ROWS):
            out.write_batch(batch)


class Mapped:
    """The Arrow files of a folder, mapped into memory."""

    def __init__(self, folder: Path) -> None:
        self._maps: list[mmap.mmap] = []
        self.arrow: Arrow = {path.stem: self._open(path) for path in sorted(folder.glob("*.arrow"))}

    def _open(self, path: Path) -> pa.Table:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._maps.append(mapped)
        return pa.ipc.open_file(pa.py_buffer(mapped)).read_all()

    def give_back(self) -> None:
        """Let go of the parts that were looked at; they are read again when they are asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):  # Linux; elsewhere the system takes them back when memory is short
            for mapped in self._maps:
                mapped.madvise(mmap.MADV_DONTNEED)
