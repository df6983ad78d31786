"""The algebra of probes and directions on made-up latents whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from directions import Encoded, Whitened, auroc, build_attributes, joint, mean_difference, typicality
from template import TEMPLATE, similarity


def encoded(n: int = 4000) -> Encoded:
    """Smiling lies along axis 0, Male along axis 1, and smiling people are more often male."""
    random = np.random.default_rng(2)
    z = random.normal(0, 1, (n, 6))
    z[:, 1] += 0.8 * z[:, 0]
    columns = {
        "Smiling": (z[:, 0] + random.normal(0, 0.3, n) > 0).astype(float),
        "Male": (z[:, 1] + random.normal(0, 0.3, n) > 0).astype(float),
        "#yaw": z[:, 2] * 20,
    }
    return Encoded(z, columns, random.normal(0, 1, (n, 2)))


def test_joint_direction_moves_its_own_score_by_one_and_holds_the_rest() -> None:
    data = encoded()
    space = Whitened(data)
    smiling, _ = space.probe(space.logistic(data.attributes["Smiling"]))
    male, _ = space.probe(space.logistic(data.attributes["Male"]))
    direction = joint(data.covariance, smiling, male[None])
    assert smiling @ direction == pytest.approx(1)
    assert abs(male @ direction) < 0.05
    difference = mean_difference(data, data.attributes["Smiling"], smiling)
    assert smiling @ difference == pytest.approx(1)
    assert abs(male @ difference) > 0.3  # the seed's direction drags the other along


def test_probe_scores_have_unit_deviation_and_zero_mean() -> None:
    data = encoded()
    space = Whitened(data)
    weights, bias = space.probe(space.logistic(data.attributes["Smiling"]))
    scores = data.latents @ weights + bias
    assert scores.mean() == pytest.approx(0, abs=1e-6)
    assert scores.std() == pytest.approx(1, abs=1e-3)
    assert auroc(scores, data.attributes["Smiling"]) > 0.95


def test_regression_finds_the_axis_of_a_number() -> None:
    data = encoded()
    space = Whitened(data)
    weights, _ = space.probe(space.ridge(data.attributes["#yaw"]))
    assert weights[2] == pytest.approx(1, abs=0.05) and np.abs(np.delete(weights, 2)).max() < 0.1


def test_auroc_against_counting_pairs() -> None:
    random = np.random.default_rng(1)
    scores, target = random.normal(0, 1, 60), (random.random(60) < 0.4).astype(float)
    pairs = scores[target == 1][:, None] > scores[target == 0][None]
    assert auroc(scores, target) == pytest.approx(pairs.mean())


def test_attribute_file_leaves_out_what_the_data_cannot_tell() -> None:
    file = build_attributes(encoded(), {"id": "m", "sha256": "0" * 64})
    assert [a["name"] for a in file["attributes"]] == ["smiling", "yaw", "male"]
    assert all(a["range"][0] < 0 < a["range"][1] for a in file["attributes"])


def test_typicality_of_a_normal_distribution() -> None:
    z = np.random.default_rng(5).normal(0, 3, (4000, 50))
    found = typicality(Encoded(z, {}, np.zeros((4000, 1))))
    assert found["mean"] == pytest.approx(-1 / 50, abs=0.01)
    assert found["deviation"] == pytest.approx((2 / 50) ** 0.5, abs=0.01)


def test_similarity_recovers_a_known_transform() -> None:
    angle, scale, shift = 0.4, 1.7, np.array([12.0, -5.0])
    rotation = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = similarity(TEMPLATE, TEMPLATE @ rotation.T + shift)
    assert np.allclose(matrix[:, :2], rotation) and np.allclose(matrix[:, 2], shift)
