"""Adds a decoder in int8 to a weights folder: for live editing, where wasm runs int8 faster.

    python quantize.py --weights ../weights/facemorph-128 --data DATA            writes decoder-int8.onnx
    python quantize.py --weights ../weights/facemorph-128 --data DATA --report   measures it on split C
    python quantize.py ... --report --judges JUDGES                              success of edits too

Static quantisation: activations as unsigned bytes with one scale a tensor, weights as signed bytes
with one a channel. The first layer and the last compute in float; their weights are stored as in the
float decoder's file (storage.py). Scales come from faces of split A, as they are and edited.
The file is entered in the manifest only if the held-out part of A loses no more than `LIMITS`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

import judge as judges
from dataset import Faces
from edits import SPOT_CHECKS, Edits, Scale
from evaluate import ssim_per_picture
from metrics import leaf, psnr
from shipped import Shipped
from storage import folded, whole_numbers

ROLE = "decoder-int8"
LIMITS = {"psnr": 0.3, "msssim": 0.005}
"""What int8 may cost against the float decoder: dB, and MS-SSIM."""

QUANTIZED = ("Conv", "LeakyRelu", "Add", "Resize")
FACES, SEED = 256, 1
PERCENTILE = 99.99
"""Share of activations that the scale of a tensor covers: the few largest would make the steps of all others coarser."""


class Latents(CalibrationDataReader):
    """Latents, one by one."""

    def __init__(self, latents: np.ndarray) -> None:
        self.rest = iter(latents.astype(np.float32))

    def get_next(self) -> dict[str, np.ndarray] | None:
        latent = next(self.rest, None)
        return None if latent is None else {"latent": latent[None]}


def in_float(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with its stored weights as float32 constants, and a name for every node."""
    values, nodes = folded(model.graph)
    for i, node in enumerate(nodes):
        node.name = f"{node.op_type}_{i}"
    return rebuilt(model, nodes, [numpy_helper.from_array(value, name) for name, value in values.items()])


def rebuilt(model: onnx.ModelProto, nodes: list, constants: list) -> onnx.ModelProto:
    result = onnx.ModelProto()
    result.CopyFrom(model)
    for field, items in ((result.graph.node, nodes), (result.graph.initializer, constants)):
        del field[:]
        field.extend(items)
    return result


def stored_small(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights that still are float, those of the first layer and the last, as whole numbers with a scale a row."""
    constants = {item.name: item for item in model.graph.initializer}
    restore = []
    for node in model.graph.node:
        if node.op_type not in ("Gemm", "Conv"):
            continue
        name = node.input[1]
        for part, value in zip(("whole", "scale"), whole_numbers(numpy_helper.to_array(constants.pop(name)))):
            constants[f"{name}_{part}"] = numpy_helper.from_array(value, f"{name}_{part}")
        restore.append(helper.make_node("Cast", [f"{name}_whole"], [f"{name}_cast"], to=TensorProto.FLOAT))
        restore.append(helper.make_node("Mul", [f"{name}_cast", f"{name}_scale"], [name]))
    return rebuilt(model, [*restore, *model.graph.node], list(constants.values()))


def quantize(decoder: bytes, latents: np.ndarray) -> bytes:
    """The int8 file of a decoder's ONNX file, with scales that fit the latents `[n, latent]`."""
    model = in_float(onnx.load_from_string(decoder))
    last = [node.name for node in model.graph.node if node.op_type == "Conv"][-1]
    # It reports its progress on stdout.
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        source, target = Path(folder, "float.onnx"), Path(folder, "int8.onnx")
        onnx.save(model, source)
        # It advises to run shape inference first, which these graphs do not need.
        logging.disable(logging.WARNING)
        try:
            quantize_static(
                source,
                target,
                Latents(latents),
                # Runs as fast as QDQ (`npm run bench`) and opens sooner: nothing is left to be fused.
                quant_format=QuantFormat.QOperator,
                op_types_to_quantize=list(QUANTIZED),
                nodes_to_exclude=[last],
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                per_channel=True,
                calibrate_method=CalibrationMethod.Percentile,
                extra_options={"CalibPercentile": PERCENTILE},
            )
        finally:
            logging.disable(logging.NOTSET)
        model = stored_small(onnx.load(target))
    model.producer_name = "facemorph"
    del model.metadata_props[:], model.graph.value_info[:]
    return model.SerializeToString(deterministic=True)


def calibration(model: Shipped, faces: Faces) -> np.ndarray:
    """Latents of faces of split A; every second one edited: one slider, anywhere in its range."""
    random = np.random.default_rng(SEED)
    rows = np.sort(random.permutation(faces.rows)[:FACES])
    latents = model.encode(faces.crops(rows))
    names = sorted(model.attributes)
    for latent in latents[::2]:
        attribute = model.attributes[names[random.integers(len(names))]]
        latent += (random.uniform(*attribute["range"]) * attribute["direction"]).astype(np.float32)
    return latents


def enter(folder: Path, data: bytes) -> None:
    """Writes the file and its entry in manifest.json."""
    path, manifest = folder / f"{ROLE}.onnx", folder / "manifest.json"
    path.write_bytes(data)
    content = json.loads(manifest.read_text())
    digest = hashlib.sha256(data).hexdigest()
    content["files"][ROLE] = {"path": path.name, "bytes": len(data), "sha256": digest, "precision": "int8"}
    manifest.write_text(json.dumps(content, indent=2) + "\n")


def quality(model: Shipped, faces: Faces) -> dict[str, dict]:
    """Faces against their reconstructions, by decoder; `loss` is the mean over faces of the difference."""
    real = faces.crops()
    latents = model.encode(real)
    rows, parts = {}, {}
    for role in ("decoder", ROLE):
        copies = model.decode(latents, role, batch=1)
        parts[role] = {"psnr": psnr(copies, real), "msssim": ssim_per_picture(copies, real, 4)}
        rows[role] = {key: leaf(values) for key, values in parts[role].items()}
    rows["loss"] = {key: leaf(parts["decoder"][key] - parts[ROLE][key]) for key in LIMITS}
    return rows


def success(model: Shipped, faces: Faces, folder: Path, count: int = 200) -> dict[str, dict]:
    """Share of faces that E calls positive at the end of the slider, by decoder, of the same faces."""
    e, i = (judges.load_judge(folder / f"{kind}.pt") for kind in "EI")
    scale, labels = Scale.of(e, i, faces), faces.attribute_values[faces.rows]
    latents = model.encode(faces.crops())
    edits = {role: Edits(model, e, i, scale, latents, labels, role) for role in ("decoder", ROLE)}
    edits[ROLE].copies = edits["decoder"].copies  # the same faces count as faces without the attribute
    return {name: {role: edit.measure(name, count)["success"] for role, edit in edits.items()} for name in SPOT_CHECKS}


def table(rows: dict[str, dict], bytes_of: dict[str, int]) -> str:
    lines = [f"{'':14}{'bytes':>10}{'PSNR dB':>10}{'MS-SSIM':>10}"]
    for name, row in rows.items():
        size = f"{bytes_of[name]:,}" if name in bytes_of else ""
        lines.append(f"{name:14}{size:>10}{row['psnr']['value']:>10.3f}{row['msssim']['value']:>10.4f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--report", action="store_true", help="only measure, on split C")
    parser.add_argument("--judges", type=Path, help="with --report: E and I of judge.py")
    parser.add_argument("--json", action="store_true", help="print JSON")
    args = parser.parse_args()
    model = Shipped(args.weights)
    faces = Faces(args.data, "C") if args.report else Faces(args.data, "A", "validation")
    faces.rows = faces.rows[faces.source[faces.rows] != "lfw"]
    if not args.report:
        decoder = (args.weights / model.manifest["files"]["decoder"]["path"]).read_bytes()
        before = (args.weights / "manifest.json").read_text()
        enter(args.weights, quantize(decoder, calibration(model, Faces(args.data, "A", "train"))))
        model = Shipped(args.weights)
    rows = quality(model, faces)
    sizes = {role: model.manifest["files"][role]["bytes"] for role in ("decoder", ROLE)}
    split = "C" if args.report else "A, held out"
    result = {"split": split, "n": len(faces), "bytes": sizes, **rows}
    if args.report and args.judges:
        result["success"] = success(model, faces, args.judges)
    print(json.dumps(result) if args.json else f"split {split}, {len(faces)} faces\n{table(rows, sizes)}")
    for name, shares in result.get("success", {}).items() if not args.json else ():
        print(f"{name}: success {shares['decoder']['value']:.3f}, int8 {shares[ROLE]['value']:.3f}")
    lost = {key: rows["loss"][key]["value"] for key in LIMITS}
    if any(lost[key] > limit for key, limit in LIMITS.items()) and not args.report:
        (args.weights / f"{ROLE}.onnx").unlink()
        (args.weights / "manifest.json").write_text(before)
        sys.exit(f"int8 loses too much ({lost}): not entered")


if __name__ == "__main__":
    main()
