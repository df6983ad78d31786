"""How much of the shipped decoder a new one should keep (average.py): shares compared on validation faces of split A.

    python candidates.py --checkpoint RUN/last.pt --weights ../weights/facemorph-128 --data DATA \\
        --loss-network ../networks/P.pt --classifier ../networks/robust.pt --out CANDIDATES

Split C plays no part in the choice. nFD is taken in the features of P, which trained on other faces of A, so it
compares decoders but is not the scoreboard's; `asked` is the loss of sliders.py on the same edits for each. Writes
a table to stdout and a sheet of copies, random faces and edits for each share into `--out`, which shows real people.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from average import averaged, load_both
from dataset import Faces, grid, to_tensor, to_uint8
from evaluate import blur2, ssim_per_picture
from metrics import SEED, laplacian_variance, normalised_frechet, psnr
from model import Decoder
from percept import Percept, load_percept
from sliders import Sliders

SHEET = 16
RANDOM = 1024


def draw(decoder: Decoder, latents: Tensor) -> Tensor:
    return torch.cat([decoder(part) for part in latents.split(32)]).clamp(-1, 1)


def features(percept: Percept, pictures: np.ndarray) -> np.ndarray:
    parts = [percept.features(to_tensor(part))[-1].mean((2, 3)) for part in np.array_split(pictures, -(-len(pictures) // 64))]
    return torch.cat(parts).double().numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("checkpoint", "weights", "data", "loss-network", "classifier", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[0, 0.25, 0.5, 0.75, 1], help="of the shipped decoder")
    args = parser.parse_args()
    torch.set_grad_enabled(False)
    torch.manual_seed(SEED)
    device = torch.device("cpu")
    vae, before, _ = load_both(args.checkpoint, args.weights)
    percept, classifier = load_percept(args.loss_network, device), load_percept(args.classifier, device)
    sliders = Sliders(args.weights, vae.encoder, classifier, Faces(args.data, "A", "train"), device)
    real = Faces(args.data, "A", "validation").crops()
    z = torch.cat([vae.encoder(part)[0] for part in to_tensor(real).split(32)])
    chance, (asked, which, far) = sliders.sample(RANDOM), sliders.edit(z)
    reference, yardstick = features(percept, real), features(percept, blur2(real))
    args.out.mkdir(parents=True, exist_ok=True)
    print("| share of shipped | PSNR, dB | MS-SSIM | sharpness | nFD of copies | nFD of random faces | asked |\n" + "| --- " * 7 + "|")
    for share in args.shares:
        decoder = averaged(vae.decoder, before, share)
        pictures, edited = draw(decoder, z), draw(decoder, asked)
        copies, drawn = to_uint8(pictures), to_uint8(draw(decoder, chance))
        numbers = [
            psnr(copies, real).mean(),
            ssim_per_picture(copies, real, 4).mean(),
            np.median(laplacian_variance(copies) / laplacian_variance(real)),
            normalised_frechet(features(percept, copies), reference, yardstick)["value"],
            normalised_frechet(features(percept, drawn), reference, yardstick)["value"],
            sliders.loss(which, far, pictures, edited).item(),
        ]
        print(f"| {share} | " + " | ".join(f"{number:.3f}" for number in numbers) + " |", flush=True)
        rows = [real[:SHEET], copies[:SHEET], to_uint8(edited[:SHEET]), drawn[: 2 * SHEET]]
        grid(np.concatenate(rows), SHEET).save(args.out / f"share-{share}.png")


if __name__ == "__main__":
    main()
