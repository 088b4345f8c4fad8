"""Sentences become flat arrays for the GPU: pieces, first pieces, labels, and windows over them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from runtime.unigram import Unigram, marked
from runtime.windows import STRONG, cut
from training.base import OFFSET, SPECIALS
from training.labels import NER, UNKNOWN
from training.network import STYLES
from training.sources import Sentence

LIMIT = 126
BEGIN, PAD, END, UNK, NEWLINE, MASK = range(len(SPECIALS))
LAYERS = ["ner", "upos", "xpos", "sent"]
IGNORE = -100
BARE_LINE, BARE = 0.3, 0.1  # share of the sentences that lose their full stop: on lines of their own, in running text
MANNERS = {"press": "germeval"}  # corpora that are told another one's manner: the guidelines of our press texts are nearest to it
GROUPED = {"smartdata", "stazh", "legal", "europeana", "mobie"}  # consecutive sentences of one document belong together
ORDERED = {*GROUPED, "press"}  # the same, and their sentences stand whole


@dataclass
class Tags:
    """The label lists of the four heads, in head order."""

    upos: list[str]
    xpos: list[str]

    def sizes(self) -> list[int]:
        """Widths of the heads: names, UPOS, STTS, sentence start."""
        return [len(NER), len(self.upos), len(self.xpos), 2]


def tags_of(sentences: Iterable[Sentence]) -> Tags:
    """Sentences become their tag sets."""
    rows = list(sentences)
    return Tags(sorted({t for s in rows for t in s.upos}), sorted({t for s in rows for t in s.xpos}))


def tokenizer(folder: Path) -> Unigram:
    """build/base becomes its tokenizer."""
    rows = json.loads((folder / "pieces.json").read_text("utf-8"))
    return Unigram([piece for piece, _ in rows], [score for _, score in rows], OFFSET, UNK)


def style_of(sentence: Sentence) -> int:
    """A sentence becomes the number of its corpus's manner, 0 for none."""
    name = MANNERS.get(sentence.corpus, sentence.corpus)
    return STYLES.index(name) if name in STYLES else 0


@dataclass
class Flat:
    """All words in a row; labels[w] holds ner, upos, xpos, sent; windows hold (piece from, to, word from, to, style)."""

    pieces: Tensor
    first: Tensor
    labels: Tensor
    windows: Tensor
    types: Tensor
    newline: Tensor
    words: list[str]

    def to(self, device: str) -> Flat:
        """The arrays move to a device."""
        moved = [t.to(device) for t in (self.pieces, self.first, self.labels, self.windows, self.types, self.newline)]
        return Flat(*moved, self.words)


class Packer:
    """Collects groups of sentences into a Flat."""

    def __init__(self, unigram: Unigram, tags: Tags, seed: int) -> None:
        self.unigram, self.rng = unigram, random.Random(seed)
        self.ids = [{t: i for i, t in enumerate(names)} for names in ([*NER, UNKNOWN], tags.upos, tags.xpos)]
        self.pieces: list[int] = []
        self.first: list[int] = []
        self.labels: list[tuple[int, int, int, int]] = []
        self.windows: list[tuple[int, int, int, int, int]] = []
        self.newline: list[bool] = []
        self.types: list[int] = []
        self.known: dict[str, int] = {}

    def add(self, words: list[str], labels: list[tuple[int, int, int, int]], lines: set[int], style: int) -> None:
        """One text becomes one window or more; lines are the words that begin a line."""
        cuts = [self.unigram.word(w, marked(w)) for w in words]
        for start, end in cut(words, [len(c) + 1 for c in cuts] if lines else [len(c) for c in cuts], set(), LIMIT):
            at, word = len(self.pieces), len(self.first)
            for i in range(start, end):
                fresh = i in lines and i > start
                self.pieces += [NEWLINE] * fresh
                self.first.append(len(self.pieces))
                self.pieces += cuts[i]
                self.newline.append(fresh)
                self.types.append(self.known.setdefault(words[i], len(self.known)))
                ner, upos, xpos, sent = labels[i] if labels else (IGNORE,) * 4
                self.labels.append((ner, upos, xpos, sent if i > start else IGNORE))
            self.windows.append((at, len(self.pieces), word, len(self.first), style))

    def label(self, sentence: Sentence) -> list[tuple[int, int, int, int]]:
        """A sentence becomes label numbers of its words; what the corpus does not say is ignored."""
        n = len(sentence.tokens)
        rows = [
            [table[t] for t in layer] if layer else [IGNORE] * n
            for table, layer in zip(self.ids, (sentence.ner, sentence.upos, sentence.xpos))
        ]
        inner = IGNORE if sentence.corpus in GROUPED else 0
        sent = [IGNORE if sentence.corpus in GROUPED else 1] + [
            IGNORE if inner == 0 and sentence.ner and before in STRONG else inner for before in sentence.tokens[:-1]
        ]
        return list(zip(*rows, sent))

    def group(self, sentences: list[Sentence]) -> None:
        """Sentences become one text; some get their own lines, some lines break anywhere as in wrapped text."""
        words: list[str] = []
        labels: list[tuple[int, int, int, int]] = []
        lines: set[int] = set()
        lined = self.rng.random() < 0.3
        for sentence in sentences:
            # a headline has no full stop, and now and then it stands in running text: only its words tell where it ends
            if words and words[-1] == "." and self.rng.random() < (BARE_LINE if lined else BARE):
                words.pop(), labels.pop()
            if lined and words:
                lines.add(len(words))
            words += sentence.tokens
            labels += self.label(sentence)
        if not lined and self.rng.random() < 0.15:
            step = self.rng.randint(6, 14)
            lines |= set(range(step, len(words), step))
        self.add(words, labels, lines, style_of(sentences[0]))

    def done(self) -> Flat:
        """Everything added becomes tensors."""
        as_tensor = lambda rows, kind: torch.from_numpy(np.array(rows, dtype=kind))  # noqa: E731
        return Flat(
            as_tensor(self.pieces, "i4"), as_tensor(self.first, "i4"), as_tensor(self.labels, "i2"),
            as_tensor(self.windows, "i4"), as_tensor(self.types, "i4"), as_tensor(self.newline, "?"), list(self.known),
        )  # fmt: skip


def groups(sentences: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Sentences become groups: alone, or a few together; those of one document stay in order."""
    by_corpus: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_corpus.setdefault(sentence.corpus, []).append(sentence)
    out: list[list[Sentence]] = []
    for corpus, own in by_corpus.items():
        rows = list(own) if corpus in ORDERED else rng.sample(own, len(own))
        i = 0
        while i < len(rows):
            n = rng.choice([1, 1, 2, 3, 4, 6])
            part = [s for s in rows[i : i + n] if s.document == rows[i].document]
            out.append(part)
            i += len(part)
    rng.shuffle(out)
    return out


def repeat(sentences: list[Sentence], times: dict[str, float], rng: random.Random) -> list[Sentence]:
    """Sentences become one epoch: each corpus as often as its factor says; below one, whole documents by chance."""
    out: list[Sentence] = []
    for sentence in sentences:
        factor = times.get(sentence.corpus, 1.0)
        whole = int(factor)
        chance = random.Random(f"{rng.random() if not sentence.document else sentence.document}{times}").random()
        out += [sentence] * (whole + (chance < factor - whole))
    return out


def epoch(sentences: list[Sentence], unigram: Unigram, tags: Tags, times: dict[str, float], seed: int) -> Flat:
    """Gold sentences become the windows of one epoch."""
    rng = random.Random(seed)
    packer = Packer(unigram, tags, seed)
    for part in groups(repeat(sentences, times, rng), rng):
        packer.group(part)
    return packer.done()


def plain(sentences: list[Sentence], unigram: Unigram, tags: Tags) -> Flat:
    """Sentences become one window each (or more where they are long), for measuring."""
    packer = Packer(unigram, tags, 0)
    for sentence in sentences:
        packer.add(sentence.tokens, packer.label(sentence), set(), style_of(sentence))
    return packer.done()


def raw(lines: Iterable[str], unigram: Unigram, tags: Tags, seed: int) -> Flat:
    """Unlabelled lines of tokens become windows; one in six is wrapped into short lines."""
    packer = Packer(unigram, tags, seed)
    style = STYLES.index("germeval")
    for line in lines:
        words = line.split(" ")
        step = packer.rng.randint(6, 14)
        wrapped = packer.rng.random() < 0.15
        packer.add(words, [], set(range(step, len(words), step)) if wrapped else set(), style)
    return packer.done()


def merge(parts: list[Flat]) -> Flat:
    """Flats become one, with one list of word types."""
    known: dict[str, int] = {}
    rows: list[list[Tensor]] = [[] for _ in range(6)]
    pieces = words = 0
    for part in parts:
        table = torch.tensor([known.setdefault(w, len(known)) for w in part.words], dtype=torch.int32)
        shift = torch.tensor([pieces, pieces, words, words, 0], dtype=torch.int32)
        moved = (part.pieces, part.first + pieces, part.labels, part.windows + shift, table[part.types.long()], part.newline)
        for row, tensor in zip(rows, moved):
            row.append(tensor)
        pieces, words = pieces + len(part.pieces), words + len(part.first)
    return Flat(*(torch.cat(row) for row in rows), list(known))
