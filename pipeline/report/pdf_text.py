"""Any text -> what the print edition can show: one line, characters of its typeface, never longer than allowed.

PDF/A and PDF/UA forbid a character without a glyph, and a column is as wide as it is: what the typeface lacks
becomes a square, and a word longer than a column may be broken anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files

MISSING = "□"
_BREAK = "\u200b"  # zero-width space: a place where a line may end
_LONG_WORD, _STEP = 24, 12
_WORD = re.compile(r"\S+")
_GAPS = frozenset({"Cc", "Zl", "Zp", "Zs"})
_KEPT_SPACES = frozenset("\u00a0\u202f")
_MARKS = 2  # combining marks on one letter; more of them are a way to spoil a page


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """The first and the last character of every range that the typeface has."""
    listed = (files("pipeline.report") / "print" / "glyphs.txt").read_text(encoding="ascii").split()
    pairs = [line.split("-") for line in listed]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]


def has_glyph(char: str) -> bool:
    """Whether the typeface of the print edition has a character."""
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(char)) - 1
    return place >= 0 and ord(char) <= lasts[place]


def printable(text: str, longest: int) -> str:
    """Any text -> one line of at most ``longest`` characters that the typeface has; cut ones end in "…"."""
    # the beginning is enough: a text of a million characters costs no more than a headline
    line = " ".join("".join(_shown(text[: longest * 8])).split(" ")).strip()
    return _breakable(_clip(re.sub(r" {2,}", " ", line), longest))


def _shown(text: str) -> list[str]:
    """Character by character: control characters are gaps, invisible ones go, unknown ones become one square."""
    out: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in _GAPS:
            out.append(char if char in _KEPT_SPACES else " ")
        elif category == "Cf" or marks > _MARKS or (marks and not out):
            continue
        elif has_glyph(char):
            out.append(char)
        elif not out or out[-1] != MISSING:
            out.append(MISSING)
    return out


def _clip(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    head = text[: longest - 2]
    return (head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head).rstrip(" ,;:–-") + " …"


def _breakable(text: str) -> str:
    return _WORD.sub(lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    """A word longer than a column -> the same with places where it may be broken."""
    if len(word) <= _LONG_WORD:
        return word
    return _BREAK.join(word[at : at + _STEP] for at in range(0, len(word), _STEP))
