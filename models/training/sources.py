"""The corpora as they lie on disk become one form: Sentence(corpus, tokens, spaces, ner, upos, xpos, lemmas)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.labels import STTS_FOLD, map_tags
from training.settings import corpus_file


@dataclass(slots=True)
class Sentence:
    """One annotated sentence; an empty list means that the corpus says nothing on that layer."""

    corpus: str
    tokens: list[str]
    ner: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    document: str = ""
    complete: bool = True  # the sentence stands whole, so that its ends teach sentence boundaries


def read_jsonl(path: Path) -> Iterator[dict[str, object]]:
    """A gzip JSON Lines file becomes its objects."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def read_ner(corpus: str, name: str) -> Iterator[Sentence]:
    """A NER file becomes sentences with our labels."""
    for row in read_jsonl(corpus_file(name)):
        tokens = [str(token) for token in row["tokens"]]  # type: ignore[attr-defined]
        if tokens:
            key = str(row.get("doc", ""))
            yield Sentence(corpus, tokens, map_tags(corpus, tokens, row["ner"]), document=key)  # type: ignore[arg-type]


def read_empirist(name: str) -> Iterator[Sentence]:
    """An EmpiriST file becomes sentences with tags and lemmas, STTS-IBK folded into STTS."""
    for row in read_jsonl(corpus_file(name)):
        xpos = [STTS_FOLD.get(str(tag), str(tag)) for tag in row["xpos"]]  # type: ignore[attr-defined]
        yield Sentence("empirist", row["tokens"], [], row["upos"], xpos, row["lemma"])  # type: ignore[arg-type]


def read_conllu(name: str) -> Iterator[Sentence]:
    """A CoNLL-U file becomes sentences of surface tokens (see merge_parts)."""
    with gzip.open(corpus_file(name), "rt", encoding="utf-8") as lines:
        block: list[list[str]] = []
        for line in lines:
            if line.strip() and not line.startswith("#"):
                block.append(line.rstrip("\n").split("\t"))
            elif block and not line.strip():
                yield merge_parts(block)
                block = []


def merge_parts(block: list[list[str]]) -> Sentence:
    """Rows of one sentence become surface tokens: "im" (in + dem) is one token, tagged APPRART, ADP, lemma "in"."""
    out = Sentence("gsd", [])
    covered = 0
    for row in (row for row in block if "." not in row[0]):
        first, _, last = row[0].partition("-")
        if not last and int(first) <= covered:
            continue
        source = next(part for part in block if part[0] == first) if last else row
        covered = int(last or first)
        xpos = "APPRART" if last and source[3] == "ADP" else STTS_FOLD.get(source[4], source[4])
        out.tokens.append(row[1])
        out.upos.append(source[3])
        out.xpos.append(xpos)
        out.lemmas.append(source[2])
        out.spaces.append("SpaceAfter=No" not in row[9])
    return out
