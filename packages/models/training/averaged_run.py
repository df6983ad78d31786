"""A small network trained for a given time, with the average of its weights; can be stopped at any second."""

from __future__ import annotations

import copy
import math
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn


def save_whole(state: dict[str, object], file: Path) -> None:
    """Written beside and renamed: a kill at any moment leaves a whole checkpoint."""
    beside = file.with_suffix(".tmp")
    torch.save(state, beside)
    os.replace(beside, file)


class AveragedRun:
    """Network, average of its weights, optimiser and clock of one run; all of it is in `file`."""

    def __init__(self, net: nn.Module, optimizer: torch.optim.Optimizer, file: Path, minutes: float) -> None:
        self.net, self.optimizer, self.file, self.minutes = net, optimizer, file, minutes
        self.rates = [group["lr"] for group in optimizer.param_groups]
        self.average = copy.deepcopy(net).requires_grad_(False)
        self.step, self.elapsed = 0, 0.0
        if file.exists():
            state = torch.load(file, weights_only=True)
            net.load_state_dict(state["net"])
            self.average.load_state_dict(state["average"])
            optimizer.load_state_dict(state["optimizer"])
            self.step, self.elapsed = state["step"], state["elapsed"]

    @property
    def progress(self) -> float:
        return min(1.0, self.elapsed / (60 * self.minutes))

    def save(self) -> None:
        parts = {"net": self.net, "average": self.average, "optimizer": self.optimizer}
        states = {name: part.state_dict() for name, part in parts.items()}
        save_whole(states | {"step": self.step, "elapsed": self.elapsed}, self.file)

    def steps(self, losses: Callable[[], tuple[Tensor, tuple[float, float]]]) -> Iterator[tuple[float, float]]:
        """Trains to the end, saving once a minute. `losses` gives the loss to descend and what to report."""
        saved = time.monotonic()
        while self.progress < 1:
            began = time.monotonic()
            self.net.train()
            loss, report = losses()
            self.descend(loss)
            self.elapsed += time.monotonic() - began
            yield report
            if time.monotonic() - saved > 60:
                self.save()
                saved = time.monotonic()
        self.save()

    def descend(self, loss: Tensor) -> None:
        """Warm-up of 100 steps, then a cosine over the clock; gradients are clipped."""
        share = min(1.0, (self.step + 1) / 100) * max(0.01, 0.5 * (1 + math.cos(math.pi * self.progress)))
        for group, rate in zip(self.optimizer.param_groups, self.rates):
            group["lr"] = rate * share
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        self.optimizer.step()
        self.step += 1
        self.follow()

    @torch.no_grad()
    def follow(self) -> None:
        keep = min(0.998, (self.step + 1) / (self.step + 10))
        for slow, fast in zip(self.average.state_dict().values(), self.net.state_dict().values()):
            if slow.dtype.is_floating_point:
                slow.lerp_(fast, 1 - keep)
            else:
                slow.copy_(fast)
