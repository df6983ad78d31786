"""The patch discriminator that sharpens the decoder in the last part of training."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from model import SLOPE, conv


class Patches(nn.Module):
    """`[n, 3, 128, 128]` -> one logit for each of 16x16 overlapping patches."""

    def __init__(self, widths: tuple[int, int, int] = (32, 64, 128)) -> None:
        super().__init__()
        a, b, c = widths
        self.layers = nn.ModuleList([conv(12, a, 3), conv(a, b, 4, 2), conv(b, c, 4, 2), conv(c, c, 3)])
        self.head = conv(c, 1, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Logits and the feature maps below them."""
        x = F.pixel_unshuffle(x, 2)
        features = []
        for layer in self.layers:
            x = F.leaky_relu(layer(x), SLOPE)
            features.append(x)
        return self.head(x).float(), features


def discriminator_loss(network: Patches, real: Tensor, fake: Tensor, penalty: float) -> Tensor:
    """Logistic loss; with `penalty` > 0 also R1 (Mescheder et al. 2018), which is done lazily."""
    if penalty:
        real = real.detach().requires_grad_()
    on_real, _ = network(real)
    on_fake, _ = network(fake.detach())
    loss = F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
    if penalty:
        (gradient,) = torch.autograd.grad(on_real.sum(), real, create_graph=True)
        # For one patch: the logits of all of them were summed.
        loss = loss + penalty * gradient.float().pow(2).sum((1, 2, 3)).mean() / on_real[0].numel()
    return loss


def generator_loss(network: Patches, real: Tensor, fake: Tensor) -> Tensor:
    """Non-saturating loss plus feature matching, which keeps the face the same person's."""
    logits, features = network(fake)
    with torch.no_grad():
        _, targets = network(real)
    match = torch.stack([(a - b).float().abs().mean() for a, b in zip(features, targets)]).mean()
    return F.softplus(-logits).mean() + match
