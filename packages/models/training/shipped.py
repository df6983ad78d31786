"""The model as it ships: the ONNX files and attributes of a weights folder, run by onnxruntime."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

from dataset import Faces


class Shipped:
    """Encodes and decodes uint8 RGB pictures with the files that users get."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.latent: int = self.manifest["latent"]["size"]
        self.sessions: dict[str, onnxruntime.InferenceSession] = {}
        file = json.loads((folder / "attributes.json").read_text())
        dtype = {"float16": "<f2", "float32": "<f4"}[file["precision"]]

        def read(text: str) -> np.ndarray:
            return np.frombuffer(base64.b64decode(text), dtype).astype(np.float64)

        self.mean = read(file["latent"]["mean"])
        self.covariance = read(file["latent"]["covariance"]).reshape(self.latent, self.latent)
        self.attributes = {
            a["name"]: {
                **a,
                "weights": read(a["probe"]["weights"]),
                "bias": a["probe"]["bias"],
                "direction": read(a["direction"]),
            }
            for a in file["attributes"]
        }

    def rewrite_attributes(self, change: Callable[[dict], None]) -> int:
        """Lets `change` alter what attributes.json holds, and writes it and the manifest; the new size in bytes."""
        path = self.folder / "attributes.json"
        file = json.loads(path.read_text())
        change(file)
        data = (json.dumps(file, indent=1) + "\n").encode()
        path.write_bytes(data)
        self.manifest["files"]["attributes"] = {"path": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        (self.folder / "manifest.json").write_text(json.dumps(self.manifest, indent=2) + "\n")
        return len(data)

    def session(self, role: str) -> onnxruntime.InferenceSession:
        if role not in self.sessions:
            path = self.folder / self.manifest["files"][role]["path"]
            self.sessions[role] = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        return self.sessions[role]

    def encode(self, pictures: np.ndarray, batch: int = 16) -> np.ndarray:
        """uint8 `[n, 128, 128, 3]` -> `[n, latent]`."""
        session, parts = self.session("encoder"), []
        for i in range(0, len(pictures), batch):
            rgb = pictures[i : i + batch]
            rgba = np.concatenate([rgb, np.full_like(rgb[..., :1], 255)], axis=-1)
            parts.append(session.run(None, {"image": rgba})[0])
        return np.concatenate(parts)

    def encode_split(self, root: Path, faces: Faces) -> np.ndarray:
        """Latents of `faces`; those of the whole split are kept in the data folder, by the encoder's hash."""
        name = f"latents-{faces.split}-{self.manifest['files']['encoder']['sha256'][:12]}.npy"
        if not (root / name).exists():
            beside = root / f"{name}.tmp.npy"
            np.save(beside, self.encode(faces.crops(np.arange(len(faces.pictures)))))
            os.replace(beside, root / name)
        return np.load(root / name)[faces.rows]

    def decode(self, latents: np.ndarray, role: str = "decoder", batch: int = 16) -> np.ndarray:
        """`[n, latent]` -> uint8 `[n, 128, 128, 3]`."""
        session = self.session(role)
        z = latents.astype(np.float32)
        parts = [session.run(None, {"latent": z[i : i + batch]})[0][..., :3] for i in range(0, len(z), batch)]
        return np.concatenate(parts)

    def sample(self, count: int, seed: int) -> np.ndarray:
        """Latents from the density of encoded faces."""
        values, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.maximum(values, 0))
        return self.mean + np.random.default_rng(seed).standard_normal((count, self.latent)) @ root.T
