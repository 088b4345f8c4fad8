"""RSS and Atom files -> one Item an entry; read by lxml with entities off, an entry in memory at a time."""

from __future__ import annotations

import hashlib
import html.entities
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from lxml import etree

from pipeline.ingest import encoding
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.sources import bounded, page_blocks
from pipeline.ingest.sources.item import Item
from pipeline.ingest.sources.source import Source

_CHUNK = 1 << 16
_ENTRY = ("item", "entry")
_FEEDS = ("rss", "feed", "RDF")
# in order of preference: the whole text, then what only sums it up
_TEXT = ("encoded", "content", "body", "description", "summary", "subtitle")
_DATE = ("pubDate", "published", "date", "issued", "updated", "modified")
_XML_NAMES = frozenset({"lt", "gt", "amp", "quot", "apos"})
_NAMED = re.compile(rb"&([A-Za-z]{2,10});")
_DECLARED = re.compile(rb"<!(?:DOCTYPE[^>]{0,400}\[|ENTITY)", re.IGNORECASE)
_TAIL = 600
# what systems append to every entry
_APPENDED = re.compile(
    r"^(?:Der Beitrag .{1,300} erschien zuerst auf .{1,200}|The post .{1,300} appeared first on .{1,200})$"
)


def read(path: str, stream: BinaryIO, settings: IngestParams) -> Iterator[Item]:
    """A feed -> an Item an entry, by its number and the digest of what it says.

    Raises Rejection no_feed, bomb, truncated or corrupt.
    """
    parser = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    opened = bounded.opened(path, stream, settings.max_unpacked_mb)
    issuer: str | None = None
    number, begun, root = 0, 0, None
    for event, element in _events(parser, opened):
        name = _local(element)
        if root is None:
            root = _root(element, name)
        if event == "start":
            begun += name in _ENTRY
            continue
        if name == "title" and issuer is None and _local(element.getparent()) in ("channel", "feed"):
            issuer = _text(element)
        if name in _ENTRY:
            number += 1
            yield Item(_source(element, issuer), str(number), _digest(element))
            _forget(element)
    if root is None:
        raise reject("corrupt", format="XML", what="ohne Inhalt")
    if begun > number:
        raise reject("truncated")


def _root(element: etree._Element, name: str) -> etree._Element:
    if name not in _FEEDS:
        raise reject("no_feed", root=name[:40])
    return element


def _events(parser: etree.XMLPullParser, stream: BinaryIO) -> Iterator[tuple[str, etree._Element]]:
    """The events of a parser that is fed piece by piece; entities of HTML become characters on the way."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        if _DECLARED.search(rest + chunk):
            raise reject("bomb", what="XML-Entitäten")
        piece, rest = _cut(rest + chunk)
        yield from _fed(parser, _NAMED.sub(_character, piece))
    yield from _fed(parser, _NAMED.sub(_character, rest))


def _cut(data: bytes) -> tuple[bytes, bytes]:
    """Bytes -> those that can be looked at now, and a tail in which a tag or an entity may have begun."""
    place = max(data.rfind(b">"), data.rfind(b"\n"), len(data) - _TAIL) + 1
    return data[:place], data[place:]


def _fed(parser: etree.XMLPullParser, piece: bytes) -> Iterator[tuple[str, etree._Element]]:
    try:
        parser.feed(piece)
    except etree.XMLSyntaxError as error:
        raise reject("corrupt", format="XML", what=f"Zeile {error.lineno}") from None
    for event, element in parser.read_events():
        if isinstance(element.tag, str):
            yield event, element


def _character(found: re.Match[bytes]) -> bytes:
    name = found[1].decode("ascii")
    code = html.entities.name2codepoint.get(name)
    return found[0] if name in _XML_NAMES or code is None else b"&#%d;" % code


def _source(entry: etree._Element, issuer: str | None) -> Source:
    parts = {_local(child): child for child in reversed(entry) if isinstance(child.tag, str)}
    whole = next((_markup(parts[name]) for name in _TEXT if name in parts and _text(parts[name])), "")
    fixed, repairs = encoding.repair(whole)
    blocks = (
        [block for block in page_blocks.paragraphs(fixed) if not _APPENDED.match(block)] if fixed.strip() else []
    )
    return Source(
        "feed",
        tuple(blocks),
        title=_words(parts.get("title")),
        date=_date(next((_text(parts[name]) for name in _DATE if name in parts), "")),
        author=_author(parts),
        publisher=_words(parts.get("publisher")) or _words(parts.get("source")) or issuer,
        url=_link(parts.get("link")),
        repairs=repairs,
    )


def _local(element: etree._Element | None) -> str:
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def _text(element: etree._Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _markup(element: etree._Element) -> str:
    """The content of an element as HTML, whether it was written as text or as elements."""
    if len(element) == 0:
        return element.text or ""
    return "".join(etree.tostring(child, encoding="unicode") for child in element)


def _words(element: etree._Element | None) -> str | None:
    """The text of a short element, which may hold markup once more."""
    found = " ".join(_text(element).split())
    if "<" in found or "&" in found:
        found = " ".join(" ".join(page_blocks.paragraphs(found)).split())
    return encoding.repair(found)[0] or None


def _author(parts: dict[str, etree._Element]) -> str | None:
    element = parts.get("creator", parts.get("author"))
    if element is None:
        return None
    named = next((child for child in element if _local(child) == "name"), element)
    return _words(named)


def _link(element: etree._Element | None) -> str | None:
    return (element.get("href") or _text(element) or None) if element is not None else None


def _date(value: str) -> str | None:
    """The date of RSS (``Mon, 03 May 2021 10:00:00 +0200``) or Atom -> ISO 8601."""
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError):
        return value or None


def _digest(entry: etree._Element) -> str:
    """The content of an entry, whatever stands between its elements."""
    entry.tail = None
    return hashlib.sha256(etree.tostring(entry, method="c14n", with_comments=False, exclusive=True)).hexdigest()


def _forget(entry: etree._Element) -> None:
    """Free an entry that was read, so that memory does not grow with the feed."""
    parent = entry.getparent()
    entry.clear()
    while parent is not None and len(parent) > 1:
        del parent[0]
