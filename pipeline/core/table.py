"""A stored table: Parquet, made from one record class. Equal content gives equal bytes.

The schema follows from the class's annotations; rows are unique by key and sorted by it.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.core.errors import TableError
from pipeline.core.execute import batched
from pipeline.core.table_writer import Writer

if TYPE_CHECKING:
    # a second to import, and not needed to run a stage
    import pandas as pd

Row = TypeVar("Row")
_BATCH = 2048  # rows that are records at a time

_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    list[str]: pa.list_(pa.string()),
}


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A stored table; ``row`` is its record class, ``key`` what identifies a row."""

    path: Path
    row: type[Row]
    key: tuple[str, ...]
    one_of: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in the order of the record class."""
        return [field.name for field in dataclasses.fields(self.row)]  # type: ignore[arg-type]

    def arrow_schema(self) -> pa.Schema:
        """The Parquet schema that follows from the record class."""
        return pa.schema([pa.field(n, _ARROW[t], nullable=null) for n, t, null in _fields(self.row)])

    def write(self, rows: Iterable[Row], root: Path = Path(), *, in_order: bool = False) -> int:
        """Sort rows by key, check them, write them; the number of rows written.

        Rows that come ``in_order`` are written as they come, so that no more than a group is in memory.
        Raises TableError when the rows break the schema: a bug in the stage that made them.
        """
        values = attrgetter(*self.columns)
        with self.writer(root) as writer:
            for batch in batched(rows if in_order else sorted(rows, key=attrgetter(*self.key)), _BATCH):
                writer.add(list(zip(*map(values, batch), strict=True)))
        return writer.count

    def writer(self, root: Path = Path()) -> Writer:
        """For a stage that writes several tables at once: takes columns of rows, in the order of their keys."""
        return Writer(root / self.path, self.arrow_schema(), self.key, self.one_of)

    def read_frame(self, root: Path = Path()) -> pd.DataFrame:
        """The table as a data frame, checked against its pandera schema."""
        from pipeline.core import table_frame  # noqa: PLC0415  pandas and pandera take a second to import

        return table_frame.checked(self._read(root), self.path, self.key, self.one_of)

    def read(self, root: Path = Path()) -> list[Row]:
        """The table as records, in key order."""
        return list(self.stream(root))

    def stream(self, root: Path = Path(), *, same: dict[Any, Any] | None = None) -> Iterator[Row]:
        """The table as records, in key order, a few thousand in memory at a time.

        For a stage that keeps them, words that recur anywhere are one object in all of them with ``same={}``.
        """
        with self._opened(root) as file:
            for batch in file.iter_batches(_BATCH):
                yield from self._records(batch, same)

    def count(self, root: Path = Path()) -> int:
        """How many rows there are, without reading them."""
        with self._opened(root) as file:
            return int(file.metadata.num_rows)

    def _records(self, rows: pa.RecordBatch, same: dict[Any, Any] | None = None) -> Iterator[Row]:
        return map(
            self.row, *(self._values(*column, same) for column in zip(self.columns, rows.columns, strict=True))
        )

    def _values(self, name: str, column: pa.Array, same: dict[Any, Any] | None) -> list[Any]:
        """A column as Python values; words that recur in it are one object, which saves half the memory."""
        if name != self.key[0] and name not in self.one_of and (same is None or pa.types.is_list(column.type)):
            return column.to_pylist()  # type: ignore[no-any-return]
        coded = column.dictionary_encode()
        words = coded.dictionary.to_pylist()
        if same is not None:
            # a column at a time: 1 and 1.0 are equal, and not the same
            known = same.setdefault(name, {})
            words = [known.setdefault(word, word) for word in words]
        return [None if at is None else words[at] for at in coded.indices.to_pylist()]

    def read_arrow(self, root: Path = Path(), columns: list[str] | None = None) -> pa.Table:
        """The table as Arrow columns, in key order: compact, for a stage that looks rows up piece by piece."""
        return self._read(root, columns=columns)

    def arrow_batches(self, columns: list[str], root: Path = Path(), by: int = 65_536) -> Iterator[pa.RecordBatch]:
        """The same a piece at a time, for a stage that need not hold a column whole."""
        with self._opened(root) as file:
            yield from file.iter_batches(by, columns=columns)

    def groups(self, root: Path = Path(), of: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The same, row group by row group; ``of``: only groups that may hold one of these keys, which ascend."""
        with self._opened(root) as file:
            numbers = range(file.num_row_groups)
            held = [n for n in numbers if of is None or _may_hold(file.metadata.row_group(n), of)]
            yield from _ahead(file.read_row_group, held)

    def rows_of(self, keys: Sequence[str], root: Path = Path()) -> Iterator[Row]:
        """The records that have one of these first keys, which ascend; groups that hold none stay unread."""
        for group in self.groups(root, of=keys):
            for batch in group.to_batches(_BATCH):
                first = batch.column(0)
                # of many keys those that may stand here: a table of any length costs what it is long
                start, end = bisect_left(keys, first[0].as_py()), bisect_right(keys, first[-1].as_py())
                yield from self._records(batch.filter(pc.is_in(first, pa.array(keys[start:end], pa.string()))))

    def _read(self, root: Path, **choice: Any) -> pa.Table:
        with self._explained(root):
            return pq.read_table(root / self.path, schema=self.arrow_schema(), **choice)

    @contextmanager
    def _opened(self, root: Path) -> Iterator[pq.ParquetFile]:
        with self._explained(root), pq.ParquetFile(root / self.path) as file:
            if file.schema_arrow.names != self.columns or file.schema_arrow.types != self.arrow_schema().types:
                raise pa.ArrowInvalid("its columns are others")
            yield file

    @contextmanager
    def _explained(self, root: Path) -> Iterator[None]:
        """A table that is not there or not whole is one clear line."""
        path = root / self.path
        try:
            yield
        except FileNotFoundError:
            raise TableError(f"{path}: not found; run `dvc repro`") from None
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise TableError(f"{path}: is not the table {self.row.__name__}: {error}; run `dvc repro`") from None


def _ahead(read: Callable[[int], pa.Table], numbers: Sequence[int]) -> Iterator[pa.Table]:
    """What is read is one ahead of what is asked for: Arrow reads while Python works."""
    if len(numbers) < 2:
        yield from map(read, numbers)
        return
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(read, numbers[0])
        for number in numbers[1:]:
            group, coming = coming.result(), reader.submit(read, number)
            yield group
        yield coming.result()


def _may_hold(group: pq.RowGroupMetaData, keys: Sequence[str]) -> bool:
    """Whether one of some first keys, which ascend, lies within the bounds of a row group."""
    bounds = group.column(0).statistics
    if bounds is None or not bounds.has_min_max:
        return True
    at = bisect_left(keys, bounds.min)
    return at < len(keys) and keys[at] <= bounds.max


def _fields(row: type) -> list[tuple[str, Any, bool]]:
    """(name, type without None, may be None) of each field of a record class."""
    return [(name, *_split_optional(hint)) for name, hint in typing.get_type_hints(row).items()]


def _split_optional(hint: Any) -> tuple[Any, bool]:
    if isinstance(hint, types.UnionType):
        return next(t for t in typing.get_args(hint) if t is not type(None)), True
    return hint, False
