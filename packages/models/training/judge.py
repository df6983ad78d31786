"""The judges: networks that only measure. Trained on split B (and the small pictures), never in a loss.

    python judge.py --data DATA --out JUDGES --minutes 10
    python judge.py --data DATA --out JUDGES --minutes 40 --warm ../networks      go on from judges that are there

E tells the attributes and the pose, I embeds the identity. The same backbone twice; I starts from E's body,
for what tells attributes also tells people apart, and most people here have two pictures.
Prints how good they are themselves, on identities of B that they did not see; `evaluate.py`
repeats that on split C.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from dataset import TARGET_NUMBERS, Faces, Loader, to_tensor
from directions import auroc
from percept import label_loss

SIDE = 96
"""Pictures are judged at this size."""


class Judge(nn.Module):
    """`[n, 3, 128, 128]` in -1..1 -> a feature vector `[n, 256]`, and labels or identities from it (none where `outputs` is 0)."""

    def __init__(self, outputs: int, normalised: bool) -> None:
        super().__init__()
        widths = (32, 64, 128, 256)
        layers: list[nn.Module] = []
        inputs = 12
        for i, width in enumerate(widths):
            layers += [Block(inputs, width, 1 if i == 0 else 2), Block(width, width, 1)]
            inputs = width
        self.body = nn.Sequential(*layers)
        self.project = nn.Linear(widths[-1], 256)
        self.normalised = normalised
        self.head = nn.Linear(256, outputs, bias=not normalised) if outputs else None

    def embed(self, x: Tensor) -> Tensor:
        x = F.interpolate(x, size=(SIDE, SIDE), mode="bilinear", antialias=True, align_corners=False)
        features = self.project(self.body(F.pixel_unshuffle(x, 2)).mean((2, 3)))
        return F.normalize(features.float()) if self.normalised else features

    def forward(self, x: Tensor) -> Tensor:
        features = self.embed(x)
        if not self.normalised:
            return self.head(F.dropout(F.relu(features), 0.3, self.training)).float()
        return F.linear(features, F.normalize(self.head.weight.float()))


class Block(nn.Module):
    """Two 3x3 convolutions with BatchNorm and a shortcut (He et al. 2016)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(outputs) for _ in range(2))
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norms[1](self.second(F.relu(self.norms[0](self.first(x)))))
        return F.relu(y + self.shortcut(x))


def margin_loss(cosines: Tensor, identity: Tensor, margin: float = 0.2, scale: float = 24.0) -> Tensor:
    """CosFace (Wang et al. 2018): the right identity must win by a margin."""
    own = F.one_hot(identity, cosines.shape[1]) * margin
    return F.cross_entropy(scale * (cosines - own), identity)


def varied(x: Tensor, turn: float = 0.14, zoom: float = 0.1, hole: float = 0.3) -> Tensor:
    """Each picture turned (radians) and zoomed a little, and a third of them with a grey patch (DeVries, Taylor 2017)."""
    n, _, size, _ = x.shape
    angle = (torch.rand(n, device=x.device) * 2 - 1) * turn
    scale = 1 + (torch.rand(n, device=x.device) * 2 - 1) * zoom
    c, s, zero = angle.cos() * scale, angle.sin() * scale, torch.zeros_like(scale)
    theta = torch.stack([torch.stack([c, -s, zero], 1), torch.stack([s, c, zero], 1)], 1)
    x = F.grid_sample(x, F.affine_grid(theta, list(x.shape), align_corners=False), padding_mode="reflection", align_corners=False)
    corner, side = torch.rand(n, 2, 1, device=x.device) * size, torch.rand(n, 2, 1, device=x.device) * size / 2
    at = torch.arange(size, device=x.device)
    inside = (at >= corner) & (at < corner + side)
    patch = inside[:, 0, :, None] & inside[:, 1, None, :] & (torch.rand(n, 1, 1, device=x.device) < hole)
    return x.masked_fill(patch[:, None], 0)


class Pool:
    """Split B and the small pictures as one source; some identities are kept out to test with."""

    def __init__(self, root: Path, batch: int, device: torch.device, seed: int) -> None:
        self.parts = [Faces(root, split, "train") for split in ("B", "S")]
        self.test = [Faces(root, split, "validation") for split in ("B", "S")]
        names = np.unique(np.concatenate([p.identity[p.rows] for p in self.parts]))
        self.identities = {name: i for i, name in enumerate(names)}
        self.attributes = len(self.parts[0].attributes)
        share = len(self.parts[0]) / sum(map(len, self.parts))
        sizes = [round(batch * share), batch - round(batch * share)]
        self.loaders = [IdentityLoader(p, n, device, seed + i, self.identities) for i, (p, n) in enumerate(zip(self.parts, sizes))]

    def next(self) -> tuple[Tensor, Tensor, Tensor]:
        """Pictures, labels, identities."""
        batches = [loader.next_with_identity() for loader in self.loaders]
        return tuple(torch.cat(column) for column in zip(*batches))  # type: ignore[return-value]


class IdentityLoader(Loader):
    """A loader that also tells whose faces it gives."""

    def __init__(self, faces: Faces, batch: int, device: torch.device, seed: int, names: dict[str, int]) -> None:
        super().__init__(faces, batch, device, seed)
        self.number = np.array([names.get(i, -1) for i in faces.identity])

    def next_with_identity(self) -> tuple[Tensor, Tensor, Tensor]:
        batch = self.next()
        return batch.seen, batch.labels, torch.from_numpy(self.number[self.last_rows]).to(self.device)


def fit(kind: str, pool: Pool, minutes: float, device: torch.device, start_from: Judge | None = None) -> Judge:
    """Trained for so many minutes; what is returned is the moving average of the last steps' weights.

    `start_from`: a judge whose weights it takes over, where it has them in the same shape.
    """
    outputs = pool.attributes + len(TARGET_NUMBERS) if kind == "E" else len(pool.identities)
    judge = Judge(outputs, normalised=kind == "I").to(device, memory_format=torch.channels_last)
    if start_from:
        taken = start_from.state_dict()
        if start_from.normalised != judge.normalised:  # what tells attributes also tells people apart, but not in the same words
            taken = {name: value for name, value in taken.items() if name.startswith("body")}
        judge.load_state_dict(taken, strict=False)
    averaged = AveragedModel(judge, multi_avg_fn=get_ema_multi_avg_fn(0.998), use_buffers=True)
    optimizer = torch.optim.AdamW(judge.parameters(), 2e-3, weight_decay=0.05)
    start, step = time.monotonic(), 0
    while (progress := (time.monotonic() - start) / (minutes * 60)) < 1:
        optimizer.param_groups[0]["lr"] = 2e-3 * min(1, (step + 1) / 100) * (1 - progress) + 1e-6
        pictures, labels, identity = pool.next()
        with torch.autocast(device.type, dtype=torch.bfloat16):
            output = judge(varied(pictures))
        loss = label_loss(output, labels, pool.attributes) if kind == "E" else margin_loss(output, identity)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        averaged.update_parameters(judge)
        step += 1
        if step % 50 == 0:
            print(f"{kind} step {step} {progress:.0%} loss {loss.item():.4f}", file=sys.stderr)
    return averaged.module.eval().requires_grad_(False)


@torch.no_grad()
def apply(judge: Judge, pictures: np.ndarray, embed: bool, batch: int = 64) -> np.ndarray:
    """Output (or embedding) for uint8 pictures `[n, 128, 128, 3]`."""
    device = next(judge.parameters()).device
    run = judge.embed if embed else judge
    with torch.autocast(device.type, dtype=torch.bfloat16):
        parts = [run(to_tensor(pictures[i : i + batch], device)).float() for i in range(0, len(pictures), batch)]
    return torch.cat(parts).cpu().numpy()


def attribute_quality(judge: Judge, faces: Faces) -> dict[str, float]:
    """AUROC of each attribute on one split."""
    scores = apply(judge, faces.crops(), embed=False)
    values = faces.attribute_values[faces.rows]
    return {
        name: auroc(scores[:, i], values[:, i])
        for i, name in enumerate(faces.attributes)
        if len(np.unique(values[np.isfinite(values[:, i]), i])) == 2
    }


def pair_quality(embedding: np.ndarray, identity: np.ndarray, seed: int = 0, limit: int = 4000) -> dict[str, float]:
    """Verification AUC over same and different pairs, and the two levels identity is scaled by."""
    random = np.random.default_rng(seed)
    same = [(i, j) for name in np.unique(identity) for r in [np.flatnonzero(identity == name)] for i, j in zip(r, r[1:])]
    random.shuffle(same)
    same = np.array(same[:limit])
    other = random.integers(0, len(identity), (len(same) * 2, 2))
    other = other[identity[other[:, 0]] != identity[other[:, 1]]][: len(same)]
    cosine = lambda pairs: (embedding[pairs[:, 0]] * embedding[pairs[:, 1]]).sum(1)  # noqa: E731
    a, b = cosine(same), cosine(other)
    labels = np.concatenate([np.ones(len(a)), np.zeros(len(b))])
    return {
        "auc": auroc(np.concatenate([a, b]), labels),
        "same": float(np.median(a)),
        "strangers": float(np.median(b)),
        "pairs": len(a),
    }


def save_judge(judge: Judge, path: Path) -> None:
    """In half precision; of I without the people that it was trained to tell apart, since only its embedding is used."""
    state = {name: value for name, value in judge.state_dict().items() if not (judge.normalised and name == "head.weight")}
    weights = {name: value.half() if value.dim() > 1 else value for name, value in state.items()}
    torch.save({"weights": weights, "normalised": judge.normalised}, path)


def load_judge(path: Path, device: torch.device | str = "cpu") -> Judge:
    """A judge as :func:`save_judge` wrote it; I then embeds and does not name."""
    state = torch.load(path, map_location=device, weights_only=True)
    weights: dict[str, Tensor] = state["weights"]
    judge = Judge(len(weights.get("head.weight", [])), state["normalised"]).to(device)
    judge.load_state_dict(weights)
    return judge.eval().requires_grad_(False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=10.0, help="for each of the two")
    parser.add_argument("--warm", type=Path, help="folder of judges to go on from")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device(args.device)
    args.out.mkdir(parents=True, exist_ok=True)
    pool = Pool(args.data, args.batch, device, args.seed)
    quality: dict[str, object] = {}
    judge: Judge | None = None
    for kind in ("E", "I"):
        judge = fit(kind, pool, args.minutes, device, load_judge(args.warm / f"{kind}.pt", device) if args.warm else judge)
        save_judge(judge, args.out / f"{kind}.pt")
        judge = load_judge(args.out / f"{kind}.pt", device)  # as it is used
        if kind == "E":
            per_attribute = attribute_quality(judge, pool.test[1])
            quality["E"] = {"aurocMean": float(np.mean(list(per_attribute.values()))), "auroc": per_attribute}
        else:
            test = pool.test[0]
            quality["I"] = pair_quality(apply(judge, test.crops(), embed=True), test.identity[test.rows])
    (args.out / "quality.json").write_text(json.dumps(quality, indent=1) + "\n")
    print(json.dumps(quality))


if __name__ == "__main__":
    main()
