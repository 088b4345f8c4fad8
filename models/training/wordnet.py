"""The fast network: word vectors from pieces and letters, dilated convolutions, the same four heads.

A word's vector is the mean of its pieces' vectors in the base (they stand still: they know more German than the gold
can teach), projected, plus learned vectors of its letters and its shape. Vectors are made once a word type.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from runtime.features import LETTER_ROWS, MOST, SHAPE_ROWS, letters, shapes
from runtime.unigram import Unigram, marked
from training.flat import PAD, Flat

PIECES = 8  # pieces of a word that are read


@dataclass(frozen=True)
class WordShape:
    """Sizes of a word network."""

    pieces: int
    heads_out: int
    base: int = 384
    vector: int = 192
    width: int = 256
    steps: tuple[int, ...] = (1, 2, 4, 1)


class Convolution(nn.Module):
    """One layer: each word with its neighbours at a distance of step, norm after the sum."""

    def __init__(self, width: int, step: int) -> None:
        super().__init__()
        self.step = step
        self.mix = nn.Linear(3 * width, width)
        self.norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, drop: float) -> Tensor:
        """States become states; beyond the ends there are zeros."""
        n, s = x.shape[1], self.step
        padded = fn.pad(x, (0, 0, s, s))
        seen = torch.cat([padded[:, :n], x, padded[:, 2 * s : 2 * s + n]], -1)
        return self.norm(x + fn.dropout(fn.relu(self.mix(seen)), drop, self.training))


class WordNet(nn.Module):
    """Words become one row of head scores each."""

    def __init__(self, shape: WordShape, drop: float = 0.15) -> None:
        super().__init__()
        self.shape, self.drop = shape, drop
        self.word = nn.Embedding(shape.pieces, shape.base, padding_idx=PAD)
        self.word.weight.requires_grad_(False)
        self.project = nn.Linear(shape.base, shape.vector)
        self.letters = nn.Embedding(LETTER_ROWS + 1, shape.vector, padding_idx=LETTER_ROWS)
        self.shapes = nn.Embedding(SHAPE_ROWS, shape.vector)
        for table in (self.letters, self.shapes):
            nn.init.normal_(table.weight, std=0.1)
        self.line = nn.Parameter(torch.zeros(shape.vector))
        self.norm = nn.LayerNorm(shape.vector)
        self.into = nn.Linear(shape.vector, shape.width)
        self.layers = nn.ModuleList(Convolution(shape.width, step) for step in shape.steps)
        self.head = nn.Linear(shape.width, shape.heads_out)

    def vectors(self, pieces: Tensor, rows: Tensor, shape: Tensor) -> Tensor:
        """Numbers of rows become word vectors: projected mean of pieces + letter rows + shape row."""
        used = (pieces != PAD)[..., None]
        mean = (self.word(pieces) * used).sum(-2) / used.sum(-2).clamp(min=1)
        count = (rows != LETTER_ROWS).sum(-1, keepdim=True).clamp(min=1)
        letter = (self.letters(rows) * (rows != LETTER_ROWS)[..., None]).sum(-2) / count.sqrt()
        return self.project(mean) + letter + self.shapes(shape)

    def scores(self, vectors: Tensor, mask: Tensor) -> Tensor:
        """Word vectors [batch, words, size] become head scores; mask zeroes what is beyond the text."""
        keep = mask[..., None]
        x = fn.dropout(self.into(self.norm(vectors)), self.drop, self.training) * keep
        for layer in self.layers:
            x = layer(x, self.drop) * keep
        return self.head(x)


@dataclass
class Table:
    """Feature rows of every word type of a Flat, on its device."""

    pieces: Tensor
    rows: Tensor
    shape: Tensor


def table(words: list[str], unigram: Unigram, device: str) -> Table:
    """Word types become their feature rows."""
    cuts = [(list(unigram.word(w, marked(w))) + [PAD] * PIECES)[:PIECES] for w in words]
    full = [(letters(word) + [LETTER_ROWS] * MOST)[:MOST] for word in words]
    tensors = [torch.from_numpy(np.array(rows, dtype="i4")).to(device) for rows in (cuts, full, [shapes(w) for w in words])]
    return Table(*tensors)


def forward(net: WordNet, flat: Flat, tab: Table, numbers: Tensor) -> tuple[Tensor, Tensor]:
    """Windows become the scores of their words and the words' places in the Flat."""
    device = flat.first.device
    windows = flat.windows[numbers.to(device)].long()
    count = windows[:, 3] - windows[:, 2]
    at = torch.arange(int(count.max()), device=device)[None]
    mask = at < count[:, None]
    index = (windows[:, 2:3] + at).clamp(max=len(flat.types) - 1)
    types, back = torch.unique(flat.types[index].long(), return_inverse=True)
    vectors = net.vectors(tab.pieces[types].long(), tab.rows[types].long(), tab.shape[types].long())[back]
    vectors = vectors + flat.newline[index][..., None] * net.line
    return net.scores(vectors, mask)[mask], index[mask]


def save(net: WordNet, path: Path) -> None:
    """A word network becomes a half-precision file with its shape beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.half() for k, v in net.state_dict().items()}, path)
    path.with_suffix(".json").write_text(json.dumps(asdict(net.shape)), "utf-8")


def load(path: Path) -> WordNet:
    """A saved file becomes a network."""
    about = json.loads(path.with_suffix(".json").read_text("utf-8"))
    net = WordNet(WordShape(**{**about, "steps": tuple(about["steps"])}))
    net.load_state_dict({k: v.float() for k, v in torch.load(path, map_location="cpu", weights_only=True).items()})
    return net
