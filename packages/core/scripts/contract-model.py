"""Writes src/testing/contract-model.ts: the graph that the backend contract runs, as base64.

image[n, j] = clip(10 * latent[n, j % 4] + j, 0, 255) for j = 0..15, as uint8 [N, 2, 2, 4].

    python contract-model.py        (needs onnx and numpy)
"""

import base64
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

columns = np.arange(16)
weights = np.float32(10 * (columns[None, :] % 4 == np.arange(4)[:, None]))
constants = {
    "weights": weights,
    "bias": np.float32(columns),
    "low": np.float32(0),
    "high": np.float32(255),
    "shape": np.int64([-1, 2, 2, 4]),
}
graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["latent", "weights", "bias"], ["sum"]),
        helper.make_node("Clip", ["sum", "low", "high"], ["clipped"]),
        helper.make_node("Cast", ["clipped"], ["bytes"], to=TensorProto.UINT8),
        helper.make_node("Reshape", ["bytes", "shape"], ["image"]),
    ],
    "contract",
    [helper.make_tensor_value_info("latent", TensorProto.FLOAT, ["N", 4])],
    [helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", 2, 2, 4])],
    [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)

text = base64.b64encode(model.SerializeToString()).decode()
target = Path(__file__).parents[1] / "src/testing/contract-model.ts"
target.write_text(
    "/** A tiny ONNX graph, written by scripts/contract-model.py, which says what it computes. */\n"
    f"export const CONTRACT_MODEL =\n  '{text}';\n"
)
