"""Writes a trained locator as ONNX, enters it in the model's manifest, and can report its quality.

    python locator_export.py --checkpoint RUN/locator.pt --out weights/facemorph-128
    python locator_export.py --checkpoint RUN/locator.pt --report SHARED_DATA [--split C]

Graph: `image` uint8 `[N, 256, 256, 4]` (RGBA, alpha unread) -> `stride8` `[N, 11, 32, 32]`,
`stride16` `[N, 11, 16, 16]`, `stride32` `[N, 11, 8, 8]` float32: a logit and five landmark offsets
(x, y), in units of 4 strides from the cell's centre. Weights are stored as int8 with a scale for each
output channel and computed in float32.
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
from PIL import Image

from dataset import to_tensor
from locator import CHANNELS, SIDE, SLOPE, STRIDES, Block, Locator, Unit, decode, face_frame
from locator_data import Photo, lay, letterbox, load_photos
from onnx_graph import OPSET, Graph, arrays
from template import TEMPLATE, similarity

SURE = 0.54
"""Confidence from which a face counts: at most 1 % false alarms on split A (`--report --split A`)."""


class QuantizedGraph(Graph):
    """Weights as int8 and a float scale for each output channel; `Cast` and `Mul` restore them."""

    def weight(self, value: np.ndarray) -> str:
        scale = np.abs(value).reshape(len(value), -1).max(1).clip(1e-8) / 127
        scale = scale.astype(np.float32).reshape(-1, *[1] * (value.ndim - 1))
        whole = np.round(value / scale).clip(-127, 127).astype(np.int8)
        restored = self.node("Cast", [self.constant(whole)], to=TensorProto.FLOAT)
        return self.node("Mul", [restored, self.constant(scale)])

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


def locator_graph(net: Locator) -> bytes:
    """The ONNX file of a network in eval mode."""
    g = QuantizedGraph(half=False)
    half = SIDE // 2
    x = g.reshape("image", [-1, half, 2, half, 2, 4])
    x = g.node("Transpose", [x], perm=[0, 5, 2, 4, 1, 3])
    x = g.node("Cast", [g.reshape(x, [-1, 16, half, half])], to=TensorProto.FLOAT)
    x = g.node("Mul", [x, g.constant(np.array(1 / 127.5, np.float32))])
    x = g.node("Add", [x, g.constant(np.array(-1.0, np.float32))])
    weight, bias = net.stem.folded()
    # The four samples of alpha are read by nobody.
    weight = np.concatenate([weight, np.zeros_like(weight[:, :4])], axis=1)
    x = g.unit(g.act(g.conv(x, weight, bias, 2)), net.stage4)
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
        cells = SIDE // stride
        outputs.append(helper.make_tensor_value_info(f"stride{stride}", TensorProto.FLOAT, ["N", CHANNELS, cells, cells]))
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", SIDE, SIDE, 4])
    graph = helper.make_graph(g.nodes, "locator", [image], outputs, g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="facemorph")
    model.ir_version = 8
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def load_locator(file: Path) -> Locator:
    net = Locator()
    net.load_state_dict(torch.load(file, map_location="cpu", weights_only=True)["average"])
    return net.eval()


def enter(folder: Path, data: bytes) -> None:
    """Writes locator.onnx and its entry in manifest.json, if there is one."""
    (folder / "locator.onnx").write_bytes(data)
    file = folder / "manifest.json"
    if not file.exists():
        return
    manifest = json.loads(file.read_text())
    digest = hashlib.sha256(data).hexdigest()
    manifest["files"]["locator"] = {"path": "locator.onnx", "bytes": len(data), "sha256": digest, "precision": "int8"}
    file.write_text(json.dumps(manifest, indent=2) + "\n")


@torch.no_grad()
def look(net: Locator, square: np.ndarray, threshold: float = 0.1) -> list:
    maps = [m[0].float().numpy() for m in net(to_tensor(square[None]))]
    return decode(maps, threshold)


REFINED = 0.42
"""Size of a face in the second, closer look, as a share of the square."""


def locate(net: Locator, photo: Photo, refine: bool = False, threshold: float = 0.1) -> list[tuple[float, np.ndarray]]:
    """Confidence and landmarks (photo px) of each face, the surest first."""
    square, scale = letterbox(photo.image, SIDE)
    faces = []
    for found in look(net, square, threshold):
        points = found.points / scale
        if refine:
            points = closer(net, photo, points)
        faces.append((found.confidence, points))
    return faces


def closer(net: Locator, photo: Photo, points: np.ndarray) -> np.ndarray:
    """Landmarks from an upright crop around the first estimate; that one stays if nothing is there."""
    frame = similarity(points, (TEMPLATE - [64, 74]) * (REFINED * SIDE / 64) + SIDE / 2)
    crop = np.asarray(lay(Image.new("RGB", (SIDE, SIDE)), photo.image, frame))
    for found in look(net, crop, 0.1):
        centre, _ = face_frame(found.points)
        if np.abs(centre - SIDE / 2).max() < 0.25 * SIDE:
            return (found.points - frame[:, 2]) @ np.linalg.inv(frame[:, :2]).T
    return points


def report(net: Locator, shared: Path, split: str) -> dict:
    """Recall, false alarms and landmark error on the photos of a split, with and without refinement."""
    photos = load_photos(shared, split)
    alarms = [max([c for c, _ in locate(net, p, refine=False)], default=0.0) for p in photos if not p.faces]
    result: dict = {"split": split, "photos": len(photos), "rooms": len(alarms)}
    for refine in (False, True):
        hits, errors = [], []
        for photo in photos:
            found = locate(net, photo, refine)
            for truth in photo.faces:
                eyes = np.linalg.norm(truth[0] - truth[1])
                mouth = np.linalg.norm(truth[3] - truth[4])
                near = [(c, np.linalg.norm(p - truth, axis=1).mean() / max(eyes, mouth)) for c, p in found]
                near = [(c, e) for c, e in near if e < 0.5]
                hits.append(max([c for c, _ in near], default=0.0))
                if near and max(near)[0] >= SURE:
                    errors.append(max(near)[1])
        strict = float(np.quantile(alarms, 0.99)) if alarms else 1.0
        result["refined" if refine else "plain"] = {
            "faces": len(hits),
            "recall": round(float(np.mean(np.array(hits) >= SURE)), 4),
            "falseAlarms": round(float(np.mean(np.array(alarms) >= SURE)), 4),
            "recallAt1": round(float(np.mean(np.array(hits) > strict)), 4),
            "thresholdAt1": round(strict, 3),
            "nme": {"median": round(float(np.median(errors)), 4), "p95": round(float(np.quantile(errors, 0.95)), 4)},
        }
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="folder of the model")
    parser.add_argument("--report", type=Path, help="folder of photos.zip")
    parser.add_argument("--split", default="C")
    args = parser.parse_args()
    net = load_locator(args.checkpoint)
    if args.out:
        data = locator_graph(net)
        enter(args.out, data)
        print(f"locator.onnx: {len(data):,} bytes")
    if args.report:
        print(json.dumps(report(net, args.report, args.split), indent=2))


if __name__ == "__main__":
    main()
