"""OpenDocument text (odt) -> Source, by odfdo: page header, paragraphs, tables, text boxes, notes, footer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import odfdo
from lxml import etree
from odfdo.security import SecurityError, security

from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source
from pipeline.ingest.sources.word import grouped

# guard has unpacked the file under our own limit; text that packs well is no bomb but is judged by its words
security.max_compression_ratio = 10**9
_FAULTS = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, etree.LxmlError)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# comments, deleted text, what is read by itself, what no reader sees
_SKIPPED = {
    _OFFICE + "annotation", _OFFICE + "annotation-end", _TEXT + "tracked-changes", _TEXT + "note",
    _TEXT + "hidden-text", _TEXT + "hidden-paragraph", _DRAW + "text-box", _OFFICE + "forms",
    _TEXT + "sequence-decls", _TEXT + "variable-decls", _TEXT + "user-field-decls",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
}  # fmt: skip


def read(data: bytes) -> Source:
    """The bytes of an .odt file -> its paragraphs."""
    try:
        document = odfdo.Document(io.BytesIO(data))
        paragraphs = tuple(_blocks(document))
        meta = document.meta
        created = meta.creation_date
        title, author = meta.title, meta.creator
    except SecurityError as error:
        raise reject("bomb", what=str(error)) from None
    except _FAULTS as error:
        raise reject("corrupt", format="ODT", what=type(error).__name__) from None
    return Source(
        "odt",
        paragraphs,
        hint=title or None,
        file_date=created.date().isoformat() if created else None,
        author=author or None,
    )


def _blocks(document: odfdo.Document) -> Iterator[str]:
    # the library finds parts and keeps them safe; its texts leave out tabs, breaks and rows of tables
    body = document.body._xml_element  # noqa: SLF001
    styles = _styles(document)
    yield from _margin(styles, _STYLE + "header-first", _STYLE + "header")
    yield from grouped(_lines(body))
    for note in body.iter(_TEXT + "note-body"):
        yield "\n".join(line for line, _ in _lines(note) if line)
    yield from _margin(styles, _STYLE + "footer-first", _STYLE + "footer")


def _styles(document: odfdo.Document) -> Any:
    """The part of a document that holds headers and footers; nothing where it has none."""
    try:
        part = document.get_part("styles.xml")
        root = part.root if isinstance(part, odfdo.XmlPart) else None
    except (KeyError, ValueError):
        root = None
    return etree.Element("none") if root is None else root._xml_element  # noqa: SLF001


def _margin(styles: Any, *kinds: str) -> Iterator[str]:
    """The header or footer of the first page, else that of all pages, once for each kind of page."""
    seen: set[str] = set()
    for kind in kinds:
        for part in styles.iter(kind):
            lines = [line for line, _ in _lines(part) if any(map(str.isalpha, line))]
            text = "\n".join(lines)
            if text and text not in seen:
                seen.add(text)
                yield text
        if seen:
            return


def _lines(parent: Any, *, in_list: bool = False) -> Iterator[tuple[str, bool]]:
    """(line, whether it belongs to its neighbours) of each paragraph and table row below an element."""
    for element in parent:
        tag = element.tag
        if tag in (_TEXT + "p", _TEXT + "h"):
            yield from _paragraph(element, in_list=in_list and tag == _TEXT + "p")
        elif tag == _TABLE + "table":
            for row in _rows(element):
                yield row, True
        elif isinstance(tag, str) and (tag == _DRAW + "text-box" or tag not in _SKIPPED):
            yield from _lines(element, in_list=in_list or tag == _TEXT + "list-item")


def _paragraph(element: Any, *, in_list: bool) -> Iterator[tuple[str, bool]]:
    """A paragraph as a line, and the text boxes that hang on it as lines of their own."""
    text = "".join(_text(element)).strip()
    yield ("- " if in_list and text else "") + text, False
    for box in element.iter(_DRAW + "text-box"):
        yield from _lines(box)


def _text(element: Any) -> Iterator[str]:
    """The text of a paragraph as a reader sees it."""
    yield element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * min(int(child.get(_TEXT + "c", "1")), 20)
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _text(child)
        yield child.tail or ""


def _rows(table: Any) -> Iterator[str]:
    """The rows of a table, cells apart by a bar."""
    for row in table.iter(_TABLE + "table-row"):
        if next(row.iterancestors(_TABLE + "table")) is not table:
            continue
        cell_tag = _TABLE + "table-cell"
        own = [cell for cell in row.iter(cell_tag) if next(cell.iterancestors(_TABLE + "table-row")) is row]
        cells = ["\n".join(line for line, _ in _lines(cell) if line) for cell in own]
        yield " | ".join(dict.fromkeys(cell for cell in cells if cell))
