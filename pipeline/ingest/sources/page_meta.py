"""What a saved web page says of itself in its head: title, date, author, publisher."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from lxml import html

from pipeline.core.text import fold

_TITLE_CUT = re.compile(r"\s+(?:[|»·•]|[-–—])\s+[^|»·•]{2,60}$")
_DATE_NAMES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "dc.date.created", "pubdate", "publish-date", "og:article:published_time",
    "sailthru.date",
)  # fmt: skip
_PUBLISHER_NAMES = (
    "dc.publisher", "dcterms.publisher", "publisher", "article:publisher_name", "og:site_name", "dc.creator",
    "copyright",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageMeta:
    """The metadata of a page, as written."""

    title: str | None
    date: str | None
    author: str | None
    publisher: str | None


def read(tree: html.HtmlElement) -> PageMeta:
    """A parsed page -> its metadata; schema.org and Dublin Core where it has them."""
    named, facts = _named(tree), _linked_data(tree)
    return PageMeta(
        title=named.get("og:title") or named.get("twitter:title"),
        date=_first(named, _DATE_NAMES) or facts.get("datePublished") or _time(tree),
        author=named.get("author"),
        publisher=facts.get("publisher") or _first(named, _PUBLISHER_NAMES),
    )


def _named(tree: html.HtmlElement) -> dict[str, str]:
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


def title_of(tree: html.HtmlElement, named: str | None) -> str | None:
    """The heading that the page's own title confirms, else the title without the site's name."""
    named = named or " ".join((tree.findtext(".//title") or "").split())
    headings = [
        _one_line(element.text_content()) for element in tree.iter("h1", "h2") if element.text_content().strip()
    ]
    confirmed = [text for text in headings if named and _shared(text, named) >= 0.6]
    if confirmed:
        return max(confirmed, key=lambda text: (_shared(text, named), -headings.index(text)))
    first = [_one_line(e.text_content()) for e in tree.xpath("//article//h1 | //main//h1 | //h1")]
    first = [text for text in first if len(text) > 12]
    return first[0] if len(first) == 1 else _TITLE_CUT.sub("", named) or None


def _shared(text: str, named: str) -> float:
    words, others = set(fold(text).split()), set(fold(named).split())
    return len(words & others) / len(words | others) if words else 0.0


def _one_line(text: str) -> str:
    return " ".join(text.split())
