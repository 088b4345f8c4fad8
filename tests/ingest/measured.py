"""What ingest finds in the real originals beside the project, compared with their index.

``python -m tests.ingest.measured`` prints the figures for two halves of the issuers, split by a hash of the folder
they lie in. Errors are looked at in half ``a`` only; what is changed must lift half ``b`` as well.

What counts as right:

- date: the publication date, to the day. Asked where the index knows it (from anything but guesses of page
  metadata); excerpts whose file holds no date count as wrong.
- title: equal after case, spaces and punctuation are folded and a leading "PM:" or "Pressemitteilung" is dropped;
  a subtitle is no part of it. Titles that the index cut short count as wrong.
- issuer (door): half of all content words of the two names are the same, as the scorer of the gold form counts.
- issuer (fair): or the name found holds all words of one of the names that the index gives (alternatives behind a
  slash, remarks in brackets and the legal form aside; "A-Bund" is "Abund").
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.text import fold
from pipeline.ingest import anatomy, sources, take
from pipeline.ingest.anatomy import Anatomy
from pipeline.ingest.consensus import Seen, home, settle
from pipeline.ingest.sources.source import Source
from pipeline.ingest.spelling import one_spelling
from tests.ingest import made

PRESS = Path(__file__).parents[3] / "shared" / "press"
_READ = (".md", ".markdown", ".html", ".pdf", ".txt")
_ARTICLES = re.compile(r"(?:der|die|das|des|dem|den|eine?|einer|von|vom|im|in|für|und|am|an)")
_LEGAL = {"e", "v", "ag", "se", "gmbh", "eg"}
_KIND = re.compile(
    r"^(?:pressemitteilung|pm|pressemeldung|presseerklärung|stellungnahme)\b[\s:–|-]*(?=\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One original: its row of the index, what was found, the issuer that its folder settles on, its half."""

    row: dict[str, str]
    found: Anatomy
    issuer: str | None
    half: str

    @property
    def date_is_asked(self) -> bool:
        """Whether the index knows the date."""
        return bool(self.row["date"]) and not self.row["date_how"].startswith("page metadata")

    @property
    def date_is_right(self) -> bool:
        """Whether the publication date is the index's."""
        return self.found.published is not None and self.found.published.value == self.row["date"]

    @property
    def title_is_right(self) -> bool:
        """Whether the title is the index's."""
        return _title(self.row["title"]) == _title(self.found.title)

    @property
    def issuer_is_right(self) -> bool:
        """Whether the issuer is the index's, as the scorer counts."""
        return _overlap(_words(self.row["issuer"]), _words(self.issuer)) >= 0.5

    @property
    def issuer_is_meant(self) -> bool:
        """Whether the issuer's name names the institution of the index."""
        have = _words(_unhyphened(self.issuer or "")) - _LEGAL
        names = re.sub(r"\([^)]*\)", "", self.row["issuer"]).split(" / ")
        wanted = [_words(_unhyphened(name)) - _LEGAL for name in names]
        return self.issuer_is_right or any(
            want and (want <= have or _overlap(want, have) >= 0.5) for want in wanted
        )


def measure() -> list[Measured]:
    """Every readable original with what is found in it."""
    rows = [row for row in _rows() if row["original_path"].endswith(_READ)]
    taken = [(row, _path(row), found) for row in rows for found in _dissected(_path(row))]
    seen = [Seen(home(path.rpartition("/")[0]), *_issuer(found)) for _, path, found in taken]
    settled = settle(Counter(seen))
    names = Counter(name for one in seen if (name := settled[one][0]))
    spelled = one_spelling(names)
    return [
        Measured(row, found, spelled.get(settled[one][0] or ""), half(path.split("/")[0]))
        for (row, path, found), one in zip(taken, seen, strict=True)
    ]


def half(folder: str) -> str:
    """The half in which an issuer's folder is."""
    return "ab"[hashlib.sha256(folder.encode()).digest()[0] % 2]


def _rows() -> Iterator[dict[str, str]]:
    with (PRESS / "index.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _path(row: dict[str, str]) -> str:
    return row["original_path"].removeprefix("originals/")


def _dissected(path: str) -> Iterator[Anatomy]:
    for item in sources.read(path, (PRESS / "originals" / path).read_bytes(), made.SETTINGS):
        if isinstance(item.content, Source):
            yield anatomy.dissect(take.whole_text(item.content), item.content, path)


def _issuer(found: Anatomy) -> tuple[str | None, str | None]:
    return (found.issuer.name, found.issuer.basis) if found.issuer else (None, None)


def _title(text: str) -> str:
    return re.sub(r"[\W_]+", "", _KIND.sub("", unicodedata.normalize("NFKC", text)).casefold())


def _words(text: str | None) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text or "")) if not _ARTICLES.fullmatch(word)}


def _unhyphened(text: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", "", fold(text))


def _overlap(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def shares(found: list[Measured]) -> dict[str, float]:
    """The share that is right, for each thing asked."""
    dated = [one for one in found if one.date_is_asked]
    return {
        "date": sum(one.date_is_right for one in dated) / len(dated),
        "title": sum(one.title_is_right for one in found) / len(found),
        "issuer": sum(one.issuer_is_right for one in found) / len(found),
        "issuer (fair)": sum(one.issuer_is_meant for one in found) / len(found),
    }


if __name__ == "__main__":
    everything = measure()
    for name in ("a", "b", "ab"):
        part = [one for one in everything if one.half in name]
        figures = "  ".join(f"{key} {value:.3f}" for key, value in shares(part).items())
        print(f"{name:2} {len(part):4} originals  {figures}")  # noqa: T201  a tool for the command line
