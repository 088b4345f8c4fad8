"""A stored table: Parquet, made from one record class. Equal content gives equal bytes.

The pandera schema follows from the class's annotations; rows are unique by key and sorted by it.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import lt
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd
import pandera.pandas as pa_check
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.core.errors import TableError
from pipeline.core.execute import batched

Row = TypeVar("Row")
# rows that are checked and written at a time; small enough for memory, large enough for one group of most tables
_BATCH = 8192

_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    list[str]: pa.list_(pa.string()),
}
_PANDAS: dict[Any, Any] = {str: "str", int: "Int64", float: "Float64", bool: "bool", list[str]: object}


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

    def check_schema(self) -> pa_check.DataFrameSchema:
        """The pandera schema: types, nullability, allowed words, unique key, no other column."""
        columns = {
            name: pa_check.Column(_PANDAS[kind], self._checks(name), nullable=null)
            for name, kind, null in _fields(self.row)
        }
        return pa_check.DataFrameSchema(columns, strict=True, unique=list(self.key))

    def _checks(self, name: str) -> list[pa_check.Check]:
        return [pa_check.Check.isin(self.one_of[name])] if name in self.one_of else []

    def write(self, rows: Iterable[Row], root: Path = Path(), *, in_order: bool = False) -> int:
        """Sort rows by key, check them, write them; the number of rows written.

        Rows that come ``in_order`` are written as they come, so that no more than a batch is in memory.
        Raises TableError when the rows break the schema: a bug in the stage that made them.
        """
        path = root / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished, count = path.with_suffix(".part"), 0
        with pq.ParquetWriter(unfinished, self.arrow_schema(), compression="zstd") as writer:
            for table in self._checked(rows if in_order else sorted(rows, key=self._key_of)):
                writer.write_table(table)
                count += table.num_rows
        unfinished.replace(path)
        return count

    def _checked(self, ordered: Iterable[Row]) -> Iterator[pa.Table]:
        """Rows in the order of their keys -> Arrow tables of a batch each that keep the schema."""
        schema, last = self.arrow_schema(), None
        for batch in batched(ordered, _BATCH):
            keys = [*([] if last is None else [last]), *map(self._key_of, batch)]
            if not all(map(lt, keys, keys[1:])):
                raise TableError(f"{self.path}: a key ({', '.join(self.key)}) stands twice or out of order")
            last = keys[-1]
            columns = [pa.array([getattr(row, f.name) for row in batch], f.type) for f in schema]
            table = pa.Table.from_arrays(columns, schema=schema)
            self._check(_to_pandas(table))
            yield table

    def _key_of(self, row: Row) -> tuple[Any, ...]:
        return tuple(getattr(row, part) for part in self.key)

    def read_frame(self, root: Path = Path()) -> pd.DataFrame:
        """The table as a data frame, checked on the way in."""
        frame = _to_pandas(self._read(root))
        self._check(frame)
        return frame

    def read(self, root: Path = Path()) -> list[Row]:
        """The table as records, in key order."""
        return [self.row(**values) for values in self._read(root).to_pylist()]

    def read_arrow(self, root: Path = Path(), columns: list[str] | None = None) -> pa.Table:
        """The table as Arrow columns, in key order: compact, for a stage that looks rows up piece by piece."""
        return self._read(root, columns=columns)

    def read_between(self, first: str, last: str, root: Path = Path()) -> list[Row]:
        """The records whose first key column lies between two values, both included.

        Row groups outside stay unread, so that a stage may go through a table of any length.
        """
        name = self.key[0]
        found = self._read(root, filters=[(name, ">=", first), (name, "<=", last)])
        return [self.row(**values) for values in found.to_pylist()]

    def _read(self, root: Path, **choice: Any) -> pa.Table:
        path = root / self.path
        try:
            return pq.read_table(path, schema=self.arrow_schema(), **choice)
        except FileNotFoundError:
            raise TableError(f"{path}: not found; run `dvc repro`") from None
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise TableError(f"{path}: is not the table {self.row.__name__}: {error}; run `dvc repro`") from None

    def _check(self, frame: pd.DataFrame) -> None:
        try:
            self.check_schema().validate(frame, lazy=True)
        except pa_check.errors.SchemaErrors as error:
            first = error.failure_cases.iloc[0]
            raise TableError(
                f"{self.path}: column {first['column']}: {first['check']} fails for {first['failure_case']!r}"
            ) from None


def _fields(row: type) -> list[tuple[str, Any, bool]]:
    """(name, type without None, may be None) of each field of a record class."""
    hints = typing.get_type_hints(row)
    return [(f.name, *_split_optional(hints[f.name])) for f in dataclasses.fields(row)]


def _split_optional(hint: Any) -> tuple[Any, bool]:
    if isinstance(hint, types.UnionType):
        return next(t for t in typing.get_args(hint) if t is not type(None)), True
    return hint, False


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    frame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}.get)
    # an all-null string column would come back as object; the schema asks for str
    strings = [f.name for f in table.schema if f.type == pa.string()]
    return typing.cast("pd.DataFrame", frame.astype(dict.fromkeys(strings, "str")) if strings else frame)
