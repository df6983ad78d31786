"""Tests run on tiny tensors and a made-up data folder; they need no pictures of anybody."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ATTRIBUTES = ["Smiling", "Male", "Blond_Hair", "Young", "No_Beard"]
NUMBERS = ["yaw", "pitch", "roll", "gaze_x", "gaze_y", "eye_open", "mouth_open", "coverage", "sharp"]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as prepare.py writes it: 96 pictures of soft blobs whose labels show in them."""
    root = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(3)
    n = 96
    attributes = (random.random((n, len(ATTRIBUTES))) < 0.5).astype(np.float32)
    numbers = random.normal(0, 1, (n, len(NUMBERS))).astype(np.float32)
    y, x = np.mgrid[0:136, 0:136] / 136 - 0.5
    pictures = np.empty((n, 136, 136, 3), np.uint8)
    for i in range(n):
        blob = np.exp(-((x - 0.1 * numbers[i, 0]) ** 2 + y**2) / (0.05 + 0.05 * attributes[i, 0]))
        pictures[i] = (60 + 150 * blob[..., None] * (0.5 + 0.5 * attributes[i, 1:4])).clip(0, 255)
    np.save(root / "A.npy", pictures)
    np.savez(
        root / "A.npz",
        files=np.array([f"{i}.png" for i in range(n)]),
        source=np.array(["test"] * n),
        identity=np.array([f"test:{i}" for i in range(n)]),
        attributes=attributes,
        numbers=numbers,
        landmarks=random.normal(64, 2, (n, 10)).astype(np.float32),
    )
    summary = {"size": 128, "margin": 4, "attributes": ATTRIBUTES, "numbers": NUMBERS, "hash": "test"}
    (root / "data.json").write_text(json.dumps(summary))
    return root
