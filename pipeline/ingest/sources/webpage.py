"""Saved web pages -> Source: main text by trafilatura, or the page's own article where that keeps more of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree, html
from trafilatura.settings import use_config

from pipeline.core.text import fold
from pipeline.ingest import encoding
from pipeline.ingest.rejections import reject
from pipeline.ingest.sources.source import Source

_NOISE = (
    "//script | //style | //noscript | //template | //svg | //form | //nav | //iframe | //button | //aside"
    " | //comment() | //*[@hidden] | //*[@aria-hidden='true'] | //*[@role='navigation']"
)
_BLOCK = frozenset(
    "p h1 h2 h3 h4 h5 h6 li dt dd tr td th figcaption blockquote address pre div section article main header footer"
    " ul ol dl table tbody thead body figure center fieldset details summary time".split()
)
_TITLE_CUT = re.compile(r"\s+(?:[|»·•]|[-–—])\s+[^|»·•]{2,60}$")
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "dc.date.created", "pubdate", "publish-date", "og:article:published_time",
    "sailthru.date",
)  # fmt: skip
_PUBLISHER_NAMES = (
    "dc.publisher", "dcterms.publisher", "publisher", "article:publisher_name", "og:site_name", "dc.creator",
    "copyright",
)  # fmt: skip
_CONFIG = use_config()
# no clock: a page saved yesterday and one saved in ten years must read alike
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


def read(data: bytes) -> Source:
    """The bytes of a saved web page -> its paragraphs."""
    text, repairs = _decode(data)
    tree = _parse(text)
    meta = _meta(tree)
    facts = _linked_data(tree)
    _drop_noise(tree)
    return Source(
        "html",
        tuple(_main_text(text, tree)),
        title=_title(tree, meta),
        date=_first(meta, _DATE_NAMES) or facts.get("datePublished") or _time(tree),
        author=meta.get("author"),
        publisher=facts.get("publisher") or _first(meta, _PUBLISHER_NAMES),
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


def _meta(tree: html.HtmlElement) -> dict[str, str]:
    """Meta elements by lower-case name; the first of each."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _linked_data(tree: html.HtmlElement) -> dict[str, str]:
    """What schema.org says of the article: datePublished and the publisher's name."""
    facts: dict[str, str] = {}
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            _collect(json.loads(script.text or ""), facts)
        except (ValueError, RecursionError):
            continue
    return facts


def _collect(node: Any, facts: dict[str, str]) -> None:
    if isinstance(node, list):
        for item in node:
            _collect(item, facts)
    elif isinstance(node, dict):
        if isinstance(node.get("datePublished"), str):
            facts.setdefault("datePublished", node["datePublished"])
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            facts.setdefault("publisher", publisher["name"])
        _collect(node.get("@graph", []), facts)


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _time(tree: html.HtmlElement) -> str | None:
    """The first <time datetime> of the main part."""
    for area in ("//article//time/@datetime", "//main//time/@datetime", "//time[@pubdate]/@datetime"):
        if found := tree.xpath(area):
            return str(found[0])
    return None


def _title(tree: html.HtmlElement, meta: dict[str, str]) -> str | None:
    """The heading that the page's own title confirms, else the title without the site's name."""
    named = meta.get("og:title") or " ".join((tree.findtext(".//title") or "").split())
    headings = [
        _clean(element.text_content()) for element in tree.iter("h1", "h2") if element.text_content().strip()
    ]
    confirmed = [text for text in headings if named and _shared(text, named) >= 0.6]
    if confirmed:
        return max(confirmed, key=lambda text: (_shared(text, named), -headings.index(text)))
    first = [_clean(e.text_content()) for e in tree.xpath("//article//h1 | //main//h1 | //h1")]
    first = [text for text in first if len(text) > 12]
    return first[0] if len(first) == 1 else _TITLE_CUT.sub("", named) or None


def _shared(text: str, named: str) -> float:
    words, others = set(fold(text).split()), set(fold(named).split())
    return len(words & others) / len(words | others) if words else 0.0


def _drop_noise(tree: html.HtmlElement) -> None:
    for element in tree.xpath(_NOISE):
        if element.getparent() is not None:
            element.drop_tree()


def _main_text(text: str, tree: html.HtmlElement) -> list[str]:
    own = _article(tree)
    document = trafilatura.bare_extraction(
        text, favor_recall=True, include_comments=False, with_metadata=False, deduplicate=False, config=_CONFIG
    )
    extracted = list(_blocks(document.body)) if document is not None else []
    # an article element that is hardly longer than the extracted text holds what extraction dropped
    if own and len("".join(own)) <= max(2.0 * len("".join(extracted)), 1500):
        return own
    return extracted or list(_blocks(tree.body if tree.body is not None else tree))


def _article(tree: html.HtmlElement) -> list[str]:
    """The paragraphs of the page's one article, or of a plain page that has no navigation at all."""
    for tag in ("article", "main"):
        found = tree.findall(f".//{tag}")
        if len(found) == 1 and _link_share(found[0]) < 0.3:
            return list(_blocks(found[0]))
    body = tree.body
    if body is not None and not tree.findall(".//article") and _link_share(body) < 0.15:
        return list(_blocks(body))
    return []


def _link_share(element: html.HtmlElement) -> float:
    total = len(_clean(element.text_content()))
    linked = sum(len(_clean(link.text_content())) for link in element.iter("a"))
    return linked / total if total else 1.0


def blocks_of(code: str) -> list[str]:
    """HTML code -> its paragraphs."""
    try:
        tree = html.document_fromstring(code)
    except (etree.ParserError, ValueError):
        return []
    _drop_noise(tree)
    return list(_blocks(tree.body if tree.body is not None else tree))


def _blocks(root: Any) -> Iterator[str]:
    """Block elements -> paragraphs, in document order; <br> ends a line, list items stand together."""
    lines: list[str] = []
    parts: list[str] = []
    for kind, payload in _walk(root):
        if kind == "text":
            parts.append(_SPACE.sub(" ", payload))
        elif kind == "line":
            parts.append("\n")
        else:
            text = _tidy("".join(parts))
            parts = []
            if text and kind == "item":
                lines.append(f"- {text}")
                continue
            if lines and (text or kind == "end"):
                yield "\n".join(lines)
                lines = []
            if text:
                yield text
    rest = _tidy("".join(parts))
    yield from (text for text in ("\n".join(lines), rest) if text)


def _walk(element: Any) -> Iterator[tuple[str, str]]:
    """Text, line ends and block ends below an element, in document order."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("br", "lb"):
        yield "line", ""
    elif tag:
        block = tag in _BLOCK or tag in ("head", "item", "list", "row", "cell", "quote")
        if block:
            yield "block", ""
        yield "text", element.text or ""
        for child in element:
            yield from _walk(child)
            yield "text", child.tail or ""
        if block:
            yield ("item" if tag in ("li", "item") else "end" if tag in ("ul", "ol", "list") else "block"), ""


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _tidy(text: str) -> str:
    """White space as a browser shows it; an empty line that two <br> made parts paragraphs."""
    lines = [_SPACE.sub(" ", line).strip() for line in re.split("\n", text.replace("\r", " "))]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()
