"""How weights lie in an ONNX file: in fp32, in fp16, or as whole numbers with a scale for each output channel.

Whole numbers use `STEPS` of the 127 steps that a byte has to each side: the scoreboard hardly tells
(`storage_report.py`; docs/performance.md), and brotli then takes a quarter of a file away (`npm run bench:start`).
A session restores them to fp32 once, when it is created.
"""

from __future__ import annotations

import copy
from typing import Literal, get_args

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

Precision = Literal["fp32", "fp16", "int8"]
PRECISIONS = get_args(Precision)

STEPS = 47


def whole_numbers(weight: np.ndarray, steps: int = STEPS) -> tuple[np.ndarray, np.ndarray]:
    """`weight` `[out, ...]` as int8 in -steps..steps and float32 scales `[out, 1, ...]`."""
    largest = np.abs(weight).max(tuple(range(1, weight.ndim)), keepdims=True)
    scale = (largest.clip(1e-8) / steps).astype(np.float32)
    return np.round(weight / scale).clip(-steps, steps).astype(np.int8), scale


def as_stored(weight: np.ndarray, precision: Precision) -> np.ndarray:
    """What a session computes with, fp32."""
    if precision == "int8":
        whole, scale = whole_numbers(weight)
        return whole.astype(np.float32) * scale
    return weight.astype(np.float16 if precision == "fp16" else np.float32).astype(np.float32)


@torch.no_grad()
def network_as_stored(network: nn.Module, precision: Precision, scaled: dict[str, float]) -> nn.Module:
    """A copy with its weights rounded as a file rounds them; biases are always stored in fp32.

    `scaled` names weights that are multiplied by a constant before they are rounded.
    """
    rounded = copy.deepcopy(network)
    for name, value in rounded.named_parameters():
        if value.dim() > 1:
            scale = scaled.get(name, 1.0)
            value.copy_(torch.from_numpy(as_stored(value.float().numpy() * scale, precision)) / scale)
    return rounded


def folded(graph: onnx.GraphProto) -> tuple[dict[str, np.ndarray], list[onnx.NodeProto]]:
    """The constants of a graph with its stored weights restored to fp32, and the nodes that are left.

    A transposed convolution comes back as what it stands for (`doubled_conv` of onnx_graph.py): 3x3, after the doubling.
    """
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    nodes, doubled, taps = [], {}, {}
    for node in graph.node:
        source, output = node.input[0], node.output[0]
        if node.op_type == "Cast" and source in values:
            values[output] = values.pop(source).astype(np.float32)
        elif node.op_type == "Mul" and all(name in values for name in node.input):
            whole, scale = (values.pop(name) for name in node.input)
            values[output] = whole * scale
        elif node.op_type in ("Reshape", "MatMul", "Transpose") and (source in values or source in taps):
            taps[output] = taps.get(source, source)
            for name in node.input[1:]:
                values.pop(name)
        elif node.op_type == "ConvTranspose":
            names = [doubled[source], taps[node.input[1]], node.input[2]]
            nodes.append(helper.make_node("Conv", names, [output], kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4))
        else:
            if node.op_type == "Resize":
                doubled[source] = output
            nodes.append(node)
    return values, nodes
