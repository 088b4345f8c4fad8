"""The transformer with its four heads: names, UPOS, STTS, sentence starts. One row of scores a word."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from training.base import QUANTISED, dequantise

STYLES = ["any", "germeval", "wikiner", "smartdata", "stazh", "legal", "mobie", "europeana"]


@dataclass(frozen=True)
class Shape:
    """Sizes of a network."""

    pieces: int
    heads_out: int
    layers: int = 12
    hidden: int = 384
    attention: int = 12
    inner: int = 1536
    positions: int = 192
    styles: int = len(STYLES)


class Noise:
    """Dropout from a bank of ready masks, read at a random place.

    Drawing a mask for every sum anew took a third of a step on a CPU; the place is drawn from torch's seeded generator.
    """

    SIZE = 1 << 23

    def __init__(self, rate: float) -> None:
        self.rate = rate
        keep = torch.rand(self.SIZE, generator=torch.Generator().manual_seed(0)) >= rate
        self.bank = keep.float() / (1 - rate)

    def __call__(self, x: Tensor, training: bool) -> Tensor:
        """States become states with some values struck out (in training)."""
        if not training:
            return x
        at = int(torch.randint(self.SIZE - x.numel(), ()))
        return x * self.bank[at : at + x.numel()].view_as(x)


class Layer(nn.Module):
    """One BERT layer, norm after the sum."""

    def __init__(self, shape: Shape, noise: Noise) -> None:
        super().__init__()
        h = shape.hidden
        self.parts = shape.attention
        self.qkv, self.ao = nn.Linear(h, 3 * h), nn.Linear(h, h)
        self.fi, self.fo = nn.Linear(h, shape.inner), nn.Linear(shape.inner, h)
        self.aln, self.oln = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.noise = noise

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """States become states; mask is True where a piece stands."""
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.parts, h // self.parts).permute(2, 0, 3, 1, 4)
        a = fn.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.aln(x + self.noise(self.ao(a.transpose(1, 2).reshape(b, n, h)), self.training))
        return self.oln(x + self.noise(self.fo(fn.gelu(self.fi(x))), self.training))


class Transformer(nn.Module):
    """Piece numbers become one row of head scores a word (at its first piece)."""

    def __init__(self, shape: Shape, drop: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.pieces, shape.hidden)
        self.pos = nn.Parameter(torch.zeros(shape.positions, shape.hidden))
        self.style = nn.Parameter(torch.zeros(shape.styles, shape.hidden))
        self.eln = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.noise = Noise(drop)
        self.layers = nn.ModuleList(Layer(shape, self.noise) for _ in range(shape.layers))
        self.head = nn.Linear(shape.hidden, shape.heads_out)

    def encode(self, ids: Tensor, mask: Tensor | None, style: Tensor | None = None) -> Tensor:
        """Piece numbers become states of the last layer."""
        x = self.word(ids) + self.pos[: ids.shape[1]]
        if style is not None:
            x = torch.cat([x[:, :1] + self.style[style][:, None], x[:, 1:]], 1)
        x = self.noise(self.eln(x), self.training)
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def forward(
        self, ids: Tensor, mask: Tensor, rows: Tensor, cols: Tensor, style: Tensor | None = None
    ) -> Tensor:
        """A padded batch and the places of first pieces become scores, one row a word."""
        states = self.encode(ids, mask, style)[rows, cols]
        return self.head(self.noise(states, self.training))


def from_base(folder: Path, heads_out: int, positions: int = 192) -> Transformer:
    """The trimmed 4-bit base becomes a network with fresh heads."""
    raw = np.load(folder / "weights.npz")
    get = {name: dequantise(raw[name].reshape(-1)) if _packed(name) else raw[name] for name in raw.files}
    pieces = len(get["emb.word"]) // 384
    net = Transformer(Shape(pieces=pieces, heads_out=heads_out, positions=positions))
    with torch.no_grad():
        _fill(net.word.weight, get["emb.word"])
        net.pos.copy_(
            torch.tensor(get["emb.pos"].reshape(-1, 384)[:positions] + get["emb.type"].reshape(-1, 384)[0])
        )
        _norm(net.eln, get, "emb.ln")
        for i, layer in enumerate(net.layers):
            _layer(layer, get, f"l{i}.")
        nn.init.normal_(net.head.weight, std=0.02)
    return net


def _packed(name: str) -> bool:
    return name in QUANTISED or name.split(".", 1)[1] in QUANTISED


def _fill(target: Tensor, values: np.ndarray) -> None:
    target.copy_(torch.from_numpy(np.array(values)).view(target.shape))


def _norm(norm: nn.LayerNorm, get: dict[str, np.ndarray], name: str) -> None:
    _fill(norm.weight, get[name + ".w"])
    _fill(norm.bias, get[name + ".b"])


def _layer(layer: nn.Module, get: dict[str, np.ndarray], at: str) -> None:
    _fill(layer.qkv.weight, np.concatenate([get[at + x + ".w"] for x in "qkv"]))
    _fill(layer.qkv.bias, np.concatenate([get[at + x + ".b"] for x in "qkv"]))
    for name in ("ao", "fi", "fo"):
        _fill(getattr(layer, name).weight, get[at + name + ".w"])
        _fill(getattr(layer, name).bias, get[at + name + ".b"])
    for name in ("aln", "oln"):
        _norm(getattr(layer, name), get, at + name)


def cut(teacher: Transformer, layers: list[int]) -> Transformer:
    """A network becomes one that keeps the named layers."""
    shape = Shape(**{**asdict(teacher.shape), "layers": len(layers)})
    student = Transformer(shape, teacher.noise.rate)
    state = {k: v for k, v in teacher.state_dict().items() if not k.startswith("layers.")}
    for new, old in enumerate(layers):
        prefix = f"layers.{old}."
        state |= {
            f"layers.{new}." + k[len(prefix) :]: v for k, v in teacher.state_dict().items() if k.startswith(prefix)
        }
    student.load_state_dict(state)
    return student


def save(net: Transformer, path: Path) -> None:
    """A network becomes a half-precision file with its shape beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.half() for k, v in net.state_dict().items()}, path)
    path.with_suffix(".json").write_text(json.dumps(asdict(net.shape)), "utf-8")


def load(path: Path) -> Transformer:
    """A saved file becomes a network."""
    net = Transformer(Shape(**json.loads(path.with_suffix(".json").read_text("utf-8"))))
    net.load_state_dict({k: v.float() for k, v in torch.load(path, map_location="cpu", weights_only=True).items()})
    return net
