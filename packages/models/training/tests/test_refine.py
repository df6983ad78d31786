"""Refinement on a made-up decoder whose pictures tell what their latent does not."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from refine import Refiner, Task


class Decoder(nn.Module):
    """Axis 0 draws the top quarter and, against the probe's word, the next one too; axis 1 takes that back."""

    def forward(self, z: Tensor) -> Tensor:
        x = torch.zeros(len(z), 3, 128, 128)
        x[:, :, :32] += 0.2 * z[:, 0].view(-1, 1, 1, 1)
        x[:, :, 32:64] += 0.2 * (z[:, 0] - z[:, 1]).view(-1, 1, 1, 1)
        return x


class Classifier(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return 10 * torch.stack([x[:, :, :32].mean((1, 2, 3)), x[:, :, 32:64].mean((1, 2, 3))], 1)


@pytest.fixture
def refiner() -> Refiner:
    torch.manual_seed(0)
    latents = np.random.default_rng(4).normal(0, 1, (600, 4))
    return Refiner(SimpleNamespace(decoder=Decoder()), Classifier(), latents, 2)


AXIS = np.eye(4)[0]
TASK = Task(weights=AXIS, direction=AXIS, column=0, sign=1, free=(), reach=2.0)


def test_the_picture_bends_a_direction_away_from_what_it_should_not_change(refiner: Refiner) -> None:
    absent = np.flatnonzero(refiner.latents[:, 0] < 0)
    direction = refiner.refine(TASK, absent)
    assert direction[0] == pytest.approx(1, abs=1e-3)  # the probe's score still rises by 1
    assert direction[1] > 0.4  # the second quarter follows less than it did
    assert np.abs(direction[2:]).max() < 0.2


def test_a_slider_ends_where_most_faces_show_the_attribute(refiner: Refiner) -> None:
    absent = np.flatnonzero(refiner.latents[:, 0] < -1)
    end = refiner.end(TASK, AXIS, absent)
    # Nine in ten of the faces without it lie above this, and there is half a step of room.
    assert end == pytest.approx(0.5 - np.quantile(refiner.latents[absent, 0], 0.1), abs=0.6)


def test_a_slider_that_shows_on_few_faces_ends_where_no_more_are_gained(refiner: Refiner) -> None:
    class Faint(Classifier):
        """Sees the attribute on a third of the faces, on one more where it is far gone, and never on the others."""

        def forward(self, x: Tensor) -> Tensor:
            place = torch.arange(len(x))[:, None]
            blind = torch.where(place == 62, 6.0, torch.where(place % 3 == 0, 0.0, 1e6))
            return super().forward(x) - blind

    refiner.classifier = Faint()
    absent = np.flatnonzero((refiner.latents[:, 0] < 0) & (refiner.latents[:, 0] > -1.5))
    assert refiner.end(TASK, AXIS, absent) == pytest.approx(2.0, abs=0.5)


def test_a_direction_that_no_picture_shows_is_bent_until_they_do(refiner: Refiner) -> None:
    absent = np.flatnonzero(refiner.latents[:, 0] < -1)
    hidden = replace(TASK, weights=np.eye(4)[2], direction=np.eye(4)[2])
    direction, _ = refiner.shown(hidden, absent)
    assert direction[2] == pytest.approx(1, abs=1e-3) and direction[0] > 0.2
