"""The VAE: dense 3x3 residual blocks, LeakyReLU, nearest up-sampling, no norms.

Why so plain: it is what onnxruntime's wasm kernels run at full speed (`npm run bench`).
A latent z has `latent` numbers; its last `odd` numbers change sign when the picture is mirrored
(`mirror`), which makes head turn and gaze near-axes of the space.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SLOPE = 0.2


@dataclass(frozen=True)
class ModelConfig:
    """Sizes of the network; stored in every checkpoint."""

    latent: int = 192
    odd: int = 64
    encoder: tuple[int, ...] = (32, 64, 128, 192, 256)
    """Widths at 64, 32, 16, 8 and 4 pixels."""
    decoder: tuple[int, ...] = (160, 96, 40, 20)
    """Widths at 8, 16, 32 and 64 pixels."""

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, Any]) -> ModelConfig:
        """The inverse of :meth:`to_dict`, also after JSON, which knows no tuples."""
        return ModelConfig(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


class Residual(nn.Module):
    """3x3, LeakyReLU, 3x3, add, LeakyReLU; starts as the identity (zero-initialised branch)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = conv(width, width, 3)
        self.second = conv(width, width, 3)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        branch = self.second(F.leaky_relu(self.first(x), SLOPE))
        return F.leaky_relu(x + branch, SLOPE)


def conv(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Conv2d:
    """A convolution with same padding and He initialisation (He et al. 2015)."""
    layer = nn.Conv2d(inputs, outputs, kernel, stride, padding=(kernel - stride + 1) // 2)
    nn.init.kaiming_normal_(layer.weight, SLOPE)
    nn.init.zeros_(layer.bias)
    return layer


class Encoder(nn.Module):
    """Picture `[n, 3, 128, 128]` in -1..1 -> mean and log-variance, each `[n, latent]`."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        widths = config.encoder
        self.stem = conv(12, widths[0], 3)
        self.blocks = nn.ModuleList(Residual(w) for w in widths[:-1])
        self.downs = nn.ModuleList(conv(a, b, 4, 2) for a, b in zip(widths, widths[1:]))
        self.mean = nn.Linear(widths[-1] * 16, config.latent)
        self.log_var = nn.Linear(widths[-1] * 16, config.latent)
        for head in (self.mean, self.log_var):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)

    def features(self, x: Tensor) -> Tensor:
        x = F.leaky_relu(self.stem(F.pixel_unshuffle(x, 2)), SLOPE)
        for block, down in zip(self.blocks, self.downs):
            x = F.leaky_relu(down(block(x)), SLOPE)
        return x.flatten(1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        features = self.features(x)
        return self.mean(features).float(), self.log_var(features).float().clamp(-12, 4)


class Decoder(nn.Module):
    """Latent `[n, latent]` -> picture `[n, 3, 128, 128]`, about -1..1 (not clipped)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        widths = config.decoder
        self.width = widths[0]
        self.stem = nn.Linear(config.latent, widths[0] * 64)
        nn.init.kaiming_normal_(self.stem.weight, SLOPE)
        nn.init.zeros_(self.stem.bias)
        self.blocks = nn.ModuleList(Residual(w) for w in widths)
        self.ups = nn.ModuleList(conv(a, b, 1) for a, b in zip(widths, widths[1:]))
        self.head = conv(widths[-1], 12, 3)
        nn.init.normal_(self.head.weight, std=0.02)

    def hidden(self, z: Tensor) -> Tensor:
        """The last feature map, `[n, widths[-1], 64, 64]`."""
        x = F.leaky_relu(self.stem(z), SLOPE).view(-1, self.width, 8, 8)
        x = self.blocks[0](x)
        for up, block in zip(self.ups, list(self.blocks)[1:]):
            x = F.leaky_relu(up(x), SLOPE)
            x = block(F.interpolate(x, scale_factor=2.0, mode="nearest"))
        return x

    def forward(self, z: Tensor) -> Tensor:
        return F.pixel_shuffle(self.head(self.hidden(z)), 2).float()


class VAE(nn.Module):
    """Encoder, decoder and a linear read-out that is used in training only."""

    def __init__(self, config: ModelConfig, labels: int = 0) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self.readout = nn.Linear(config.latent, labels) if labels else None

    def forward(self, x: Tensor) -> Tensor:
        """Reconstruction through the posterior mean."""
        return self.decoder(self.encoder(x)[0])


def mirror(z: Tensor, odd: int) -> Tensor:
    """The latent of the mirrored picture: the last `odd` numbers change sign."""
    return torch.cat([z[..., :-odd], -z[..., -odd:]], dim=-1) if odd else z


def decoder_macs(config: ModelConfig) -> int:
    """Multiply-adds of one decode."""
    widths, total = config.decoder, config.latent * config.decoder[0] * 64
    for stage, width in enumerate(widths):
        area = (8 << stage) ** 2
        total += 18 * width * width * area
        if stage + 1 < len(widths):
            total += width * widths[stage + 1] * area
    return total + 9 * widths[-1] * 12 * 64 * 64
