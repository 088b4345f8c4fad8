"""Words become rows of head scores: an ONNX session over windows of pieces, one window at a time.

One window a run, without padding: 8-bit sums depend on what is in the same run, so only this gives the same output
whatever the batch size. One thread a session for the same reason; more processes are the way to more speed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
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
        self.unigram = tokenizer(folder)
        self.session = session(str(folder / "network.onnx"))
        self.width = int(self.session.get_outputs()[0].shape[-1])
        tables = np.load(folder / "tables.npz")
        self.word, self.word_scale = tables["word"], tables["word_scale"]
        self.letters, self.letters_scale = tables["letters"], tables["letters_scale"]
        self.shapes, self.line = tables["shapes"].astype("f4"), tables["line"].astype("f4")
        self.project, self.bias = tables["project"].astype("f4"), tables["bias"].astype("f4")
        self.cache: dict[str, np.ndarray] = {}

    def vector(self, word: str) -> np.ndarray:
        """A word becomes its vector: projected mean of its pieces + its letters + its shape."""
        found = self.cache.get(word)
        if found is None:
            pieces = list(self.unigram.word(word, marked(word))[:PIECES])
            rows = letters(word)[:MOST]
            mean = (self.word[pieces] * self.word_scale[pieces]).mean(0)
            letter = (self.letters[rows] * self.letters_scale[rows]).sum(0) / np.sqrt(max(1, len(rows)))
            found = (self.project @ mean + self.bias + letter + self.shapes[shapes(word)]).astype("f4")
            if len(self.cache) < 100_000:
                self.cache[word] = found
        return found

    def scores(self, words: Sequence[str], lines: Sequence[int]) -> np.ndarray:
        """Words and the line breaks before each (0, 1, 2 and more: a gap) become one row of scores a word."""
        out = np.zeros((len(words), self.width), "f4")
        gaps = {i for i, line in enumerate(lines) if line > 1}
        for start, end in cut(words, [1] * len(words), gaps, WORDS):
            vectors = np.stack([self.vector(word) for word in words[start:end]])
            fresh = [i for i in range(1, end - start) if lines[start + i] == 1]
            vectors[fresh] += self.line
            out[start:end] = self.session.run(None, {"vectors": vectors[None]})[0]
        return out
