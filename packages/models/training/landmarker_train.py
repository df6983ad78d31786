"""Trains the landmarker on the aligned faces of split A, for a given time; can be stopped and resumed.

    python landmarker_train.py --shared SHARED_DATA --data DATA --out RUN --minutes 15

`SHARED_DATA` holds photos.zip (its rooms are what is no face); `DATA` is written by prepare.py.
Prints the error on identities that are not trained on, in shares of the distance of the eyes.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import time
from pathlib import Path

import numpy as np
import torch

from dataset import Faces
from landmarker import Landmarker, landmarker_loss, points_of
from landmarker_data import Crops, empty_pool

DOUBT_WEIGHT = 1.0


class LandmarkerRun:
    """Network, average of its weights, optimiser, clock."""

    def __init__(self, file: Path, minutes: float, rate: float, seed: int) -> None:
        self.file, self.minutes, self.rate = file, minutes, rate
        torch.manual_seed(seed)
        self.net = Landmarker().to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.AdamW(self.net.parameters(), rate, (0.9, 0.99), weight_decay=0.02, fused=True)
        self.step, self.elapsed = 0, 0.0
        self.average = copy.deepcopy(self.net).requires_grad_(False)
        if file.exists():
            state = torch.load(file, weights_only=True)
            self.net.load_state_dict(state["net"])
            self.average.load_state_dict(state["average"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.elapsed = state["step"], state["elapsed"]

    @property
    def progress(self) -> float:
        return min(1.0, self.elapsed / (60 * self.minutes))

    def save(self) -> None:
        """Written beside and renamed: a kill at any moment leaves a whole checkpoint."""
        beside = self.file.with_suffix(".tmp")
        state = {"net": self.net, "average": self.average, "optimizer": self.optimizer}
        torch.save({k: v.state_dict() for k, v in state.items()} | {"step": self.step, "elapsed": self.elapsed}, beside)
        os.replace(beside, self.file)

    def train_step(self, crops: Crops, batch: int) -> tuple[float, float]:
        began = time.monotonic()
        rate = self.rate * min(1.0, (self.step + 1) / 100) * max(0.01, 0.5 * (1 + math.cos(math.pi * self.progress)))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        pictures, points, is_face = crops.batch(batch)
        self.net.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = self.net(pictures.contiguous(memory_format=torch.channels_last))
        miss, doubt = landmarker_loss(output.float(), points, is_face)
        self.optimizer.zero_grad()
        (miss + DOUBT_WEIGHT * doubt).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        self.optimizer.step()
        self.step += 1
        self.follow()
        self.elapsed += time.monotonic() - began
        return miss.item(), doubt.item()

    @torch.no_grad()
    def follow(self) -> None:
        keep = min(0.998, (self.step + 1) / (self.step + 10))
        for slow, fast in zip(self.average.state_dict().values(), self.net.state_dict().values()):
            if slow.dtype.is_floating_point:
                slow.lerp_(fast, 1 - keep)
            else:
                slow.copy_(fast)


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
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    run = LandmarkerRun(args.out / "landmarker.pt", args.minutes, args.rate, args.seed)
    parts = {part: Faces(args.data, "A", part) for part in ("train", "validation")}
    seed = args.seed * 1000 + run.step
    train, watch = parts["train"], parts["validation"]
    empty = empty_pool(args.shared, 3000, seed)
    crops = Crops(train.pictures[train.rows], train.landmarks[train.rows], empty, seed)
    recent: list[tuple[float, float]] = []
    saved = time.monotonic()
    while run.progress < 1:
        recent.append(run.train_step(crops, args.batch))
        if run.step % 200 == 0:
            miss, doubt = np.mean(recent, axis=0)
            held = error(run.average, Crops(watch.pictures[watch.rows], watch.landmarks[watch.rows], None, 5))
            line = {"step": run.step, "progress": round(run.progress, 3), "px": round(miss, 3), "doubt": round(doubt, 4)}
            print(json.dumps(line | held), flush=True)
            recent.clear()
        if time.monotonic() - saved > 60:
            run.save()
            saved = time.monotonic()
    run.save()


if __name__ == "__main__":
    main()
