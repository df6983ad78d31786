"""The nuisances of an edit that a picture itself tells: its light and its background."""

from __future__ import annotations

import torch


def light(x: torch.Tensor) -> torch.Tensor:
    """Brightness and contrast of the face, colour of the background: `[n, 5]`."""
    face, top = x[:, :, 40:108, 36:92], x[:, :, :16]
    sides = torch.cat([x[:, :, :64, :10], x[:, :, :64, -10:]], dim=3)
    back = 0.5 * (top.mean((2, 3)) + sides.mean((2, 3)))
    grey = face.mean(1)
    return torch.cat([grey.mean((1, 2))[:, None], grey.std((1, 2))[:, None], back], dim=1)
