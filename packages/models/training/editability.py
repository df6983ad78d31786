"""Edits during training: once the encoder is fixed, it must find an edit in the picture of the edit.

Moves are mean differences of labelled faces (the seed's directions), followed while training goes
on. `E(D(z + move)) = z + move` makes the decoder draw what the latent says, away from the latents
of photos too; the discriminator sees those pictures as well.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Moves(nn.Module):
    """Running means of the latents with and without each attribute."""

    def __init__(self, attributes: int, latent: int, keep: float = 0.98) -> None:
        super().__init__()
        self.keep = keep
        self.register_buffer("means", torch.zeros(2, attributes, latent))
        self.register_buffer("weight", torch.zeros(2, attributes))

    @torch.no_grad()
    def follow(self, latents: Tensor, labels: Tensor) -> None:
        """`latents` `[n, latent]`, `labels` `[n, attributes]` of 0, 1 or NaN."""
        for side in (0, 1):
            has = (labels == side).to(latents.dtype)
            count = has.sum(0)
            fresh = (has.T @ latents) / count.clamp_min(1)[:, None]
            # The running mean of a rare attribute moves as far as the faces seen of it allow.
            self.weight[side] = self.keep * self.weight[side] + count
            step = count / self.weight[side].clamp_min(1e-6)
            self.means[side] += (fresh - self.means[side]) * step[:, None]

    @torch.no_grad()
    def edit(self, latents: Tensor) -> Tensor:
        """Each latent with one random attribute changed, up to 1.5 times as far as faces differ in it."""
        n, device = len(latents), latents.device
        which = torch.randint(self.means.shape[1], (n,), device=device)
        seen = (self.weight[:, which] > 0).all(0)
        strength = (torch.rand(n, device=device) * 3 - 1.5) * seen
        return latents + strength[:, None] * (self.means[1] - self.means[0])[which]


def cycle_loss(found: Tensor, asked: Tensor) -> Tensor:
    """Mean squared error of re-encoded latents; 1 is the spread of the prior."""
    return (found.float() - asked).pow(2).mean()
