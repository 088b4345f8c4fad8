"""Where a name stands in a text, letter by letter: compiling a pattern for one name costs more than finding it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

Hyphen = Literal["ends", "parts", "joins"]  # behind a name: ends it as any sign does, parts it, joins it to a word


def places(name: str, text: str, hyphen: Hyphen, *, genitive: bool = False) -> Iterator[tuple[int, int]]:
    """Start and end of every place where a name stands as words of its own, left to right, without overlap.

    >>> list(places("Muster", "Muster, Muster-Haus und Musters", "joins", genitive=True))
    [(0, 6), (24, 31)]
    """
    start = text.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        if start and (text[start - 1] == "-" or is_letter(text[start - 1])):
            start = text.find(name, start + 1)
            continue
        if genitive and text.startswith("s", end) and not is_letter(text[end + 1 : end + 2]):
            end += 1
        if _ends(text, end, hyphen):
            yield start, end
            start = text.find(name, end)
        else:
            start = text.find(name, start + 1)


def _ends(text: str, end: int, hyphen: Hyphen) -> bool:
    after = text[end : end + 2]
    if not after or hyphen == "ends":
        return not is_letter(after[:1])
    if after[0] == "-":
        return hyphen == "joins" and not is_letter(after[1:])
    return not is_letter(after[0])


def is_letter(sign: str) -> bool:
    r"""Whether a sign belongs to a word, as \w means it; nothing does not."""
    return sign.isalnum() or sign == "_"
