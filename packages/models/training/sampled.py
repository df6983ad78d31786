"""A data folder of made-up faces: drawn by the shipped model, labelled by its own probes.

    python sampled.py --weights ../weights/facemorph-128 --out data --count 2000

For trying the training code without a data set (examples/notebook), never for a model that ships.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from catalogue import CATALOGUE
from shipped import Shipped
from template import MARGIN, SIZE, TEMPLATE

NUMBERS = ["yaw", "pitch", "gaze_x", "eye_open", "mouth_open"]
SCALES = {"yaw": 12.0, "pitch": 6.0, "gaze_x": 0.05, "eye_open": 0.05, "mouth_open": 0.1}
"""What one standard deviation of a score stands for, about as in CelebA."""


def write(model: Shipped, out: Path, count: int, seed: int = 1) -> None:
    """The arrays that prepare.py writes for split A."""
    out.mkdir(parents=True, exist_ok=True)
    latents = model.sample(count, seed).astype(np.float32)
    pictures = np.pad(model.decode(latents), ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), "reflect")
    scores = {name: latents @ a["weights"] + a["bias"] for name, a in model.attributes.items()}
    labelled = [e for e in CATALOGUE if e.name in scores and not e.source.startswith("#")]
    values = [(scores[e.name] > 0) != e.source.startswith("-") for e in labelled]
    sources = {e.source.removeprefix("#"): e.name for e in CATALOGUE}
    numbers = [scores[sources[n]] * SCALES[n] if sources.get(n) in scores else np.full(count, np.nan) for n in NUMBERS]
    np.save(out / "A.npy", pictures)
    np.savez_compressed(
        out / "A.npz",
        files=np.array([f"{i}.png" for i in range(count)]),
        source=np.array(["sampled"] * count),
        identity=np.array([f"sampled:{i}" for i in range(count)]),
        attributes=np.stack(values, axis=1).astype(np.float32),
        numbers=np.stack(numbers, axis=1).astype(np.float32),
        landmarks=np.tile(TEMPLATE.ravel(), (count, 1)).astype(np.float32),
    )
    digest = model.manifest["files"]["decoder"]["sha256"]
    summary = {"size": SIZE, "margin": MARGIN, "numbers": NUMBERS, "hash": f"sampled:{seed}:{count}:{digest}"}
    (out / "data.json").write_text(json.dumps(summary | {"attributes": [e.source.lstrip("-") for e in labelled]}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=2000)
    args = parser.parse_args()
    write(Shipped(args.weights), args.out, args.count)


if __name__ == "__main__":
    main()
