"""Crops to train the landmarker on: aligned faces moved, turned and spoilt; rooms in between."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

from landmarker import REACH, SIDE
from locator import CENTRE
from locator_data import FLIP, load_photos
from template import MARGIN, STORED

EMPTY_SHARE = 0.2
"""Share of crops without a face."""


def empty_pool(shared: Path, count: int, seed: int, split: str = "A") -> np.ndarray:
    """Parts of rooms, of every size and turned, `[count, STORED, STORED, 3]` uint8."""
    random = np.random.default_rng(seed)
    rooms = [photo.image for photo in load_photos(shared, split) if not photo.faces]
    pool = np.empty((count, STORED, STORED, 3), np.uint8)
    for i in range(count):
        room = rooms[random.integers(len(rooms))]
        size = float(np.exp(random.uniform(np.log(24), np.log(min(room.size)))))
        left, top = (random.uniform(0, extent - size) for extent in room.size)
        box = (left, top, left + size, top + size)
        part = room.resize((STORED, STORED), Image.Resampling.BILINEAR, box, reducing_gap=2.0)
        pool[i] = np.asarray(part.rotate(90 * int(random.integers(4))))
    return pool


class Crops:
    """An endless, seeded stream of batches: crops in -1..1, landmarks in their px, face or not."""

    def __init__(self, pictures: np.ndarray, landmarks: np.ndarray, empty: np.ndarray | None, seed: int) -> None:
        """`pictures` uint8 `[n, 136, 136, 3]`; `landmarks` `[n, 10]` in px of the exact frame, or NaN."""
        self.pictures, self.empty = pictures, empty
        self.landmarks = landmarks.reshape(-1, 5, 2).astype(np.float64) + MARGIN
        self.usable = np.flatnonzero(np.isfinite(landmarks).all(1))
        self.random = np.random.default_rng(seed)
        self.generator = torch.Generator().manual_seed(seed)

    def batch(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        random = self.random
        empty = 0 if self.empty is None else int(round(count * EMPTY_SHARE))
        chosen = np.sort(random.choice(self.usable, count - empty))
        stored, points = self.pictures[chosen], self.landmarks[chosen]
        flips = random.random(len(chosen)) < 0.5
        stored[flips] = stored[flips, :, ::-1]
        points[flips] = (points[flips] * [-1, 1] + [STORED, 0])[:, FLIP]
        if self.empty is not None:
            stored = np.concatenate([stored, self.empty[random.integers(len(self.empty), size=empty)]])
            points = np.concatenate([points, np.zeros((empty, 5, 2))])
        crops, points = self.move(stored, points)
        is_face = torch.arange(count) < count - empty
        return self.spoil(crops), points, is_face.float()

    def move(self, stored: np.ndarray, points: np.ndarray) -> tuple[Tensor, Tensor]:
        """Each picture under a similarity of its own, as far off as a first estimate may be."""
        random, n = self.random, len(stored)
        angle = np.radians(random.normal(0, 11, n).clip(-40, 40))
        scale = np.exp(random.normal(0, 0.11, n).clip(-0.35, 0.35)) * REACH / SIDE
        shift = random.normal(0, 4.5, (n, 2)).clip(-16, 16)
        # From the crop to the stored picture: turned and scaled about the middle of the crop.
        linear = scale[:, None, None] * np.stack(
            [np.stack([np.cos(angle), -np.sin(angle)], -1), np.stack([np.sin(angle), np.cos(angle)], -1)], 1
        )
        middle = CENTRE + MARGIN + shift
        inverse = np.linalg.inv(linear)
        moved = np.einsum("nij,nkj->nki", inverse, points - middle[:, None]) + SIDE / 2
        # grid_sample counts -1..1 over each picture.
        theta = np.concatenate([linear * SIDE / STORED, ((middle / STORED) * 2 - 1)[:, :, None]], axis=2)
        grid = F.affine_grid(torch.from_numpy(theta).float(), [n, 3, SIDE, SIDE], align_corners=False)
        x = torch.from_numpy(stored).permute(0, 3, 1, 2).float()
        mode = "reflection" if random.random() < 0.7 else "zeros"
        crops = F.grid_sample(x, grid, mode="bilinear", padding_mode=mode, align_corners=False)
        return crops.div_(255), torch.from_numpy(moved).float()

    def spoil(self, x: Tensor) -> Tensor:
        """Low resolution, light, colour, noise, something in front; 0..1 to -1..1."""
        random, n = self.random, len(x)
        pick = lambda share: torch.from_numpy(random.random(n) < share)  # noqa: E731
        column = lambda values: torch.from_numpy(np.asarray(values, np.float32)).reshape(n, -1, 1, 1)  # noqa: E731
        for _ in range(2):
            low = pick(0.12)
            small = int(random.integers(20, 72))
            reduced = F.interpolate(x[low], (small, small), mode="area")
            x[low] = F.interpolate(reduced, (SIDE, SIDE), mode="bilinear", align_corners=False)
        grey = pick(0.12)
        x[grey] = x[grey].mean(1, keepdim=True)
        lit = torch.where(pick(0.75).reshape(n, 1, 1, 1), 1.0, 0.0)
        gamma = torch.exp(lit * column(random.normal(0, 0.3, n)))
        contrast = torch.exp(lit * column(random.normal(0, 0.2, n)))
        bright = lit * column(random.normal(0, 0.07, n))
        balance = torch.exp(lit * column(random.normal(0, 0.06, (n, 3))))
        x = ((x.clamp(0, 1) ** gamma - 0.5) * contrast + 0.5 + bright) * balance
        ramp = torch.linspace(-1, 1, SIDE)
        x = x * (1 + column(random.normal(0, 0.2, n) * (random.random(n) < 0.3)) * ramp)
        noise = column(random.uniform(0.005, 0.05, n) * (random.random(n) < 0.3))
        x = x + noise * torch.randn(x.shape, generator=self.generator)
        return self.occlude(x.clamp(0, 1)).mul_(2).sub_(1)

    def occlude(self, x: Tensor) -> Tensor:
        """A part of another crop over a part of one in five."""
        n = len(x)
        others = x[torch.from_numpy(self.random.permutation(n))]
        for i in np.flatnonzero(self.random.random(n) < 0.2):
            w, h = (int(v) for v in self.random.integers(12, 40, 2))
            left, top, from_x, from_y = (int(self.random.integers(0, SIDE - v)) for v in (w, h, w, h))
            x[i, :, top : top + h, left : left + w] = others[i, :, from_y : from_y + h, from_x : from_x + w]
        return x
