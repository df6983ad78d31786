"""Trains the landmarker on the aligned faces of split A, for a given time; can be stopped and resumed.

    python landmarker_train.py --shared SHARED_DATA --data DATA --out RUN --minutes 15

`SHARED_DATA` holds photos.zip (its rooms are what is no face); `DATA` is written by prepare.py.
`--warm WEIGHTS` begins from the landmarker of a folder of shipped weights. Prints the error on identities
that are not trained on, in shares of the distance of the eyes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from averaged_run import AveragedRun
from dataset import Faces
from finder_warm import load_finder
from landmarker import Landmarker, landmarker_loss, points_of
from landmarker_data import Crops, empty_pool

DOUBT_WEIGHT = 1.0


@torch.no_grad()
def error(net: Landmarker, crops: Crops, count: int = 256) -> dict[str, float]:
    """Mean landmark distance over the distance of the eyes: median and 95th percentile."""
    net.eval()
    pictures, points, is_face = crops.batch(count)
    found = points_of(net(pictures).float())
    truth = points.numpy()
    eyes = np.linalg.norm(truth[:, 0] - truth[:, 1], axis=1)
    off = (np.linalg.norm(found - truth, axis=2).mean(1) / np.maximum(eyes, 1e-6))[is_face.numpy() > 0]
    return {"median": round(float(np.median(off)), 4), "p95": round(float(np.quantile(off, 0.95)), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--warm", type=Path, help="folder of shipped weights")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    parts = {part: Faces(args.data, "A", part) for part in ("train", "validation")}
    train, watch = parts["train"], parts["validation"]
    faces = (train.pictures[train.rows], train.landmarks[train.rows])
    net = Landmarker().to(memory_format=torch.channels_last)
    if args.warm:
        first = Crops(*faces, None, args.seed)
        load_finder(net, args.warm / "landmarker.onnx", (first.batch(args.batch)[0] for _ in range(8)))
    optimizer = torch.optim.AdamW(net.parameters(), args.rate, (0.9, 0.99), weight_decay=0.02, fused=True)
    run = AveragedRun(net, optimizer, args.out / "landmarker.pt", args.minutes)
    seed = args.seed * 1000 + run.step
    empty = empty_pool(args.shared, 3000, seed)
    crops = Crops(*faces, empty, seed)

    def losses() -> tuple[Tensor, tuple[float, float]]:
        pictures, points, is_face = crops.batch(args.batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = net(pictures.contiguous(memory_format=torch.channels_last))
        miss, doubt = landmarker_loss(output.float(), points, is_face)
        return miss + DOUBT_WEIGHT * doubt, (miss.item(), doubt.item())

    recent: list[tuple[float, float]] = []
    for report in run.steps(losses):
        recent.append(report)
        if run.step % 200 == 0:
            miss, doubt = np.mean(recent, axis=0)
            held = error(run.average, Crops(watch.pictures[watch.rows], watch.landmarks[watch.rows], None, 5))
            line = {"step": run.step, "progress": round(run.progress, 3), "px": round(miss, 3), "doubt": round(doubt, 4)}
            print(json.dumps(line | held), flush=True)
            recent.clear()


if __name__ == "__main__":
    main()
