"""The site of the sample corpus is the one that a person accepted.

After a change on purpose: look at the site, run ``make gold`` (the tests named golden with ``ACCEPT_GOLD=1``) and
After a change on purpose look at the site, run ``make gold`` (the tests named golden with ``ACCEPT_GOLD=1``) and
index, without the frame that all pages share.
"""

from __future__ import annotations

import os
from pathlib import Path

GOLD = Path(__file__).parents[1] / "gold" / "report"
_KEPT = (
    "index.html",
    "mitteilungen/falkenrode-baut-radwege-aus-",
    "mitteilungen/index.html",
    "personen/jana-holzapfel-",
    "qualitaet.html",
    "themen/verkehr-transport.html",
    "zeitleiste.html",
    "assets/search-index.js",
)


def _kept(files: dict[str, str]) -> dict[str, str]:
    """Files of a site -> name in the golden directory -> content."""
    chosen = {path: text for path, text in files.items() if path.startswith(_KEPT)}
    return {path.replace("/", "__"): _content(path, text) for path, text in chosen.items()}


def _content(path: str, text: str) -> str:
    if not path.endswith(".html"):
        return text
    return text[text.index("<main") : text.index("</main>")] + "</main>\n"


def _accept(kept: dict[str, str]) -> None:
    GOLD.mkdir(parents=True, exist_ok=True)
    for old in GOLD.iterdir():
        old.unlink()
    for name, text in kept.items():
        (GOLD / name).write_text(text, encoding="utf-8", newline="\n")


def test_golden_pages_are_what_was_accepted(files):
    kept = _kept(files)
    if os.environ.get("ACCEPT_GOLD"):
        _accept(kept)
    accepted = {path.name: path.read_text(encoding="utf-8") for path in GOLD.iterdir()}
    assert len(accepted) == len(_KEPT)
    assert kept == accepted


def test_accepted_pages_stay_small():
    assert all(path.stat().st_size < 20_000 for path in GOLD.iterdir())
