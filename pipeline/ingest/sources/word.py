"""Word documents (docx) -> Source, by python-docx: page header, paragraphs, text boxes, tables, notes, footer.

The library's own texts leave out what stands in content controls, in text boxes, in footnotes and in accepted
changes; so paragraphs are read from their elements.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source

# the day on which the template of python-docx was saved: says nothing of the document
_TEMPLATE_DATE = "2013-12-23"
_FAULTS = (BadZipFile, KeyError, ValueError, etree.LxmlError, OpcError)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = "/footnotes", "/endnotes"
# deleted or moved away, said twice, or no text: codes of fields, properties, comments, what is drawn
_SKIPPED = {
    _FALLBACK,
    # the last is a text box, which is read by itself
    *(_W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "txbxContent")),
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}


def read(data: bytes) -> Source:
    """The bytes of a .docx file -> its paragraphs, in reading order."""
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = tuple(_blocks(document))
    except _FAULTS as error:
        raise reject("corrupt", format="DOCX", what=type(error).__name__) from None
    properties = document.core_properties
    created = properties.created.date().isoformat() if properties.created else None
    return Source(
        "docx",
        paragraphs,
        hint=properties.title or None,
        file_date=None if created == _TEMPLATE_DATE else created,
        author=properties.author or None,
    )


def _blocks(document: docx.document.Document) -> Iterator[str]:
    sections = list(document.sections)
    # where the first page has a header of its own, the other one only runs on over the pages behind it
    yield from _margin(s.first_page_header if s.different_first_page_header_footer else s.header for s in sections)
    yield from grouped(_lines(document.element.body))
    yield from _notes(document)
    yield from _margin(s.first_page_footer if s.different_first_page_header_footer else s.footer for s in sections)


def _margin(parts: Iterable[Any]) -> Iterator[str]:
    """Header or footer, once: later sections mostly repeat the first."""
    seen: set[str] = set()
    for part in parts:
        if part.is_linked_to_previous and seen:
            continue
        lines = [line for line, _ in _lines(part._element)]  # noqa: SLF001  # text boxes are not in its paragraphs
        text = "\n".join(line for line in lines if any(map(str.isalpha, line)))
        if text and text not in seen:
            seen.add(text)
            yield text


def _notes(document: docx.document.Document) -> Iterator[str]:
    """Footnotes and endnotes, which a release gives as sources, below the text."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(relation.target_part.blob, parser):
            if note.get(_W + "type") is None and (text := "\n".join(line for line, _ in _lines(note) if line)):
                yield text


def _lines(parent: Any) -> Iterator[tuple[str, bool]]:
    """(line, whether it belongs to its neighbours) of each paragraph and table row below an element."""
    for element in parent:
        if element.tag == _W + "p":
            yield from _paragraph(element)
        elif element.tag == _W + "tbl":
            for row in _rows(element):
                yield row, True
        elif element.tag == _W + "sdt":
            content = element.find(_W + "sdtContent")
            yield from _lines(content if content is not None else ())
        elif element.tag in (_W + "ins", _W + "moveTo", _W + "customXml", _W + "smartTag"):
            yield from _lines(element)


def _paragraph(element: Any) -> Iterator[tuple[str, bool]]:
    """A paragraph as a line, and the text boxes that hang on it as lines of their own."""
    text = "".join(_text(element)).strip()
    yield ("- " if _is_item(element) and text else "") + text, False
    for box in _boxes(element):
        yield from _lines(box)


def _text(element: Any) -> Iterator[str]:
    """The text of a paragraph's runs as a reader sees it: changes accepted, hidden text left out."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str) or (tag == _W + "r" and _is_hidden(child)):
            continue
        if tag == _W + "t":
            yield child.text or ""
        elif (sign := _SIGNS.get(tag.removeprefix(_W))) is not None:
            yield "" if child.get(_W + "type") == "page" else sign
        else:
            yield from _text(child)


def _boxes(element: Any) -> Iterator[Any]:
    for box in element.iter(_W + "txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(_W + "val") not in ("0", "false")


def _is_item(element: Any) -> bool:
    """Whether a paragraph is numbered or has a bullet, or a style for such paragraphs; headings are none."""
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(_W + "val") or "") if style is not None else ""
    number = element.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if name.lower().startswith(("heading", "berschrift", "überschrift", "title", "titel")):
        return False
    return name.startswith(("List", "Aufzhlung", "Aufzählung")) or (
        number is not None and number.get(_W + "val") != "0"
    )


def _rows(table: Any) -> Iterator[str]:
    """The rows of a table, cells apart by a bar; a table within a cell belongs to the cell."""
    for row in table.iter(_W + "tr"):
        if next(row.iterancestors(_W + "tbl")) is not table:
            continue
        own = [cell for cell in row.iter(_W + "tc") if next(cell.iterancestors(_W + "tr")) is row]
        cells = ["\n".join(line for line, _ in _lines(cell) if line) for cell in own]
        yield " | ".join(dict.fromkeys(cell for cell in cells if cell))


def grouped(items: Iterator[tuple[str, bool]]) -> Iterator[str]:
    """Lines -> paragraphs: table rows and list items stand together, everything else alone."""
    together: list[str] = []
    for line, in_table in items:
        joins = in_table or line.startswith("- ")
        if together and not joins:
            yield "\n".join(together)
            together = []
        if joins and line:
            together.append(line)
        elif line:
            yield line
    if together:
        yield "\n".join(together)
