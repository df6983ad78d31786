"""The scoreboard: measures the shipped ONNX on split C and writes metrics.json beside it.

What is measured of a slider also goes into attributes.json, as its evidence.

    python evaluate.py --weights weights/facemorph-128 --data DATA --judges JUDGES
    python evaluate.py --weights weights/facemorph-128 --data DATA          without judges: pictures and probes only

Of the VAE, split C is read here and nowhere else. Definitions and results: docs/results.md.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageFilter

import judge as judges
from catalogue import CATALOGUE
from dataset import Faces, to_tensor
from directions import Encoded, Whitened, auroc, target_of
from loss import ms_ssim
from metrics import SEED, laplacian_variance, leaf, normalised_frechet, psnr, r2
from shipped import Shipped

STEPS = 9
"""Strengths from 0 to the end of a slider."""

EDITS = (
    "smiling", "blond_hair", "black_hair", "gray_hair", "beard", "mustache",
    "bangs", "eyeglasses", "bald", "bushy_eyebrows", "heavy_makeup", "male",
)  # fmt: skip
"""Attributes whose edits E judges."""

COLUMNS = {entry.name: entry.source for entry in CATALOGUE} | {"mouth_open": "Mouth_Slightly_Open", "eyes_open": "-Narrow_Eyes"}
"""E's column for each slider, `-` where it is the opposite; E has no column for what `#` marks."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def ssim_per_picture(x: np.ndarray, y: np.ndarray, scales: int) -> np.ndarray:
    parts = [
        ms_ssim(to_tensor(x[i : i + 64]), to_tensor(y[i : i + 64]), scales=scales).numpy()
        for i in range(0, len(x), 64)
    ]
    return np.concatenate(parts)


def picture_metrics(real: np.ndarray, copy: np.ndarray) -> dict:
    return {
        "psnr": leaf(psnr(copy, real)),
        "ssim": leaf(ssim_per_picture(copy, real, 1)),
        "msssim": leaf(ssim_per_picture(copy, real, 4)),
        "sharpness": leaf(laplacian_variance(copy) / np.maximum(laplacian_variance(real), 1e-6), np.median),
    }


def probe_metrics(model: Shipped, a: Faces, za: np.ndarray, c: Faces, zc: np.ndarray) -> dict:
    """Linear probes fitted on A, scored on C: all attributes, the shipped sliders, pose and gaze."""
    space = Whitened(Encoded(za.astype(np.float64), {}, np.zeros((len(za), 0))))
    whiten = lambda z: (z - space.mean) @ space.matrix  # noqa: E731
    zw = whiten(zc)
    values_a, values_c = a.attribute_values[a.rows], c.attribute_values[c.rows]
    per_attribute = {}
    for i, name in enumerate(a.attributes):
        known = np.isfinite(values_c[:, i])
        per_attribute[name] = auroc((zw @ space.logistic(values_a[:, i]))[known], values_c[known, i])
    result: dict[str, object] = {
        "auroc": {k: round(v, 4) for k, v in per_attribute.items()},
        "auroc_mean": leaf(np.array(list(per_attribute.values()))) | {"n": len(zc)},
    }
    labels = {name: values_c[:, i] for i, name in enumerate(a.attributes)}
    sliders = {
        item.name: round(auroc(zc @ model.attributes[item.name]["weights"], target), 4)
        for item in CATALOGUE
        if item.name in model.attributes and (target := target_of(item, labels)) is not None
    }
    result["auroc_per_slider"] = sliders
    result["auroc_sliders"] = leaf(np.array(list(sliders.values()))) | {"n": len(zc)}
    for key, column in (("yaw_r2", "yaw"), ("gaze_r2", "gaze_x")):
        i = a.numbers.index(column)
        ta, tc = a.number_values[a.rows, i].astype(np.float64), c.number_values[c.rows, i].astype(np.float64)
        if not np.isfinite(ta).any():
            continue
        predicted = zw @ space.ridge(ta) * np.nanstd(ta) + np.nanmean(ta)
        result[key] = r2(predicted, tc)
    return result


def blur2(pictures: np.ndarray) -> np.ndarray:
    """The yardstick of nFD: the reals with a Gaussian blur of sigma 2 px."""
    return np.stack([np.asarray(Image.fromarray(p).filter(ImageFilter.GaussianBlur(2))) for p in pictures])


class Edits:
    """Success, leak, identity and monotony of every edit, judged by E and I."""

    def __init__(self, model: Shipped, e: judges.Judge, i: judges.Judge, c: Faces, z: np.ndarray, count: int) -> None:
        self.model, self.e, self.i, self.count = model, e, i, count
        self.columns = c.attributes
        self.z, self.labels = z, c.attribute_values[c.rows]
        real = judges.apply(e, c.crops(), embed=False)[:, : len(self.columns)]
        self.spread = real.std(0)
        levels = judges.pair_quality(judges.apply(i, c.crops(), embed=True), c.identity[c.rows])
        self.same, self.strangers = levels["same"], levels["strangers"]
        copies = judges.apply(e, model.decode(z), embed=False)[:, : len(self.columns)]
        self.copy_scores = copies

    def measure(self, name: str, column: str, direction: np.ndarray | None = None) -> dict:
        attribute = self.model.attributes[name]
        direction = attribute["direction"] if direction is None else direction
        index, sign = self.columns.index(column.lstrip("-")), -1 if column[0] == "-" else 1
        absent = (sign * (self.labels[:, index] - 0.5) < 0) & (sign * self.copy_scores[:, index] < 0)
        rows = np.random.default_rng(SEED).permutation(np.flatnonzero(absent))[: self.count]
        strengths = np.linspace(0, attribute["range"][1], STEPS)
        scores, embeddings = [], []
        for strength in strengths:
            pictures = self.model.decode(self.z[rows] + strength * direction)
            scores.append(judges.apply(self.e, pictures, embed=False)[:, : len(self.columns)])
            embeddings.append(judges.apply(self.i, pictures, embed=True))
        own = sign * np.stack([s[:, index] for s in scores])
        success = (own > 0).mean(1)
        at = int(np.argmax(success >= 0.8)) if (success >= 0.8).any() else STEPS - 1
        moved = np.abs((scores[at] - scores[0]) / self.spread)
        family = {index} | self.relatives(attribute)
        others = [j for j in range(len(self.columns)) if j not in family]
        related = [j for j in family if j != index]
        cosine = (embeddings[at] * embeddings[0]).sum(1)
        identity = (cosine - self.strangers) / (self.same - self.strangers)
        male = self.columns.index("Male")
        return {
            "success": leaf(own[-1] > 0),
            "success_over_strength": [[round(float(s), 3), round(float(v), 4)] for s, v in zip(strengths, success)],
            "strength_at_80": round(float(strengths[at]), 3),
            "reached_80": bool((success >= 0.8).any()),
            "leak": leaf(moved[:, others].mean(1)),
            "leak_related": leaf(moved[:, related].mean(1)) if related else None,
            "leak_male": leaf(moved[:, male]) if male != index else None,
            "identity": leaf(identity, np.median),
            "monotone": leaf((np.diff(own, axis=0) > 0).all(0)),
        }

    def relatives(self, attribute: dict) -> set[int]:
        columns = [COLUMNS[name].lstrip("-") for name in attribute.get("related", [])]
        return {self.columns.index(c) for c in columns if c in self.columns}


def write_evidence(model: Shipped, result: dict) -> None:
    """What C says of each slider becomes part of the attribute file; the manifest follows."""
    path = model.folder / "attributes.json"
    file = json.loads(path.read_text())
    for attribute in file["attributes"]:
        name, evidence = attribute["name"], {}
        if name in result["auroc_per_slider"]:
            evidence["auroc"] = result["auroc_per_slider"][name]
        if name in result.get("edits", {}):
            edit = result["edits"][name]
            evidence |= {"success": edit["success"]["value"], "identity": edit["identity"]["value"]}
        attribute["evidence"] = evidence
    data = (json.dumps(file, indent=1) + "\n").encode()
    entry = {"path": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    path.write_bytes(data)
    model.manifest["files"]["attributes"] = entry
    result["bytes"]["attributes"] = entry["bytes"]
    (model.folder / "manifest.json").write_text(json.dumps(model.manifest, indent=2) + "\n")


def parity(model: Shipped) -> int:
    """Largest difference of the shipped decoder to torch's fp32 picture, in levels of 255."""
    vectors = json.loads((model.folder / model.manifest["files"]["parity"]["path"]).read_text())["vectors"]
    z = np.stack([np.frombuffer(base64.b64decode(v["latent"]), "<f4") for v in vectors])
    images = np.stack([np.frombuffer(base64.b64decode(v["image"]), np.uint8).reshape(128, 128, 4) for v in vectors])
    return int(np.abs(model.decode(z).astype(int) - images[..., :3]).max())


def exact(value: float, n: int = 1) -> dict:
    return {"value": value, "ci": [value, value], "n": n, "seed": SEED}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judges", type=Path)
    parser.add_argument("--count", type=int, default=200, help="faces per edit")
    parser.add_argument("--json", action="store_true", help="print the result on stdout")
    args = parser.parse_args()
    model = Shipped(args.weights)
    a, c, lfw = Faces(args.data, "A"), Faces(args.data, "C"), Faces(args.data, "C")
    a.rows = a.rows[a.source[a.rows] != "lfw"]
    c.rows, lfw.rows = c.rows[c.source[c.rows] != "lfw"], lfw.rows[lfw.source[lfw.rows] == "lfw"]
    real, real_lfw = c.crops(), lfw.crops()
    say("encoding A and C")
    za, zc, zl = model.encode(a.crops()), model.encode(real), model.encode(real_lfw)
    copy, copy_lfw = model.decode(zc), model.decode(zl)
    files = model.manifest["files"]
    result: dict[str, object] = {"model": model.manifest["id"], "split": "C", "n": len(c)}
    result |= picture_metrics(real, copy) | probe_metrics(model, a, za, c, zc)
    result["parity_max_abs"] = exact(parity(model))
    result["decoder_mmac"] = exact(model.manifest["training"]["decoderMmac"])
    result["kl_nats"] = exact(round(model.manifest["training"].get("klNats", float("nan")), 1), 512)
    result["bytes"] = {r: files[r]["bytes"] for r in ("encoder", "decoder", "attributes")}
    result["lfw"] = {"n": len(lfw)} | picture_metrics(real_lfw, copy_lfw)
    if args.judges:
        e, i = (judges.load_judge(args.judges / f"{k}.pt") for k in "EI")
        features = lambda x: judges.apply(e, x, embed=True)  # noqa: E731
        reference, yardstick = features(real), features(blur2(real))
        result["recon_nfd"] = normalised_frechet(features(copy), reference, yardstick)
        drawn = model.decode(model.sample(2000, SEED))
        result["sample_nfd"] = normalised_frechet(features(drawn), reference, yardstick)
        lfw_reference = features(real_lfw)
        result["lfw"]["recon_nfd"] = normalised_frechet(features(copy_lfw), lfw_reference, features(blur2(real_lfw)))
        edits = Edits(model, e, i, c, zc, args.count)
        table = {}
        for name in EDITS:
            say(f"editing {name}")
            table[name] = edits.measure(name, COLUMNS[name])
        result["success"] = {k: v["success"] for k, v in table.items()}
        result["edits"] = table
        shares = {"leak_mean": "leak", "leak_male": "leak_male", "identity": "identity", "monotone": "monotone"}
        for key, part in shares.items():
            result[key] = leaf(np.array([v[part]["value"] for v in table.values() if v[part]])) | {"n": args.count}
        # The control: a random direction of the same length must not count as an edit.
        random = np.random.default_rng(SEED).standard_normal(model.latent)
        smile = model.attributes["smiling"]["direction"]
        chance = edits.measure("smiling", "Smiling", random / np.linalg.norm(random) * np.linalg.norm(smile))
        result["controls"] = {
            "random_direction_success": chance["success"],
            "judge_auroc_on_reals": judges.attribute_quality(e, c),
            "identity_on_reals": judges.pair_quality(judges.apply(i, real, embed=True), c.identity[c.rows]),
        }
    write_evidence(model, result)
    (args.weights / "metrics.json").write_text(json.dumps(result, indent=1) + "\n")
    if args.json:
        print(json.dumps(result))
    say(f"wrote {args.weights / 'metrics.json'}")


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()
