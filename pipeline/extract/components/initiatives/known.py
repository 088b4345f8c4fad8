"""Initiatives that everybody knows: the table of ``patterns/initiative_known.toml``, looked up by first word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.extract.components import bodies
from pipeline.extract.components.page import Page
from pipeline.extract.patterns import load

_WORD = re.compile(r"(?<![\w-])\w+")


def find(page: Page) -> Iterator[tuple[int, int, str, str]]:
    """Where a name of the table of what everybody knows stands, the longest at each place."""
    table = _by_first_word()
    for unit, words in zip(page.units, page.tokens, strict=True):
        if not table.keys().isdisjoint(words):
            for word in _WORD.finditer(page.flat, unit.start, unit.end):
                if names := table.get(word[0]):
                    yield from _longest(page.flat, word.start(), names)


def _longest(flat: str, start: int, names: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, str, str]]:
    for name, kind in names:
        end = start + len(name)
        if flat.startswith(name, start) and not flat[end : end + 1].isalnum():
            yield start, end, "known", kind
            return


@cache
def _by_first_word() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, names in load("initiative_known").tables["known"].items():
        written = {form for name in names for form in bodies.forms(name)}
        for name in sorted(written, key=lambda n: (-len(n), n)):
            if first := _WORD.match(name):
                table[first[0]].append((name, kind))
    return {first: sorted(names, key=lambda n: -len(n[0])) for first, names in table.items()}
