"""The face locator: finds faces and five landmarks of each in a whole picture.

Dense 3x3 convolutions only, BatchNorm in training that is folded into them for export. Three maps,
strides 8, 16 and 32, for small, middle and large faces. Each cell says how surely the centre of a
face is here, and where the five landmarks lie, relative to the cell. Boxes follow from landmarks.
Faces may be turned by any angle: landmarks come in the face's own order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from template import TEMPLATE, similarity

SIDE = 256
"""Side of the picture that the shipped locator reads."""

STRIDES = (8, 16, 32)

RANGES = ((0, 44), (32, 108), (76, 10_000))
"""Sizes of faces, in px, that each stride answers for. They overlap: between, both do."""

FACE_SIDE = 64.0
"""Size of a face in the template: a face's size is this times the scale of its landmarks."""

CENTRE = np.array([64.0, 74.0])
"""The centre of a face in the template, between eyes and mouth."""

OFFSET_UNIT = 4.0
"""Landmark offsets come in this many strides."""

CHANNELS = 11
"""A logit and five (x, y) offsets."""

SLOPE = 0.1


def face_frame(points: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and size, in px, of a face with these five landmarks, `[5, 2]`."""
    matrix = similarity(TEMPLATE, points)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    return matrix[:, :2] @ CENTRE + matrix[:, 2], scale * FACE_SIDE


class Unit(nn.Module):
    """3x3 or 1x1 convolution, BatchNorm, LeakyReLU."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.leaky_relu(self.norm(self.conv(x)), SLOPE)

    def folded(self) -> tuple[np.ndarray, np.ndarray]:
        """Weight and bias of the one convolution that this is at inference."""
        scale = self.norm.weight / (self.norm.running_var + self.norm.eps).sqrt()
        weight = self.conv.weight * scale[:, None, None, None]
        bias = self.norm.bias - self.norm.running_mean * scale
        return weight.detach().float().cpu().numpy(), bias.detach().float().cpu().numpy()


class Block(nn.Module):
    """Two units with a short cut."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = Unit(width, width), Unit(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(self.first(x))


@dataclass(frozen=True)
class LocatorConfig:
    """Channels of the maps of stride 4, 8, 16, 32, and of the way back up."""

    widths: tuple[int, int, int, int] = (24, 48, 88, 128)
    up: int = 64


class Locator(nn.Module):
    """Pictures `[n, 3, h, w]` in -1..1, sides multiples of 32, to one map for each stride."""

    def __init__(self, config: LocatorConfig = LocatorConfig()) -> None:
        super().__init__()
        self.config = config
        a, b, c, d = config.widths
        self.stem = Unit(12, a, 2)
        self.stage4 = Unit(a, a)
        self.down8, self.stage8 = Unit(a, b, 2), Block(b)
        self.down16, self.stage16 = Unit(b, c, 2), Block(c)
        self.down32, self.stage32 = Unit(c, d, 2), Block(d)
        up = config.up
        self.side32, self.side16, self.side8 = (Unit(w, up, kernel=1) for w in (d, c, b))
        self.merge16, self.merge8 = Unit(up, up), Unit(up, up)
        self.heads = nn.ModuleList(nn.Conv2d(up, CHANNELS, 1) for _ in STRIDES)
        for head in self.heads:
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
            # At first no cell believes in a face.
            nn.init.constant_(head.bias[0], -4.5)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = self.stage4(self.stem(F.pixel_unshuffle(x, 2)))
        x8 = self.stage8(self.down8(x))
        x16 = self.stage16(self.down16(x8))
        p32 = self.side32(self.stage32(self.down32(x16)))
        p16 = self.merge16(self.side16(x16) + F.interpolate(p32, scale_factor=2))
        p8 = self.merge8(self.side8(x8) + F.interpolate(p16, scale_factor=2))
        return [head(p) for head, p in zip(self.heads, (p8, p16, p32))]


def macs(config: LocatorConfig = LocatorConfig(), side: int = SIDE) -> int:
    """Multiplications for one picture."""
    total, hooks = 0, []
    net = Locator(config).eval()

    def count(layer: nn.Conv2d, _: object, output: Tensor) -> None:
        nonlocal total
        total += layer.weight.numel() * output.shape[2] * output.shape[3]

    for layer in net.modules():
        if isinstance(layer, nn.Conv2d):
            hooks.append(layer.register_forward_hook(count))
    with torch.no_grad():
        net(torch.zeros(1, 3, side, side))
    return total


def targets(faces: list[np.ndarray], side: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What the maps should say of a picture with these faces (`[5, 2]` px each).

    For each stride: heat `[h, w]` 0..1 (-1: not judged), landmark offsets `[10, h, w]` and their
    weight `[h, w]` (0 away from faces; 1 / size, so that errors count relative to the face).
    """
    result = []
    for stride, (least, most) in zip(STRIDES, RANGES):
        cells = side // stride
        heat = np.zeros((cells, cells), np.float32)
        offsets = np.zeros((10, cells, cells), np.float32)
        weight = np.zeros((cells, cells), np.float32)
        grid = (np.arange(cells) + 0.5) * stride
        for points in faces:
            centre, size = face_frame(points)
            far = np.maximum(np.abs(grid[None] - centre[0]), np.abs(grid[:, None] - centre[1]))
            squared = (grid[None] - centre[0]) ** 2 + (grid[:, None] - centre[1]) ** 2
            if not least <= size < most or size < 0.04 * SIDE:
                # Another stride's face, or one too small to be asked for: right or wrong, both pass.
                heat[far < 0.35 * size + stride] = -1
                continue
            sigma = max(0.09 * size, 0.45 * stride)
            bump = np.exp(-squared / (2 * sigma**2))
            row, column = (int(np.clip(v // stride, 0, cells - 1)) for v in centre[::-1])
            bump[row, column] = 1.0
            heat = np.where((bump > 0.05) | (heat >= 0), np.maximum(heat, bump), heat)
            near = bump > 0.5
            weight[near] = (bump * OFFSET_UNIT * stride / size)[near]
            for k, (x, y) in enumerate(points):
                offsets[2 * k][near] = np.broadcast_to((x - grid[None]) / (OFFSET_UNIT * stride), near.shape)[near]
                offsets[2 * k + 1][near] = np.broadcast_to((y - grid[:, None]) / (OFFSET_UNIT * stride), near.shape)[near]
        result.append((heat.astype(np.float32), offsets, weight.astype(np.float32)))
    return result


def locator_loss(output: Tensor, heat: Tensor, offsets: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Sums over one stride: focal loss of the heat (CornerNet), smooth L1 of offsets."""
    logit = output[:, 0].float()
    judged, certain = heat >= 0, heat >= 0.999
    p = torch.sigmoid(logit)
    right = (1 - p) ** 2 * F.logsigmoid(logit)
    wrong = (1 - heat.clamp(min=0)) ** 4 * p**2 * F.logsigmoid(-logit)
    focal = -(torch.where(certain, right, wrong) * judged).sum()
    miss = F.smooth_l1_loss(output[:, 1:].float() * weight[:, None], offsets * weight[:, None], beta=0.02, reduction="sum")
    return focal, miss


AGREES = 0.5
"""Cells of one face that are at least so sure beside the surest say together where its landmarks are."""

CANDIDATES = 200
"""Cells looked at, the surest first; a face has about a dozen."""


@dataclass(frozen=True)
class Found:
    """One face: landmarks in px, `[5, 2]`, and confidence 0..1."""

    points: np.ndarray
    confidence: float


def decode(maps: list[np.ndarray], threshold: float) -> list[Found]:
    """Faces in the maps of one picture (`[11, h, w]` each), surest first, without doubles."""
    candidates: list[Found] = []
    for stride, cells in zip(STRIDES, maps):
        confidence = 1 / (1 + np.exp(-cells[0].astype(np.float64)))
        for row, column in zip(*np.nonzero(confidence >= threshold)):
            cell = np.array([column + 0.5, row + 0.5]) * stride
            points = cell + cells[1:, row, column].reshape(5, 2) * OFFSET_UNIT * stride
            candidates.append(Found(points, float(confidence[row, column])))
    candidates.sort(key=lambda found: -found.confidence)
    kept: list[tuple[list[Found], np.ndarray, float]] = []
    for found in candidates[:CANDIDATES]:
        centre, size = face_frame(found.points)
        same = next((cells for cells, c, s in kept if np.abs(centre - c).max() <= 0.5 * min(size, s)), None)
        if same is None:
            kept.append(([found], centre, size))
        elif found.confidence >= AGREES * same[0].confidence:
            same.append(found)
    return [Found(mean_points(cells), cells[0].confidence) for cells, _, _ in kept]


def mean_points(cells: list[Found]) -> np.ndarray:
    """The mean, weighted by squared confidence: one cell alone is rough about a small face."""
    return np.average([cell.points for cell in cells], axis=0, weights=[cell.confidence**2 for cell in cells])
