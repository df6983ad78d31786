"""Numbers on the scoreboard: each a value with its 95 % bootstrap interval, n and seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

SEED = 1


def leaf(values: np.ndarray, statistic: Callable[[np.ndarray], float] = np.mean, rounds: int = 400) -> dict:
    """A metric that is a statistic of per-face values `[n]` (or `[n, k]`, resampled by rows)."""
    values = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(SEED)
    draws = [statistic(values[random.integers(0, len(values), len(values))]) for _ in range(rounds)]
    low, high = np.quantile(draws, [0.025, 0.975])
    return {
        "value": round(float(statistic(values)), 4),
        "ci": [round(float(low), 4), round(float(high), 4)],
        "n": len(values),
        "seed": SEED,
    }


def psnr(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """dB for each pair of uint8 pictures `[n, h, w, 3]`."""
    error = ((x.astype(np.float32) - y.astype(np.float32)) ** 2).mean((1, 2, 3))
    return 10 * np.log10(255.0**2 / np.maximum(error, 1e-6))


def grey(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)


def laplacian_variance(x: np.ndarray) -> np.ndarray:
    """Sharpness: variance of the Laplacian of the grey picture, in grey levels squared, `[n]`."""
    g = grey(x)
    lap = g[:, :-2, 1:-1] + g[:, 2:, 1:-1] + g[:, 1:-1, :-2] + g[:, 1:-1, 2:] - 4 * g[:, 1:-1, 1:-1]
    return lap.var((1, 2))


def frechet(x: np.ndarray, y: np.ndarray) -> float:
    """Frechet distance of two sets of features `[n, k]` (Heusel et al. 2017)."""
    mean = ((x.mean(0) - y.mean(0)) ** 2).sum()
    a, b = (np.cov(v, rowvar=False) for v in (x, y))
    # Eigenvalues of a product of two positive matrices are real and not negative.
    values = np.linalg.eigvals(a @ b).real
    return float(mean + np.trace(a) + np.trace(b) - 2 * np.sqrt(np.maximum(values, 0)).sum())


def normalised_frechet(fake: np.ndarray, real: np.ndarray, blurred: np.ndarray) -> dict:
    """nFD: the distance as a share of what a blur of 2 px does to the same reals."""
    random = np.random.default_rng(SEED)
    scale = frechet(blurred, real)
    draws = []
    for _ in range(20):
        i, j = (random.integers(0, len(v), len(v)) for v in (fake, real))
        draws.append(frechet(fake[i], real[j]) / scale)
    value = frechet(fake, real) / scale
    # A bootstrap of a distance is biased upwards; its spread, not its place, is what it can tell.
    spread = 1.96 * float(np.std(draws))
    return {
        "value": round(value, 4),
        "ci": [round(value - spread, 4), round(value + spread, 4)],
        "n": len(fake),
        "seed": SEED,
    }


def r2(predicted: np.ndarray, target: np.ndarray) -> dict:
    """Share of variance explained."""
    known = np.isfinite(target)
    pairs = np.stack([predicted[known], target[known]], axis=1)

    def statistic(rows: np.ndarray) -> float:
        return 1 - ((rows[:, 1] - rows[:, 0]) ** 2).sum() / ((rows[:, 1] - rows[:, 1].mean()) ** 2).sum()

    return leaf(pairs, statistic)
