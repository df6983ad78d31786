"""The scoreboard's arithmetic, and judges that learn."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from judge import Judge, margin_loss, pair_quality
from metrics import frechet, laplacian_variance, leaf, psnr, r2


def test_frechet_of_known_gaussians() -> None:
    random = np.random.default_rng(0)
    x = random.normal(0, 1, (200_000, 2))
    assert frechet(x, x) == pytest.approx(0, abs=1e-6)
    # |m|^2 + tr(A + B - 2 sqrt(AB)) = 9 + 2 (1 - 2)^2
    assert frechet(x, 2 * random.normal(0, 1, x.shape) + [3, 0]) == pytest.approx(11, rel=0.02)


def test_psnr_and_sharpness() -> None:
    black = np.zeros((1, 16, 16, 3), np.uint8)
    assert psnr(black, black + 16)[0] == pytest.approx(10 * np.log10(255**2 / 256))
    board = ((np.indices((16, 16)).sum(0) % 2) * 255).astype(np.uint8)[None, ..., None].repeat(3, -1)
    assert laplacian_variance(black)[0] == 0
    assert laplacian_variance(board)[0] == pytest.approx((255 * 4) ** 2, rel=1e-3)


def test_interval_holds_the_mean_and_narrows_with_n() -> None:
    random = np.random.default_rng(1)
    small, large = (leaf(random.normal(5, 1, n)) for n in (50, 5000))
    assert small["ci"][0] < small["value"] < small["ci"][1]
    assert large["ci"][1] - large["ci"][0] < (small["ci"][1] - small["ci"][0]) / 4
    assert large["value"] == pytest.approx(5, abs=0.06) and large["n"] == 5000


def test_r2_ignores_unknown_rows() -> None:
    target = np.append(np.arange(40.0), np.nan)
    assert r2(target, target)["value"] == 1
    assert r2(np.full(41, 19.5), target)["value"] == pytest.approx(0, abs=1e-9)


def test_pair_quality_tells_clusters_from_noise() -> None:
    random = np.random.default_rng(2)
    identity = np.repeat(np.arange(60), 4)
    centres = random.normal(0, 1, (60, 16))
    normalise = lambda v: v / np.linalg.norm(v, axis=1, keepdims=True)  # noqa: E731
    clustered = pair_quality(normalise(centres[identity] + random.normal(0, 0.2, (240, 16))), identity)
    noise = pair_quality(normalise(random.normal(0, 1, (240, 16))), identity)
    assert clustered["auc"] > 0.99 and clustered["same"] > clustered["strangers"] + 0.5
    assert abs(noise["auc"] - 0.5) < 0.1


def test_margin_makes_the_right_identity_win_by_more() -> None:
    identity = torch.tensor([0, 1])
    right = torch.tensor([[0.9, 0.1], [0.1, 0.9]])
    assert margin_loss(right, identity) < margin_loss(right * 0.5, identity)
    assert margin_loss(right, identity, margin=0.4) > margin_loss(right, identity, margin=0.0)


def test_judges_shapes() -> None:
    x = torch.rand(2, 3, 128, 128) * 2 - 1
    e, i = Judge(7, normalised=False).eval(), Judge(11, normalised=True).eval()
    assert e(x).shape == (2, 7) and i(x).shape == (2, 11)
    assert torch.allclose(i.embed(x).norm(dim=1), torch.ones(2), atol=1e-5)
    assert i(x).abs().max() <= 1.0001
