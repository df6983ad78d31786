"""The nearest project in a browser, trained again on our split: a row to compare the ablation with.

    python peer.py --data DATA --judges JUDGES --weights weights/facemorph-128 --out PEER --minutes 60

The shape is what jellyho/TensorflowJsProject ships (its two model.json): 128 px, 400 latent numbers, four convolutions
down and four transposed ones up. Its training code is not published; the loss is that of the textbook it
follows (Foster, Generative Deep Learning, 2019): 10,000 times the mean squared error, plus the KL.
Adds `peer` to ablation.json beside the weights.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import torch
from torch import Tensor, nn

import judge as judges
from ablation import held_out, measure
from averaged_run import AveragedRun
from dataset import Faces, Loader
from evaluate import say
from loss import kl_nats

LATENT = 400
WIDTHS = (32, 64, 64, 64)
"""Channels at 64, 32, 16 and 8 pixels."""

SLOPE = 0.3
"""Of LeakyReLU, where Keras is told nothing."""

RECONSTRUCTION = 10_000.0
"""Weight of the mean squared error of pictures in 0..1."""


class PeerEncoder(nn.Module):
    """Picture `[n, 3, 128, 128]` in -1..1 -> mean and log-variance, each `[n, 400]`."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inputs, outputs in zip((3, *WIDTHS), WIDTHS):
            layers += [nn.Conv2d(inputs, outputs, 3, 2, 1), nn.BatchNorm2d(outputs), nn.LeakyReLU(SLOPE)]
        self.layers = nn.Sequential(*layers, nn.Flatten())
        self.heads = nn.Linear(WIDTHS[-1] * 64, 2 * LATENT)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        mean, log_var = self.heads(self.layers(x)).float().chunk(2, 1)
        return mean, log_var.clamp(-12, 4)


class PeerDecoder(nn.Module):
    """Latent `[n, 400]` -> picture `[n, 3, 128, 128]` in -1..1."""

    def __init__(self) -> None:
        super().__init__()
        widths = WIDTHS[::-1]
        layers: list[nn.Module] = [nn.Linear(LATENT, widths[0] * 64), nn.Unflatten(1, (widths[0], 8, 8))]
        for inputs, outputs in zip(widths, (*widths[1:], 3)):
            layers.append(nn.ConvTranspose2d(inputs, outputs, 3, 2, 1, 1))
            layers += [nn.BatchNorm2d(outputs), nn.LeakyReLU(SLOPE)] if outputs > 3 else [nn.Tanh()]
        self.layers = nn.Sequential(*layers)

    def forward(self, z: Tensor) -> Tensor:
        return self.layers(z).float()


class Peer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder = PeerEncoder(), PeerDecoder()


def train(args: argparse.Namespace) -> AveragedRun:
    """Goes on where an earlier call stopped."""
    torch.manual_seed(args.seed)
    peer = Peer().to(memory_format=torch.channels_last)
    run = AveragedRun(peer, torch.optim.Adam(peer.parameters(), 1e-3), args.out / "peer.pt", args.minutes)
    loader = Loader(Faces(args.data, "A", "train"), args.batch, torch.device("cpu"), args.seed * 1000 + run.step)

    def losses() -> tuple[Tensor, tuple[float, float]]:
        clean = loader.next().clean
        with torch.autocast("cpu", dtype=torch.bfloat16):
            mean, log_var = peer.encoder(clean)
            picture = peer.decoder(mean + torch.randn_like(mean) * (0.5 * log_var).exp())
        error = ((picture - clean) / 2).pow(2).mean()
        nats = kl_nats(mean, log_var).sum()
        return RECONSTRUCTION * error + nats, (error.item(), nats.item())

    for error, nats in run.steps(losses):
        if run.step % 200 == 0:
            say(f"peer step {run.step} {run.progress:.0%} PSNR {-10 * math.log10(error):.2f} kl {nats:.0f}")
    run.average.eval()
    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("data", "judges", "weights", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500, help="faces of split C to measure on")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    run = train(args)
    values = measure(run.average, held_out(args.data, args.count), judges.load_judge(args.judges / "E.pt"), args.out)
    file = args.weights / "ablation.json"
    result = json.loads(file.read_text()) if file.exists() else {}
    result[f"peer-{args.seed}"] = {"arm": "peer", "seed": args.seed, "steps": run.step} | values
    file.write_text(json.dumps(result, indent=1) + "\n")
    say(json.dumps(values))


if __name__ == "__main__":
    main()
