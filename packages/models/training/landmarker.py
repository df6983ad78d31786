"""The closer look of the locator: five landmarks in an upright crop around a face, and whether one is there.

The locator says where a face is; a crop of `SIDE` px, in which the face lies about upright and in the
middle, then goes through this small network. Direct regression, relative to the template; BatchNorm in
training that is folded into the convolutions for export.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from locator import CENTRE, Block, Unit
from template import TEMPLATE

SIDE = 96
"""Side of the crop, in px."""

REACH = 112.0
"""How much of the template's frame the crop shows, in px of the template, around the face's centre."""

CROP_TEMPLATE = (TEMPLATE - CENTRE) * (SIDE / REACH) + SIDE / 2
"""Where the template's points lie in the crop."""

UNIT = 8.0
"""Outputs are offsets from `CROP_TEMPLATE` in this many px of the crop."""


@dataclass(frozen=True)
class LandmarkerConfig:
    """Channels at a half, a quarter, an eighth and a sixteenth of the crop, and before the last layer."""

    widths: tuple[int, int, int, int] = (24, 40, 64, 80)
    last: int = 16


class Landmarker(nn.Module):
    """Crops `[n, 3, 96, 96]` in -1..1 to `[n, 11]`: a logit, then five (x, y) offsets in `UNIT` px."""

    def __init__(self, config: LandmarkerConfig = LandmarkerConfig()) -> None:
        super().__init__()
        a, b, c, d = config.widths
        self.stem = Unit(12, a)
        self.down4, self.stage4 = Unit(a, b, 2), Block(b)
        self.down8, self.stage8 = Unit(b, c, 2), Block(c)
        self.down16, self.stage16 = Unit(c, d, 2), Unit(d, d)
        self.narrow = Unit(d, config.last, kernel=1)
        self.head = nn.Linear(config.last * (SIDE // 16) ** 2, 11)
        nn.init.normal_(self.head.weight, std=0.005)
        nn.init.zeros_(self.head.bias)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stem(F.pixel_unshuffle(x, 2))
        x = self.stage4(self.down4(x))
        x = self.stage8(self.down8(x))
        x = self.stage16(self.down16(x))
        return self.head(self.narrow(x).flatten(1))


def points_of(output: Tensor | np.ndarray) -> np.ndarray:
    """Landmarks `[n, 5, 2]` in px of the crop."""
    offsets = np.asarray(output)[:, 1:].reshape(-1, 5, 2)
    return offsets * UNIT + CROP_TEMPLATE


def landmarker_loss(output: Tensor, points: Tensor, is_face: Tensor) -> tuple[Tensor, Tensor]:
    """Mean distance of landmarks (smooth near 0, px of the crop) over faces; cross-entropy over all.

    `points` `[n, 5, 2]` px of the crop, `is_face` `[n]` 0 or 1.
    """
    template = torch.from_numpy(CROP_TEMPLATE).to(output)
    off = output[:, 1:].reshape(-1, 5, 2) * UNIT + template - points
    distance = (off.square().sum(-1) + 0.15**2).sqrt().mean(1)
    miss = (distance * is_face).sum() / is_face.sum().clamp(min=1)
    doubt = F.binary_cross_entropy_with_logits(output[:, 0], is_face)
    return miss, doubt
