"""Lists of examples after or before a generic head noun: their items are names.

"Projekte zeigen das, etwa der Mühlenatlas, die Talnächte und das Uferlaufen" · "Tanz am Wehr, der Mühlenatlas oder
das Wasser-Festival seien hier nur beispielhaft genannt".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.extract.components.page import Page, Span

_ITEM = re.compile(
    r"(?:(?:der|die|das|den|dem) )?"
    r"(?P<name>(?:[A-ZÄÖÜ][\w’'-]*- und )?[A-ZÄÖÜ][\w’'-]+"
    r"(?: (?:im|in|am|für|der|des|mit) [A-ZÄÖÜ][\w-]+| [A-ZÄÖÜ][\w-]+)*)(?= ?(?:\([^)]*\))?$)"
)
_CUT = re.compile(r", |(?<!-) (?:und|oder|sowie) ")  # "Dorf- und Talnächte" stays whole
# what such lists hold besides names: activities and qualities
_ABSTRACT = re.compile(r"(?:ung|ungen|heit|keit|schaft|tion|nahme|bau|messen|maßnahmen|kräfte|kräften)$")
_CONFIDENCE = 0.8


def find(page: Page, kind_of: Callable[[str], str | None]) -> Iterator[Span]:
    """The items of the lists of a page, as initiatives."""
    for rule, unit in page.chances("examples"):
        for found in rule.find(page.flat, unit.start, unit.end):
            yield from _items(page, found, kind_of)


def _items(page: Page, found: Span, kind_of: Callable[[str], str | None]) -> Iterator[Span]:
    for first, last in _pieces(page.flat, found.start, found.end):
        match = _ITEM.match(page.flat[first:last].rstrip())
        if match and not _ABSTRACT.search(match["name"]):
            begin, name = first + match.start("name"), match["name"]
            kind = kind_of(name.split()[0]) or "project"
            yield Span(begin, begin + len(name), "INITIATIVE", found.found_by, _CONFIDENCE, kind=kind)


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A list cut at its commas and its "und", "oder"."""
    begin = start
    for cut in _CUT.finditer(flat[start:end]):
        yield begin, start + cut.start()
        begin = start + cut.end()
    yield begin, end
