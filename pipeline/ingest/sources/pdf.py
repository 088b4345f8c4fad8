"""PDF -> Source, by pypdfium2: columns in reading order, running headers and footers dropped, lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from pipeline.ingest.rejections import reject
from pipeline.ingest.sources import columns, printed
from pipeline.ingest.sources.source import Source

_MIN_LETTERS = 20
# how PDFium marks a hyphen at a line's end
_HYPHENS = (0x02, 0xAD, 0xFFFE, 0x2010)
# lines at the top of the first page that may be its letterhead
_HEAD = 8
_PAGE_NUMBER = re.compile(r"(?:[-–—] ?)?(?:Seite )?#(?: ?(?:/|von) ?#)?(?: ?[-–—])?")
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
        widths = [document.get_page_size(number)[0] for number in range(len(document))]
        meta = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise reject("corrupt", format="PDF", what=str(error)) from None
    finally:
        document.close()
    if sum(map(str.isalpha, "".join(line.text for page in pages for line in page))) < _MIN_LETTERS:
        raise reject("no_text_layer")
    flows = [
        flow
        for page, width in zip(without_running(pages), widths, strict=True)
        for flow in columns.flows(page, width)
    ]
    paragraphs, repairs = printed.paragraphs(flows)
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
    """The lines of text on a page, from top to bottom."""
    text = page.get_textpage()
    glyphs = list(_glyphs(text))
    text.close()
    page.close()
    return printed.lines(glyphs)


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[printed.Glyph]:
    """Every visible character of a page with its box, and whether white space follows it in the file."""
    last: printed.Glyph | None = None
    for number in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        letter = "-" if code in _HYPHENS else chr(code)
        if not letter.isspace() and letter.isprintable():
            if last:
                yield last
            left, bottom, right, top = text.get_charbox(number, loose=True)
            last = printed.Glyph(left, bottom, right, top, letter, spaced=False)
        elif last and letter.isspace():
            last = replace(last, spaced=True)
    if last:
        yield last


def without_running(pages: list[list[printed.Piece]]) -> list[list[printed.Piece]]:
    """Pages without their page numbers, and without headers and footers that came before on another page.

    The first page keeps its header: that is the letterhead.
    """
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    letterhead = {word for line in pages[0][:_HEAD] for word in _key(line).split()} if pages else set()
    kept: list[list[printed.Piece]] = []
    for number, page in enumerate(pages):
        edges = {id(line) for line in _edges(page)}
        low = {id(line) for line in sorted(page, key=lambda line: line.top)[:2]}
        running = {
            id(line)
            for line in page
            if id(line) in edges
            and (
                (_PAGE_NUMBER.fullmatch(_key(line)) and _is_alone(line, page))
                or (seen[_key(line)] > 1 and (number > 0 or id(line) in low))
                or (number > 0 and _repeats(line, letterhead))
            )
        }
        kept.append([line for line in page if id(line) not in running])
    return kept


def _edges(page: list[printed.Piece]) -> list[printed.Piece]:
    """The two highest and the two lowest lines of a page."""
    by_height = sorted(page, key=lambda line: line.top)
    return by_height[:2] + by_height[2:][-2:]


def _is_alone(line: printed.Piece, page: list[printed.Piece]) -> bool:
    """Whether nothing stands beside a line, as a cell does in a table."""
    return sum(printed.overlap(line, other) > 0.5 for other in page) == 1


def _key(line: printed.Piece) -> str:
    return re.sub(r"\d+", "#", line.text).strip()


def _repeats(line: printed.Piece, letterhead: set[str]) -> bool:
    """Whether a line at a later page's edge says only what the letterhead said."""
    words = [word for word in _key(line).split() if any(map(str.isalpha, word))]
    return len(words) >= 3 and letterhead.issuperset(words)
