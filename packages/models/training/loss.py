"""Losses on pictures `[n, 3, h, w]` in -1..1: L2, L1, MS-SSIM, and the KL term with its controller."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

SCALE_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
"""Weights of the five scales in Wang, Simoncelli and Bovik 2003."""


def gaussian(window: int, sigma: float) -> Tensor:
    x = torch.arange(window, dtype=torch.float32) - (window - 1) / 2
    g = torch.exp(-(x**2) / (2 * sigma**2))
    return g / g.sum()


def filter_matrix(size: int, kernel: Tensor) -> Tensor:
    """`[size, size - window + 1]`: a product with it filters rows, without padding.

    A banded product is several times faster on a CPU than a depthwise convolution of one channel.
    """
    window = kernel.numel()
    matrix = torch.zeros(size, size - window + 1)
    for i in range(size - window + 1):
        matrix[i : i + window, i] = kernel
    return matrix


def ssim_maps(x: Tensor, y: Tensor, kernel: Tensor) -> tuple[Tensor, Tensor]:
    """Luminance-contrast-structure (SSIM) and contrast-structure maps of pictures in 0..1."""
    c1, c2 = 0.01**2, 0.03**2
    columns = filter_matrix(x.shape[-1], kernel).to(x)
    rows = filter_matrix(x.shape[-2], kernel).to(x).T.contiguous()

    def blur(t: Tensor) -> Tensor:
        return rows @ (t @ columns)

    mx, my = blur(x), blur(y)
    product, energy = mx * my, mx * mx + my * my
    cs = (2 * (blur(x * y) - product) + c2) / (blur(x * x + y * y) - energy + c2)
    return cs * ((2 * product + c1) / (energy + c1)), cs


def ms_ssim(
    x: Tensor, y: Tensor, scales: int = 4, window: int = 7, sigma: float = 1.5
) -> Tensor:
    """Multi-scale SSIM, one number a picture, `[n]`; 1 = equal.

    Wang et al. 2003: contrast-structure of the finer scales times SSIM of the coarsest, each to
    the power of its weight (renormalised to `scales`). Means of maps are clamped at 0, since a
    negative base has no real power.
    """
    # The luminance term needs intensities that start at 0: it is not invariant to a shift.
    x, y = (v.float().contiguous().add(1).mul(0.5) for v in (x, y))
    kernel = gaussian(window, sigma)
    weights = torch.tensor(SCALE_WEIGHTS[:scales])
    weights = weights / weights.sum()
    result = torch.ones(x.shape[0], x.shape[1], device=x.device)
    for scale in range(scales):
        if scale:
            x, y = F.avg_pool2d(x, 2), F.avg_pool2d(y, 2)
        ssim, cs = ssim_maps(x, y, kernel)
        term = (ssim if scale == scales - 1 else cs).mean((2, 3)).clamp_min(1e-4)
        result = result * term ** float(weights[scale])
    return result.mean(1)


def face_mask(size: int, floor: float = 0.4) -> Tensor:
    """Weight of each pixel, `[1, 1, size, size]`, mean 1: face and hair count more than the rest."""
    y, x = torch.meshgrid(*[(torch.arange(size) + 0.5) / size] * 2, indexing="ij")
    distance = ((x - 0.5) / 0.40) ** 2 + ((y - 0.52) / 0.48) ** 2
    mask = floor + (1 - floor) * torch.sigmoid((1.0 - distance) * 4)
    return (mask / mask.mean()).view(1, 1, size, size)


def reconstruction(kind: str, x: Tensor, y: Tensor, mask: Tensor) -> Tensor:
    """Mean loss of reconstruction x against picture y; `kind` is one of the ablation's arms."""
    if kind == "l2":
        return (mask * (x - y) ** 2).mean()
    l1 = (mask * (x - y).abs()).mean()
    if kind == "l1":
        return l1
    structure = 1 - ms_ssim(x, y).mean()
    if kind == "ms-ssim":
        return structure
    if kind == "ms-ssim+l1":
        return structure + 0.5 * l1
    raise ValueError(f"unknown reconstruction loss {kind!r}")


def kl_nats(mean: Tensor, log_var: Tensor) -> Tensor:
    """KL(q(z|x) || N(0, I)) of each latent number, in nats, averaged over the batch: `[latent]`."""
    return 0.5 * (mean**2 + log_var.exp() - 1 - log_var).mean(0)


class KlController:
    """Holds the KL near a target by moving its weight (as ControlVAE, Shao et al. 2020, in log space)."""

    def __init__(self, target: float, weight: float, gain: float) -> None:
        self.target, self.weight, self.gain = target, weight, gain
        self.average: float | None = None

    def update(self, nats: float) -> float:
        self.average = nats if self.average is None else 0.95 * self.average + 0.05 * nats
        error = max(-1.0, min(1.0, self.average / self.target - 1))
        self.weight = min(max(self.weight * (1 + self.gain * error), 1e-6), 1e-1)
        return self.weight
