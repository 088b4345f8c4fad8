"""PDF -> Source, by pypdfium2: columns in reading order, running headers and footers dropped, lines joined."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2

from pipeline.ingest.rejections import reject
from pipeline.ingest.sources import printed
from pipeline.ingest.sources.source import Source

_MIN_LETTERS = 20
_DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def read(data: bytes) -> Source:
    """The bytes of a .pdf file -> its paragraphs.

    Raises Rejection encrypted, truncated, corrupt or no_text_layer.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _fault(data, str(error)) from None
    try:
        pages = [_lines(document[number]) for number in range(len(document))]
        meta = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise reject("corrupt", format="PDF", what=str(error)) from None
    finally:
        document.close()
    if sum(map(str.isalpha, "".join(line.text for page in pages for line in page))) < _MIN_LETTERS:
        raise reject("no_text_layer")
    paragraphs, repairs = printed.paragraphs(without_running(pages))
    created = _DATE.match(meta.get("CreationDate", ""))
    return Source(
        "pdf",
        tuple(paragraphs),
        hint=meta.get("Title") or None,
        file_date="-".join(created.groups()) if created else None,
        author=meta.get("Author") or None,
        repairs=repairs,
    )


def _fault(data: bytes, message: str) -> Exception:
    if "password" in message.lower():
        return reject("encrypted")
    if b"%%EOF" not in data[-2048:]:
        return reject("truncated")
    return reject("corrupt", format="PDF", what=message)


def _lines(page: pypdfium2.PdfPage) -> list[printed.Piece]:
    """The pieces of text on a page, in reading order."""
    text = page.get_textpage()
    width, _ = page.get_size()
    pieces = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top).strip("\r\n")
        if words.strip():
            pieces.append(printed.Piece(left, bottom, right, top, words))
    text.close()
    page.close()
    return printed.in_reading_order(printed.lines(pieces), width)


def without_running(pages: list[list[printed.Piece]]) -> list[list[printed.Piece]]:
    """Pages without their page numbers, and without headers and footers that came before on another page."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    kept: list[list[printed.Piece]] = []
    for number, page in enumerate(pages):
        edges = {id(line) for line in _edges(page)}
        bottom = {id(line) for line in sorted(page, key=lambda line: line.top)[:2]}
        kept.append([
            line for line in page
            if not (id(line) in edges and _is_running(line, seen, first=number == 0 and id(line) not in bottom))
        ])  # fmt: skip
    return kept


def _edges(page: list[printed.Piece]) -> list[printed.Piece]:
    """The two highest and the two lowest lines of a page."""
    by_height = sorted(page, key=lambda line: line.top)
    return by_height[:2] + by_height[2:][-2:]


def _key(line: printed.Piece) -> str:
    return re.sub(r"\d+", "#", line.text).strip()


def _is_running(line: printed.Piece, seen: Counter[str], *, first: bool) -> bool:
    """Whether a line at a page's edge is no text of its own; the first page keeps its header: the letterhead."""
    key = _key(line)
    if re.fullmatch(r"(?:[-–—] ?)?(?:Seite )?#(?: ?(?:/|von) ?#)?(?: ?[-–—])?", key):
        return True
    return seen[key] > 1 and not first
