"""Directions refined by what the picture shows, and how far a slider must reach.

A joint direction raises the score that the *encoder* gives. Here it is bent, by gradient through
decoder and a classifier (percept.py, with `--radius`), so that the *picture* of the edit shows the attribute and nothing unrelated:

    minimise over u   E[ softplus(-logit_k(D(z + s d))) ] + leak + light + length,   d = S (w + u),  u _|_ w

with light the change of brightness, contrast and background colour, S the root of the covariance and w the probe in those coordinates, so that d still raises the
score by exactly 1. Faces are those of split A without the attribute. The classifier was trained on A, and
has been in the loss of the decoder; how good the result is, E says on split C.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from light import light
from model import VAE
from percept import Percept

STEPS, BATCH, RATE = 70, 24, 0.02
LEAK, LIGHT, LENGTH = 2.0, 1.0, 0.15
"""Weights of the mean change of unrelated logits and of light (in deviations), and of the squared Mahalanobis length."""

FARTHEST = 2.6
"""Edits of refinement go from half a reach so far: an edit that may go farther needs to bend less, and leaks less."""

REACHED, NEARLY = 0.9, 0.02
"""Share of faces that must show the attribute at the end of the slider; where none does, how near to the largest share is enough."""

LONGEST = 6.0


@dataclass(frozen=True)
class Task:
    """One attribute: its probe and direction, the classifier's column and sign, and the columns that may follow."""

    weights: np.ndarray
    direction: np.ndarray
    column: int
    sign: int
    free: tuple[int, ...]
    reach: float
    """Strength that carries a typical face to the other class."""


class Refiner:
    """Holds what all attributes share: networks, latents of split A, their covariance."""

    def __init__(self, vae: VAE, classifier: Percept, latents: np.ndarray, columns: int, seed: int = 1) -> None:
        self.vae, self.classifier, self.columns = vae, classifier, columns
        self.latents = latents
        values, vectors = np.linalg.eigh(np.cov(latents, rowvar=False))
        root = np.sqrt(np.maximum(values, values.max() * 1e-6))
        self.root, self.whiten = vectors * root, (vectors / root).T
        self.random = np.random.default_rng(seed)
        sample = self.tensor(latents[self.random.choice(len(latents), min(512, len(latents)), replace=False)])
        with torch.no_grad():
            self.spread, self.light_spread = (seen.std(0).clamp_min(1e-6) for seen in self.look(sample))

    def tensor(self, array: np.ndarray) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).float()

    def look(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """What the classifier sees in the pictures of these latents, `[n, columns]`, and their light, `[n, 5]`."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pictures = [self.vae.decoder(part).clamp(-1, 1) for part in z.split(64)]
            seen = torch.cat([self.classifier(picture) for picture in pictures])
        return seen[:, : self.columns].float(), torch.cat([light(picture) for picture in pictures])

    def shown(self, task: Task, absent: np.ndarray) -> tuple[np.ndarray, float]:
        """The bent direction, and where its slider ends; `absent` are the rows of faces without the attribute."""
        direction = self.refine(task, absent)
        direction = direction / (task.weights @ direction)
        return direction, self.end(task, direction, absent)

    def refine(self, task: Task, absent: np.ndarray) -> np.ndarray:
        w = self.tensor(self.root.T @ task.weights)
        w = w / w.dot(w)  # of the points with w . c = 1 the one nearest to 0
        start = self.tensor(self.whiten @ task.direction)
        side = (start - w).requires_grad_()
        optimizer = torch.optim.Adam([side], RATE)
        root = self.tensor(self.root)
        held = [j for j in range(self.columns) if j != task.column and j not in task.free]
        for step in range(STEPS):
            optimizer.param_groups[0]["lr"] = RATE * (1 - step / STEPS)
            c = w + side - w * (side @ w) / w.dot(w)
            z = self.tensor(self.latents[self.random.choice(absent, BATCH)])
            strength = task.reach * self.tensor(self.random.uniform(0.5, FARTHEST, (BATCH, 1)))
            with torch.no_grad():
                before, light_before = self.look(z)
            after, light_after = self.look(z + strength * (root @ c))
            asked = F.softplus(-task.sign * after[:, task.column]).mean()
            leak = ((after - before) / self.spread)[:, held].abs().mean()
            lit = ((light_after - light_before) / self.light_spread).abs().mean()
            loss = asked + LEAK * leak + LIGHT * lit + LENGTH * c.dot(c)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            c = w + side - w * (side @ w) / w.dot(w)
        return self.root @ c.double().numpy()

    @torch.no_grad()
    def end(self, task: Task, direction: np.ndarray, absent: np.ndarray) -> float:
        """Strength at which most faces show the attribute, with some room; else the first that shows it on nearly as many as any."""
        z = self.tensor(self.latents[self.random.choice(absent, min(96, len(absent)), replace=False)])
        d, shares = self.tensor(direction), {}
        for strength in np.arange(1.5, LONGEST, 0.5):
            seen, _ = self.look(z + float(strength) * d)
            shares[strength] = float((task.sign * seen[:, task.column] > 0).float().mean())
            if shares[strength] >= REACHED:
                break
        most = max(shares.values())
        enough = REACHED if most >= REACHED else most - NEARLY
        return float(min(strength for strength, share in shares.items() if share >= enough) + 0.5)
