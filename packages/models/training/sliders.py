"""What a slider asks of the decoder: the picture of an edit shows the attribute, in the measure asked, and nothing else.

Once the encoder is fixed the joint directions are, too (directions.py). The decoder then learns to draw
them: a classifier (percept.py with `--radius`, so that patterns trick it less) compares the picture of
an edit with the copy that it started from:

    | (c_k(D(z + s d_k)) - c_k(D(z))) / gap_k - m(s / reach_k) |  +  leak  +  light

gap_k is the median of the classifier's score over faces with the attribute minus that over faces
without it, reach_k the same of the slider's own score; leak and light are the changes of unrelated
scores and of brightness, contrast and background, in standard deviations over faces. d_k is the joint
direction or the one that shipped, out to the end of the slider that shipped, one reach at least: what users can ask for must be
a face. Up to one reach m asks for the same measure in the picture, beyond it for less and less, as faces do not
differ by more: m(r) = 1 + ln r.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from catalogue import CATALOGUE
from dataset import Faces, to_tensor
from directions import joint, reach_of, target_of
from light import light
from percept import Percept
from shipped import Shipped

FACES = 4096
"""Faces of split A on which gaps and spreads are measured."""

LEAK, LIGHT = 1.0, 0.5


class Sliders:
    """Edits along joint directions of labelled attributes, and the loss of their pictures."""

    @torch.no_grad()
    def __init__(self, folder: Path, encoder: nn.Module, classifier: Percept, faces: Faces, device: torch.device) -> None:
        """`folder`: shipped weights with the same encoder."""
        self.classifier, self.columns = classifier, len(faces.attributes)
        rows = np.random.default_rng(1).permutation(faces.rows)[:FACES]
        latents, scores, lights = [], [], []
        for part in np.array_split(rows, -(-len(rows) // 64)):
            x = to_tensor(faces.crops(part), device)
            with torch.autocast(device.type, dtype=torch.bfloat16):
                latents.append(encoder(x)[0].float().cpu())
            scores.append(self.scores(x).cpu())
            lights.append(light(x).cpu())
        seen, self.light_spread = torch.cat(scores), torch.cat(lights).std(0).to(device)
        self.spread = seen.std(0).to(device)
        z, seen = torch.cat(latents).double().numpy(), seen.numpy()
        labels = {name: faces.attribute_values[rows, i] for i, name in enumerate(faces.attributes)}
        shipped = Shipped(folder)
        self.mean = torch.tensor(shipped.mean, dtype=torch.float32, device=device)
        self.root = torch.linalg.cholesky(torch.tensor(shipped.covariance) + 1e-6 * torch.eye(shipped.latent)).float().to(device)
        probes = {name: slider["weights"] for name, slider in shipped.attributes.items()}
        directions, reaches, ends, gaps, owns, held = [], [], [], [], [], []
        for entry in CATALOGUE:
            column = entry.source.lstrip("-")
            if entry.name not in probes or column not in labels or np.nanstd(labels[column]) == 0:
                continue
            others = [w for name, w in probes.items() if name != entry.name and name not in entry.related]
            own, sign = faces.attributes.index(column), -1 if entry.source[0] == "-" else 1
            target = target_of(entry, labels)
            gap = reach_of(sign * seen[:, own], target)
            if gap <= 0:
                continue  # the classifier does not see it, so it cannot tell how far an edit went
            directions.append([joint(shipped.covariance, probes[entry.name], np.array(others)), shipped.attributes[entry.name]["direction"]])
            reaches.append(reach_of(z @ probes[entry.name], target))
            ends.append(max(shipped.attributes[entry.name]["range"][1] / reaches[-1], 1.0))
            gaps.append(sign * gap)
            owns.append(own)
            free = {e.source.lstrip("-") for e in CATALOGUE if e.name in entry.related} | {column}
            held.append([name not in free for name in faces.attributes])
        if not directions:
            raise SystemExit("the classifier sees no labelled slider: train it longer")
        self.directions = torch.tensor(np.array(directions), dtype=torch.float32, device=device)
        self.reaches, self.ends, self.gaps = (torch.tensor(v, dtype=torch.float32, device=device) for v in (reaches, ends, gaps))
        self.owns, self.held = torch.tensor(owns, device=device), torch.tensor(held, device=device).float()

    def scores(self, pictures: Tensor) -> Tensor:
        return self.classifier(pictures.clamp(-1, 1))[:, : self.columns].float()

    def edit(self, latents: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Each latent moved along one slider: latents `[n, d]`, which slider `[n]`, how far in reaches `[n]`.

        Against the attribute half as often as towards it: faces that have it are the fewer.
        """
        n, device = len(latents), latents.device
        which, way = torch.randint(len(self.owns), (n,), device=device), torch.randint(2, (n,), device=device)
        far = (torch.rand(n, device=device) * 1.5 - 0.5) * self.ends[which]
        return latents + (far * self.reaches[which])[:, None] * self.directions[which, way], which, far

    def sample(self, n: int) -> Tensor:
        """Latents of random faces, `[n, d]`, from the density that ships."""
        return self.place(torch.randn(n, len(self.mean), device=self.mean.device))

    def place(self, noise: Tensor) -> Tensor:
        """Draws from N(0, I), `[n, d]`, as draws from the density that ships."""
        return self.mean + noise @ self.root.T

    def loss(self, which: Tensor, far: Tensor, copies: Tensor, edited: Tensor) -> Tensor:
        """Of pictures `[n, 3, 128, 128]` of the latents before (`copies`) and after :meth:`edit`; what follows the `n` is passed over."""
        copies, edited = copies[: len(which)], edited[: len(which)]
        with torch.no_grad():
            before, light_before = self.scores(copies), light(copies)
        after, light_after = self.scores(edited), light(edited)
        moved, own = after - before, self.owns[which][:, None]
        asked = F.smooth_l1_loss(moved.gather(1, own)[:, 0] / self.gaps[which], measure(far))
        held = self.held[which]
        leak = ((moved / self.spread).abs() * held).sum() / held.sum().clamp_min(1)
        lit = ((light_after - light_before) / self.light_spread).abs().mean()
        return asked + LEAK * leak + LIGHT * lit


def measure(far: Tensor) -> Tensor:
    """How much of an attribute's gap the picture is to show at so many reaches: as many up to 1, then ever fewer."""
    beyond = far.abs().clamp_min(1)
    return far / beyond * (1 + beyond.log())
