"""A long table -> pages of a readable length, with links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.core.execute import batched
from pipeline.report import german
from pipeline.report.parts import Frame, Link, Table
from pipeline.report.views import IndexPage

PathOf = Callable[[int], str]  # number of a page -> its address


def paged(frame: Frame, path: PathOf, table: Table, rows: int) -> Iterator[IndexPage]:
    """A table -> pages of at most ``rows`` rows; one page even for an empty table."""
    parts = list(batched(table.rows, rows)) or [[]]
    for number, part in enumerate(parts, 1):
        name = frame.title if number == 1 else f"{frame.title}, Seite {german.number(number)}"
        here = replace(frame, path=path(number), title=name)
        yield IndexPage(here, (replace(table, rows=tuple(part)),), pager(path, number, len(parts)))


def pager(path: PathOf, number: int, pages: int) -> tuple[Link, ...]:
    """The links from one page to all others; none where there is only one."""
    links = (Link(german.number(n), "" if n == number else path(n)) for n in range(1, pages + 1))
    return tuple(links) if pages > 1 else ()
