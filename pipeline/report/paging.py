"""A long table -> pages of a readable length, with links between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from pipeline.report import german
from pipeline.report.parts import Cell, Frame, Link, Table
from pipeline.report.views import IndexPage

Item = TypeVar("Item")
Row = tuple[Cell, ...]
_HEAVIEST = 180_000  # bytes of a page's table; with all that stands around it a page stays below 300 kB
PathOf = Callable[[int], str]  # number of a page -> its address


def paged(frame: Frame, path: PathOf, table: Table, rows: int) -> Iterator[IndexPage]:
    """A table -> pages of at most ``rows`` rows; one page even for an empty table."""
    parts = list(portions(table.rows, rows, lambda row: row)) or [[]]
    for number, part in enumerate(parts, 1):
        name = frame.title if number == 1 else f"{frame.title}, Seite {german.number(number)}"
        here = replace(frame, path=path(number), title=name)
        yield IndexPage(here, (replace(table, rows=tuple(part)),), pager(path, number, len(parts)))


def portions(found: Iterable[Item], rows: int, cells: Callable[[Item], Row]) -> Iterator[list[Item]]:
    """Rows -> portions of at most ``rows`` rows, fewer where they are long, so that no page is too heavy."""
    part: list[Item] = []
    weight = 0
    for row in found:
        heavy = sum(map(_weight, cells(row)))
        if part and (len(part) == rows or weight + heavy > _HEAVIEST):
            yield part
            part, weight = [], 0
        part.append(row)
        weight += heavy
    if part:
        yield part


def _weight(cell: Cell) -> int:
    """About the bytes of a cell on its page."""
    text, path, sort, note, links = cell
    weight = 40 + len(text) + len(path) + len(sort) + len(note)
    return weight + sum([len(link.path) + len(link.text) + 20 for link in links]) if links else weight


def pager(path: PathOf, number: int, pages: int) -> tuple[Link, ...]:
    """The links from one page to all others; none where there is only one."""
    links = (Link(german.number(n), "" if n == number else path(n)) for n in range(1, pages + 1))
    return tuple(links) if pages > 1 else ()
