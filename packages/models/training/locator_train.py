"""Trains the face locator for a given time, and can be stopped and resumed at any second.

    python locator_train.py --shared SHARED_DATA --data DATA --out RUN --minutes 18

`SHARED_DATA` holds photos.zip and photos.json.gz; `DATA` is written by prepare.py (aligned faces of
split A, for composites; may be left out). `RUN/locator.pt` holds everything; run the same command
again to go on. `--warm WEIGHTS` begins from the locator of a folder of shipped weights. Prints one JSON
line now and then. Split A only.
"""

from __future__ import annotations

import argparse
import json
import queue
import threading
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from averaged_run import AveragedRun
from dataset import Faces
from finder_warm import load_finder
from locator import Locator, macs
from locator import locator_loss as loss_of
from locator_data import LocatorBatch, Scenes, load_photos

SIDES = (160, 192, 224, 256)
"""Sides of training pictures, one for each batch; the network is convolutional."""

OFFSET_WEIGHT = 14.0


def feed(scenes: Scenes, batch: int, random: np.random.Generator, into: queue.Queue) -> None:
    while True:
        into.put(scenes.batch(batch, int(random.choice(SIDES, p=[0.25, 0.25, 0.2, 0.3]))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--warm", type=Path, help="folder of shipped weights")
    parser.add_argument("--minutes", type=float, default=18)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    photos = load_photos(args.shared, "A")
    faces = Faces(args.data, "A") if args.data else None
    cut = faces and (faces.pictures, faces.landmarks)
    net = Locator().to(memory_format=torch.channels_last)
    if args.warm:
        first = Scenes(photos, cut, args.seed)
        load_finder(net, args.warm / "locator.onnx", (first.batch(args.batch, side).pictures for side in SIDES))
    decay = [p for p in net.parameters() if p.ndim > 1]
    plain = [p for p in net.parameters() if p.ndim <= 1]
    groups = [{"params": decay, "weight_decay": 5e-4}, {"params": plain, "weight_decay": 0.0}]
    run = AveragedRun(net, torch.optim.AdamW(groups, args.rate, (0.9, 0.99), fused=True), args.out / "locator.pt", args.minutes)
    seed = args.seed * 1000 + run.step
    batches: queue.Queue[LocatorBatch] = queue.Queue(4)
    scenes = Scenes(photos, cut, seed)
    feeder = (scenes, args.batch, np.random.default_rng(seed), batches)
    threading.Thread(target=feed, args=feeder, daemon=True).start()
    print(json.dumps({"mmac": round(macs() / 1e6), "photos": len(scenes.photos), "step": run.step}), flush=True)

    def losses() -> tuple[Tensor, tuple[float, float]]:
        """Of heat and of landmarks, each for one face."""
        batch = batches.get()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = net(batch.pictures.contiguous(memory_format=torch.channels_last))
        parts = [loss_of(output, *maps) for output, maps in zip(outputs, batch.maps)]
        focal = sum(part[0] for part in parts) / max(1, batch.faces)
        miss = sum(part[1] for part in parts) / max(1.0, sum(float((m[2] > 0).sum()) for m in batch.maps))
        return focal + OFFSET_WEIGHT * miss, (focal.item(), miss.item())

    recent: list[tuple[float, float]] = []
    for report in run.steps(losses):
        recent.append(report)
        if run.step % 100 == 0:
            heat, miss = np.mean(recent, axis=0)
            line = {"step": run.step, "progress": round(run.progress, 3), "heat": round(heat, 3), "landmarks": round(miss, 5)}
            print(json.dumps(line), flush=True)
            recent.clear()


if __name__ == "__main__":
    main()
