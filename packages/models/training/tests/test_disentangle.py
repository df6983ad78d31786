"""Disentanglement metrics on codes whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from disentangle import (
    auroc_matrix,
    dci,
    excess_entanglement,
    gap,
    mig,
    mig_sup,
    mutual_information,
    sap,
    summary,
    tad,
)

N, K = 4000, 4


@pytest.fixture(scope="module")
def factors() -> np.ndarray:
    return (np.random.default_rng(1).random((N, K)) < 0.5).astype(float)


def code_of(factors: np.ndarray, mix: np.ndarray, noise: float = 0.3) -> np.ndarray:
    return factors @ mix + np.random.default_rng(2).normal(0, noise, (len(factors), mix.shape[1]))


def measured(code: np.ndarray, factors: np.ndarray) -> dict[str, float]:
    centred = code - code.mean(0)

    def least_squares(k: int) -> tuple[np.ndarray, np.ndarray]:
        w = np.linalg.lstsq(centred, factors[:, k] - factors[:, k].mean(), rcond=None)[0]
        return w * code.std(0), centred @ w

    return summary(code, factors, least_squares)


def test_one_coordinate_per_factor_scores_high_and_a_mixture_low(factors: np.ndarray) -> None:
    clean = measured(code_of(factors, np.eye(K)), factors)
    turned, _ = np.linalg.qr(np.random.default_rng(3).normal(size=(K, K)))
    mixed = measured(code_of(factors, turned), factors)
    for name in ("tad", "sap", "mig", "mig_sup", "dci_disentanglement", "dci_completeness"):
        assert clean[name] > 1.5 * mixed[name], name
    assert clean["captured"] == K and clean["mig"] > 0.5 and clean["dci_disentanglement"] > 0.9
    # A rotation loses no information.
    assert mixed["dci_informativeness"] == pytest.approx(clean["dci_informativeness"], abs=0.02)


def test_noise_is_chance(factors: np.ndarray) -> None:
    noise = np.random.default_rng(4).normal(size=(N, 6))
    areas = auroc_matrix(noise, factors)
    assert areas.max() < 0.55 and tad(areas) == (0.0, 0)
    information, entropy = mutual_information(noise, factors)
    assert mig(information, entropy) < 0.01 and mig_sup(information, entropy) < 0.01
    assert sap(noise, factors) < 0.01


def test_unknown_labels_do_not_count(factors: np.ndarray) -> None:
    code, labels = code_of(factors, np.eye(K)), factors.copy()
    expected = auroc_matrix(code, labels)
    labels[::7] = np.nan
    assert np.abs(auroc_matrix(code, labels) - expected).max() < 0.03


def test_auroc_matrix_ignores_the_sign(factors: np.ndarray) -> None:
    code = code_of(factors, np.eye(K))
    assert np.allclose(auroc_matrix(code, factors), auroc_matrix(-code, factors), atol=1e-9)


def test_information_of_a_copy_is_the_entropy() -> None:
    label = np.repeat([0.0, 1.0], 500)[:, None]
    information, entropy = mutual_information(label + np.linspace(0, 0.1, 1000)[:, None], label)
    assert information[0, 0] == pytest.approx(np.log(2), abs=1e-6)
    assert entropy[0] == pytest.approx(np.log(2))


def test_gap_and_dci_by_hand() -> None:
    assert gap(np.array([[0.9, 0.6], [0.7, 0.6]]), 0) == pytest.approx([0.2, 0.0])
    perfect, uniform = dci(np.eye(3), 1.0), dci(np.ones((3, 3)), 1.0)
    assert (perfect.disentanglement, perfect.completeness) == pytest.approx((1, 1), abs=1e-6)
    assert (uniform.disentanglement, uniform.completeness) == pytest.approx((0, 0), abs=1e-6)


def test_excess_entanglement_is_what_scores_add(factors: np.ndarray) -> None:
    assert excess_entanglement(code_of(factors, np.eye(K)), factors) == pytest.approx(0, abs=0.02)
    together = np.eye(K) + 0.8
    assert excess_entanglement(code_of(factors, together), factors) > 0.5
