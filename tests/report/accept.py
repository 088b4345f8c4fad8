"""``python -m tests.report.accept``: what the sample corpus looks like now becomes what it should look like.

Run it after you have looked at the site and found it right; ``git diff tests/gold/report`` shows what you accept.
Kept are the contents of one page of each kind and the search index, without the frame all pages share.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.report import sample

GOLD = Path(__file__).parents[1] / "gold" / "report"
_KEPT = (
    "index.html",
    "mitteilungen/falkenrode-baut-radwege-aus-aaaaaaaaaaaa.html",
    "mitteilungen/index.html",
    "personen/jana-holzapfel-",
    "qualitaet.html",
    "themen/verkehr-transport.html",
    "zeitleiste.html",
    "assets/search-index.js",
)


def kept(files: dict[str, str]) -> dict[str, str]:
    """Files of a site -> name in the golden directory -> content."""
    chosen = {path: text for path, text in sorted(files.items()) if path.startswith(_KEPT)}
    return {path.replace("/", "__"): _content(path, text) for path, text in chosen.items()}


def _content(path: str, text: str) -> str:
    if not path.endswith(".html"):
        return text
    return text[text.index("<main") : text.index("</main>")] + "</main>\n"


def main() -> None:
    """Write the golden directory anew."""
    with tempfile.TemporaryDirectory() as folder:
        sample.write_tables(Path(folder))
        files = kept(sample.build(Path(folder)))
    GOLD.mkdir(parents=True, exist_ok=True)
    for old in GOLD.iterdir():
        old.unlink()
    for name, text in files.items():
        (GOLD / name).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"accepted: {len(files)} files in tests/gold/report\n")


if __name__ == "__main__":
    main()
