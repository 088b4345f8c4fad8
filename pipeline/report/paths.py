"""Where each page lies, from the root of the site: readable, unique, the same in every run."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from urllib.parse import quote_plus

from pipeline.core.text import slug
from pipeline.core.theme_records import Theme
from pipeline.report.words import TYPE_DIRS

OVERVIEW = "index.html"
NEWS = "neues.html"
TIMELINE = "zeitleiste.html"
CALENDAR = "termine/index.html"
ICS = "termine.ics"
QUALITY = "qualitaet.html"
GUIDE = "hinweise.html"
MANUAL = "anleitung.html"
SEARCH = "suche.html"
# where the guide says how a computed figure comes about
SHARES = f"{GUIDE}#anteil"
CHANGES = f"{GUIDE}#veraenderung"
TRENDS = f"{GUIDE}#verlauf"
SURENESS = f"{GUIDE}#sicherheit"
MEASURES = f"{GUIDE}#gemessen"
LIKENESS = f"{GUIDE}#aehnlichkeit"
THEMES = "themen/index.html"
RELEASES = "mitteilungen/index.html"
ISSUERS = "herausgeber/index.html"
NAMES_INDEX = "assets/search-index.js"
RELEASES_INDEX = "assets/releases.js"


_slug = lru_cache(1024)(slug)  # themes and issuers are few and stand on every page
_LENGTH, _BETWEEN = 50, "0qxq0"  # letters of a title or a name; a word that parts one from the next


def slugs(texts: list[str]) -> list[str]:
    """Titles or names -> their slugs; all in one text, since each call costs more than its letters."""
    words = slug(f" {_BETWEEN} ".join(texts), sys.maxsize).split(_BETWEEN)
    if len(words) != len(texts):  # there are none, or one holds that word itself
        return [slug(text, _LENGTH) for text in texts]
    return [word.strip("-")[:_LENGTH].strip("-") or slug("") for word in words]


def releases(titles: list[str], ids: list[str]) -> list[str]:
    """Releases -> their pages."""
    return [f"mitteilungen/{word}-{rid}.html" for word, rid in zip(slugs(titles), ids, strict=True)]


def theme(theme: Theme) -> str:
    """A theme -> its page."""
    return f"themen/{_slug(theme.label, 50)}-{_slug(theme.theme_id, 30)}.html"


def entry(kind: str, name: str, entity_id: str) -> str:
    """A register entry, by the slug of its name -> its page; the end comes from its id: two can share a name."""
    return f"{TYPE_DIRS[kind]}/{name}-{_short(entity_id)}.html"


@lru_cache(4096)
def issuer(name: str) -> str:
    """An issuer -> its page."""
    return f"herausgeber/{_slug(name, 50)}-{_short(name)}.html"


def index(folder: str, page: int = 1) -> str:
    """A folder -> its register, of which long ones have several pages."""
    return f"{folder}/index.html" if page == 1 else f"{folder}/index-{page}.html"


def everything(page: str, number: int = 1) -> str:
    """A page that shows a part -> the pages that show all of it."""
    return page.removesuffix(".html") + ("-alle.html" if number == 1 else f"-alle-{number}.html")


def portion(page: str, anchor: str, number: int = 1) -> str:
    """A page and a section of it -> the pages on which the section stands whole."""
    return page.removesuffix(".html") + (f"-{anchor}.html" if number == 1 else f"-{anchor}-{number}.html")


def names(page: str, number: int = 1) -> str:
    """A page that lists some names -> the pages that list all of them."""
    return page.removesuffix(".html") + ("-namen.html" if number == 1 else f"-namen-{number}.html")


def quotes(page: str, number: int = 1) -> str:
    """A page of a name -> the pages with all that it said."""
    return page.removesuffix(".html") + ("-zitate.html" if number == 1 else f"-zitate-{number}.html")


def filtered(*names: str, **chosen: str) -> str:
    """Keys of names, and what is chosen (thema, jahr, herausgeber, neu) -> the list of just those releases."""
    told = [f"{field}={_quoted(value)}" for field, value in chosen.items()]
    return f"{RELEASES}?{'&'.join([*told, *(f'name={name}' for name in names)])}"


_quoted = lru_cache(4096)(quote_plus)


def key(entity_id: str) -> str:
    """An entity -> what addresses know it by."""
    return _short(entity_id)


def names_index(start: str) -> str:
    """The first two letters of keys -> the script that knows which releases have those names."""
    return f"assets/names/{start}.js"


def words_index(start: str) -> str:
    """The first two letters of words -> the script that knows where those words occur."""
    return f"assets/words/{start}.js"


def sentence(page: str, start: int) -> str:
    """A page of a release and where a sentence starts -> the link to it."""
    return f"{page}#s{start}"


def _short(identifier: str) -> str:
    return hashlib.sha256(identifier.encode()).hexdigest()[:8]
