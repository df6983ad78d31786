"""What edits do, in the eyes of the judges: success, leak, identity, monotony."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import judge as judges
from catalogue import CATALOGUE
from dataset import Faces
from metrics import SEED, leaf
from shipped import Shipped

STEPS = 9
"""Strengths from 0 to the end of a slider."""

SPOT_CHECKS = ("smiling", "blond_hair", "beard", "eyeglasses")
"""Edits that show what a smaller file or a coarser decoder costs."""

FEWEST = 20
"""Faces that a share is told of."""

WORTH_SAYING = 0.25
"""Change of another score, in standard deviations, from which `also` names it."""

COLUMNS = {entry.name: entry.source for entry in CATALOGUE} | {"mouth_open": "Mouth_Slightly_Open", "eyes_open": "-Narrow_Eyes"}
"""E's column for each slider, `-` where it is the opposite; E has no column for what `#` marks."""


@dataclass(frozen=True)
class Scale:
    """What the judges say of real faces: the units of leak and identity."""

    columns: list[str]
    spread: np.ndarray
    """Standard deviation of each score of E over real faces."""
    same: float
    strangers: float
    """I's median cosine for two pictures of a person, and of two people."""
    agreed: np.ndarray
    """`[2, columns]`: the share of faces labelled 0, and 1, that E calls so. An edit can hardly ask for more."""

    @staticmethod
    def of(e: judges.Judge, i: judges.Judge, faces: Faces) -> Scale:
        real = judges.apply(e, faces.crops(), embed=False)[:, : len(faces.attributes)]
        levels = judges.pair_quality(judges.apply(i, faces.crops(), embed=True), faces.identity[faces.rows])
        labels, called = faces.attribute_values[faces.rows], real > 0
        agreed = [[(called[labels[:, k] == value, k] == value).mean() for k in range(labels.shape[1])] for value in (0, 1)]
        return Scale(faces.attributes, real.std(0), levels["same"], levels["strangers"], np.array(agreed))


class Edits:
    """Edits of faces with latents `[n, latent]` and labels `[n, columns]` of 0, 1 or NaN."""

    def __init__(
        self, model: Shipped, e: judges.Judge, i: judges.Judge, scale: Scale, latents: np.ndarray, labels: np.ndarray,
        decoder: str = "decoder",
    ) -> None:  # fmt: skip
        self.model, self.e, self.i, self.scale = model, e, i, scale
        self.latents, self.labels, self.decoder = latents, labels, decoder
        self.copies = self.attributes(model.decode(latents, decoder))

    def attributes(self, pictures: np.ndarray) -> np.ndarray:
        return judges.apply(self.e, pictures, embed=False)[:, : len(self.scale.columns)]

    def measure(self, name: str, count: int, direction: np.ndarray | None = None) -> dict | None:
        """The slider from 0 to its end on `count` faces without the attribute; against the copy, not the photo.

        None where the judges see too few faces without it.
        """
        attribute, columns = self.model.attributes[name], self.scale.columns
        direction = attribute["direction"] if direction is None else direction
        column = COLUMNS[name]
        index, sign = columns.index(column.lstrip("-")), -1 if column[0] == "-" else 1
        absent = (sign * (self.labels[:, index] - 0.5) < 0) & (sign * self.copies[:, index] < 0)
        rows = np.random.default_rng(SEED).permutation(np.flatnonzero(absent))[:count]
        if len(rows) < FEWEST:
            return None
        strengths = np.linspace(0, attribute["range"][1], STEPS)
        pictures = [self.model.decode(self.latents[rows] + strength * direction, self.decoder) for strength in strengths]
        scores = [self.attributes(p) for p in pictures]
        own = sign * np.stack([s[:, index] for s in scores])
        success = (own > 0).mean(1)
        reached = bool((success >= 0.8).any())
        at = int(np.argmax(success >= 0.8)) if reached else STEPS - 1
        moved = (scores[at] - scores[0]) / self.scale.spread
        related = self.relatives(attribute) - {index}
        others = [j for j in range(len(columns)) if j != index and j not in related]
        before, after = (judges.apply(self.i, pictures[step], embed=True) for step in (0, at))
        identity = ((before * after).sum(1) - self.scale.strangers) / (self.scale.same - self.scale.strangers)
        male, change = columns.index("Male"), np.abs(moved)
        return {
            "success": leaf(own[-1] > 0),
            "success_of_reals": round(float(self.scale.agreed[int(sign > 0), index]), 4),
            "success_over_strength": [[round(float(s), 3), round(float(v), 4)] for s, v in zip(strengths, success)],
            "strength_at_80": round(float(strengths[at]), 3),
            "reached_80": reached,
            "leak": leaf(change[:, others].mean(1)),
            "leak_related": leaf(change[:, sorted(related)].mean(1)) if related else None,
            "leak_male": leaf(change[:, male]) if male != index else None,
            "identity": leaf(identity, np.median),
            "monotone": leaf((np.diff(own, axis=0) > 0).all(0)),
            "also": self.also(name, moved.mean(0), strengths[at]),
        }

    def also(self, name: str, moved: np.ndarray, strength: float) -> dict[str, float]:
        """Other sliders whose scores move along, in standard deviations for a strength of 1, the strongest first."""
        found = {}
        for other in self.model.attributes:
            column = COLUMNS.get(other, "#")
            if other == name or column.lstrip("-") not in self.scale.columns or other in ("mouth_open", "eyes_open"):
                continue
            change = float(moved[self.scale.columns.index(column.lstrip("-"))]) * (-1 if column[0] == "-" else 1)
            if abs(change) >= WORTH_SAYING:
                found[other] = round(float(change / strength), 2)
        return dict(sorted(found.items(), key=lambda item: -abs(item[1])))

    def relatives(self, attribute: dict) -> set[int]:
        columns = [COLUMNS[name].lstrip("-") for name in attribute.get("related", [])]
        return {self.scale.columns.index(c) for c in columns if c in self.scale.columns}
