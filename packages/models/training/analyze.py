"""How far attributes are separate in the latent space of the shipped model, on split C.

    python analyze.py --weights weights/facemorph-128 --data DATA --judges JUDGES --plots PLOTS

Compares bases of the same space: raw axes, principal axes, and the scores of the sliders. Controls:
a random rotation, labels shuffled between faces, and principal components of the pixels. Predictors
are fitted on A. With judges also the directions: mean difference against what ships, each at the
strength with 80 % success. Writes analysis.json beside the weights, and plots.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import judge as judges
from catalogue import CATALOGUE
from dataset import Faces
from directions import Encoded, Whitened, mean_difference, target_of
from disentangle import auroc_matrix, excess_entanglement, summary
from edits import Edits, Scale
from evaluate import say
from metrics import SEED
from shipped import Shipped

COMPARED = ("smiling", "blond_hair", "beard", "eyeglasses", "young", "bangs")
"""Directions that are compared at equal success."""


class Basis:
    """Coordinates of A (to fit on) and C (to measure) in one basis."""

    def __init__(self, a: np.ndarray, c: np.ndarray) -> None:
        self.space = Whitened(Encoded(a.astype(np.float64), {}, np.zeros((len(a), 0))))
        self.code, self.spread = c, a.std(0)

    def measure(self, labels_a: np.ndarray, labels_c: np.ndarray) -> dict[str, float]:
        scores = []

        def fit(k: int) -> tuple[np.ndarray, np.ndarray]:
            w = self.space.matrix @ self.space.logistic(labels_a[:, k])
            scores.append((self.code - self.space.mean) @ w)
            return w * self.spread, scores[-1]

        result = summary(self.code, labels_c, fit)
        excess = excess_entanglement(np.stack(scores, axis=1), labels_c)
        return result | {"excess_entanglement": round(excess, 4)}


def pixel_components(a: Faces, c: Faces, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Principal components of 32x32 pictures: what no learning gives."""

    def small(faces: Faces) -> np.ndarray:
        x = faces.crops().reshape(len(faces), 32, 4, 32, 4, 3)
        return x.mean((2, 4), dtype=np.float32).reshape(len(faces), -1) / 255

    xa, xc = small(a), small(c)
    mean = xa.mean(0)
    _, vectors = np.linalg.eigh(np.cov(xa - mean, rowvar=False))
    axes = vectors[:, ::-1][:, :count]
    return (xa - mean) @ axes, (xc - mean) @ axes


def bases(model: Shipped, a: Faces, za: np.ndarray, c: Faces, zc: np.ndarray) -> dict[str, Basis]:
    _, vectors = np.linalg.eigh(model.covariance)
    turned, _ = np.linalg.qr(np.random.default_rng(SEED).standard_normal((model.latent, model.latent)))
    probes = np.stack([attribute["weights"] for attribute in model.attributes.values()], axis=1)
    centred_a, centred_c = za - model.mean, zc - model.mean
    return {
        "sliders": Basis(centred_a @ probes, centred_c @ probes),
        "raw axes": Basis(centred_a, centred_c),
        "principal axes": Basis(centred_a @ vectors, centred_c @ vectors),
        "control: random rotation": Basis(centred_a @ turned, centred_c @ turned),
        "control: pixels": Basis(*pixel_components(a, c, model.latent)),
    }


def directions_at_equal_success(edits: Edits, a: Faces, za: np.ndarray, count: int) -> dict[str, dict]:
    """Mean difference (the seed's) against the shipped direction, of the same latents."""
    encoded = Encoded(za.astype(np.float64), {}, np.zeros((len(za), 0)))
    labels = {name: a.attribute_values[a.rows, i] for i, name in enumerate(a.attributes)}
    table = {}
    for item in CATALOGUE:
        if item.name not in COMPARED:
            continue
        weights = edits.model.attributes[item.name]["weights"]
        seed = mean_difference(encoded, target_of(item, labels), weights)
        table[item.name] = {}
        for method, direction in (("mean difference", seed), ("shipped", None)):
            say(f"{item.name}, {method}")
            measured = edits.measure(item.name, count, direction)
            kept = ("strength_at_80", "reached_80", "success", "leak", "leak_male", "identity", "monotone")
            table[item.name][method] = {key: measured[key] for key in kept}
    return table


def plot(folder: Path, names: list[str], areas: np.ndarray, scores: np.ndarray, labels: np.ndarray) -> None:
    """Heat maps: how well each slider ranks each attribute; correlations of scores and of labels."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "facemorph", "font.size": 7, "svg.fonttype": "none"}
    from matplotlib import pyplot as plt

    folder.mkdir(parents=True, exist_ok=True)
    known = np.isfinite(labels).all(1)
    maps = {
        "auroc-matrix": (areas, "AUROC of each slider (row) for each attribute (column)", "magma", 0.5, 1.0),
        "score-correlation": (np.corrcoef(scores, rowvar=False), "Correlation of scores", "RdBu_r", -1.0, 1.0),
        "label-correlation": (np.corrcoef(labels[known], rowvar=False), "Correlation of labels", "RdBu_r", -1.0, 1.0),
    }
    for name, (values, title, colours, low, high) in maps.items():
        figure, axes = plt.subplots(figsize=(6.4, 5.6), layout="constrained")
        image = axes.imshow(values, cmap=colours, vmin=low, vmax=high)
        axes.set_xticks(range(len(names)), names, rotation=90)
        axes.set_yticks(range(len(names)), names)
        axes.set_title(title)
        figure.colorbar(image, shrink=0.7)
        path = folder / f"{name}.svg"
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
        # A picture that a page shows needs a title for those who cannot see it.
        path.write_text(path.read_text().replace("<metadata>", f"<title>{title}</title>\n <metadata>", 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judges", type=Path)
    parser.add_argument("--plots", type=Path)
    parser.add_argument("--count", type=int, default=200, help="faces per direction")
    args = parser.parse_args()
    model = Shipped(args.weights)
    a, c = Faces(args.data, "A"), Faces(args.data, "C")
    for faces in (a, c):
        faces.rows = faces.rows[faces.source[faces.rows] != "lfw"]
    za, zc = (model.encode_split(args.data, faces) for faces in (a, c))
    sliders = [item for item in CATALOGUE if item.name in model.attributes and not item.source.startswith("#")]
    columns = [{n: f.attribute_values[f.rows, i] for i, n in enumerate(f.attributes)} for f in (a, c)]
    labels_a, labels_c = (np.stack([target_of(s, known) for s in sliders], axis=1) for known in columns)
    result: dict[str, object] = {"model": model.manifest["id"], "split": "C", "n": len(c), "attributes": [s.name for s in sliders]}
    result["bases"] = {}
    for name, basis in bases(model, a, za, c, zc).items():
        say(name)
        result["bases"][name] = basis.measure(labels_a, labels_c)
        if name == "sliders":
            random = np.random.default_rng(SEED)
            shuffled = [labels[random.permutation(len(labels))] for labels in (labels_a, labels_c)]
            result["bases"]["control: shuffled labels"] = basis.measure(*shuffled)
    probes = np.stack([model.attributes[s.name]["weights"] for s in sliders], axis=1)
    scores = (zc - model.mean) @ probes
    areas = auroc_matrix(scores, labels_c)
    result["auroc_matrix"] = areas.round(4).tolist()
    if args.plots:
        plot(args.plots, [s.label for s in sliders], areas, scores, labels_c)
    if args.judges:
        e, i = (judges.load_judge(args.judges / f"{kind}.pt") for kind in "EI")
        edits = Edits(model, e, i, Scale.of(e, i, c), zc, c.attribute_values[c.rows])
        result["directions"] = directions_at_equal_success(edits, a, za, args.count)
    (args.weights / "analysis.json").write_text(json.dumps(result, indent=1) + "\n")
    say(f"wrote {args.weights / 'analysis.json'}")


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()
