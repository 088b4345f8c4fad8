"""What a saved web page calls its site: behind the title, in the copyright line of its foot."""

from __future__ import annotations

import re

from lxml import html

from pipeline.core.text import fold

_SEPARATOR = re.compile(r"\s+[|ǀ›»·•:–—-]+\s+|\s*[|ǀ›»]\s*")
_FOOT = (
    "//footer | //*[contains(@class, 'footer') or contains(@id, 'footer') or contains(@class, 'copyright')"
    " or contains(@id, 'copyright')]"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|Copyright)\s*(?:©|by|bei)?\s*(?:\d{4}\s*(?:[-–/]\s*\d{2,4})?)?\s*(?:by |bei |[-–|:]\s*)?"
    r"(?P<name>[^\W\d_][^|©,;\n]{2,80})",
    re.IGNORECASE,
)
_NAMES = ("copyright", "dc.rights", "application-name", "apple-mobile-web-app-title")
_FOOT_END = re.compile(
    r" [–-] |(?<!\be)(?<!\be\.V)(?<!\be\. V)\. | (?:Alle Rechte|All rights|Impressum|Datenschutz)", re.IGNORECASE
)
_YEAR = re.compile(r" ?(?:19|20)\d\d$")
_MAX_FOOT, _MAX_NAME, _MAX_WORDS = 4_000, 80, 10


def site_names(tree: html.HtmlElement, title: str | None) -> tuple[str, ...]:
    """A parsed page with all its parts, and its headline -> what it calls its site, best first, each once."""
    found = [*_behind_title(tree, fold(title or "")), *_in_head(tree), *_in_foot(tree)]
    tidy = (_YEAR.sub("", " ".join(name.split())).strip(" -–|") for name in found)
    return tuple(
        dict.fromkeys(name for name in tidy if 2 < len(name) <= _MAX_NAME and len(name.split()) <= _MAX_WORDS)
    )


def _behind_title(tree: html.HtmlElement, headline: str) -> list[str]:
    """What the page's title has besides its headline: ``Neues Bad | Stadt Falkenrode``."""
    whole = " ".join((tree.findtext(".//title") or "").split())
    parts = [part for part in _SEPARATOR.split(whole) if part.strip()]
    return [part for part in reversed(parts) if fold(part) not in headline] if headline and len(parts) > 1 else []


def _in_head(tree: html.HtmlElement) -> list[str]:
    named = {(element.get("name") or "").lower(): element.get("content") or "" for element in tree.iter("meta")}
    given = [named[name] for name in _NAMES if named.get(name)]
    return [found["name"] if (found := _COPYRIGHT.search(text)) else text for text in given]


def _in_foot(tree: html.HtmlElement) -> list[str]:
    for element in tree.xpath(_FOOT):
        text = " ".join(element.text_content()[:_MAX_FOOT].split())
        if found := _COPYRIGHT.search(text):
            return _FOOT_END.split(found["name"])[:1]
    return []
