"""What the normal form of a text (:mod:`pipeline.core.text`) repairs, counted by kind."""

from __future__ import annotations

import re
import unicodedata

_FAULTS = {
    "soft_hyphen": re.compile("\u00ad"),
    "invisible": re.compile("[\u200b\u200c\u200d\u2060\ufeff]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"),
    "odd_space": re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]"),
    "ligature": re.compile("[ﬀﬁﬂﬃﬄﬅﬆ]"),
}


def repairs(text: str) -> dict[str, int]:
    """What the normal form repairs, by kind: each soft hyphen, each odd space counts once; tabs are no fault."""
    composed = 0
    if not unicodedata.is_normalized("NFC", text):
        composed = max(1, len(text) - len(unicodedata.normalize("NFC", text)))
    return {**{kind: len(pattern.findall(text)) for kind, pattern in _FAULTS.items()}, "composition": composed}
