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
    """An endless, seeded stream of augmented batches, each rank of a job with its own."""

    def __init__(self, faces: Faces, batch: int, device: torch.device, seed: int) -> None:
        self.faces, self.batch, self.device = faces, batch, device
        self.random = np.random.default_rng(seed)
        self.order = np.empty(0, dtype=np.int64)
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
        while len(self.order) < self.batch:
            self.order = np.concatenate([self.order, self.random.permutation(self.faces.rows)])
        rows, self.order = self.order[: self.batch], self.order[self.batch :]
        return rows

    def next(self) -> Batch:
        rows = self.last_rows = self._rows()
        size, room = self.faces.info["size"], 2 * self.faces.info["margin"]
        pictures = np.empty((len(rows), size, size, 3), np.uint8)
        labels = self.labels[rows].copy()
        for i, row in enumerate(rows):
            # Offsets around the exact frame: the locator will not be exact either.
            x, y = np.clip(self.random.normal(room / 2, 1.5, 2).round(), 0, room).astype(int)
            crop = self.faces.pictures[row, y : y + size, x : x + size]
            if self.random.random() < 0.5:
                crop = crop[:, ::-1]
                labels[i, self.odd_labels] *= -1
            pictures[i] = crop
        damaged = np.stack([self._damage(p) if self.random.random() < 0.35 else p for p in pictures])
        clean, seen = (to_tensor(p, self.device) for p in (pictures, damaged))
        clean, seen = self._colour(clean, seen)
        return Batch(seen, clean, torch.from_numpy(labels).to(self.device))

    def _damage(self, picture: np.ndarray) -> np.ndarray:
        """Down-up-sampling and JPEG: what real photos have been through."""
        image = Image.fromarray(picture)
        size = image.size
        if self.random.random() < 0.6:
            small = max(24, int(size[0] * self.random.uniform(0.4, 1.0)))
            image = image.resize((small, small), Image.Resampling.BOX)
            image = image.resize(size, Image.Resampling.BILINEAR)
        if self.random.random() < 0.6:
            file = io.BytesIO()
            image.save(file, "JPEG", quality=int(self.random.integers(40, 95)))
            image = Image.open(file)
        return np.asarray(image)

    def _colour(self, *pictures: Tensor) -> list[Tensor]:
        """The same brightness, contrast and white balance for all, for two thirds of the faces."""
        n = pictures[0].shape[0]
        on = torch.from_numpy(self.random.random((n, 1, 1, 1)) < 0.66).float()
        gain = 1 + on * torch.from_numpy(self.random.normal(0, 0.08, (n, 1, 1, 1))).float()
        balance = 1 + on * torch.from_numpy(self.random.normal(0, 0.03, (n, 3, 1, 1))).float()
        shift = on * torch.from_numpy(self.random.normal(0, 0.06, (n, 1, 1, 1))).float()
        factor, shift = (gain * balance).to(self.device), shift.to(self.device)
        return [(p * factor + shift).clamp(-1, 1) for p in pictures]


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


