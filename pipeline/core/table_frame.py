"""A stored table as a checked pandas frame, for whoever wants to look at tables with pandas."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa_check
import pyarrow as pa

from pipeline.core.errors import TableError

_PANDAS: dict[Any, Any] = {pa.string(): "str", pa.int64(): "Int64", pa.float64(): "Float64", pa.bool_(): "bool"}


def schema_of(
    schema: pa.Schema, key: Sequence[str], one_of: Mapping[str, Sequence[str]]
) -> pa_check.DataFrameSchema:
    """The pandera schema: types, nullability, allowed words, unique key, no other column."""
    columns = {
        field.name: pa_check.Column(
            _PANDAS.get(field.type, object),
            [pa_check.Check.isin(one_of[field.name])] if field.name in one_of else [],
            nullable=field.nullable,
        )
        for field in schema
    }
    return pa_check.DataFrameSchema(columns, strict=True, unique=list(key))


def checked(table: pa.Table, path: Path, key: Sequence[str], one_of: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Arrow columns -> a frame; raises TableError naming column and value where it breaks the schema."""
    frame = _to_pandas(table)
    try:
        schema_of(table.schema, key, one_of).validate(frame, lazy=True)
    except pa_check.errors.SchemaErrors as error:
        first = error.failure_cases.iloc[0]
        raise TableError(
            f"{path}: column {first['column']}: {first['check']} fails for {first['failure_case']!r}"
        ) from None
    return frame


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    frame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}.get)
    # an all-null string column would come back as object; the schema asks for str
    strings = [f.name for f in table.schema if f.type == pa.string()]
    return typing.cast("pd.DataFrame", frame.astype(dict.fromkeys(strings, "str")) if strings else frame)
