"""HTML -> paragraphs: what a browser shows as blocks, lists and tables, without the parts of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree, html

_NEVER = "//script | //style | //noscript | //template | //svg | //iframe | //comment()"
_NOISE = (
    "//form | //nav | //button | //aside | //*[@hidden] | //*[@aria-hidden='true'] | //*[@role='navigation']"
    " | //footer[not(ancestor::article or ancestor::main)] | //*[@role='dialog'] | //dialog"
)
# what systems call the parts around a message, as one word of an id or class
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|breadcrumbs?|brotkrumen?|sharing|sharedaddy|shariff|social(?:-?media)?|skip-?links?"
    r"|addtoany|newsletter-?signup|related-?(?:posts|articles|news)|comments|respond|post-?navigation)(?:$|[\s_-])",
    re.IGNORECASE,
)
# a part that holds this share of a page's letters is the page itself (old systems put it all into one form)
_WHOLE = 0.5
_LENGTH = etree.XPath("string-length(normalize-space(.))")
_BLOCK = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "tr", "td", "th", "figcaption", "blockquote",
        "address", "pre", "div", "section", "article", "main", "header", "footer", "ul", "ol", "dl", "table",
        "tbody", "thead", "body", "figure", "center", "fieldset", "details", "summary", "form",
        # what trafilatura calls them
        "head", "item", "list", "row", "cell", "quote",
    }
)  # fmt: skip
# a list longer than this is no list of a release, and counting must stay quick
_MAX_NUMBER = 200
_LISTS = ("ul", "ol", "list", "table", "tbody")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page, and how many of its characters are links."""

    text: str
    linked: int


def paragraphs(code: str) -> list[str]:
    """HTML code, as of a mail or an entry of a feed -> its paragraphs."""
    try:
        tree = html.document_fromstring(code)
    except (etree.ParserError, ValueError):
        return []
    drop_noise(tree)
    return [block.text for block in blocks(tree.body if tree.body is not None else tree)]


def drop_noise(tree: html.HtmlElement) -> None:
    """Take scripts, menus, forms, banners and the like out of a tree, in place."""
    for element in tree.xpath(_NEVER):
        if element.getparent() is not None:
            element.drop_tree()
    body = tree.body if tree.body is not None else tree
    limit = _WHOLE * _letters(body)
    for element in [*tree.xpath(_NOISE), *_called_noise(body)]:
        if element.getparent() is not None and element is not body and _letters(element) <= limit:
            element.drop_tree()


def _called_noise(body: html.HtmlElement) -> list[html.HtmlElement]:
    named = body.xpath(".//*[@class or @id]")
    return [e for e in named if _NAMED.search(f"{e.get('class', '')} {e.get('id', '')}")]


def _letters(element: html.HtmlElement) -> float:
    return float(_LENGTH(element))


def blocks(root: Any) -> Iterator[Block]:
    """Block elements -> paragraphs, in document order; <br> ends a line, items and rows stand together."""
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
                items.append(Block(f"{payload}{text}", block.linked))
                continue
            if items and (text or kind == "end"):
                yield _together(items)
                items = []
            if text:
                yield block
    if items:
        yield _together(items)


def _together(items: list[Block]) -> Block:
    return Block("\n".join(item.text for item in items), sum(item.linked for item in items))


def _walk(element: Any, *, in_link: bool = False) -> Iterator[tuple[str, str]]:
    """Text, text of links, and ends of blocks below an element, in document order."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("br", "lb"):
        yield "text", "\n"
    if not tag or tag in ("br", "lb"):
        return
    if tag == "tr" and (cells := _cells(element)):
        yield "block", ""
        yield "text", cells
        yield "item", ""
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
        yield ("item", _mark(element)) if tag in ("li", "item") else ("end" if tag in _LISTS else "block", "")
    elif tag == "a" and not element.tail and _follows(element):
        # entries of a menu stand apart though nothing stands between them
        yield "text", " "


def _cells(row: Any) -> str:
    """A table's row whose cells are plain -> its cells apart by a bar; nothing where cells lay out a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or any(child.tag in _BLOCK for cell in cells for child in cell.iterdescendants()):
        return ""
    return " | ".join(filter(None, (_SPACE.sub(" ", cell.text_content()).strip() for cell in cells)))


def _mark(item: Any) -> str:
    """What a browser prints before an item: its number, or a dash."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    before = sum(1 for _ in islice(item.itersiblings("li", preceding=True), _MAX_NUMBER))
    start = parent.get("start", "1")
    return f"{int(start if start.isdecimal() else 1) + before}. " if before < _MAX_NUMBER else "- "


def _follows(element: Any) -> bool:
    following = element.getnext()
    return following is not None and following.tag == "a"


def _text(text: str | None, *, in_link: bool) -> Iterator[tuple[str, str]]:
    if text:
        text = _SPACE.sub(" ", text)
        yield "text", text
        if in_link:
            yield "link", text.strip()


def _tidy(text: str) -> str:
    """White space as a browser shows it; an empty line that two <br> made parts paragraphs."""
    lines = [_SPACE.sub(" ", line).strip() for line in re.split("\n", text.replace("\r", " "))]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()
