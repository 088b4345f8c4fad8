"""A real browser and the site of the tests' corpus on disk; without a browser these tests are skipped."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.report import sample

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of a site with every kind of page, its registers paged."""
    root = tmp_path_factory.mktemp("browser")
    sample.write_tables(root)
    folder = root / "site"
    for path, content in sample.build(root, sample.SETTINGS.model_copy(update={"index_rows": 3})).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def browser():
    """Chromium, driven by Playwright; the system's own, so that nothing is downloaded."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium found; install the package chromium, or name one in CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _note_failure(page, request):
    """A request that failed is noted, unless the browser itself broke it off because another page was opened."""
    if request.failure != "net::ERR_ABORTED":
        page.troubles.append(f"not loaded: {request.url}")


@pytest.fixture
def page(browser):
    """A window that notes what it loads and what goes wrong: ``page.requested``, ``page.troubles``."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.requested, page.troubles = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("requestfailed", lambda request: _note_failure(page, request))
    page.on("console", lambda entry: entry.type == "error" and page.troubles.append(entry.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("dialog", lambda dialog: (page.troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield page
    context.close()
