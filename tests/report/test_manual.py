"""The guide: its page in the site says what docs/anleitung.md says, and its pictures are there and small."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pipeline.report.manual import template

ROOT = Path(__file__).parents[2]
GUIDE, PAGE = ROOT / "docs" / "anleitung.md", ROOT / "pipeline" / "report" / "templates" / "anleitung.html"


def test_golden_page_of_the_site_says_what_the_guide_says():
    made = template(GUIDE.read_text(encoding="utf-8"))
    if os.environ.get("ACCEPT_GOLD"):
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == made
    assert "<img" not in made
    assert "href" not in made


def test_every_picture_of_the_guide_has_words_and_is_small():
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", GUIDE.read_text(encoding="utf-8"))
    assert len(pictures) >= 4
    for words, path in pictures:
        assert len(words) > 20
        assert (GUIDE.parent / path).stat().st_size < 200_000


def test_the_site_has_the_guide_and_leads_to_it(files):
    assert "Der zweite Bericht" in files["anleitung.html"]
    assert 'href="anleitung.html"' in files["hinweise.html"]
