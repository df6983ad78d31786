"""What each part of the recipe gives: arms that start alike, for as many steps, at equal KL.

    python ablation.py --data DATA --judges JUDGES --loss-network P.pt --weights weights/facemorph-128 \
        --out ABLATION --arms A0 A1 A2 A3 --seeds 1 2

Every arm goes on from the same shipped weights with its own losses, so that few steps tell; the KL is
held at one target. Adds its arms to ablation.json beside the weights, and leaves a sheet for each.
Which arm is best is read on split C and never fed back.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from pathlib import Path

import numpy as np
import torch

import judge as judges
from dataset import Faces, grid, to_tensor, to_uint8
from evaluate import blur2, picture_metrics, say
from loss import kl_nats
from metrics import leaf, normalised_frechet
from model import VAE
from train import Run, TrainConfig

PLAIN = {"percept": 0.0, "flip": 0.0, "cycle": 0.0, "adversary": 0.0}

ARMS: dict[str, dict[str, object]] = {
    "A0": PLAIN | {"recon": "l2", "kl_weight": 6e-5},
    "A1": PLAIN | {"recon": "l1", "kl_weight": 1.3e-4},
    "A2": PLAIN | {"recon": "ms-ssim", "kl_weight": 2e-4},
    "A3": PLAIN,
    "A4": PLAIN | {"percept": 1.0, "percept_from": 0.2},
    "A5": PLAIN | {"percept": 1.0, "percept_from": 0.2, "flip": 0.5},
    "A6": PLAIN | {"percept": 1.0, "percept_from": 0.2, "flip": 0.5, "cycle": 0.5, "kl_weight": 7e-4},
    "A7": {"percept_from": 0.2, "adversary": 1.0, "kl_weight": 7e-4},
}
"""A0 is the vanilla VAE; A2 the seed's loss; each later arm adds one part. `kl_weight` is where the controller of the KL starts,
near where it ends in A6 and A7, which fix the encoder half-way: it would not have settled by then."""


def train(args: argparse.Namespace, arm: str, seed: int) -> Run:
    out = args.out / f"{arm}-{seed}"
    out.mkdir(parents=True, exist_ok=True)
    settings = argparse.Namespace(
        data=args.data, out=out, model=None, device="cpu", warm=args.weights, discriminator=None, loss_network=args.loss_network, sliders=None
    )
    config = TrainConfig(**({"steps": args.steps, "seed": seed, "kl": args.kl, "kl_gain": 0.05, "rate": 6e-4, "ema": 0.98, "adversary_from": 0.5} | ARMS[arm]))
    run = Run(settings, config)
    run.fit(math.inf, math.inf)
    return run


@torch.no_grad()
def measure(vae: VAE, faces: Faces, e: judges.Judge, out: Path) -> dict:
    """The picture part of the scoreboard for a checkpoint's averaged weights."""
    real = faces.crops()
    copies, nats = [], []
    for start in range(0, len(real), 64):
        mean, log_var = vae.encoder(to_tensor(real[start : start + 64]))
        nats.append(float(kl_nats(mean, log_var).sum()))
        copies.append(to_uint8(vae.decoder(mean)))
    copy = np.concatenate(copies)
    grid(np.concatenate([real[:12], copy[:12]]), 12).save(out / "sheet.png")
    features = lambda x: judges.apply(e, x, embed=True)  # noqa: E731
    scores = [judges.apply(e, x, embed=False)[:, : len(faces.attributes)] for x in (real, copy)]
    wrong = np.abs(scores[1] - scores[0]) / scores[0].std(0)
    return picture_metrics(real, copy) | {
        "recon_nfd": normalised_frechet(features(copy), features(real), features(blur2(real))),
        "judge_error": leaf(wrong.mean(1)),
        "kl_nats": round(statistics.fmean(nats), 1),
    }


def held_out(data: Path, count: int) -> Faces:
    """So many CelebA faces of split C, always the same."""
    faces = Faces(data, "C")
    faces.rows = faces.rows[faces.source[faces.rows] != "lfw"]
    faces.rows = np.random.default_rng(0).permutation(faces.rows)[:count]
    return faces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("data", "judges", "weights", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--loss-network", type=Path, required=True)
    parser.add_argument("--arms", nargs="+", default=list(ARMS), choices=list(ARMS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--steps", type=int, default=250)
    parser.add_argument("--kl", type=float, default=195.0)
    parser.add_argument("--count", type=int, default=500, help="faces of split C to measure on")
    args = parser.parse_args()
    faces = held_out(args.data, args.count)
    e = judges.load_judge(args.judges / "E.pt")
    file = args.weights / "ablation.json"
    result = json.loads(file.read_text()) if file.exists() else {}
    for seed in args.seeds:
        for arm in args.arms:
            key = f"{arm}-{seed}"
            if key in result:
                continue
            run = train(args, arm, seed)
            values = measure(run.ema.eval(), faces, e, args.out / key)
            result[key] = {"arm": arm, "seed": seed, "steps": args.steps, "settings": ARMS[arm]} | values
            file.write_text(json.dumps(result, indent=1) + "\n")
            say(f"{key}: " + ", ".join(f"{k} {v['value'] if isinstance(v, dict) else v}" for k, v in values.items()))


if __name__ == "__main__":
    main()
