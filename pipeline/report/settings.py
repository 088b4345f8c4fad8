"""The report section of params.yaml."""

from __future__ import annotations

from pydantic import PositiveInt

from pipeline.core.params import Params


class ReportParams(Params):
    """params.yaml, section report."""

    title: str
    list_limit: PositiveInt  # rows of a list within a page
    index_rows: PositiveInt  # rows of a register before it goes on on another page
