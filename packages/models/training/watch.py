"""What one sees of a run: a line of numbers now and then, and a sheet of faces that it does not train on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from dataset import Faces, grid, to_tensor, to_uint8
from loss import ms_ssim
from model import VAE


class Watch:
    """Writes `log.jsonl` and `sheet-STEP.png` into `out`."""

    def __init__(self, faces: Faces, out: Path, device: torch.device) -> None:
        self.faces, self.out, self.device = faces, out, device

    @torch.no_grad()
    def sheet(self, vae: VAE, step: int, place: Callable[[Tensor], Tensor] | None) -> dict[str, float]:
        """Draws faces, their copies and random faces; measures the copies.

        `place` turns draws from N(0, I), `[n, latent]`, into latents of random faces; without it they are taken as they are.
        """
        clean = to_tensor(self.faces.crops()[:256], self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            copies = torch.cat([vae(part) for part in clean.split(32)]).clamp(-1, 1)
        noise = torch.randn(16, vae.config.latent, generator=torch.Generator().manual_seed(1)).to(self.device)
        rows = [clean[:16], copies[:16], vae.decoder(place(noise) if place else noise)]
        grid(to_uint8(torch.cat(rows)), 16).save(self.out / f"sheet-{step:06d}.png")
        error = (clean - copies).pow(2).mean((1, 2, 3)) / 4
        return {
            "psnr": float((-10 * error.log10()).mean()),
            "ms_ssim": float(ms_ssim(copies, clean).mean()),
            "sharpness": float((laplacian_variance(copies) / laplacian_variance(clean)).median()),
        }

    def report(self, row: dict[str, float], progress: float) -> None:
        with (self.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(row) + "\n")
        bar = "#" * int(progress * 24)
        text = " ".join(f"{k} {v}" for k, v in row.items())
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"[{bar:<24}] {progress:4.0%} {text}", end=end, file=sys.stderr, flush=True)


def laplacian_variance(x: Tensor) -> Tensor:
    """Sharpness of pictures in -1..1: variance of the Laplacian of the grey picture, `[n]`."""
    grey = (x * torch.tensor([0.299, 0.587, 0.114], device=x.device).view(1, 3, 1, 1)).sum(1, keepdim=True)
    kernel = torch.tensor([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]], device=x.device).view(1, 1, 3, 3)
    return F.conv2d(grey, kernel).var((1, 2, 3))
