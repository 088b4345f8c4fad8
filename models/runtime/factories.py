"""The pipes of the models: encoder, senter, tagger, lemmatizer, ner. The encoder scores, the others read its scores.

Scores lie in doc.tensor, one row a token: names, UPOS, STTS, sentence start, in this order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span
from spacy.training import Example

from .decode import LABELS, NAMES, spans, tidied
from .lemmas import Lemmas
from .scorer import Scorer, WordScorer, open_folder

PACKAGE = __name__.split(".")[0]


class Files(Pipe):
    """A pipe whose content is a folder of files beside the pipeline."""

    folder: Path | None = None

    def __init__(self, name: str) -> None:
        self.name = name

    def pipe(self, stream: Any, *, batch_size: int = 128) -> Iterator[Doc]:
        """Documents one by one: no result depends on its neighbours."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """The files are copied."""
        if self.folder is not None:
            target = Path(path)
            target.mkdir(parents=True, exist_ok=True)
            for file in sorted(self.folder.iterdir()):
                (target / file.name).write_bytes(file.read_bytes())

    def from_disk(self, path: Any, *, exclude: Any = ()) -> Files:
        """The files are read."""
        self.folder = Path(path)
        self.open(self.folder)
        return self

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """The files become bytes, so that the pipeline can travel to other processes."""
        import srsly

        rows = {} if self.folder is None else {file.name: file.read_bytes() for file in sorted(self.folder.iterdir())}
        return bytes(srsly.msgpack_dumps(rows))

    def from_bytes(self, data: bytes, *, exclude: Any = ()) -> Files:
        """Bytes become files in a folder of their own."""
        import tempfile

        import srsly

        folder = Path(tempfile.mkdtemp(prefix="presse-"))
        for name, content in srsly.msgpack_loads(data).items():
            (folder / name).write_bytes(content)
        return self.from_disk(folder)

    def open(self, folder: Path) -> None:
        """What a folder says is taken in."""


def words_of(doc: Doc) -> tuple[list[int], list[str], list[int]]:
    """A document becomes the places of its words, the words, and the line breaks before each (0, 1 or 2)."""
    places, words, lines, breaks = [], [], [], 0
    for token in doc:
        if token.is_space:
            breaks += token.text.count("\n")
            continue
        places.append(token.i)
        words.append(token.text)
        lines.append(min(breaks, 2))
        breaks = 0
    return places, words, lines


class Encoder(Files):
    """Words become scores, kept in doc.tensor."""

    network: Scorer | WordScorer

    def open(self, folder: Path) -> None:
        """network.onnx and pieces.json become a scorer."""
        self.network = open_folder(folder)

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its scores."""
        places, words, lines = words_of(doc)
        table = np.zeros((len(doc), self.network.width), "f4")
        if places:
            table[places] = self.network.scores(words, lines)
        doc.tensor = table
        return doc


class Reader(Files):
    """A pipe that reads columns of doc.tensor; labels.json says which."""

    columns: slice
    labels_: list[str]

    def open(self, folder: Path) -> None:
        """labels.json becomes the columns and their names."""
        about = json.loads((folder / "labels.json").read_text("utf-8"))
        self.columns = slice(*about["columns"])
        self.labels_ = about["labels"]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that this pipe can give."""
        return tuple(self.labels_)

    def rows(self, doc: Doc) -> np.ndarray:
        """A document becomes its scores for these labels."""
        if doc.tensor.shape[:1] != (len(doc),):
            raise ValueError(f"{PACKAGE}: {self.name} needs the pipe 'encoder' before it; enable it, or do not exclude it.")
        return doc.tensor[:, self.columns]


FINAL = frozenset(".!?…")
CLOSERS = frozenset([*"“”»«\")’'›‹", "''"])
STRAIGHT = frozenset(['"', "'", "''"])
AFTER_FINAL, ELSEWHERE, AFTER_ORDINAL = 6.0, 0.0, -3.0  # what the mark before a word adds to the network's say
NEVER_FIRST = frozenset([".", ",", "“", "«", ")", "!", "?", ";", ":", "…", "]", "%"])
ABBREVIATED = frozenset(
    "z. u. e. d. i. o. a. v. m. s. h. B. V. A. R. ca. bzw. Dr. Prof. Nr. Str. St. Abs. Art. Tel. sog. Mio. Mrd. Hl. hl. "
    "geb. stellv. Dipl. Ing. Jan. Feb. Apr. Aug. Sept. Okt. Nov. Dez. Mo. Di. Mi. Do. Fr. Sa. So. vgl. Bd. Hrsg. Kap.".split()
)


class Senter(Reader):
    """Scores and the marks before a word become sentence starts; a gap between paragraphs starts one for sure."""

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its sentences."""
        rows = self.rows(doc)
        likely = rows[:, 1] - rows[:, 0]
        words: list[str] = []
        breaks, apart = 0, True
        for token in doc:
            if token.is_space:
                breaks += token.text.count("\n")
                token.is_sent_start = token.i == 0
                apart = True
                continue
            token.is_sent_start = bool(not words or breaks > 1 or likely[token.i] + weight(words, token.text, apart) > 0)
            words.append(token.text)
            breaks, apart = 0, bool(token.whitespace_)
        return doc


def weight(before: list[str], word: str, apart: bool) -> float:
    """The words before and the word (apart: after a space) become what is added to the say that a sentence starts here."""
    last = before[-1]
    if word in NEVER_FIRST or last in ABBREVIATED or (word in STRAIGHT and not apart):
        return -1e6
    if last[-1] == "." and last[:-1].isdigit():
        return AFTER_ORDINAL  # 3. Mai
    final = last in FINAL or (last in CLOSERS and len(before) > 1 and before[-2] in FINAL)
    return AFTER_FINAL if final and not word[0].islower() else ELSEWHERE


class Tagger(Reader):
    """Scores become UPOS and STTS."""

    upos: list[str]

    def open(self, folder: Path) -> None:
        """labels.json names UPOS first, STTS second."""
        about = json.loads((folder / "labels.json").read_text("utf-8"))
        self.columns = slice(*about["columns"])
        self.upos, self.labels_ = about["upos"], about["labels"]

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its tags."""
        rows = self.rows(doc)
        pos, tag = rows[:, : len(self.upos)].argmax(1), rows[:, len(self.upos) :].argmax(1)
        for token in doc:
            token.pos_ = "SPACE" if token.is_space else self.upos[pos[token.i]]
            token.tag_ = "_SP" if token.is_space else self.labels_[tag[token.i]]
        return doc


class Lemmatizer(Files):
    """Form and tags become the lemma."""

    lemmas: Lemmas

    def open(self, folder: Path) -> None:
        """lemmas.json.gz becomes the tables."""
        self.lemmas = Lemmas.read(folder)

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its lemmas."""
        find = self.lemmas.find
        first = True
        for token in doc:
            token.lemma_ = token.text if token.is_space else find(token.text, token.pos_, token.tag_, first or bool(token.is_sent_start))
            first = False
        return doc


class Names(Reader):
    """Scores become doc.ents; no name crosses a gap between paragraphs or holds white space at its ends."""

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its names."""
        rows = self.rows(doc)
        places, words, lines = words_of(doc)
        found = []
        for start, end in paragraphs(lines):
            at = places[start:end]
            names = tidied(words[start:end], spans(rows[at]))
            found += [Span(doc, at[a], at[b - 1] + 1, label) for a, b, label in names]
        doc.set_ents(found, default="outside")
        return doc


def paragraphs(lines: list[int]) -> list[tuple[int, int]]:
    """Line breaks become the runs of words between gaps."""
    edges = [0, *(i for i, line in enumerate(lines) if line > 1 and i), len(lines)]
    return [(a, b) for a, b in zip(edges, edges[1:]) if b > a]


def _score(pipe: str) -> Any:
    """A pipe's name becomes its scorer, as spaCy's own pipes have one."""
    from spacy.scorer import Scorer as Spacy

    def run(examples: list[Example], **kwargs: Any) -> dict[str, Any]:
        if pipe == "ner":
            return dict(Spacy.score_spans(examples, "ents", **kwargs))
        if pipe == "senter":
            return dict(Spacy.score_spans(examples, "sents", has_annotation=lambda d: d.has_annotation("SENT_START"), **kwargs))
        return dict(Spacy.score_token_attr(examples, "pos" if pipe == "tagger" else "lemma", **kwargs))

    return run


PIPES = {"encoder": Encoder, "senter": Senter, "tagger": Tagger, "lemmatizer": Lemmatizer, "ner": Names}
ASSIGNS = {
    "encoder": ["doc.tensor"],
    "senter": ["token.is_sent_start"],
    "tagger": ["token.pos", "token.tag"],
    "lemmatizer": ["token.lemma"],
    "ner": ["doc.ents", "token.ent_iob", "token.ent_type"],
}


def _register(kind: str) -> Any:
    """A kind of pipe becomes a factory under this package's name, so that two models can stand side by side."""

    def make(nlp: Language, name: str) -> Pipe:
        pipe = PIPES[kind](name)
        if kind != "encoder":
            pipe.scorer = _score(kind)
        return pipe

    make.__name__ = make.__qualname__ = f"make_{PACKAGE}_{kind}"
    return Language.factory(f"{PACKAGE}_{kind}", assigns=ASSIGNS[kind], func=make)


make_encoder, make_senter, make_tagger, make_lemmatizer, make_ner = (_register(kind) for kind in PIPES)
__all__ = ["LABELS", "NAMES", "PIPES"]
