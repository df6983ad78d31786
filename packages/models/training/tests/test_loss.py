"""MS-SSIM against a reference that is written straight from the paper, with loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from loss import SCALE_WEIGHTS, KlController, face_mask, kl_nats, ms_ssim, reconstruction


def reference(x: np.ndarray, y: np.ndarray, scales: int, window: int, sigma: float) -> float:
    """Wang et al. 2003 for one channel in 0..1, window by window."""
    r = np.arange(window) - (window - 1) / 2
    g = np.exp(-(r**2) / (2 * sigma**2))
    kernel = np.outer(g, g) / np.outer(g, g).sum()
    weights = np.array(SCALE_WEIGHTS[:scales]) / sum(SCALE_WEIGHTS[:scales])
    c1, c2, result = 0.01**2, 0.03**2, 1.0
    for scale in range(scales):
        if scale:
            x, y = (v.reshape(v.shape[0] // 2, 2, v.shape[1] // 2, 2).mean((1, 3)) for v in (x, y))
        structure, full = [], []
        for i in range(x.shape[0] - window + 1):
            for j in range(x.shape[1] - window + 1):
                a, b = x[i : i + window, j : j + window], y[i : i + window, j : j + window]
                ma, mb = (kernel * a).sum(), (kernel * b).sum()
                va, vb = (kernel * (a - ma) ** 2).sum(), (kernel * (b - mb) ** 2).sum()
                cov = (kernel * (a - ma) * (b - mb)).sum()
                cs = (2 * cov + c2) / (va + vb + c2)
                structure.append(cs)
                full.append(cs * (2 * ma * mb + c1) / (ma**2 + mb**2 + c1))
        result *= np.mean(full if scale == scales - 1 else structure) ** weights[scale]
    return result


@pytest.mark.parametrize(("size", "scales", "noise"), [(32, 2, 0.1), (64, 3, 0.05), (48, 1, 0.3)])
def test_ms_ssim_equals_the_paper(size: int, scales: int, noise: float) -> None:
    random = np.random.default_rng(size)
    x = random.random((size, size))
    y = np.clip(x + random.normal(0, noise, x.shape), 0, 1)
    mine = ms_ssim(*(torch.tensor(v * 2 - 1).float()[None, None] for v in (x, y)), scales=scales)
    assert mine.item() == pytest.approx(reference(x, y, scales, 7, 1.5), abs=2e-5)


def test_ms_ssim_of_equal_pictures_is_one_and_has_a_gradient() -> None:
    x = torch.rand(2, 3, 64, 64) * 2 - 1
    assert torch.allclose(ms_ssim(x, x), torch.ones(2), atol=1e-5)
    y = (x * 0.5).requires_grad_()
    ms_ssim(y, x, scales=3).sum().backward()
    assert y.grad is not None and y.grad.isfinite().all() and y.grad.abs().sum() > 0


@pytest.mark.parametrize("kind", ["l2", "l1", "ms-ssim", "ms-ssim+l1"])
def test_every_arm_of_the_ablation_falls_towards_the_picture(kind: str) -> None:
    torch.manual_seed(0)
    y, mask = torch.rand(2, 3, 128, 128) * 2 - 1, face_mask(128)
    far, near = y + torch.randn_like(y) * 0.3, y + torch.randn_like(y) * 0.05
    assert reconstruction(kind, y, y, mask) < 1e-4
    assert reconstruction(kind, near, y, mask) < reconstruction(kind, far, y, mask)


def test_unknown_arm_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        reconstruction("l3", *[torch.zeros(1, 3, 128, 128)] * 2, face_mask(128))


def test_kl_matches_torch_distributions() -> None:
    mean, log_var = torch.randn(64, 8), torch.randn(64, 8)
    q = torch.distributions.Normal(mean, (0.5 * log_var).exp())
    expected = torch.distributions.kl_divergence(q, torch.distributions.Normal(0.0, 1.0)).mean(0)
    assert torch.allclose(kl_nats(mean, log_var), expected, atol=1e-5)


def test_controller_settles_on_its_target() -> None:
    controller, nats = KlController(200, 3e-4, 0.01), 0.0
    for _ in range(4000):
        nats = 0.06 / controller.weight  # a model whose KL falls as its weight rises
        controller.update(nats)
    assert nats == pytest.approx(200, rel=0.03)
