"""How well faces are found in whole photos: recall, false alarms and landmark error of a split.

    python locator_report.py --weights ../weights/facemorph-128 --shared SHARED_DATA --split A

On split A it chooses the thresholds (`network-locator.ts` holds them); split C is reported by
`npm run bench:locate`, from the shipped files.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from dataset import to_tensor
from finder_warm import load_finder
from landmarker import CROP_TEMPLATE, Landmarker, points_of
from landmarker import SIDE as CROP
from locator import SIDE, Locator, decode
from locator_data import Photo, lay, letterbox, load_photos
from template import similarity

LEAST = 0.2
"""Confidence of the locator from which a place is looked at more closely."""

HOPELESS = 0.1
"""Confidence of the landmarker below which it does not look again."""

MOST = 12
"""Places looked at in one photo, the surest first."""


@dataclass(frozen=True)
class Seen:
    """One place of a photo: what each network says of it."""

    first: float
    near: float
    """Of the landmarker, at the locator's landmarks."""
    again: float
    """Of the landmarker, at its own landmarks."""
    points: np.ndarray
    """`[5, 2]` px of the photo, from the landmarker."""
    rough: np.ndarray
    """From the locator."""


@torch.no_grad()
def look(locator: Locator, landmarker: Landmarker, photo: Photo) -> list[Seen]:
    square, scale = letterbox(photo.image, SIDE)
    maps = [m[0].float().numpy() for m in locator(to_tensor(square[None]))]
    seen = []
    for found in decode(maps, LEAST)[:MOST]:
        rough = points = found.points / scale
        said = []
        for _ in range(2):
            frame = similarity(points, CROP_TEMPLATE)
            crop = np.asarray(lay(Image.new("RGB", (CROP, CROP)), photo.image, frame))
            output = landmarker(to_tensor(crop[None])).float()
            points = (points_of(output)[0] - frame[:, 2]) @ np.linalg.inv(frame[:, :2]).T
            said.append(float(torch.sigmoid(output[0, 0])))
        seen.append(Seen(found.confidence, *said, points, rough))
    return seen


def error(points: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance over that of the eyes (or of the mouth's corners, where the head is turned)."""
    size = max(np.linalg.norm(truth[0] - truth[1]), np.linalg.norm(truth[3] - truth[4]))
    return float(np.linalg.norm(points - truth, axis=1).mean() / size)


def report(looks: list[tuple[Photo, list[Seen]]]) -> dict:
    result = {}
    rules = {
        "locator": lambda s: s.first,
        "first look": lambda s: sigmoid((logit(s.first) + logit(s.near)) / 2),
        "all looks": lambda s: 0.0 if s.near < HOPELESS else sigmoid((2 * logit(s.first) + logit(s.near) + logit(s.again)) / 4),
    }
    for name, rule in rules.items():
        alarms = np.array([max((rule(s) for s in seen), default=0.0) for photo, seen in looks if not photo.faces])
        threshold = float(np.quantile(alarms, 0.99))
        hits, errors, rough = [], [], []
        for photo, seen in looks:
            for truth in photo.faces:
                near = [s for s in seen if error(s.rough, truth) < 0.5]
                best = max(near, key=rule, default=None)
                hits.append(rule(best) if best else 0.0)
                if best and hits[-1] > threshold:
                    errors.append(error(best.points, truth))
                    rough.append(error(best.rough, truth))
        result[name] = {
            "faces": len(hits),
            "rooms": len(alarms),
            "thresholdAt1": round(threshold, 3),
            "recallAt1": round(float(np.mean(np.array(hits) > threshold)), 4),
            "nme": [round(float(np.quantile(errors, q)), 4) for q in (0.5, 0.95)],
            "nmeOfLocator": [round(float(np.quantile(rough, q)), 4) for q in (0.5, 0.95)],
        }
    return result


def logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder with locator.onnx and landmarker.onnx")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--split", default="A")
    parser.add_argument("--limit", type=int, help="a part of the photos")
    args = parser.parse_args()
    load_finder(locator := Locator(), args.weights / "locator.onnx")
    load_finder(landmarker := Landmarker(), args.weights / "landmarker.onnx")
    photos = load_photos(args.shared, args.split)
    photos = [photos[i] for i in np.random.default_rng(0).permutation(len(photos))[: args.limit]]
    looks = [(photo, look(locator, landmarker, photo)) for photo in photos]
    print(json.dumps({"split": args.split} | report(looks), indent=1))


if __name__ == "__main__":
    main()
