"""The scoreboard: measures the shipped ONNX on split C and writes metrics.json beside it.

What is measured of a slider also goes into attributes.json, as its evidence.

    python evaluate.py --weights weights/facemorph-128 --data DATA --judges JUDGES
    python evaluate.py --weights weights/facemorph-128 --data DATA          without judges: pictures and probes only

Of the VAE, split C is read here and nowhere else. Definitions and results: docs/results.md.
"""

from __future__ import annotations

import argparse
import base64
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
from edits import COLUMNS, Edits, Scale
from loss import ms_ssim
from metrics import SEED, laplacian_variance, leaf, normalised_frechet, psnr, r2
from shipped import Shipped

EDITS = (
    "smiling", "blond_hair", "black_hair", "gray_hair", "beard", "mustache",
    "bangs", "eyeglasses", "bald", "bushy_eyebrows", "heavy_makeup", "male",
)  # fmt: skip
"""Edits of the scoreboard, on CelebA and on LFW; the others that E has a column for are measured on fewer faces, as evidence."""

GROUPS = {
    "women": "-Male", "men": "Male", "young": "Young", "older": "-Young",
    "pale skin": "Pale_Skin", "eyeglasses": "Eyeglasses", "blurry": "Blurry", "hat": "Wearing_Hat",
}  # fmt: skip


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


def group_metrics(faces: Faces, real: np.ndarray, copy: np.ndarray) -> dict:
    """How well the faces of each group are drawn; the worst group counts."""
    quality, structure = psnr(copy, real), ssim_per_picture(copy, real, 4)
    values = faces.attribute_values[faces.rows]
    result = {}
    for name, source in GROUPS.items():
        rows = values[:, faces.attributes.index(source.lstrip("-"))] == (0 if source[0] == "-" else 1)
        result[name] = {"psnr": leaf(quality[rows]), "msssim": leaf(structure[rows])}
    return result


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


def headline(table: dict[str, dict], count: int) -> dict:
    """Success of each edit, and what the edits cost on average."""
    result: dict[str, object] = {"success": {name: edit["success"] for name, edit in table.items()}}
    parts = {"leak_mean": "leak", "leak_male": "leak_male", "identity": "identity", "monotone": "monotone"}
    for key, part in parts.items():
        result[key] = leaf(np.array([v[part]["value"] for v in table.values() if v[part]])) | {"n": count}
    return result


def write_evidence(model: Shipped, result: dict) -> None:
    """What C says of each slider becomes part of the attribute file."""

    def change(file: dict) -> None:
        for attribute in file["attributes"]:
            name, evidence = attribute["name"], {}
            if name in result["auroc_per_slider"]:
                evidence["auroc"] = result["auroc_per_slider"][name]
            if name in result.get("edits", {}):
                edit = result["edits"][name]
                evidence |= {"success": edit["success"]["value"], "identity": edit["identity"]["value"], "also": edit["also"]}
            attribute["evidence"] = evidence

    result["bytes"]["attributes"] = model.rewrite_attributes(change)


def parity(model: Shipped) -> int:
    """Largest difference of the shipped decoder to torch's picture with the same weights, in levels of 255."""
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
    parser.add_argument("--count", type=int, default=200, help="faces for each edit")
    parser.add_argument("--json", action="store_true", help="print the result on stdout")
    args = parser.parse_args()
    model = Shipped(args.weights)
    a, c, lfw = Faces(args.data, "A"), Faces(args.data, "C"), Faces(args.data, "C")
    a.rows = a.rows[a.source[a.rows] != "lfw"]
    c.rows, lfw.rows = c.rows[c.source[c.rows] != "lfw"], lfw.rows[lfw.source[lfw.rows] == "lfw"]
    real, real_lfw = c.crops(), lfw.crops()
    say("encoding A and C")
    za, zc, zl = (model.encode_split(args.data, faces) for faces in (a, c, lfw))
    copy, copy_lfw = model.decode(zc), model.decode(zl)
    files = model.manifest["files"]
    result: dict[str, object] = {"model": model.manifest["id"], "split": "C", "n": len(c)}
    result |= picture_metrics(real, copy) | probe_metrics(model, a, za, c, zc)
    result["groups"] = group_metrics(c, real, copy)
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
        scale = Scale.of(e, i, c)
        edits = Edits(model, e, i, scale, zc, c.attribute_values[c.rows])
        table = {}
        for name in model.attributes:
            if name in COLUMNS and COLUMNS[name][0] != "#":
                say(f"editing {name}")
                measured = edits.measure(name, args.count if name in EDITS else args.count // 2)
                table |= {name: measured} if measured else {}
        result["edits"] = table
        result |= headline({name: table[name] for name in EDITS if name in table}, args.count)
        # LFW has no labels: E's on the reals stand in.
        theirs = (judges.apply(e, real_lfw, embed=False)[:, : len(c.attributes)] > 0).astype(np.float32)
        others = Edits(model, e, i, scale, zl, theirs)
        elsewhere = {name: others.measure(name, args.count) for name in EDITS}
        result["lfw"] |= headline({name: edit for name, edit in elsewhere.items() if edit}, args.count)
        # The control: a random direction of the same length must not count as an edit.
        random = np.random.default_rng(SEED).standard_normal(model.latent)
        smile = model.attributes["smiling"]["direction"]
        chance = edits.measure("smiling", args.count, random / np.linalg.norm(random) * np.linalg.norm(smile))
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
