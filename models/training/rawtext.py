"""Raw German text becomes tokenized paragraphs that resemble press releases and hold no test sentence."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

from training.corpora import TestText, test_text
from training.settings import BUILD, corpus_file, section
from training.tokens import make_language

_SIGNS = [
    r"[„»\"][^“«\"]{15,}[“«\"]",  # direct speech
    r"\b(?:Minister|Präsident|Bürgermeister|Vorsitzend|Sprecher|Direktor|Leiter|Geschäftsführer|Sekretär|Rektor)",
    r"\b(?:Stadt|Gemeinde|Landkreis|Kreis|Land|Region|Bezirk|Ministerium|Universität|Hochschule|Verband|Verein|Amt|"
    r"Institut|Stiftung|GmbH|AG|Kammer|Gesellschaft|Partei|Fraktion|Rat|Behörde|Polizei|Museum|Kirche)\b",
    r"\b\d{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)",
    r"\b(?:Projekt|Programm|Initiative|Preis|Festival|Ausstellung|Messe|Förderung|Veranstaltung|Wettbewerb)",
    r"\b[A-ZÄÖÜ]{2,6}\b",
    r"\b(?:in|aus|bei|nach|von) [A-ZÄÖÜ][a-zäöü]+(?:berg|burg|stadt|heim|hausen|dorf|feld|furt|ingen|land|au)\b",
    r"\b[A-ZÄÖÜ][a-zäöü]+ [A-ZÄÖÜ][a-zäöü]+(?:,| sagte| erklärte| betonte|\))",
]
SIGNS = [re.compile(sign) for sign in _SIGNS]
SPEECH = re.compile(r"\b(?:ich|Ihnen|meine Damen und Herren|Herr Kollege|Frau Kollegin|Herr Präsident)\b")


def resemblance(paragraph: str) -> float:
    """A paragraph becomes how many signs of press language it shows, less the signs of a speech."""
    return sum(sign.search(paragraph) is not None for sign in SIGNS) - 0.7 * len(SPEECH.findall(paragraph))


def usable(paragraph: str) -> bool:
    """Paragraphs of reasonable length that are no lists of numbers."""
    letters = sum(map(str.isalpha, paragraph))
    return 60 <= len(paragraph) <= 3000 and letters > 0.7 * len(paragraph)


def ranked(path: Path, words: int) -> list[str]:
    """A raw file becomes its most press-like paragraphs, in file order, up to so many words."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.strip() for line in lines]
    scored = sorted(((-resemblance(row), i) for i, row in enumerate(rows) if usable(row)))
    kept, total = [], 0
    for _, i in scored:
        total += rows[i].count(" ") + 1
        if total > words:
            break
        kept.append(i)
    return [rows[i] for i in sorted(kept)]


_NLP = None
_TESTS: TestText | None = None


def tokenize(paragraphs: list[str]) -> list[str]:
    """Paragraphs become lines of space-separated tokens; those that hold test text become nothing."""
    global _NLP, _TESTS
    _NLP, _TESTS = _NLP or make_language(), _TESTS or test_text()
    lines = ([t.text for t in doc if not t.is_space] for doc in map(_NLP.make_doc, paragraphs))
    return [" ".join(words) for words in lines if not _TESTS.holds(words)]


def batches(rows: list[str], size: int = 2000) -> Iterator[list[str]]:
    """Rows become lists of rows."""
    yield from (rows[i : i + size] for i in range(0, len(rows), size))


def main() -> None:
    """Load, work, save."""
    options = section("rawtext")
    out = BUILD / "rawtext"
    out.mkdir(parents=True, exist_ok=True)
    with Pool(options["processes"]) as pool:
        for name, words in options["words"].items():
            rows = ranked(corpus_file(name), words)
            lines = [line for part in pool.imap(tokenize, batches(rows)) for line in part]
            target = out / (Path(name).name.split(".")[0] + ".txt")
            target.write_text("\n".join(lines) + "\n", "utf-8")
            print(f"rawtext: {target.name}: {len(lines)} paragraphs, {sum(x.count(' ') + 1 for x in lines)} tokens", flush=True)


if __name__ == "__main__":
    main()
