"""Words become rows of head scores: an ONNX session over windows of words or their pieces.

A transformer reads one window a run, without padding: its 8-bit sums depend on what is in the same run, so only this
gives the same output whatever the batch size. The word network's 8-bit ranges stand still, so many windows go side by
side. One thread a session for the same reason; more processes are the way to more speed.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from .features import MOST, letters, shapes
from .unigram import Unigram, marked
from .windows import cut

OFFSET = 6  # numbers 0 to 5 are <s>, <pad>, </s>, <unk>, <nl>, <mask>
BEGIN, END, UNKNOWN, NEWLINE = 0, 2, 3, 4
LIMIT = 126  # pieces a window, as in training
WORDS = 100  # words a window of the word network
PIECES = 8  # pieces of a word that the word network reads
TOGETHER = 1024  # words that the word network reads in a run
MOST_TYPES = 50_000  # word types whose vectors are kept
NEAR = "near"


def session(model: bytes | str) -> onnxruntime.InferenceSession:
    """An ONNX file becomes a session on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # further rewriting joins sums and norms to SkipLayerNormalization, which takes four times as long on a CPU as the two
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def open_folder(folder: Path) -> Scorer | WordScorer:
    """A folder becomes its scorer: a word network if it has tables, else a transformer."""
    return WordScorer(folder) if (folder / "tables.npz").exists() else Scorer(folder)


def tokenizer(folder: Path) -> Unigram:
    """pieces.json becomes the sub-word tokenizer."""
    about = json.loads((folder / "pieces.json").read_text("utf-8"))
    return Unigram(about["pieces"], about["scores"], OFFSET, UNKNOWN)


class Scorer:
    """A folder with network.onnx and pieces.json, and what it says about words."""

    def __init__(self, folder: Path) -> None:
        self.unigram = tokenizer(folder)
        self.session = session(str(folder / "network.onnx"))
        self.width = int(self.session.get_outputs()[0].shape[-1])

    def scores(self, words: Sequence[str], lines: Sequence[int]) -> np.ndarray:
        """Words and the line breaks before each (0, 1, 2 and more: a gap) become one row of scores a word."""
        out = np.zeros((len(words), self.width), "f4")
        cuts = [self.unigram.word(word, marked(word)) for word in words]
        sizes = [len(numbers) + (line == 1) for numbers, line in zip(cuts, lines)]
        gaps = {i for i, line in enumerate(lines) if line > 1}
        for start, end in cut(words, sizes, gaps, LIMIT):
            out[start:end] = self.window(cuts[start:end], lines[start:end])
        return out

    def many(self, texts: Sequence[tuple[Sequence[str], Sequence[int]]]) -> list[np.ndarray]:
        """Texts (words and line breaks) become their scores, one by one."""
        return [self.scores(words, lines) for words, lines in texts]

    def window(self, cuts: Sequence[tuple[int, ...]], lines: Sequence[int]) -> np.ndarray:
        """The pieces of one window become the scores of its words."""
        numbers, first = [BEGIN], []
        for i, word in enumerate(cuts):
            if i and lines[i] == 1:
                numbers.append(NEWLINE)
            first.append(len(numbers))
            numbers += word
        numbers.append(END)
        feed = {"pieces": np.array([numbers], "i8"), "first": np.array(first, "i8")}
        return self.session.run(None, feed)[0]


class WordScorer:
    """A folder with network.onnx, pieces.json and tables.npz: word vectors are made once a word type."""

    def __init__(self, folder: Path) -> None:
        self.session = session(str(folder / "network.onnx"))
        self.width = int(self.session.get_outputs()[0].shape[-1])
        self.steps = sorted(int(name[4:]) for name in (put.name for put in self.session.get_inputs()) if name.startswith(NEAR))
        self.vectors = Vectors(folder, tokenizer(folder))

    def scores(self, words: Sequence[str], lines: Sequence[int]) -> np.ndarray:
        """Words and the line breaks before each (0, 1, 2 and more: a gap) become one row of scores a word."""
        return self.many([(words, lines)])[0]

    def many(self, texts: Sequence[tuple[Sequence[str], Sequence[int]]]) -> list[np.ndarray]:
        """Texts become their scores: windows side by side in one run, of which each word sees its own alone."""
        words = [word for text, _ in texts for word in text]
        fresh = np.array([line == 1 for _, lines in texts for line in lines], bool)
        sizes = [end - start for text, lines in texts for start, end in windows(text, lines)]
        out = np.zeros((len(words), self.width), "f4")
        start = 0
        for group in grouped(sizes, TOGETHER):
            end = start + sum(group)
            first = np.repeat(np.cumsum([0, *group[:-1]]), group)
            vectors = self.vectors.of(words[start:end])
            # a line break before the first word of a window is none
            vectors[fresh[start:end] & (first != np.arange(end - start))] += self.vectors.line
            feed = {f"{NEAR}{step}": neighbours(group, step) for step in self.steps}
            out[start:end] = self.session.run(None, {"vectors": vectors, **feed})[0]
            start = end
        return [part.copy() for part in np.split(out, np.cumsum([len(text) for text, _ in texts])[:-1])]


def windows(words: Sequence[str], lines: Sequence[int]) -> list[tuple[int, int]]:
    """A text becomes its windows; most are one."""
    if 0 < len(words) <= WORDS and max(lines) < 2:
        return [(0, len(words))]
    return cut(words, [1] * len(words), {i for i, line in enumerate(lines) if line > 1}, WORDS)


def grouped(sizes: Sequence[int], most: int) -> Iterator[list[int]]:
    """Sizes become groups whose sum is at most so large, in order; a group holds one size at least.

    >>> list(grouped([3, 4, 9, 1], 7))
    [[3, 4], [9], [1]]
    """
    group: list[int] = []
    total = 0
    for size in sizes:
        if group and total + size > most:
            yield group
            group, total = [], 0
        group.append(size)
        total += size
    if group:
        yield group


def neighbours(sizes: Sequence[int], step: int) -> np.ndarray:
    """Sizes of windows side by side become the places left of, at and right of each word; beyond a window is the place after all.

    >>> neighbours([2, 1], 1).tolist()
    [[3, 0, 1], [0, 1, 3], [3, 2, 3]]
    """
    ends = np.cumsum(sizes)
    at = np.arange(ends[-1])
    last = np.repeat(ends, sizes)
    first = last - np.repeat(sizes, sizes)
    left, right = at - step, at + step
    return np.stack([np.where(left < first, ends[-1], left), at, np.where(right < last, right, ends[-1])], 1).astype("i4")


class Vectors:
    """Word types become vectors: the mean of their pieces + their letters + their shape."""

    def __init__(self, folder: Path, unigram: Unigram) -> None:
        tables = np.load(folder / "tables.npz")
        self.unigram = unigram
        self.pieces, self.pieces_scale = tables["pieces"], tables["pieces_scale"]
        self.letters, self.letters_scale = tables["letters"], tables["letters_scale"]
        self.shapes, self.line, self.bias = (tables[name].astype("f4") for name in ("shapes", "line", "bias"))
        self.lock = threading.Lock()
        self.places: dict[str, int] = {}
        self.known = np.zeros((1024, len(self.bias)), "f4")

    def of(self, words: Sequence[str]) -> np.ndarray:
        """Words become their vectors, in rows that the caller may change."""
        with self.lock:
            if new := list(dict.fromkeys(word for word in words if word not in self.places)):
                if len(self.places) + len(new) > MOST_TYPES:
                    self.places.clear()
                    new = list(dict.fromkeys(words))
                self.learn(new)
            return self.known[[self.places[word] for word in words]]

    def learn(self, words: Sequence[str]) -> None:
        """New word types get their rows."""
        start, end = len(self.places), len(self.places) + len(words)
        if end > len(self.known):
            self.known = np.concatenate([self.known[:start], np.zeros((max(start, len(words)), len(self.bias)), "f4")])
        self.known[start:end] = self.made(words)
        self.places.update(zip(words, range(start, end)))

    def made(self, words: Sequence[str]) -> np.ndarray:
        """Word types become vectors; sums run in the order of the rows, so that no word changes another's."""
        cuts = [self.unigram.word(word, marked(word))[:PIECES] for word in words]
        rows = [letters(word)[:MOST] for word in words]
        piece = sums(self.pieces, self.pieces_scale, cuts) / lengths(cuts)
        letter = sums(self.letters, self.letters_scale, rows) / np.sqrt(lengths(rows))
        return piece + letter + self.shapes[[shapes(word) for word in words]] + self.bias


def sums(table: np.ndarray, scale: np.ndarray, numbers: Sequence[Sequence[int]]) -> np.ndarray:
    """Row numbers become the sum of their rows, for each list of numbers; none is empty."""
    flat = [number for row in numbers for number in row]
    starts = np.cumsum([0, *map(len, numbers)])[:-1]
    return np.add.reduceat(table[flat] * scale[flat], starts, axis=0)


def lengths(rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Lists become their lengths, as a column."""
    return np.array([[len(row)] for row in rows], "f4")
