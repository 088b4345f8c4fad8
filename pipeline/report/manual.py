"""docs/anleitung.md -> the template of the site's page "Anleitung": the guide is at hand without a network.

The stage cannot read docs; so the template is kept in the repository and a test holds it to the guide (``make
gold`` writes it anew). Pictures and links to other documents stay in docs: the site would have to carry them.
"""

from __future__ import annotations

import re
from itertools import count

from markdown_it import MarkdownIt

_REGION = '<div class="scroll" role="region" aria-label="Tabelle {}" tabindex="0"><table>'
_PICTURE = re.compile(r"<p><img [^>]*></p>\n")
_LINK = re.compile(r'<a href="(?!https?:)[^"]*">([^<]*)</a>')
_HEAD = re.compile(r"<h1>[^<]*</h1>\n")


def template(guide: str) -> str:
    """The guide as Markdown -> the Jinja template of its page."""
    body = MarkdownIt("commonmark").enable("table").render(guide)
    body = _LINK.sub(r"\1", _PICTURE.sub("", _HEAD.sub("", body, count=1)))
    body = body.replace("<pre><code>", '<pre tabindex="0"><code>').replace("<th>", '<th scope="col">')
    number = count(1)
    body = re.sub("<table>", lambda _: _REGION.format(next(number)), body).replace("</table>", "</table></div>")
    raw = "{% raw %}\n" + body + "{% endraw %}\n"
    return (
        '{% extends "base.html" %}\n{% block kind %}prose{% endblock %}\n{% block main %}\n'
        + raw
        + "{% endblock %}\n"
    )
