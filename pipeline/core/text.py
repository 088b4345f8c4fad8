r"""The normal form of German text. Offsets of all later stages count from it.

NFC; line ends are ``\n``; no byte-order mark, soft hyphen, zero-width or control character; every kind of
space is a plain space; typographic ligatures are letters; no space at a line's end; never more than one empty
line. Quotation marks and dashes stay as written: they carry meaning.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROP = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACE = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TRAILING = re.compile(r" +(?=\n|\Z)")
_GAP = re.compile(r"\n{3,}")
_QUOTE, _DASH = re.compile("[„“”‟»«›‹‚‘’'`´\"]"), re.compile("[‐‑‒–—−]")


def normalise(text: str) -> str:
    """Any text -> its normal form; idempotent."""
    text = _LINE_END.sub("\n", text)
    text = _SPACE.sub(" ", _DROP.sub("", text)).translate(_LIGATURES)
    text = unicodedata.normalize("NFC", text)
    return _GAP.sub("\n\n", _TRAILING.sub("", text)).strip()


def fold(text: str) -> str:
    """A text -> the key under which spellings meet: lower case, ß as ss, one space, plain dashes and quotes."""
    return _fold_line(text) if len(text) < _LINE else _fold(text)


def _fold(text: str) -> str:
    text = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    text = _DASH.sub("-", _QUOTE.sub("'", text))
    return " ".join(text.split()).strip(" '.,;:")


_fold_line = lru_cache(maxsize=1 << 14)(_fold)  # names and lines recur
_LINE = 120
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


def slug(text: str, length: int = 60) -> str:
    """A name -> lower-case ASCII words with hyphens, at most ``length`` long; for file names and ids."""
    plain = unicodedata.normalize("NFKD", text.translate(_UMLAUTS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-") or "x"


# what a spreadsheet program takes for the beginning of a formula (OWASP, CSV Injection)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program would run a cell instead of showing it."""
    return cell.startswith(_FORMULA)


def disarm(cell: str) -> str:
    """A cell's text -> the same text that no spreadsheet runs as a formula."""
    return f"'{cell}" if is_formula(cell) else cell
