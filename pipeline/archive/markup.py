"""Text -> what XML may hold. Markup in a text stays text: documents are built as trees, never as strings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)
XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def legal(text: str) -> str:
    """A text without the characters that no XML document can hold; each becomes U+FFFD."""
    return ILLEGAL.sub("\ufffd", text)


def add(
    parent: etree._Element, tag: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None
) -> etree._Element:
    """A new last child with a text; attributes that are None are left out."""
    try:
        if attributes:
            given: Mapping[str, Any] = attributes
            if None in given.values():
                given = {name: value for name, value in attributes.items() if value is not None}
            child = etree.SubElement(parent, tag, given)
        else:
            child = etree.SubElement(parent, tag)
    except ValueError:  # rare: lxml says that a character is none of XML's, and has taken the child away
        return add(
            parent,
            tag,
            text,
            {name: legal(value) for name, value in (attributes or {}).items() if value is not None},
        )
    try:
        if text:
            child.text = text
    except ValueError:
        child.text = legal(text or "")
    return child


def name(text: str) -> str:
    """Any text -> a name that may stand as xml:id; different texts give different names."""
    return text if _NAME.fullmatch(text) and not text.startswith("x-") else f"x-{text.encode().hex()}"


@lru_cache(maxsize=1 << 12)  # a name stands in most formats
def one_line(text: str | None) -> str:
    """A text on one line without characters that XML cannot hold; what a title or a name needs."""
    return " ".join(legal(text or "").split())


def to_bytes(root: etree._Element, *, pretty: bool = True) -> bytes:
    """A document as UTF-8 with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=pretty)
