"""A small writer of ONNX graphs: names in, names out; weights in 8 bits where that is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"  # fused operators of ONNX Runtime
WEIGHT_RANGE = 63  # 7 bits: on processors without VNNI two 8-bit products overflow when added


class Graph:
    """Nodes and weights in the order in which they were asked for."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.count = 0

    def name(self) -> str:
        """A fresh name."""
        self.count += 1
        return f"v{self.count}"

    def weight(self, values: np.ndarray) -> str:
        """Numbers become a constant."""
        name = self.name()
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> Any:
        """An operator becomes the name of its output, or a list of names."""
        names = [self.name() for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, small: bool = True) -> str:
        """States become weight · states + bias; small keeps the weights in 8 bits with a scale an output."""
        table = weight.T.astype("f4")
        if not small:
            return str(self.op("Add", self.op("MatMul", x, self.weight(table)), self.weight(bias.astype("f4"))))
        scale = np.maximum(np.abs(table).max(0) / WEIGHT_RANGE, 1e-8).astype("f4")
        rows = np.rint(table / scale).astype("i1")
        zero = self.weight(np.zeros(len(scale), "i1"))
        names = (x, self.weight(rows), self.weight(scale), zero, self.weight(bias.astype("f4")))
        return str(self.op("DynamicQuantizeMatMul", *names, domain=MICROSOFT))

    def wide(self, x: str, weight: np.ndarray, bias: np.ndarray, blocks: int) -> str:
        """A layer with many inputs as a sum of blocks, each with its own 8-bit range, so that one large input harms few."""
        parts = np.split(weight, blocks, axis=1)
        biases = [bias, *([np.zeros_like(bias)] * (blocks - 1))]
        outs = [self.linear(y, w, b) for y, w, b in zip(self.op("Split", x, outputs=blocks, axis=-1), parts, biases)]
        total = outs[0]
        for out in outs[1:]:
            total = str(self.op("Add", total, out))
        return total

    def still(self, x: str, near: str, weight: np.ndarray, bias: np.ndarray, reach: float) -> str:
        """Rows of x that near names, side by side, become weight · rows + bias, in 8 bits with one range for all inputs.

        Sums of whole numbers are exact, so a row does not depend on the others; beyond the ends there are zeros.
        """
        table = weight.T.astype("f4")
        scale = np.maximum(np.abs(table).max(0) / WEIGHT_RANGE, 1e-8).astype("f4")
        step, zero = self.weight(np.array(reach / 127, "f4")), self.weight(np.array(128, "u1"))
        rows = self.op("Concat", self.op("QuantizeLinear", x, step, zero), self.weight(np.full((1, len(table) // 3), 128, "u1")), axis=0)
        seen = self.op("Reshape", self.op("Gather", rows, near), self.weight(np.array([-1, len(table)], "i8")))
        names = (self.weight(np.rint(table / scale).astype("i1")), step, self.weight(scale), zero, self.weight(np.zeros(len(scale), "i1")))
        return str(self.op("MatMulIntegerToFloat", seen, *names, self.weight(bias.astype("f4")), domain=MICROSOFT))

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray, eps: float) -> str:
        """States become normed states."""
        return str(self.op("LayerNormalization", x, self.weight(weight.astype("f4")), self.weight(bias.astype("f4")), epsilon=eps))

    def sum_norm(self, x: str, y: str, weight: np.ndarray, bias: np.ndarray, eps: float) -> str:
        """Two states become the norm of their sum; the fused SkipLayerNormalization takes four times as long on a CPU."""
        return self.norm(str(self.op("Add", x, y)), weight, bias, eps)

    def rows8(self, table: np.ndarray, numbers: str) -> str:
        """Row numbers become rows of a table that is kept in 8 bits with a scale a row."""
        scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-8).astype("f4")
        rows = self.op("Gather", self.weight(np.rint(table / scale).astype("i1")), numbers)
        scales = self.op("Gather", self.weight(scale), numbers)
        return str(self.op("Mul", self.op("Cast", rows, to=TensorProto.FLOAT), scales))

    def model(self, inputs: list[Any], output: str, width: int) -> ModelProto:
        """Everything asked for becomes a model with one output of that width."""
        self.nodes.append(helper.make_node("Identity", [output], ["scores"]))
        out = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", width])
        graph = helper.make_graph(self.nodes, "presse", inputs, [out], self.weights)
        domains = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=domains, ir_version=8, producer_name="presselese")
