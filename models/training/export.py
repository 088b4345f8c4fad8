"""Trained networks become ONNX models: 8-bit weights, one window or text a run, no padding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, helper

from training import wordnet
from training.graph import MICROSOFT, Graph
from training.network import STYLES, Transformer, load
from training.wordnet import WordNet

EPS = 1e-12
SPREADS = 7  # of a state's spread are told apart; more is cut off
BLOCKS = 4  # of the inputs of a layer's last sum; brought back the point that 8 bits had cost
State = dict[str, np.ndarray]


def state_of(net: Transformer) -> State:
    """A network becomes its numbers."""
    return {name: value.detach().float().numpy() for name, value in net.state_dict().items()}


def mannered(state: State, style: str) -> State:
    """Numbers become numbers of a network that is always told one corpus's manner: its vector joins the first place."""
    places = state["pos"].copy()
    if style != STYLES[0]:
        places[0] += state["style"][STYLES.index(style)]
    return {**state, "pos": places}


def reserved(state: State, reserve: float) -> State:
    """Numbers become numbers of a network that gives "no name" (the first of the name labels) so much more score."""
    bias = state["head.bias"].copy()
    bias[0] += reserve
    return {**state, "head.bias": bias}


def transformer(net: Transformer, small: bool = True, style: str = STYLES[0], reserve: float = 0.0) -> ModelProto:
    """A transformer becomes a model from (pieces [1, n], first [words]) to scores [words, width]."""
    graph, state = Graph(), reserved(mannered(state_of(net), style), reserve)
    length = graph.op("Slice", graph.op("Shape", "pieces"), *(graph.weight(np.array([i], "i8")) for i in (1, 2)))
    start, axis = (graph.weight(np.array([0], "i8")) for _ in range(2))
    places = graph.op("Slice", graph.weight(state["pos"][None]), start, length, graph.weight(np.array([1], "i8")))
    x = graph.op("Add", graph.rows8(state["word.weight"], "pieces"), places)
    x = graph.norm(x, state["eln.weight"], state["eln.bias"], EPS)
    for i in range(net.shape.layers):
        x = layer(graph, x, {k.split(".", 2)[2]: v for k, v in state.items() if k.startswith(f"layers.{i}.")}, net.shape.attention, small)
    words = graph.op("Gather", graph.op("Squeeze", x, axis), "first")
    scores = graph.linear(words, state["head.weight"], state["head.bias"], small=False)
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "n"]),
        helper.make_tensor_value_info("first", TensorProto.INT64, ["words"]),
    ]
    return graph.model(inputs, scores, net.shape.heads_out)


def layer(graph: Graph, x: str, own: State, parts: int, small: bool) -> str:
    """States become states after one layer."""
    qkv = graph.linear(x, own["qkv.weight"], own["qkv.bias"], small)
    q, k, v = graph.op("Split", qkv, outputs=3, axis=-1)
    seen = graph.op("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=parts)
    x = graph.sum_norm(x, graph.linear(seen, own["ao.weight"], own["ao.bias"], small), own["aln.weight"], own["aln.bias"], EPS)
    inner = graph.op("Gelu", graph.linear(x, own["fi.weight"], own["fi.bias"], small), domain=MICROSOFT)
    narrow = graph.wide(inner, own["fo.weight"], own["fo.bias"], BLOCKS) if small else graph.linear(inner, own["fo.weight"], own["fo.bias"], small)
    return graph.sum_norm(x, narrow, own["oln.weight"], own["oln.bias"], EPS)


def word_network(net: WordNet) -> ModelProto:
    """A word network becomes a model from vectors [n, size] and neighbours [n, 3] to scores [n, width].

    Vectors are made outside. Windows lie side by side; for each step an input names the rows left of, at and right of
    every word, the row after all where the window ends. States are rounded in ranges that stand still (``reach``),
    so that no word's scores depend on what else is in the run.
    """
    graph = Graph()
    state = {name: value.detach().float().numpy() for name, value in net.state_dict().items()}
    x = graph.norm("vectors", state["norm.weight"], state["norm.bias"], 1e-5)
    x = graph.linear(x, state["into.weight"], state["into.bias"], small=False)
    ranges = reach(state, len(net.shape.steps))
    for i, step in enumerate(net.shape.steps):
        own = {k.split(".", 2)[2]: v for k, v in state.items() if k.startswith(f"layers.{i}.")}
        x = convolution(graph, x, own, f"near{step}", ranges[i])
    scores = graph.linear(x, state["head.weight"], state["head.bias"], small=False)
    near = [helper.make_tensor_value_info(f"near{step}", TensorProto.INT32, ["n", 3]) for step in sorted(set(net.shape.steps))]
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", net.shape.vector])
    return graph.model([vectors, *near], scores, net.shape.heads_out)


def reach(state: State, layers: int) -> list[float]:
    """A word network becomes the largest number that is told apart in what goes into each layer.

    What a norm gives lies around its bias with the spread of its weight; the first layer sees a sum of such numbers.
    """
    middle = state["into.weight"] @ state["norm.bias"] + state["into.bias"]
    spread = np.sqrt(((state["into.weight"] * state["norm.weight"]) ** 2).sum(1))
    rows = [(middle, spread), *((state[f"layers.{i}.norm.bias"], np.abs(state[f"layers.{i}.norm.weight"])) for i in range(layers - 1))]
    return [float((np.abs(middle) + SPREADS * spread).max()) for middle, spread in rows]


def convolution(graph: Graph, x: str, own: State, near: str, reach: float) -> str:
    """States become states after one layer of neighbours, in 8 bits."""
    mixed = graph.op("Relu", graph.still(x, near, own["mix.weight"], own["mix.bias"], reach))
    return graph.sum_norm(x, mixed, own["norm.weight"], own["norm.bias"], 1e-5)


def tables(net: WordNet) -> dict[str, np.ndarray]:
    """A word network becomes the tables that make word vectors, large ones in 8 bits with a scale a row."""
    out: dict[str, np.ndarray] = {}
    projected = net.word.weight.detach().float() @ net.project.weight.detach().float().T
    for name, table in [("pieces", projected), ("letters", net.letters.weight.detach().float())]:
        rows = table.numpy()
        scale = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-8).astype("f4")
        out[name], out[name + "_scale"] = np.rint(rows / scale).astype("i1"), scale
    out["shapes"], out["line"] = net.shapes.weight.detach().numpy().astype("f2"), net.line.detach().numpy().astype("f4")
    out["bias"] = net.project.bias.detach().numpy().astype("f4")
    return out


def write_words(source: Path, folder: Path) -> None:
    """A saved word network becomes network.onnx and tables.npz."""
    net = wordnet.load(source)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "network.onnx").write_bytes(word_network(net).SerializeToString(deterministic=True))
    np.savez(folder / "tables.npz", **tables(net))


def write(source: Path, target: Path, style: str, reserve: float) -> None:
    """A saved transformer becomes an ONNX file that writes names in the manner of one corpus, with some reserve."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(transformer(load(source), style=style, reserve=reserve).SerializeToString(deterministic=True))
