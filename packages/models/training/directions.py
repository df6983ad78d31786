"""Attribute directions: the seed's mean difference, and the joint method that ships.

All of split A is encoded, mirrored pictures included. With Sigma the covariance of the latents:

- *probe* w: class-balanced logistic regression (ridge regression for numbers), scaled so that
  w.z has a standard deviation of 1 over faces and mean 0: the unit of every slider.
- *mean difference*: mean latent with the attribute minus mean latent without, scaled to raise the
  probe's score by 1. Entangled: whatever goes along with the attribute in CelebA moves too.
- *joint*: the least unlikely change (shortest in Mahalanobis length) that raises the score by 1
  and leaves unrelated scores and nuisances (light, contrast, background, position) as they are:
  d = Sigma W (W^T Sigma W + ridge I)^-1 e, over the probes W of the attribute and of all that is
  to be held.

- *refined* (refine.py): the joint direction, bent until the picture shows the edit and nothing else.

    python directions.py --checkpoint RUN/last.pt --data DATA     prints a table of both methods
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from catalogue import CATALOGUE, Entry
from dataset import ODD_NUMBERS, Faces, to_tensor
from light import light
from model import VAE
from refine import Refiner, Task

RIDGE = 0.02
"""Added to the correlation matrix of scores: how much near-duplicates give way."""


@dataclass
class Encoded:
    """Latents of a split, `[n, d]` in double precision, with what is known of each face."""

    latents: np.ndarray
    attributes: dict[str, np.ndarray]
    """Column -> values `[n]`, NaN where unknown; numbers as `#name`."""
    nuisances: np.ndarray
    """`[n, k]`: brightness, contrast, background colour, position and size of the face."""

    @property
    def mean(self) -> np.ndarray:
        return self.latents.mean(0)

    @property
    def covariance(self) -> np.ndarray:
        return np.cov(self.latents, rowvar=False)


@torch.no_grad()
def encode_all(vae: VAE, faces: Faces, mirrored: bool = True, batch: int = 64) -> Encoded:
    """Encodes every face of a split, and its mirror image."""
    device = next(vae.parameters()).device
    latents, nuisances = [], []
    for start in range(0, len(faces), batch):
        x = to_tensor(faces.crops(faces.rows[start : start + batch]), device)
        nuisances.append(light(x).cpu().numpy())
        views = (x, x.flip(3)) if mirrored else (x,)
        # bf16 rounds a latent by less than the spread of one face's posterior, and evenly.
        with torch.autocast(device.type, dtype=torch.bfloat16):
            latents.append([vae.encoder(view)[0].cpu().numpy() for view in views])
    views = [np.concatenate([part[i] for part in latents]) for i in range(2 if mirrored else 1)]
    rows = faces.rows
    columns = {name: faces.attribute_values[rows, i] for i, name in enumerate(faces.attributes)}
    columns |= {f"#{name}": faces.number_values[rows, i] for i, name in enumerate(faces.numbers)}
    points = faces.landmarks[rows].reshape(-1, 5, 2)
    place = np.concatenate([points.mean(1), points.std(1)], axis=1)
    measured = np.concatenate([np.concatenate(nuisances), place], axis=1)
    if mirrored:
        odd = {f"#{n}" for n in ODD_NUMBERS | {"roll"}}
        columns = {k: np.concatenate([v, -v if k in odd else v]) for k, v in columns.items()}
        turned = measured.copy()
        turned[:, -4] = 128 - turned[:, -4]
        measured = np.concatenate([measured, turned])
    return Encoded(np.concatenate(views).astype(np.float64), columns, measured.astype(np.float64))


class Whitened:
    """Latents in coordinates in which they are uncorrelated, where fitting is easy."""

    def __init__(self, encoded: Encoded) -> None:
        self.mean, covariance = encoded.mean, encoded.covariance
        values, vectors = np.linalg.eigh(covariance)
        values = np.maximum(values, values.max() * 1e-6)
        self.matrix = vectors / np.sqrt(values)
        self.z = (encoded.latents - self.mean) @ self.matrix

    def ridge(self, target: np.ndarray, strength: float = 0.01) -> np.ndarray:
        """Regression of a number; NaN rows do not count."""
        known = np.isfinite(target)
        z, y = self.z[known], target[known]
        y = (y - y.mean()) / max(y.std(), 1e-9)
        gram = z.T @ z / len(z) + strength * np.eye(z.shape[1])
        return np.linalg.solve(gram, z.T @ y / len(z))

    def logistic(self, target: np.ndarray, strength: float = 0.01, steps: int = 8) -> np.ndarray:
        """Class-balanced logistic regression with an L2 penalty, by Newton's method."""
        known = np.isfinite(target)
        z, y = self.z[known], target[known]
        share = np.where(y > 0.5, 0.5 / y.mean(), 0.5 / (1 - y.mean())) / len(y)
        z = np.concatenate([z, np.ones((len(z), 1))], axis=1)
        penalty = np.diag([strength] * (z.shape[1] - 1) + [0.0])
        w = np.zeros(z.shape[1])
        for _ in range(steps):
            p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
            gradient = z.T @ (share * (p - y)) + penalty @ w
            hessian = (z * (share * p * (1 - p))[:, None]).T @ z + penalty
            step = np.linalg.solve(hessian + 1e-9 * np.eye(len(w)), gradient)
            w -= step
            if np.abs(step).max() < 1e-4:
                break
        return w[:-1]

    def probe(self, w: np.ndarray) -> tuple[np.ndarray, float]:
        """Weights in latent coordinates and bias: score of mean 0, deviation 1 over faces."""
        weights = self.matrix @ (w / max(np.linalg.norm(w), 1e-12))
        return weights, float(-weights @ self.mean)


def target_of(entry: Entry, columns: dict[str, np.ndarray]) -> np.ndarray | None:
    """Label of each face for an entry of the catalogue, or None where the data has no such column."""
    negated = entry.source.startswith("-")
    values = columns.get(entry.source.removeprefix("-"))
    if values is None or not np.isfinite(values).any():
        return None
    return 1 - values if negated else values


def fit_probe(space: Whitened, entry: Entry, target: np.ndarray) -> tuple[np.ndarray, float]:
    numeric = entry.source.startswith("#")
    return space.probe(space.ridge(target) if numeric else space.logistic(target))


def mean_difference(encoded: Encoded, target: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The seed's direction, scaled to raise the probe's score by 1."""
    high, low = target > np.nanmedian(target), target <= np.nanmedian(target)
    if set(np.unique(target[np.isfinite(target)])) <= {0.0, 1.0}:
        high, low = target == 1, target == 0
    direction = encoded.latents[high].mean(0) - encoded.latents[low].mean(0)
    return direction / (weights @ direction)


def joint(covariance: np.ndarray, weights: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Least unlikely change that raises `weights` by 1 and leaves the rows of `held` still."""
    rows = np.concatenate([weights[None], held])
    spread = rows @ covariance
    gram = spread @ rows.T
    ridge = RIDGE * np.diag(np.diag(gram))
    ridge[0, 0] = 0.0
    direction = spread.T @ np.linalg.solve(gram + ridge, np.eye(len(rows))[0])
    return direction / (weights @ direction)


def reach_of(scores: np.ndarray, target: np.ndarray) -> float:
    """Strength that carries a typical face to the other class (of a number: to its upper end)."""
    known = np.isfinite(target)
    s, t = scores[known], target[known]
    if set(np.unique(t)) <= {0.0, 1.0}:
        return float(np.median(s[t == 1]) - np.median(s[t == 0]))
    return float(np.quantile(s, 0.95) - np.quantile(s, 0.5))


def build_attributes(encoded: Encoded, model: dict[str, str], method: str = "joint", refiner: Refiner | None = None) -> dict:
    """The content of attributes.json (see docs/attribute-format.md)."""
    space = Whitened(encoded)
    covariance, found = encoded.covariance, []
    for item in CATALOGUE:
        target = target_of(item, encoded.attributes)
        if target is not None and np.nanstd(target) > 0:
            found.append((item, target, *fit_probe(space, item, target)))
    probes = {item.name: weights for item, _, weights, _ in found}
    varied = [column for column in encoded.nuisances.T if column.std() > 1e-6]
    nuisances = [space.probe(space.ridge(column))[0] for column in varied]
    attributes = []
    for item, target, weights, bias in found:
        if method == "joint":
            held = [w for name, w in probes.items() if name != item.name and name not in item.related]
            direction = joint(covariance, weights, np.array(held + nuisances))
        else:
            direction = mean_difference(encoded, target, weights)
        reach = reach_of(encoded.latents @ weights + bias, target)
        limit, used = float(np.clip(np.round(2 * 1.4 * reach) / 2, 2.0, 5.0)), method
        if refiner and not item.source.startswith("#"):
            columns = list(encoded.attributes)
            task = refine_task(item, weights, direction, reach, columns)
            direction, limit = refiner.shown(task, np.flatnonzero(target == 0))
            used = "refined"
            print(f"{item.name} refined, up to {limit}", file=sys.stderr, flush=True)
        attributes.append(
            {
                "name": item.name,
                "label": item.label,
                "group": item.group,
                "probe": {"weights": half(weights), "bias": round(bias, 6)},
                "direction": half(direction),
                "range": [-limit, limit],
                "method": used,
                "related": [n for n in item.related if n in probes],
                "evidence": {},  # evaluate.py writes it, from faces that nothing was fitted on
            }
        )
    return {
        "format": "facemorph-attributes",
        "version": 1,
        "precision": "float16",
        "model": model,
        "latent": {
            "size": len(encoded.mean),
            "mean": half(encoded.mean),
            "covariance": half(covariance),
            "typicality": typicality(encoded),
        },
        "attributes": attributes,
    }


def refine_task(item: Entry, weights: np.ndarray, direction: np.ndarray, reach: float, columns: list[str]) -> Task:
    sources = {entry.name: entry.source.lstrip("-") for entry in CATALOGUE}
    related = [sources[name] for name in item.related if name in sources]
    free = tuple(columns.index(source) for source in related if source in columns and source[0] != "#")
    sign = -1 if item.source[0] == "-" else 1
    return Task(weights, direction, columns.index(item.source.lstrip("-")), sign, free, reach)


def typicality(encoded: Encoded) -> dict[str, float]:
    """Mean and deviation over faces of ln(d^2 / size), d the Mahalanobis distance from the mean: what
    the fit of a photo is read by (core's photo/fit.ts, which adds the same share to the covariance)."""
    covariance, size = encoded.covariance, encoded.latents.shape[1]
    raised = covariance + 1e-3 * np.trace(covariance) / size * np.eye(size)
    offset = encoded.latents - encoded.mean
    squared = np.einsum("ni,ni->n", offset, np.linalg.solve(raised, offset.T).T)
    distance = np.log(np.maximum(squared / size, 1e-12))
    return {"mean": round(float(distance.mean()), 4), "deviation": round(float(distance.std()), 4)}


def half(values: np.ndarray) -> str:
    """Little-endian float16 as base64."""
    return base64.b64encode(np.ascontiguousarray(values).astype("<f2").tobytes()).decode()


def auroc(scores: np.ndarray, target: np.ndarray) -> float:
    """Area under the ROC curve, from ranks (Mann-Whitney)."""
    known = np.isfinite(target)
    s, t = scores[known], target[known] > 0.5
    order = np.argsort(s, kind="stable")
    ranks = np.empty(len(s))
    ranks[order] = np.arange(1, len(s) + 1)
    positive = int(t.sum())
    return float((ranks[t].sum() - positive * (positive + 1) / 2) / (positive * (len(s) - positive)))


def compare(encoded: Encoded) -> dict:
    """Entanglement of both methods: mean absolute cosine between directions, and moved scores."""
    result = {}
    for method in ("mean-difference", "joint"):
        model = build_attributes(encoded, {"id": "", "sha256": ""}, method)["attributes"]
        read = lambda text: np.frombuffer(base64.b64decode(text), "<f2").astype(np.float64)  # noqa: E731
        directions = np.array([read(a["direction"]) for a in model])
        probes = np.array([read(a["probe"]["weights"]) for a in model])
        unit = directions / np.linalg.norm(directions, axis=1, keepdims=True)
        off = ~np.eye(len(unit), dtype=bool)
        result[method] = {
            "meanAbsCosine": round(float(np.abs(unit @ unit.T)[off].mean()), 4),
            "meanAbsLeak": round(float(np.abs(directions @ probes.T)[off].mean()), 4),
        }
    return result


def main() -> None:
    from export import load_vae

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    vae, _ = load_vae(args.checkpoint)
    print(json.dumps(compare(encode_all(vae, Faces(args.data, "A"))), indent=1))


if __name__ == "__main__":
    main()
