"""The landmarker: its loss, its file, and a run that is stopped and goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from averaged_run import AveragedRun
from finder_warm import load_finder
from landmarker import CROP_TEMPLATE, SIDE, Landmarker, landmarker_loss, points_of
from landmarker_data import Crops
from locator import Locator
from locator_export import landmarker_graph, locator_graph


def crops(seed: int = 1) -> Crops:
    random = np.random.default_rng(3)
    pictures = random.integers(0, 255, (12, 136, 136, 3), np.uint8)
    landmarks = np.tile(np.array([48, 58, 80, 58, 64, 80, 50, 92, 78, 92], np.float32), (12, 1))
    return Crops(pictures, landmarks, pictures[:4], seed)


def test_loss_is_the_distance_and_ignores_points_where_no_face_is() -> None:
    points = torch.from_numpy(CROP_TEMPLATE).float().repeat(2, 1, 1)
    points[0, :, 0] += 3.0
    points[1] += 50.0
    output = torch.zeros(2, 11)
    miss, _ = landmarker_loss(output, points, torch.tensor([1.0, 0.0]))
    assert miss.item() == pytest.approx(3.0, abs=0.05)
    assert np.allclose(points_of(output)[0], CROP_TEMPLATE)


def test_mirrored_crops_keep_left_and_right() -> None:
    _, points, is_face = crops().batch(16)
    eyes = points[is_face > 0][:, :2]
    along = (eyes[:, 1] - eyes[:, 0])[:, 0]
    assert (along > 0).all()


def test_the_file_says_what_the_network_says() -> None:
    torch.manual_seed(2)
    net = Landmarker().train()
    with torch.no_grad():
        net(torch.rand(8, 3, SIDE, SIDE) * 2 - 1)
        net.head.weight.normal_(std=0.2)
    net.eval()
    picture = np.random.default_rng(4).integers(0, 255, (1, SIDE, SIDE, 4), np.uint8)
    session = onnxruntime.InferenceSession(landmarker_graph(net), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"image": picture})
    x = torch.from_numpy(picture[..., :3]).permute(0, 3, 1, 2).float() / 127.5 - 1
    with torch.no_grad():
        expected = net(x).numpy()
    # Weights are stored in 8 bits.
    assert np.abs(found - expected).max() < 0.05 * np.abs(expected).max()


@pytest.mark.parametrize(("kind", "side", "graph"), [(Landmarker, SIDE, landmarker_graph), (Locator, 64, locator_graph)])
def test_shipped_files_are_a_warm_start(kind: type, side: int, graph: Callable, tmp_path: Path) -> None:
    torch.manual_seed(5)
    pictures = torch.rand(8, 3, side, side) * 2 - 1
    trained = kind().train()
    with torch.no_grad():
        trained(pictures)
    file = tmp_path / "net.onnx"
    file.write_bytes(graph(trained.eval()))
    warm = kind()
    load_finder(warm, file, [pictures[:4], pictures[4:]])
    with torch.no_grad():
        found, expected = (torch.cat([y.flatten() for y in net(pictures)]) for net in (warm, trained))
        # Weights are stored in 8 bits.
        assert (found - expected).abs().max() < 0.05 * expected.abs().max()
        warm.train()
        again = torch.cat([y.flatten() for y in warm(pictures)])
    # The statistics are those of these pictures: nothing changes when they are measured in training.
    torch.testing.assert_close(again, found, atol=2e-2, rtol=2e-2)


def test_a_run_is_stopped_and_goes_on(tmp_path: Path) -> None:
    def start() -> AveragedRun:
        torch.manual_seed(1)
        net = Landmarker()
        return AveragedRun(net, torch.optim.AdamW(net.parameters(), 1e-3), tmp_path / "run.pt", minutes=60)

    run, source = start(), crops()
    for _ in range(3):
        pictures, points, is_face = source.batch(8)
        run.descend(sum(landmarker_loss(run.net(pictures), points, is_face)))
    run.elapsed = 90.0
    run.save()
    again = start()
    assert (again.step, again.elapsed, list(tmp_path.iterdir())) == (3, 90.0, [tmp_path / "run.pt"])
    for (name, value), other in zip(run.average.state_dict().items(), again.average.state_dict().values()):
        assert torch.equal(value, other), name
    assert not torch.equal(run.net.head.weight, run.average.head.weight)
