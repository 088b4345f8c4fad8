"""Saved web pages -> Source: main text by trafilatura, or the page's own article where that keeps more of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document, use_config

from pipeline.core.text import fold
from pipeline.ingest import cues, encoding
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources import page_meta
from pipeline.ingest.sources.site_names import site_names
from pipeline.ingest.sources.source import Source

_NOISE = (
    "//script | //style | //noscript | //template | //svg | //form | //nav | //iframe | //button | //aside"
    " | //footer[not(ancestor::article or ancestor::main)] | //comment()"
    " | //*[@hidden] | //*[@aria-hidden='true'] | //*[@role='navigation']"
)
_BLOCK = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "td", "th", "figcaption", "blockquote",
        "address", "pre", "div", "section", "article", "main", "header", "footer", "ul", "ol", "dl", "table",
        "tbody", "thead", "body", "figure", "center", "fieldset", "details", "summary",
        # what trafilatura calls them
        "head", "item", "list", "row", "cell", "quote",
    }
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_CONFIG = use_config()
# no clock: a page saved yesterday and one saved in ten years must read alike
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
_MIN_ARTICLE = 400
_HEAD = re.compile(r"\d{1,2}\. ?(?:\d{1,2}\.|[A-ZJa-zä]{3,9}) ?\d{4}|\b(?:Presse|Medien)", re.IGNORECASE)
_CONTACT = re.compile(r"\b(?:Tel|Telefon|Fax)\b[.:]? ?[\d(+]|@\w|\(at\)|^(?:Presse|Medien)?[Kk]ontakt")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page, and how many of its characters are links."""

    text: str
    linked: int


def read(data: bytes) -> Source:
    """The bytes of a saved web page -> its paragraphs."""
    text, repairs = _decode(data)
    tree = _parse(text)
    meta = page_meta.read(tree)
    site = site_names(tree, page_meta.title_of(tree, meta.title))
    _drop_noise(tree)
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


def _drop_noise(tree: html.HtmlElement) -> None:
    for element in tree.xpath(_NOISE):
        if element.getparent() is not None:
            element.drop_tree()


def _main_text(text: str, tree: html.HtmlElement, title: str | None) -> list[str]:
    """The paragraphs of the message: the page's one article, else the region that trafilatura points at.

    Trafilatura finds where the message is but leaves out lines that press releases live by (kicker, dateline,
    contact); so its answer only says from which block to which.
    """
    if (article := _article(tree)) is not None:
        return _without_site(block.text for block in _blocks(article))
    body = tree.body if tree.body is not None else tree
    own = [
        block
        for block in _blocks(body)
        if block.linked < 0.5 * len(block.text) or fold(block.text) == fold(title or "")
    ]
    document = trafilatura.bare_extraction(
        text, favor_recall=True, include_comments=False, with_metadata=False, deduplicate=False, config=_CONFIG
    )
    found = {fold(block.text) for block in _blocks(document.body)} if isinstance(document, Document) else set()
    first, last = _region([fold(block.text) for block in own], found, fold(title or ""))
    return _without_site(block.text for block in own[_with_head(own, first) : _with_contact(own, last)])


def _without_site(texts: Iterable[str]) -> list[str]:
    """Blocks -> the same without buttons and paths, up to where the site goes on with other things."""
    kept: list[str] = []
    for text in texts:
        found = [cues.match("page", line) for line in text.split("\n")]
        if kept and found[0] and "ends" in found[0].flags and len("".join(kept)) > _MIN_ARTICLE:
            break
        if not all(found):
            kept.append(text)
    return kept


def _article(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The page's one article or main element, when it is text and not a list of links."""
    for tag in ("article", "main"):
        found = tree.findall(f".//{tag}")
        if len(found) == 1:
            blocks = list(_blocks(found[0]))
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


def blocks_of(code: str) -> list[str]:
    """HTML code -> its paragraphs."""
    try:
        tree = html.document_fromstring(code)
    except (etree.ParserError, ValueError):
        return []
    _drop_noise(tree)
    return [block.text for block in _blocks(tree.body if tree.body is not None else tree)]


def _blocks(root: Any) -> Iterator[Block]:
    """Block elements -> paragraphs, in document order; <br> ends a line, list items stand together."""
    items: list[Block] = []
    parts: list[str] = []
    linked = 0
    for kind, payload in _walk(root):
        if kind == "text":
            parts.append(payload)
        elif kind == "link":
            linked += len(payload)
        else:
            text = _tidy("".join(parts))
            block, parts, linked = Block(text, linked), [], 0
            if text and kind == "item":
                items.append(Block(f"- {text}", block.linked))
                continue
            if items and (text or kind == "end"):
                yield Block("\n".join(item.text for item in items), sum(item.linked for item in items))
                items = []
            if text:
                yield block
    if items:
        yield Block("\n".join(item.text for item in items), sum(item.linked for item in items))


def _walk(element: Any, *, in_link: bool = False) -> Iterator[tuple[str, str]]:
    """Text, text of links, and ends of blocks below an element, in document order."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("br", "lb"):
        yield "text", "\n"
    if not tag or tag in ("br", "lb"):
        return
    block = tag in _BLOCK
    if block:
        yield "block", ""
    in_link = in_link or tag in ("a", "ref")
    yield from _text(element.text, in_link=in_link)
    for child in element:
        yield from _walk(child, in_link=in_link)
        yield from _text(child.tail, in_link=in_link)
    if block:
        yield ("item" if tag in ("li", "item") else "end" if tag in ("ul", "ol", "list") else "block"), ""


def _text(text: str | None, *, in_link: bool) -> Iterator[tuple[str, str]]:
    if text:
        text = _SPACE.sub(" ", text)
        yield "text", text
        if in_link:
            yield "link", text.strip()


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _tidy(text: str) -> str:
    """White space as a browser shows it; an empty line that two <br> made parts paragraphs."""
    lines = [_SPACE.sub(" ", line).strip() for line in re.split("\n", text.replace("\r", " "))]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()
