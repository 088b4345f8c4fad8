"""Reading generated pages: is every element closed, which ids and links are there."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img", "hr"}
_INTERACTIVE = {"a", "button"}
_LOADING = {"src", "srcset", "data", "poster", "background"}


class Page(HTMLParser):
    """A parsed page; ``faults`` names what a strict reader would object to."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(content)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag in _INTERACTIVE and any(outer in _INTERACTIVE for outer in self.open):
            self.faults.append(f"<{tag}> stands within another link or button")
        if len(values) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag not in _VOID and not (self.open and self.get_starttag_text().endswith("/>")):
            self.open.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        if tag in ("link", "script"):
            self.loaded += [v for k, v in values.items() if k in ("href", "src") and v]
        elif values.get("href"):
            self.hrefs.append(values["href"])
        self.loaded += [v for k, v in values.items() if k in _LOADING and v]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:] or 'nothing'} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def target(page: str, href: str) -> tuple[str, str]:
    """A page's path and a link on it -> (path of the page it leads to, anchor)."""
    path, _, anchor = href.partition("#")
    path = path.partition("?")[0]
    return (posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page), anchor
