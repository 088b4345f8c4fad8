"""Saved web pages -> Source: main text by trafilatura, or the page's own article where that keeps more of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document, use_config

from pipeline.core.text import fold
from pipeline.ingest import cues, encoding
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources import page_blocks, page_meta
from pipeline.ingest.sources.page_blocks import Block
from pipeline.ingest.sources.site_names import site_names
from pipeline.ingest.sources.source import Source

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_CONFIG = use_config()
# no clock: a page saved yesterday and one saved in ten years must read alike
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
_MIN_ARTICLE = 400
_HEAD = re.compile(r"\d{1,2}\. ?(?:\d{1,2}\.|[A-ZJa-zä]{3,9}) ?\d{4}|\b(?:Presse|Medien)", re.IGNORECASE)
_CONTACT = re.compile(r"\b(?:Tel|Telefon|Fax)\b[.:]? ?[\d(+]|\w@\w|\(at\)|^(?:Presse|Medien)kontakt")
# headings under which a message goes on below what the site put between: about the issuer, whom to ask
_RESUMES = re.compile(
    r"(?:Über (?:die |den |das )?[A-ZÄÖÜ]|(?:Presse|Medien)-?[Kk]ontakt|Ansprechp(?:artn|erson)|Rückfragen)"
)
_MAX_HEADING = 80


def read(data: bytes) -> Source:
    """The bytes of a saved web page -> its paragraphs."""
    text, repairs = _decode(data)
    tree = _parse(text)
    meta = page_meta.read(tree)
    site = site_names(tree, page_meta.title_of(tree, meta.title))
    page_blocks.drop_noise(tree)
    title = page_meta.title_of(tree, meta.title)
    return Source(
        "html",
        tuple(_main_text(text, tree, title)),
        title=title,
        date=meta.date,
        author=meta.author,
        publisher=meta.publisher,
        site=site,
        repairs=repairs,
    )


def _decode(data: bytes) -> tuple[str, int]:
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return encoding.repair(data.decode(declared[1].decode("ascii")))
        except (LookupError, UnicodeDecodeError):
            pass
    return encoding.decode(data)


def _parse(text: str) -> html.HtmlElement:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        raise reject("empty", letters=0, needed="mindestens einige") from None


def _main_text(text: str, tree: html.HtmlElement, title: str | None) -> list[str]:
    """The paragraphs of the message: the page's one article, else the region that trafilatura points at.

    Trafilatura finds where the message is but leaves out lines that press releases live by (kicker, dateline,
    contact); so its answer only says from which block to which.
    """
    if (article := _article(tree)) is not None:
        return _without_site(block.text for block in page_blocks.blocks(article))
    body = tree.body if tree.body is not None else tree
    own = [
        block
        for block in page_blocks.blocks(body)
        if block.linked < 0.5 * len(block.text) or fold(block.text) == fold(title or "")
    ]
    document = trafilatura.bare_extraction(
        text, favor_recall=True, include_comments=False, with_metadata=False, deduplicate=False, config=_CONFIG
    )
    found = (
        {fold(block.text) for block in page_blocks.blocks(document.body)}
        if isinstance(document, Document)
        else set()
    )
    first, last = _region([fold(block.text) for block in own], found, fold(title or ""))
    return _without_site(block.text for block in own[_with_head(own, first) : _with_contact(own, last)])


def _without_site(texts: Iterable[str]) -> list[str]:
    """Blocks -> the same without buttons and paths, and without what the site puts below a message.

    Below that the issuer may still say who it is and whom to ask.
    """
    kept: list[str] = []
    ended, length = False, 0
    for text in texts:
        found = [cues.match("page", line) for line in text.split("\n")]
        if kept and found[0] and "ends" in found[0].flags and length > _MIN_ARTICLE:
            ended = True
        elif ended and len(text) < _MAX_HEADING and _RESUMES.match(text):
            ended = False
        if not ended and not all(found):
            kept.append(text)
            length += len(text)
    return kept


def _article(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The page's one article or main element, when it is text and not a list of links."""
    for tag in ("article", "main"):
        found = tree.findall(f".//{tag}")
        if len(found) == 1:
            blocks = list(page_blocks.blocks(found[0]))
            total, linked = sum(len(block.text) for block in blocks), sum(block.linked for block in blocks)
            if total > _MIN_ARTICLE and linked < 0.3 * total:
                return found[0]
    return None


def _region(own: list[str], found: set[str], title: str) -> tuple[int, int]:
    """Keys of a page's blocks, those that were extracted, the title -> first block and the one after the last."""
    hits = [
        number for number, key in enumerate(own) if key in found or any(len(k) > 80 and k in key for k in found)
    ]
    if not hits:
        return 0, len(own)
    heads = [number for number, key in enumerate(own[: hits[0] + 1]) if title and key == title]
    return (heads[-1] if heads else hits[0]), hits[-1] + 1


def _with_head(own: list[Block], first: int) -> int:
    """A line with a date or the word for a press release directly above the headline belongs to the message."""
    for number in range(first - 1, max(first - 3, -1), -1):
        if not (_HEAD.search(own[number].text) and len(own[number].text) < 120):
            return number + 1
    return max(first - 2, 0)


def _with_contact(own: list[Block], last: int) -> int:
    """Blocks with phone or mail shortly below the message belong to it."""
    contact = [number for number in range(last, min(last + 8, len(own))) if _CONTACT.search(own[number].text)]
    return contact[-1] + 1 if contact else last
