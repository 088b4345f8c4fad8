"""Rows -> the XML of a sheet's rows and links, as text; the fast half of the workbook.

A library makes a record of each cell, asks its kind and writes it attribute by attribute: 40 µs a cell, and 10,000
releases have 770,000 cells. Here a row is a few formatted strings. Names of elements are those of ECMA-376,
part 1, 18.3.1 (row, c, is, hyperlink).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import product
from string import ascii_uppercase
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from pipeline.report.workbook_parts import LONGEST, Day, Linked, Row, Share, cell_text

SITE: Final = "site/"  # from the workbook to the site
LETTERS: Final = (*ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2)))
_HYPERLINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_DAY = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d")  # before 1900 Excel knows no days
# what a text must not hold to be written as it is
_ODD = re.compile("[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]|^\\s|\\s$|_x[0-9a-fA-F]{4}_")
_PLAIN = re.compile("[a-z0-9/._-]+")  # every page of the site; nothing to be spelled otherwise
_HEX = re.compile("(?=_x[0-9a-fA-F]{4}_)")
_FIRST, _LEAP = date(1899, 12, 31).toordinal(), 59  # Excel counts a 29 February 1900 that never was


class Styles(NamedTuple):
    """The numbers that formats of cells have in the file."""

    text: int
    link: int
    day: int
    share: int


class Link(NamedTuple):
    """Where a cell leads: two pieces of XML, one for the sheet and one for what it refers to."""

    element: str
    relation: str


class Lines:
    """Writes one row after the other; knows how many links the sheet has by now."""

    def __init__(self, styles: Styles, most_links: int) -> None:
        self.links: list[Link] = []
        self._seen, self._most = 0, most_links
        self._write: dict[type, Callable[[str, Any], str]] = {
            str: lambda at, value: _text(at, styles.text, value),
            Linked: lambda at, value: self._linked(at, value, styles),
            Day: lambda at, value: _dated(at, value.value, styles),
            Share: lambda at, value: _number(at, styles.share, value.value),
        }
        self._plain = f'" s="{styles.text}" t="inlineStr"><is><t>'
        self._other: Callable[[str, Any], str] = lambda at, value: _number(at, styles.text, value)

    def row(self, number: int, values: Row) -> str:
        """A row, whose number counts from 1, as XML; its links are added to ``links``."""
        known, other, plain = self._write, self._other, self._plain
        all_plain = _are_plain("|".join([value for value in values if type(value) is str]))
        cells = [
            # a call less for the kind of most cells
            f'<c r="{letter}{number}{plain}{value}</t></is></c>'
            if type(value) is str and (all_plain or _is_plain(value))
            else known.get(type(value), other)(f"{letter}{number}", value)
            for letter, value in zip(LETTERS, values, strict=False)
            if value != ""
        ]
        return f'<row r="{number}">{"".join(cells)}</row>' if any(cells) else ""

    def _linked(self, at: str, value: Linked, styles: Styles) -> str:
        if not value.path or self._seen >= self._most:
            return _text(at, styles.text, value.text)
        self._seen += 1
        self.links.append(_link(at, self._seen, value.path))
        return _text(at, styles.link, value.text, always=True)


def _link(at: str, number: int, path: str) -> Link:
    page, _, place = path.partition("#")
    location = f' location="{place if place.isalnum() else _attribute(place)}"' if place else ""
    target = SITE + page if _PLAIN.fullmatch(page) else _attribute(quote(SITE + page))
    return Link(
        f'<hyperlink ref="{at}" r:id="rId{number}"{location}/>',
        f'<Relationship Id="rId{number}" Type="{_HYPERLINK}" Target="{target}" TargetMode="External"/>',
    )


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _text(at: str, style: int, text: str, *, always: bool = False) -> str:
    if not _is_plain(text):
        return _odd(at, style, cell_text(text), always=always)
    if not text and not always:
        return ""
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def _is_plain(text: str) -> bool:
    """Whether a text can be written as it is; most are told by a few quick looks."""
    if len(text) * 2 > LONGEST:
        return False
    if text.isprintable() and text.strip(" ") == text and not ("&" in text or "<" in text or ">" in text):
        return "_x" not in text or not _ODD.search(text)
    return not _ODD.search(text)


def _are_plain(texts: str) -> bool:
    """The same for texts with a line between them, looked at as one; sooner no than yes."""
    return (
        texts.isprintable()
        and len(texts) * 2 <= LONGEST
        and texts.strip(" ") == texts
        and not ("&" in texts or "<" in texts or ">" in texts or "_x" in texts or " |" in texts or "| " in texts)
    )


def _odd(at: str, style: int, text: str, *, always: bool) -> str:
    """A text with signs that have a meaning in XML, or that the format spells in its own way."""
    if not text and not always:
        return ""
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    # a carriage return would be lost; "_x000D_" means one, so what looks like that gets its underscore spelled
    plain = escape(_HEX.sub("_x005F", text)).replace("\r", "_x000D_")
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{kept}>{plain}</t></is></c>'


def _number(at: str, style: int, number: float) -> str:
    return f'<c r="{at}" s="{style}"><v>{number:.16G}</v></c>'


def _dated(at: str, day: str, styles: Styles) -> str:
    serial = _serial(day)
    return _text(at, styles.text, day) if serial is None else _number(at, styles.day, serial)


@lru_cache(1 << 14)
def _serial(day: str) -> int | None:
    """The number of a whole day that Excel knows; None for any other date."""
    if not _DAY.fullmatch(day):
        return None
    try:
        days = date.fromisoformat(day).toordinal() - _FIRST
    except ValueError:
        return None
    return days + (days > _LEAP)
