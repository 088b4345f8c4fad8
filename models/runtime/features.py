"""A word becomes numbers of table rows: hashed rows for its beginnings, endings, inner letters and shape."""

from __future__ import annotations

from zlib import crc32

LETTER_ROWS = 16384
SHAPE_ROWS = 1024
MOST = 20  # letter features a word at most


def shape(word: str) -> str:
    """Landtag2 becomes Xxxx9 with runs cut at three: its pattern of capitals, small letters, digits and signs."""
    out = ""
    for c in word[:40]:
        kind = "X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c
        if not out.endswith(kind * 3):
            out += kind
    return out[:12]


def letters(word: str) -> list[int]:
    """A word becomes the rows of its beginnings, endings and inner runs of letters, the whole word first."""
    low = "<" + word.casefold()[:36] + ">"
    keys = ["w" + low, "p" + low[:3], "p" + low[:4], "p" + low[:5], "s" + low[-3:], "s" + low[-4:], "s" + low[-5:], "s" + low[-7:]]
    keys += [low[i : i + 5] for i in range(0, len(low) - 4)]
    return [crc32(key.encode()) % LETTER_ROWS for key in dict.fromkeys(keys)][:MOST]


def shapes(word: str) -> int:
    """A word becomes the row of its shape."""
    return crc32(shape(word).encode()) % SHAPE_ROWS
