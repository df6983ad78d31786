"""Several losses on one picture, balanced where they meet: at the picture's gradient.

The gradient of each further loss is scaled to a share of the reconstruction's (the adaptive weight of
VQGAN, Esser et al. 2021, taken at the picture), so that shares mean the same all through training.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from adversary import Patches, generator_loss
from editability import cycle_loss
from loss import reconstruction
from percept import Percept, percept_loss


@dataclass(frozen=True)
class Balance:
    """The kind of reconstruction, and the shares of the other losses."""

    recon: str
    percept: float
    adversary: float
    cycle: float
    slide: float
    mask: Tensor
    encoder: nn.Module
    batch: int

    def copies(
        self, picture: Tensor, target: Tensor, percept: Percept | None, patches: Patches | None, losses: dict[str, float]
    ) -> Tensor:
        """Gradient on reconstructions; values go into `losses`."""
        leaf = picture.detach().requires_grad_()
        recon = reconstruction(self.recon, leaf, target, self.mask)
        (gradient,) = torch.autograd.grad(recon, leaf)
        losses["recon"] = recon.item()
        parts: list[tuple[str, float, Tensor]] = []
        with torch.autocast(leaf.device.type, dtype=torch.bfloat16):
            if percept:
                parts.append(("percept", self.percept, percept_loss(percept, leaf, target)))
            if patches:
                parts.append(("g", self.adversary, generator_loss(patches.requires_grad_(False), target, leaf)))
        return gradient + shares(leaf, gradient.norm(), parts, losses)

    def edits(
        self,
        edited: Tensor,
        asked: Tensor,
        norm: Tensor,
        patches: Patches | None,
        slid: Callable[[Tensor], Tensor] | None,
        losses: dict[str, float],
    ) -> Tensor:
        """Gradient on pictures of edits: the encoder must find them again, they must look real and show what was asked.

        `norm` is that of the gradient on a whole batch of reconstructions; `slid` the loss of sliders.py.
        """
        if not len(asked):
            return torch.zeros_like(edited)
        leaf = edited.detach().requires_grad_()
        with torch.autocast(leaf.device.type, dtype=torch.bfloat16):
            parts = [("cycle", self.cycle, cycle_loss(self.encoder(leaf)[0], asked))]
            if slid:
                parts.append(("slide", self.slide, slid(leaf)))
            if patches:
                real = F.softplus(-patches.requires_grad_(False)(leaf)[0]).mean()
                parts.append(("g_edit", self.adversary, real))
        return shares(leaf, norm * math.sqrt(len(asked) / self.batch), parts, losses)


def shares(leaf: Tensor, norm: Tensor, parts: list[tuple[str, float, Tensor]], losses: dict[str, float]) -> Tensor:
    """The sum of the parts' gradients on `leaf`, each as long as its share of `norm`."""
    total = torch.zeros_like(leaf)
    for name, share, loss in parts:
        (part,) = torch.autograd.grad(loss, leaf)
        total += part * (share * norm / part.norm().clamp_min(1e-12)).clamp_max(1e4)
        losses[name] = loss.item()
    return total
