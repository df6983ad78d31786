"""Batches of faces: read from the arrays of prepare.py, augmented on the device in use."""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

VALIDATION = 48
"""One identity of split A in this many is kept out of training, to watch progress with."""


@dataclass(frozen=True)
class Batch:
    """`seen` is what the encoder gets (damaged), `clean` what it must restore; -1..1."""

    seen: Tensor
    clean: Tensor
    labels: Tensor
    """`[n, attributes + numbers]`, NaN where unknown; mirrored where the picture is."""


class Faces:
    """One split: pictures (memory-mapped uint8) and labels."""

    def __init__(self, root: Path, split: str, part: str = "all") -> None:
        info = json.loads((root / "data.json").read_text())
        self.info, self.split = info, split
        self.attributes: list[str] = info["attributes"]
        self.numbers: list[str] = info["numbers"]
        self.pictures = np.load(root / f"{split}.npy", mmap_mode="r")
        labels = np.load(root / f"{split}.npz")
        self.files, self.source, self.identity = labels["files"], labels["source"], labels["identity"]
        self.attribute_values, self.number_values = labels["attributes"], labels["numbers"]
        self.landmarks = labels["landmarks"]
        held = np.array([zlib.crc32(i.encode()) % VALIDATION == 0 for i in self.identity])
        rows = {"all": np.ones_like(held), "train": ~held, "validation": held}[part]
        self.rows = np.flatnonzero(rows)

    def __len__(self) -> int:
        return len(self.rows)

    def crops(self, rows: np.ndarray | None = None) -> np.ndarray:
        """Exact 128x128 frames, uint8 `[n, 128, 128, 3]`."""
        margin, size = self.info["margin"], self.info["size"]
        rows = self.rows if rows is None else rows
        return np.asarray(self.pictures[rows, margin : margin + size, margin : margin + size])


TARGET_NUMBERS = {"yaw": 20.0, "pitch": 12.0, "gaze_x": 0.08, "eye_open": 0.08, "mouth_open": 0.15}
"""Numbers that are learned beside attributes, and what they are divided by."""

ODD_NUMBERS = {"yaw", "gaze_x"}
"""Numbers that change sign with a mirrored picture."""


class Loader:
    """An endless, seeded stream of augmented batches.

    All processes of a job draw the same stream, and each takes its part of every batch: the job
    sees what one process would see.
    """

    def __init__(
        self, faces: Faces, batch: int, device: torch.device, seed: int, rank: int = 0, world: int = 1
    ) -> None:
        if batch % world:
            raise SystemExit(f"a batch of {batch} cannot be split over {world} processes")
        self.faces, self.total, self.device, self.seed = faces, batch, device, seed
        self.batch, self.rank = batch // world, rank
        self.random = np.random.default_rng(seed)
        self.order = np.empty(0, dtype=np.int64)
        self.drawn = 0
        self.last_rows = self.order
        """Rows of the batch that was given last."""
        columns = [faces.numbers.index(n) for n in TARGET_NUMBERS]
        scale = np.array(list(TARGET_NUMBERS.values()), dtype=np.float32)
        self.labels = np.concatenate(
            [faces.attribute_values, faces.number_values[:, columns] / scale], axis=1
        )
        first = faces.attribute_values.shape[1]
        self.odd_labels = [first + i for i, n in enumerate(TARGET_NUMBERS) if n in ODD_NUMBERS]

    def _rows(self) -> np.ndarray:
        while len(self.order) < self.total:
            self.order = np.concatenate([self.order, self.random.permutation(self.faces.rows)])
        rows, self.order = self.order[: self.total], self.order[self.total :]
        return rows[self.rank * self.batch : (self.rank + 1) * self.batch]

    def next(self) -> Batch:
        rows = self.last_rows = self._rows()
        size, room = self.faces.info["size"], 2 * self.faces.info["margin"]
        clean = np.empty((len(rows), size, size, 3), np.uint8)
        seen, labels = clean.copy(), self.labels[rows].copy()
        factor, shift = np.ones((len(rows), 3), np.float32), np.zeros((len(rows), 1), np.float32)
        for i, row in enumerate(rows):
            # A generator for each picture, so that it does not matter which process has it.
            random = np.random.default_rng((self.seed, self.drawn + self.rank * self.batch + i))
            # Offsets around the exact frame: the locator will not be exact either.
            x, y = np.clip(random.normal(room / 2, 1.5, 2).round(), 0, room).astype(int)
            crop = self.faces.pictures[row, y : y + size, x : x + size]
            if random.random() < 0.5:
                crop = crop[:, ::-1]
                labels[i, self.odd_labels] *= -1
            clean[i] = crop
            seen[i] = damage(crop, random) if random.random() < 0.35 else crop
            if random.random() < 0.66:
                factor[i], shift[i] = light(random)
        self.drawn += self.total
        gain, offset = (torch.from_numpy(v)[:, :, None, None].to(self.device) for v in (factor, shift))
        views = [(to_tensor(p, self.device) * gain + offset).clamp(-1, 1) for p in (seen, clean)]
        return Batch(*views, torch.from_numpy(labels).to(self.device))


def damage(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Down-up-sampling and JPEG: what real photos have been through."""
    image = Image.fromarray(picture)
    size = image.size
    if random.random() < 0.6:
        small = max(24, int(size[0] * random.uniform(0.4, 1.0)))
        image = image.resize((small, small), Image.Resampling.BOX)
        image = image.resize(size, Image.Resampling.BILINEAR)
    if random.random() < 0.6:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=int(random.integers(40, 95)))
        image = Image.open(file)
    return np.asarray(image)


def light(random: np.random.Generator) -> tuple[np.ndarray, float]:
    """Contrast with white balance, `[3]`, and brightness."""
    gain = 1 + random.normal(0, 0.08)
    return gain * (1 + random.normal(0, 0.03, 3)), random.normal(0, 0.06)


def to_tensor(pictures: np.ndarray, device: torch.device | str = "cpu") -> Tensor:
    """uint8 `[n, h, w, 3]` -> float `[n, 3, h, w]` in -1..1, channels last in memory."""
    x = torch.from_numpy(np.ascontiguousarray(pictures)).to(device)
    return x.permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


def to_uint8(x: Tensor) -> np.ndarray:
    """The inverse of :func:`to_tensor`, rounded and clipped."""
    y = x.detach().float().add(1).mul(127.5).round().clamp(0, 255)
    return y.permute(0, 2, 3, 1).to(torch.uint8).cpu().numpy()


def grid(pictures: np.ndarray, columns: int) -> Image.Image:
    """A sheet of equally sized pictures, uint8 `[n, h, w, 3]`, row by row."""
    n, h, w, _ = pictures.shape
    rows = -(-n // columns)
    sheet = np.full((rows * h, columns * w, 3), 255, np.uint8)
    for i, picture in enumerate(pictures):
        y, x = divmod(i, columns)
        sheet[y * h : (y + 1) * h, x * w : (x + 1) * w] = picture
    return Image.fromarray(sheet)


