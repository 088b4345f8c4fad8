"""Every kind of page in a real browser: accessible, self-contained, usable by keyboard and on a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")

KINDS = {
    "overview": "index.html",
    "themes": "themen/index.html",
    "theme": "themen/verkehr-*.html",
    "releases": "mitteilungen/index.html",
    "release": "mitteilungen/falkenrode-baut-*.html",
    "hostile release": "mitteilungen/neue-schule-*.html",
    "people": "personen/index.html",
    "person": "personen/jana-*.html",
    "places": "orte/index.html",
    "place": "orte/ilmtal-*.html",
    "organisations": "organisationen/index.html",
    "initiative": "initiativen/radplan-*.html",
    "issuer": "herausgeber/stadt-*.html",
    "calendar": "termine/index.html",
    "timeline": "zeitleiste.html",
    "quality": "qualitaet.html",
    "news": "neues.html",
    "guide": "hinweise.html",
    "manual": "anleitung.html",
    "search": "suche.html",
}
# 400 % zoom of a window of 1280 by 1024 pixels is a window of 320 by 256
VIEWS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "zoom": {"color_scheme": "light", "viewport": {"width": 320, "height": 256}},
}


def address(site: Path, pattern: str) -> str:
    """A kind of page -> the address of one of them on disk."""
    return next(iter(sorted(site.glob(pattern)))).as_uri()


@pytest.fixture(scope="session", params=VIEWS)
def window(request, browser):
    context = browser.new_context(**VIEWS[request.param])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(site, window, kind):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  absent where these tests are skipped

    window.goto(address(site, KINDS[kind]) + ("?q=Holzapfel" if kind == "search" else ""))
    found = Axe().run(window, options={"resultTypes": ["violations"]}).response["violations"]
    told = [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in found]
    assert told == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_nothing_but_files_and_reports_no_error(site, page, kind):
    page.goto(address(site, KINDS[kind]))
    assert page.requested
    assert [url for url in page.requested if not url.startswith("file://")] == []
    assert page.troubles == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_scrolls_sideways(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for kind, pattern in KINDS.items():
        page.goto(address(site, pattern))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{kind} is {wide} pixels too wide"
