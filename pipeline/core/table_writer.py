"""Rows -> a Parquet file, as they come and in the order of their keys; never more than a group is in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import lt
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.core.errors import TableError

GROUP = 8192  # rows checked and written at a time: few enough for memory, enough for one group of most tables
if "pandas" not in sys.modules:
    # Arrow looks for pandas (.4 s) with its first array, with its first value, and where it is asked for a frame
    for module, values in ((None, []), (ModuleType("pandas"), [""])):
        sys.modules["pandas"] = module  # type: ignore[assignment]
        with suppress(AttributeError, ImportError):
            pa.array(values)
    del sys.modules["pandas"]


class Writer:
    """Writes a table beside its place and moves it there when it is whole; else there is none.

    Groups are cut by number of rows alone, so that the bytes do not depend on how rows were handed over.
    """

    def __init__(
        self, path: Path, schema: pa.Schema, key: Sequence[str], one_of: Mapping[str, Sequence[str]]
    ) -> None:
        self._path, self._schema, self._one_of = path, schema, one_of
        self._key = [schema.get_field_index(name) for name in key]
        self._last: tuple[Any, ...] | None = None
        self._waiting: list[list[Any]] = [[] for _ in schema]
        self._ready = schema.empty_table()
        self.count = 0

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # .dvcignore knows the name: what a killed run leaves behind makes no stage look changed
        self._unfinished = self._path.with_name(f"{self._path.name}.part")
        self._file = pq.ParquetWriter(self._unfinished, self._schema, compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            # a second fault while closing says no more than the first
            with suppress(OSError):
                self._file.close()
            self._unfinished.unlink(missing_ok=True)

    def _finish(self) -> None:
        self._settle(GROUP)
        if self._ready.num_rows:
            self._write(GROUP)
        with self._named():
            self._file.close()
        self._unfinished.replace(self._path)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Arrow does not say which file it could not write."""
        try:
            yield
        except OSError as error:
            raise OSError(error.errno, os.strerror(error.errno or 0), str(self._path)) from None

    def add(self, columns: Sequence[Sequence[Any]]) -> None:
        """More rows, as columns in the order of the schema.

        Raises TableError where they break the schema: a bug of the stage that made them.
        """
        for waiting, column in zip(self._waiting, columns, strict=True):
            waiting.extend(column)
        while len(self._waiting[0]) >= GROUP:
            self._settle(GROUP)

    def _settle(self, rows: int) -> None:
        if self._waiting[0]:
            taken = [column[:rows] for column in self._waiting]
            self._waiting = [column[rows:] for column in self._waiting]
            self._put(self.checked(taken))

    def add_table(self, table: pa.Table) -> None:
        """More rows that were ``checked``, in this run or an earlier one."""
        self._settle(GROUP)
        if table.num_rows:
            self._put(table)

    def _put(self, table: pa.Table) -> None:
        first, last = zip(*table.select(self._key).take([0, len(table) - 1]).to_pydict().values(), strict=True)
        self._check_keys([self._last, first] if self._last else [first])
        self._ready, self._last = pa.concat_tables([self._ready, table]), last
        while self._ready.num_rows >= GROUP:
            self._write(GROUP)

    def _write(self, rows: int) -> None:
        table, self._ready = self._ready.slice(0, rows).combine_chunks(), self._ready.slice(rows)
        with self._named():
            self._file.write_table(table)
        self.count += table.num_rows

    def _check_keys(self, keys: list[tuple[Any, ...]]) -> None:
        if not all(map(lt, keys, keys[1:])):
            names = ", ".join(self._schema.names[at] for at in self._key)
            raise TableError(f"{self._path}: a key ({names}) stands twice or out of order")

    def checked(self, columns: Sequence[Sequence[Any]]) -> pa.Table:
        """Columns of rows -> the same for Arrow; raises TableError where they break the schema."""
        self._check_keys(list(zip(*(columns[at] for at in self._key), strict=True)))
        arrays = [self._array(field, column) for field, column in zip(self._schema, columns, strict=True)]
        return pa.Table.from_arrays(arrays, schema=self._schema)

    def _array(self, field: pa.Field, column: Sequence[Any]) -> pa.Array:
        if (fault := fault_of(column, field, self._one_of.get(field.name))) is not None:
            raise TableError(f"{self._path}: column {field.name}: {fault}")
        try:
            return pa.array(column, field.type)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise TableError(f"{self._path}: column {field.name}: {error}") from None


def fault_of(column: Sequence[Any], field: pa.Field, allowed: Sequence[str] | None) -> str | None:
    """What a column holds that its table does not allow; None where all is well."""
    if not field.nullable and None in column:
        return "is empty in a row where it may not be"
    if allowed is not None and (strange := set(column).difference(allowed, [None])):
        return f"{min(map(repr, strange))} is none of {', '.join(allowed)}"
    return None
