"""Writes the two networks that find faces as ONNX and enters them in the model's manifest.

    python locator_export.py --locator RUN/locator.pt --landmarker RUN/landmarker.pt --out weights/facemorph-128

Locator: `image` uint8 `[N, 256, 256, 4]` (RGBA, alpha unread) -> `stride8` `[N, 11, 32, 32]`,
`stride16` `[N, 11, 16, 16]`, `stride32` `[N, 11, 8, 8]` float32: a logit and five landmark offsets
(x, y), in units of 4 strides from the cell's centre. Landmarker: `image` uint8 `[N, 96, 96, 4]` -> `face`
`[N, 11]`, a logit and five offsets from the template in 8 px. Weights are stored as int8 with a scale for
each output channel and computed in float32.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from landmarker import SIDE as CROP
from landmarker import Landmarker
from locator import CHANNELS, SIDE, SLOPE, STRIDES, Block, Locator, Unit
from onnx_graph import OPSET, Graph, arrays


class FinderGraph(Graph):
    """Layers of the two networks; weights as int8, with all of its steps."""

    def __init__(self) -> None:
        super().__init__("int8", steps=127)

    def unit(self, x: str, unit: Unit) -> str:
        weight, bias = unit.folded()
        return self.act(self.conv(x, weight, bias, unit.conv.stride[0]))

    def act(self, x: str) -> str:
        return self.node("LeakyRelu", [x], alpha=SLOPE)

    def conv(self, x: str, weight: np.ndarray, bias: np.ndarray, stride: int = 1) -> str:
        kernel = weight.shape[-1]
        names = [x, self.weight(weight), self.constant(bias.astype(np.float32))]
        return self.node("Conv", names, kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[kernel // 2] * 4)

    def block(self, x: str, block: Block) -> str:
        return self.node("Add", [x, self.unit(self.unit(x, block.first), block.second)])


def stem(g: FinderGraph, side: int, unit: Unit, stride: int) -> str:
    """From bytes to the first feature map: pixel-unshuffle by 2, range -1..1, first convolution."""
    half = side // 2
    x = g.reshape("image", [-1, half, 2, half, 2, 4])
    x = g.node("Transpose", [x], perm=[0, 5, 2, 4, 1, 3])
    x = g.node("Cast", [g.reshape(x, [-1, 16, half, half])], to=TensorProto.FLOAT)
    x = g.node("Mul", [x, g.constant(np.array(1 / 127.5, np.float32))])
    x = g.node("Add", [x, g.constant(np.array(-1.0, np.float32))])
    weight, bias = unit.folded()
    # The four samples of alpha are read by nobody.
    weight = np.concatenate([weight, np.zeros_like(weight[:, :4])], axis=1)
    return g.act(g.conv(x, weight, bias, stride))


def finish(g: FinderGraph, name: str, side: int, outputs: list[tuple[str, list[int]]]) -> bytes:
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", side, side, 4])
    infos = [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["N", *shape]) for output, shape in outputs]
    graph = helper.make_graph(g.nodes, name, [image], infos, g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="facemorph")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def locator_graph(net: Locator) -> bytes:
    """The ONNX file of a network in eval mode."""
    g = FinderGraph()
    x = g.unit(stem(g, SIDE, net.stem, 2), net.stage4)
    x8 = g.block(g.unit(x, net.down8), net.stage8)
    x16 = g.block(g.unit(x8, net.down16), net.stage16)
    p32 = g.unit(g.block(g.unit(x16, net.down32), net.stage32), net.side32)
    scales = g.constant(np.array([1, 1, 2, 2], np.float32))

    def doubled(y: str) -> str:
        return g.node(
            "Resize", [y, "", scales], mode="nearest",
            coordinate_transformation_mode="asymmetric", nearest_mode="floor",
        )  # fmt: skip

    p16 = g.unit(g.node("Add", [g.unit(x16, net.side16), doubled(p32)]), net.merge16)
    p8 = g.unit(g.node("Add", [g.unit(x8, net.side8), doubled(p16)]), net.merge8)
    outputs = []
    for stride, head, p in zip(STRIDES, net.heads, (p8, p16, p32)):
        g.conv(p, *arrays(head))
        g.nodes[-1].output[0] = f"stride{stride}"
        outputs.append((f"stride{stride}", [CHANNELS, SIDE // stride, SIDE // stride]))
    return finish(g, "locator", SIDE, outputs)


def landmarker_graph(net: Landmarker) -> bytes:
    """The ONNX file of a network in eval mode."""
    g = FinderGraph()
    x = stem(g, CROP, net.stem, 1)
    x = g.block(g.unit(x, net.down4), net.stage4)
    x = g.block(g.unit(x, net.down8), net.stage8)
    x = g.unit(g.unit(x, net.down16), net.stage16)
    x = g.node("Flatten", [g.unit(x, net.narrow)], axis=1)
    g.dense(x, *arrays(net.head))
    g.nodes[-1].output[0] = "face"
    return finish(g, "landmarker", CROP, [("face", [CHANNELS])])


def load_averaged(net: Locator | Landmarker, file: Path) -> None:
    """Fills `net` from a checkpoint and leaves it in eval mode."""
    net.load_state_dict(torch.load(file, map_location="cpu", weights_only=True)["average"])
    net.eval()


def enter(folder: Path, role: str, data: bytes) -> None:
    """Writes a file of the model and its entry in manifest.json, if there is one."""
    (folder / f"{role}.onnx").write_bytes(data)
    print(f"{role}.onnx: {len(data):,} bytes")
    file = folder / "manifest.json"
    if not file.exists():
        return
    manifest = json.loads(file.read_text())
    digest = hashlib.sha256(data).hexdigest()
    manifest["files"][role] = {"path": f"{role}.onnx", "bytes": len(data), "sha256": digest, "precision": "int8"}
    file.write_text(json.dumps(manifest, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--locator", type=Path, help="checkpoint of locator_train.py")
    parser.add_argument("--landmarker", type=Path, help="checkpoint of landmarker_train.py")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    args = parser.parse_args()
    if args.locator:
        load_averaged(locator := Locator(), args.locator)
        enter(args.out, "locator", locator_graph(locator))
    if args.landmarker:
        load_averaged(landmarker := Landmarker(), args.landmarker)
        enter(args.out, "landmarker", landmarker_graph(landmarker))


if __name__ == "__main__":
    main()
