"""What the arms of `ablation.py` draw of the same faces, side by side.

    python ablation_strip.py --weights ../weights/facemorph-128 --ablation ABLATION \
        --portrait ../../../tests/fixtures/portrait.jpg --out ../../../examples/website/src/pages/how/ablation \
        --sheet ../../../docs/assets/ablation.webp

One picture for what goes in and one for each arm, with the public-domain portrait and faces that the
shipped model makes up; and a sheet with a row for each. Nobody else's face is in them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from dataset import grid, to_tensor, to_uint8
from export import load_vae
from prepare import align
from shipped import Shipped

ARMS = ("A0", "A2", "A3")
SEED = 7
CHOSEN = (13, 11, 2)
"""Which of the made-up faces of `SEED`: different hair, light and mouths."""
LANDMARKS = np.array([[204.6, 102.2], [246.6, 104.6], [224.4, 131.8], [201.2, 139.4], [245.4, 141.9]])
"""Of the portrait, as `facemorph locate tests/fixtures/portrait.jpg --json` finds them."""


def inputs(weights: Path, portrait: Path) -> np.ndarray:
    """The portrait, cut out as in use, and made-up faces: uint8 `[n, 128, 128, 3]`."""
    model = Shipped(weights)
    picture = np.asarray(Image.open(portrait).convert("RGB"))
    sampled = model.sample(max(CHOSEN) + 1, SEED)[list(CHOSEN)]
    return np.concatenate([align(picture, LANDMARKS, margin=0)[None], model.decode(sampled)])


@torch.no_grad()
def copies(checkpoint: Path, pictures: np.ndarray) -> np.ndarray:
    """Pictures through the averaged network of an arm: encoded to the mean, and decoded."""
    vae, _ = load_vae(checkpoint)
    mean, _ = vae.encoder(to_tensor(pictures))
    return to_uint8(vae.decoder(mean))


def write(picture: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, quality=92, method=6)
    print(f"{file}: {picture.width}x{picture.height}, {file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("weights", "ablation", "portrait", "out", "sheet"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the arms' training")
    args = parser.parse_args()
    pictures = inputs(args.weights, args.portrait)
    drawn = {"input": pictures}
    drawn |= {arm: copies(args.ablation / f"{arm}-{args.seed}" / "last.pt", pictures) for arm in ARMS}
    for name, faces in drawn.items():
        write(grid(faces, 2), args.out / f"{name.lower()}.webp")
    write(grid(np.concatenate(list(drawn.values())), len(pictures)), args.sheet)


if __name__ == "__main__":
    main()
