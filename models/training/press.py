"""Stage press: our own labelled press texts become sentences to learn from, and some releases to choose by.

The files of press/ hold invented releases in plain text: a sentence a line, an empty line between paragraphs, ``%%`` between
releases, names as ``[ORG Stadtwerke Musterstadt GmbH]``. No other free corpus knows how press offices name things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from training.corpora import load_from, save_to, test_text
from training.settings import BUILD, HOME, section
from training.sources import Sentence
from training.tokens import make_language

TEXTS, FOLDER = HOME / "press", BUILD / "press"
RELEASE = "%%"
_NAME = re.compile(r"\[(PER|LOC|ORG|MISC) ([^\[\]]+)\]")


def unmarked(line: str, where: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A marked line becomes its text and its names as (start, end, label); the stop of "e. V." also ends its sentence."""
    text, spans, end = "", [], 0
    for found in _NAME.finditer(line):
        text += line[end : found.start()]
        spans.append((len(text), len(text) + len(found[2]), found[1]))
        text, end = text + found[2], found.end() + (found[2][-1] == line[found.end() : found.end() + 1] == ".")
    text += line[end:]
    if set("[]") & set(text):
        raise ValueError(f"{where}: a bracket is left over; write names as [ORG Name]: {line}")
    return text, spans


def sentence(nlp: Language, line: str, where: str, document: str) -> Sentence:
    """A marked line becomes a sentence of our tokens; its names must begin and end with tokens."""
    text, spans = unmarked(line, where)
    doc = nlp(text)
    tags = ["O"] * len(doc)
    for start, end, label in spans:
        name = doc.char_span(start, end) or doc.char_span(start, end + 1)  # "in der Poststraße 8.": one token, as for ordinals
        if name is None:
            raise ValueError(f"{where}: {text[start:end]!r} begins or ends inside a token; move the brackets: {line}")
        tags[name.start : name.end] = [f"B-{label}", *[f"I-{label}"] * (len(name) - 1)]
    kept = [token for token in doc if not token.is_space]
    return Sentence("press", [t.text for t in kept], [tags[t.i] for t in kept], spaces=[bool(t.whitespace_) for t in kept], document=document)


def read(path: Path, nlp: Language) -> Iterator[Sentence]:
    """A file of releases becomes sentences; those of a paragraph share their document, "FILE:RELEASE:PARAGRAPH"."""
    release, paragraph = 1, 1
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() == RELEASE:
            release, paragraph = release + 1, 1
        elif not line.strip():
            paragraph += 1
        else:
            yield sentence(nlp, line.strip(), f"{path.name}:{number}", f"{path.stem}:{release}:{paragraph}")


def held_back(one: Sentence, every: int) -> bool:
    """A sentence becomes whether its release, one of so many, is kept to choose by."""
    return int(one.document.split(":")[1]) % every == 0


def load(name: str) -> list[Sentence]:
    """build/press/<name>.jsonl becomes sentences."""
    return load_from(FOLDER / f"{name}.jsonl")


def main() -> None:
    """Load, work, save."""
    nlp, tests, every = make_language(), test_text(), section("press")["every"]
    rows = [one for path in sorted(TEXTS.glob("*.txt")) for one in read(path, nlp)]
    rows = [one for one in rows if not tests.holds(one.tokens)]
    parts = {"train": [s for s in rows if not held_back(s, every)], "dev": [s for s in rows if held_back(s, every)]}
    for name, part in parts.items():
        save_to(FOLDER / f"{name}.jsonl", part)
    words = sum(len(one.tokens) for one in rows)
    print(f"press: {len(parts['train'])} sentences to train on, {len(parts['dev'])} to choose by, {words} words")


if __name__ == "__main__":
    main()
