"""P, the loss network: a small classifier of split A whose features compare pictures.

    python percept.py --data DATA --out P.pt --minutes 8
    python percept.py --data DATA --out robust.pt --minutes 15 --warm P.pt --radius 3

It learns the attributes, the pose and the landmarks of faces, so its features see what people
see in them. Trained on split A only; the judges of split B (judge.py) share nothing with it.

With `--radius` it also learns from pictures that its own gradient has made worse (adversarial
training in one step, Wong et al. 2020). The gradient of such a network points to what people see
(Engstrom et al. 2019), so directions that refine.py bends by it show the attribute more than they trick it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dataset import TARGET_NUMBERS, Faces, Loader


class Percept(nn.Module):
    """`[n, 3, 128, 128]` in -1..1 -> labels `[n, labels]`, or features at 64, 32, 16 and 8 pixels."""

    WIDTHS = (24, 48, 96, 160)

    def __init__(self, labels: int) -> None:
        super().__init__()
        w = self.WIDTHS

        def layer(inputs: int, outputs: int, kernel: int, stride: int) -> nn.Sequential:
            padding = (kernel - stride + 1) // 2
            return nn.Sequential(
                nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
                nn.BatchNorm2d(outputs),
                nn.LeakyReLU(0.2),
            )

        self.stages = nn.ModuleList(
            [
                layer(12, w[0], 3, 1),
                layer(w[0], w[1], 4, 2),
                nn.Sequential(layer(w[1], w[2], 4, 2), layer(w[2], w[2], 3, 1)),
                nn.Sequential(layer(w[2], w[3], 4, 2), layer(w[3], w[3], 3, 1)),
            ]
        )
        self.head = nn.Linear(w[3] * 16, labels)

    def features(self, x: Tensor) -> list[Tensor]:
        x = F.pixel_unshuffle(x, 2)
        result = []
        for stage in self.stages:
            x = stage(x)
            result.append(x)
        return result

    def forward(self, x: Tensor) -> Tensor:
        last = F.avg_pool2d(self.features(x)[-1], 2)
        return self.head(F.dropout(last.flatten(1), 0.2, self.training))


def label_loss(output: Tensor, labels: Tensor, attributes: int) -> Tensor:
    """Cross-entropy of the attributes and Huber loss of the numbers; unknown labels do not count."""
    output, known = output.float(), labels.isfinite()
    target = labels.nan_to_num(0.0)
    bce = F.binary_cross_entropy_with_logits(
        output[:, :attributes], target[:, :attributes], reduction="none"
    )
    huber = F.smooth_l1_loss(output[:, attributes:], target[:, attributes:], reduction="none")
    losses = torch.cat([bce, huber], 1) * known
    return losses.sum() / known.sum().clamp_min(1)


def worsened(network: Percept, x: Tensor, y: Tensor, attributes: int, radius: float) -> Tensor:
    """`x` moved against the labels, each picture by a length of its own, up to `radius` (L2, values in -1..1)."""
    lengths = torch.rand(len(x), 1, 1, 1, device=x.device) * radius
    leaf = x + to_length(torch.randn_like(x), lengths / 2)
    leaf.requires_grad_()
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        output = network(leaf)
    (gradient,) = torch.autograd.grad(label_loss(output, y, attributes), leaf)
    moved = leaf.detach() - x + to_length(gradient, lengths)
    length = moved.flatten(1).norm(dim=1).view(-1, 1, 1, 1)
    return (x + moved * (lengths / length.clamp_min(1e-9)).clamp_max(1)).clamp(-1, 1)


def to_length(x: Tensor, lengths: Tensor) -> Tensor:
    return x * (lengths / x.flatten(1).norm(dim=1).view(-1, 1, 1, 1).clamp_min(1e-12))


def percept_loss(network: Percept, x: Tensor, y: Tensor) -> Tensor:
    """Mean distance of unit-scaled features, over four scales (as LPIPS without its last layer)."""
    with torch.no_grad():
        target = network.features(y)
    total = x.new_zeros(())
    for a, b in zip(network.features(x), target):
        scale = b.float().pow(2).mean((1, 2, 3), keepdim=True).add(1e-6).rsqrt()
        total = total + ((a - b).float() * scale).abs().mean()
    return total / len(target)


def load_percept(path: Path, device: torch.device) -> Percept:
    state = torch.load(path, map_location=device, weights_only=True)
    network = Percept(state["head.bias"].numel()).to(device, memory_format=torch.channels_last)
    network.load_state_dict(state)
    return network.eval().requires_grad_(False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument("--steps", type=int, default=0, help="so many steps in place of minutes")
    parser.add_argument("--warm", type=Path, help="go on from these weights of P")
    parser.add_argument("--radius", type=float, default=0.0, help="train on worsened pictures, so far away (L2)")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device(args.device)
    faces = Faces(args.data, "A", "train")
    loader = Loader(faces, args.batch, device, args.seed)
    attributes = len(faces.attributes)
    network = Percept(attributes + len(TARGET_NUMBERS)).to(device, memory_format=torch.channels_last)
    if args.warm:
        network.load_state_dict(torch.load(args.warm, map_location=device, weights_only=True))
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate, weight_decay=0.02)
    start, step = time.monotonic(), 0
    while (progress := step / args.steps if args.steps else (time.monotonic() - start) / (args.minutes * 60)) < 1:
        optimizer.param_groups[0]["lr"] = args.rate * min(1, (step + 1) / 100) * (1 - progress) ** 0.9 + 1e-6
        batch = loader.next()
        seen = worsened(network, batch.seen, batch.labels, attributes, args.radius) if args.radius else batch.seen
        with torch.autocast(device.type, dtype=torch.bfloat16):
            output = network(seen)
        loss = label_loss(output, batch.labels, attributes)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % 100 == 0:
            print(f"P step {step} {progress:.0%} loss {loss.item():.4f}", file=sys.stderr)
    torch.save(network.state_dict(), args.out)


if __name__ == "__main__":
    main()
