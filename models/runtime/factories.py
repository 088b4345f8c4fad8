"""The pipes of the models: encoder, senter, tagger, lemmatizer, ner. The encoder scores, the others read its scores.

Scores lie in doc.tensor, one row a token: names, UPOS, STTS, sentence start, in this order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import minibatch

from .decode import LABELS, NAMES, spans
from .lemmas import Lemmas
from .scorer import Scorer, WordScorer, open_folder
from .words import lines_of, weight, words

PACKAGE = __name__.split(".")[0]
START, INSIDE = 1, 2**64 - 1  # how spaCy counts sentence starts: 1 and -1
TOGETHER = 128  # documents at most that are scored in one go


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


class Encoder(Files):
    """Words become scores, kept in doc.tensor."""

    network: Scorer | WordScorer

    def open(self, folder: Path) -> None:
        """network.onnx and pieces.json become a scorer."""
        self.network = open_folder(folder)

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its scores."""
        self.score([doc])
        return doc

    def pipe(self, stream: Any, *, batch_size: int = 128) -> Iterator[Doc]:
        """Documents get their scores, some at a time; none changes those of another."""
        for docs in minibatch(stream, min(batch_size, TOGETHER)):
            self.score(docs)
            yield from docs

    def score(self, docs: list[Doc]) -> None:
        """Documents get their scores."""
        read = [lines_of(doc) for doc in docs]
        for doc, (places, _, _), scores in zip(docs, read, self.network.many([(words, lines) for _, words, lines in read])):
            if len(places) == len(doc):
                doc.tensor = scores
            else:
                doc.tensor = np.zeros((len(doc), self.network.width), "f4")
                doc.tensor[places] = scores


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


class Senter(Reader):
    """Scores and the marks before a word become sentence starts; a gap between paragraphs starts one for sure."""

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its sentences."""
        rows = self.rows(doc)
        likely = (rows[:, 1] - rows[:, 0]).tolist()
        spaced = doc.to_array(SPACY).tolist()
        starts = []
        before, earlier, breaks, apart = None, None, 0, True
        for place, word in enumerate(words(doc)):
            if word.space:
                breaks += word.breaks
                starts.append(START if place == 0 else INSIDE)
                apart = True
                continue
            begins = before is None or breaks > 1 or likely[place] + weight(before, earlier, word, apart) > 0
            starts.append(START if begins else INSIDE)
            before, earlier = word, before
            breaks, apart = 0, bool(spaced[place])
        if starts:
            doc.from_array([SENT_START], np.array(starts, "u8"))
        return doc


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
        if not len(doc):
            return doc
        pos, tag = rows[:, : len(self.upos)].argmax(1).tolist(), rows[:, len(self.upos) :].argmax(1).tolist()
        add = doc.vocab.strings.add
        numbers = {number: add(self.labels_[number]) for number in set(tag)}
        table = [(IDS[self.upos[p]], numbers[t]) for p, t in zip(pos, tag)]
        for place, word in enumerate(words(doc)):
            if word.space:
                table[place] = IDS["SPACE"], add("_SP")
        doc.from_array([POS, TAG], np.array(table, "u8"))
        return doc


class Lemmatizer(Files):
    """Form and tags become the lemma."""

    lemmas: Lemmas

    def open(self, folder: Path) -> None:
        """lemmas.json.gz becomes the tables."""
        self.lemmas = Lemmas.read(folder)

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its lemmas."""
        if not len(doc):
            return doc
        find, strings = self.lemmas.of, doc.vocab.strings
        table = doc.to_array([ORTH, POS, TAG, SENT_START]).tolist()
        table[0][3] = START
        lemmas = [
            word.text if word.space else find(number, word.text, pos, tag, start == START, strings)
            for word, (number, pos, tag, start) in zip(words(doc), table)
        ]
        doc.from_array([LEMMA], np.array(list(map(strings.add, lemmas)), "u8"))
        return doc


class Names(Reader):
    """Scores become doc.ents; no name crosses a gap between paragraphs or holds white space at its ends."""

    def __call__(self, doc: Doc) -> Doc:
        """A document gets its names."""
        rows = self.rows(doc)
        places, _, lines = lines_of(doc)
        found = []
        for start, end in paragraphs(lines):
            at = places[start:end]
            found += [Span(doc, at[a], at[b - 1] + 1, label) for a, b, label in spans(rows[at])]
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
