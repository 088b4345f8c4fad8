"""Text -> what XML may hold. Markup in a text stays text: all documents are built as trees, never as strings."""

from __future__ import annotations

import re

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)


def legal(text: str) -> str:
    """A text without the characters that no XML document can hold; each becomes U+FFFD."""
    return ILLEGAL.sub("\ufffd", text)
