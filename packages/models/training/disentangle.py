"""How far single coordinates of a representation are single attributes: metrics from the literature.

All take a code `[n, d]` (one column per coordinate) and labels `[n, k]` of 0, 1 or NaN (unknown).
They are compared between bases of the same space, never read as a quality of the pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

CAPTURED = 0.75
"""AUROC from which an attribute counts as captured by a coordinate (TAD)."""

BINS = 20


def auroc_matrix(code: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """`[d, k]`: how well each coordinate alone ranks each attribute; 0.5 is chance, sign ignored."""
    result = np.empty((code.shape[1], labels.shape[1]))
    for k in range(labels.shape[1]):
        known = np.isfinite(labels[:, k])
        positive = labels[known, k] > 0.5
        ranks = code[known].argsort(0, kind="stable").argsort(0) + 1.0
        p, n = positive.sum(), (~positive).sum()
        area = (ranks[positive].sum(0) - p * (p + 1) / 2) / max(p * n, 1)
        result[:, k] = np.maximum(area, 1 - area)
    return result


def gap(matrix: np.ndarray, axis: int) -> np.ndarray:
    """The largest entry minus the second largest along an axis."""
    ordered = np.sort(matrix, axis=axis)
    return ordered.take(-1, axis) - ordered.take(-2, axis)


def tad(areas: np.ndarray) -> tuple[float, int]:
    """Total AUROC difference over the attributes that any coordinate captures, and their number (Yeats et al. 2022)."""
    captured = areas.max(0) >= CAPTURED
    return float(gap(areas, 0)[captured].sum()), int(captured.sum())


def sap(code: np.ndarray, labels: np.ndarray) -> float:
    """Separated attribute predictability (Kumar et al. 2018), squared correlation as the score."""
    return float(gap(squared_correlation(code, labels), 0).mean())


def squared_correlation(code: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """`[d, k]`; rows with an unknown label do not count."""
    result = np.empty((code.shape[1], labels.shape[1]))
    for k in range(labels.shape[1]):
        known = np.isfinite(labels[:, k])
        x, y = code[known] - code[known].mean(0), labels[known, k] - labels[known, k].mean()
        result[:, k] = (x.T @ y) ** 2 / np.maximum((x**2).sum(0) * (y**2).sum(), 1e-12)
    return result


def mutual_information(code: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`[d, k]` in nats, each coordinate in 20 bins of equal count, and the labels' entropies `[k]`."""
    ranks = code.argsort(0, kind="stable").argsort(0)
    bins = ranks * BINS // len(code)
    information, entropy = np.zeros((code.shape[1], labels.shape[1])), np.zeros(labels.shape[1])
    for k in range(labels.shape[1]):
        known = np.isfinite(labels[:, k])
        y = (labels[known, k] > 0.5).astype(int)
        share = np.bincount(y, minlength=2) / len(y)
        entropy[k] = -(share * np.log(np.maximum(share, 1e-12))).sum()
        for d in range(code.shape[1]):
            joint = np.bincount(bins[known, d] * 2 + y, minlength=2 * BINS).reshape(BINS, 2) / len(y)
            independent = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
            filled = joint > 0
            information[d, k] = (joint[filled] * np.log(joint[filled] / independent[filled])).sum()
    return information, entropy


def mig(information: np.ndarray, entropy: np.ndarray) -> float:
    """Mutual information gap: does one coordinate hold an attribute? (Chen et al. 2018)"""
    return float((gap(information, 0) / entropy).mean())


def mig_sup(information: np.ndarray, entropy: np.ndarray) -> float:
    """The other way: does a coordinate hold one attribute? (Li et al. 2020)"""
    return float(gap(information / entropy, 1).mean())


@dataclass(frozen=True)
class Dci:
    """Eastwood & Williams 2018: 0..1 each; informativeness is the mean AUROC of the predictors."""

    disentanglement: float
    completeness: float
    informativeness: float


def dci(importance: np.ndarray, informativeness: float) -> Dci:
    """From `[d, k]`, the importance of each coordinate for predicting each attribute, not negative."""

    def certainty(shares: np.ndarray) -> np.ndarray:
        shares = shares / np.maximum(shares.sum(1, keepdims=True), 1e-12)
        spread = -(shares * np.log(np.maximum(shares, 1e-12))).sum(1)
        return 1 - spread / np.log(shares.shape[1])

    weight = importance.sum(1) / importance.sum()
    return Dci(
        float((weight * certainty(importance)).sum()),
        float(certainty(importance.T).mean()),
        informativeness,
    )


def excess_entanglement(scores: np.ndarray, labels: np.ndarray) -> float:
    """Mean over pairs of |correlation of scores| - |correlation of labels|.

    `scores` `[n, k]`, one column for each label. 0: scores are as entangled as the world is;
    above: the representation adds entanglement of its own.
    """
    known = np.isfinite(labels).all(1)
    a, b = (np.abs(np.corrcoef(v[known], rowvar=False)) for v in (scores, labels))
    return float((a - b)[~np.eye(len(a), dtype=bool)].mean())


def summary(
    code: np.ndarray,
    labels: np.ndarray,
    fit: Callable[[int], tuple[np.ndarray, np.ndarray]],
) -> dict[str, float]:
    """All metrics of one basis. `fit(k)` gives a predictor of label k: its weights `[d]` and scores `[n]`."""
    areas = auroc_matrix(code, labels)
    information, entropy = mutual_information(code, labels)
    weights, reached = [], []
    for k in range(labels.shape[1]):
        w, scores = fit(k)
        weights.append(np.abs(w))
        reached.append(auroc_matrix(scores[:, None], labels[:, k : k + 1])[0, 0])
    d = dci(np.array(weights).T, float(np.mean(reached)))
    total, captured = tad(areas)
    values = {
        "best_auroc": areas.max(0).mean(),
        "tad": total,
        "captured": captured,
        "sap": sap(code, labels),
        "mig": mig(information, entropy),
        "mig_sup": mig_sup(information, entropy),
        "dci_disentanglement": d.disentanglement,
        "dci_completeness": d.completeness,
        "dci_informativeness": d.informativeness,
    }
    return {name: round(float(value), 4) for name, value in values.items()}
