"""Word documents (docx) -> Source, by python-docx: page header, paragraphs, tables, footer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.section import _Footer, _Header
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source

# the day on which the template of python-docx was saved: says nothing of the document
_TEMPLATE_DATE = "2013-12-23"
_FAULTS = (BadZipFile, KeyError, ValueError, LxmlError, OpcError)


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
    yield from _margin(section.header for section in document.sections)
    yield from grouped(_items(document))
    yield from _margin(section.footer for section in document.sections)


def _margin(parts: Iterator[_Header | _Footer]) -> Iterator[str]:
    """Header or footer, once: later sections mostly repeat the first."""
    seen: set[str] = set()
    for part in parts:
        lines = [text for block in part.iter_inner_content() for text in _lines(block)]
        text = "\n".join(line for line in lines if any(map(str.isalpha, line)))
        if text and text not in seen:
            seen.add(text)
            yield text


def _items(document: docx.document.Document) -> Iterator[tuple[str, bool]]:
    """(line, whether it is a short line that belongs to its neighbours) of each paragraph and table row."""
    for block in document.iter_inner_content():
        for line in _lines(block):
            yield line, isinstance(block, Table)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        bullet = block.style is not None and (block.style.name or "").startswith("List")
        yield ("- " if bullet and block.text.strip() else "") + block.text.strip()
        return
    for row in block.rows:
        cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
        yield " | ".join(cell for cell in cells if cell)


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
