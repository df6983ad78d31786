"""The scoreboard's arithmetic, and judges that learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from judge import Judge, load_judge, margin_loss, pair_quality, save_judge, varied
from metrics import frechet, laplacian_variance, leaf, psnr, r2
from peer import Peer


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


def test_judges_are_kept_in_half_precision_and_name_nobody(tmp_path: Path) -> None:
    x = torch.rand(2, 3, 128, 128) * 2 - 1
    for outputs, normalised in ((7, False), (11, True)):
        judge, path = Judge(outputs, normalised).eval(), tmp_path / f"{normalised}.pt"
        save_judge(judge, path)
        kept = load_judge(path)
        assert torch.allclose(kept.embed(x), judge.embed(x), atol=5e-3)
        assert normalised or torch.allclose(kept(x), judge(x), atol=5e-3)
        assert torch.load(path, weights_only=True)["weights"].keys() == judge.state_dict().keys() - ({"head.weight"} if normalised else set())


def test_varied_pictures_stay_the_same_faces() -> None:
    torch.manual_seed(0)
    x = torch.nn.functional.interpolate(torch.rand(8, 3, 8, 8) * 2 - 1, size=(64, 64), mode="bilinear")
    y = varied(x)
    assert y.shape == x.shape and not torch.equal(x, y)
    # Nothing turned, zoomed or covered: the picture itself.
    assert torch.allclose(varied(x, turn=0, zoom=0, hole=0), x, atol=1e-5)
    covered = varied(x, turn=0, zoom=0, hole=1)
    assert ((covered == 0).all(1) | (covered - x).abs().lt(1e-5).all(1)).all()


def test_the_peer_has_the_weights_that_its_model_json_declares() -> None:
    peer = Peer().eval()
    count = lambda part: sum(p.numel() for p in part.parameters())  # noqa: E731
    assert count(peer.encoder) == pytest.approx(3.37e6, rel=0.005)
    assert count(peer.decoder) == pytest.approx(1.74e6, rel=0.005)
    mean, log_var = peer.encoder(torch.zeros(2, 3, 128, 128))
    assert mean.shape == log_var.shape == (2, 400)
    assert peer.decoder(mean).shape == (2, 3, 128, 128)
