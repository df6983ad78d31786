"""Trains the face locator for a given time, and can be stopped and resumed at any second.

    python locator_train.py --shared SHARED_DATA --data DATA --out RUN --minutes 18

`SHARED_DATA` holds photos.zip and photos.json.gz; `DATA` is written by prepare.py (aligned faces of
split A, for composites; may be left out). `RUN/locator.pt` holds everything; run the same command
again to go on. Prints one JSON line now and then. Split A only.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch

from dataset import Faces
from locator import Locator, macs
from locator import locator_loss as loss_of
from locator_data import LocatorBatch, Scenes, load_photos

SIDES = (160, 192, 224, 256)
"""Sides of training pictures, one for each batch; the network is convolutional."""

OFFSET_WEIGHT = 14.0


def feed(scenes: Scenes, batch: int, random: np.random.Generator, into: queue.Queue) -> None:
    while True:
        into.put(scenes.batch(batch, int(random.choice(SIDES, p=[0.25, 0.25, 0.2, 0.3]))))


class LocatorRun:
    """Network, average of its weights, optimiser, clock."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.file = args, args.out / "locator.pt"
        torch.manual_seed(args.seed)
        self.net = Locator().to(memory_format=torch.channels_last)
        decay = [p for p in self.net.parameters() if p.ndim > 1]
        plain = [p for p in self.net.parameters() if p.ndim <= 1]
        groups = [{"params": decay, "weight_decay": 5e-4}, {"params": plain, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, args.rate, (0.9, 0.99), fused=True)
        self.step, self.elapsed = 0, 0.0
        self.average = copy.deepcopy(self.net).requires_grad_(False)
        if self.file.exists():
            state = torch.load(self.file, weights_only=True)
            self.net.load_state_dict(state["net"])
            self.average.load_state_dict(state["average"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.elapsed = state["step"], state["elapsed"]

    def save(self) -> None:
        """Written beside and renamed: a kill at any moment leaves a whole checkpoint."""
        beside = self.file.with_suffix(".tmp")
        torch.save(
            {
                "net": self.net.state_dict(),
                "average": self.average.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "step": self.step,
                "elapsed": self.elapsed,
                "minutes": self.args.minutes,
                "seed": self.args.seed,
            },
            beside,
        )
        os.replace(beside, self.file)

    @property
    def progress(self) -> float:
        return min(1.0, self.elapsed / (60 * self.args.minutes))

    def train_step(self, batch: LocatorBatch) -> tuple[float, float]:
        """One update; returns the losses of heat and landmarks, each for one face."""
        rate = self.args.rate * min(1.0, (self.step + 1) / 100)
        rate *= max(0.01, 0.5 * (1 + math.cos(math.pi * self.progress)))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.net.train()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = self.net(batch.pictures.contiguous(memory_format=torch.channels_last))
        faces = max(1, batch.faces)
        parts = [loss_of(output, *maps) for output, maps in zip(outputs, batch.maps)]
        focal = sum(part[0] for part in parts) / faces
        miss = sum(part[1] for part in parts) / max(1.0, sum(float((m[2] > 0).sum()) for m in batch.maps))
        self.optimizer.zero_grad()
        (focal + OFFSET_WEIGHT * miss).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        self.optimizer.step()
        self.step += 1
        self.follow()
        return focal.item(), miss.item()

    @torch.no_grad()
    def follow(self) -> None:
        keep = min(0.998, (self.step + 1) / (self.step + 10))
        for slow, fast in zip(self.average.state_dict().values(), self.net.state_dict().values()):
            if slow.dtype.is_floating_point:
                slow.lerp_(fast, 1 - keep)
            else:
                slow.copy_(fast)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=18)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    run = LocatorRun(args)
    cut = Faces(args.data, "A") if args.data else None
    seed = args.seed * 1000 + run.step
    batches: queue.Queue[LocatorBatch] = queue.Queue(4)
    scenes = Scenes(load_photos(args.shared, "A"), cut and (cut.pictures, cut.landmarks), seed)
    feeder = (scenes, args.batch, np.random.default_rng(seed), batches)
    threading.Thread(target=feed, args=feeder, daemon=True).start()
    print(json.dumps({"mmac": round(macs() / 1e6), "photos": len(scenes.photos), "step": run.step}), flush=True)
    recent: list[tuple[float, float]] = []
    saved = time.monotonic()
    while run.progress < 1:
        start = time.monotonic()
        recent.append(run.train_step(batches.get()))
        run.elapsed += time.monotonic() - start
        if run.step % 100 == 0:
            heat, miss = np.mean(recent, axis=0)
            line = {"step": run.step, "progress": round(run.progress, 3), "heat": round(heat, 3), "landmarks": round(miss, 5)}
            print(json.dumps(line), flush=True)
            recent.clear()
        if time.monotonic() - saved > 60:
            run.save()
            saved = time.monotonic()
    run.save()


if __name__ == "__main__":
    main()
