"""The pictures of README and guide, taken anew from ``reports/site``: ``python docs/bilder/aufnehmen.py [SITE]``.

Needs Playwright (development requirements) and the Chromium of the system, or one named in CHROMIUM. The pictures
of workbook and PDF (anleitung-arbeitsmappe, anleitung-pdf) are taken by hand in the programs that show them.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# picture -> page of the site, width, height; each page is the one of its kind that shows most in the sample corpus
PICTURES = {
    "uebersicht": ("index.html", 1280, 1110),
    "mitteilung": ("mitteilungen/dr-anne-wiesenhuetter-zur-oberbuergermeisterin-*.html", 1280, 900),
    "anleitung-ueberblick": ("index.html", 1100, 900),
    "anleitung-person": ("personen/anne-wiesenhuetter-*.html", 1100, 900),
    "anleitung-mitteilung": ("mitteilungen/dr-anne-wiesenhuetter-zur-oberbuergermeisterin-*.html", 1100, 900),
}


def main(site: Path) -> None:
    """Every picture of a page, beside this file."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)))
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (pattern, width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(min(site.glob(pattern)).resolve().as_uri())
            page.wait_for_timeout(300)
            page.screenshot(path=HERE / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "reports/site"))
