"""Reads the shipped locator and landmarker back into networks that can be trained on.

The files hold convolutions with BatchNorm folded into them. Each unit gets a BatchNorm again that changes nothing:
its statistics are those of the convolution's outputs on real pictures, its scale and shift undo them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from landmarker import Landmarker
from locator import Block, Locator, Unit
from warm import assign, layers


def units(layer: Unit | Block) -> list[Unit]:
    return [layer] if isinstance(layer, Unit) else [layer.first, layer.second]


def locator_order(net: Locator) -> list[Unit | nn.Conv2d]:
    """In the order of `locator_graph`."""
    down = [net.stem, net.stage4, net.down8, net.stage8, net.down16, net.stage16, net.down32, net.stage32]
    up = [net.side32, net.side16, net.merge16, net.side8, net.merge8]
    return [*(unit for layer in [*down, *up] for unit in units(layer)), *net.heads]


def landmarker_order(net: Landmarker) -> list[Unit | nn.Linear]:
    """In the order of `landmarker_graph`."""
    trunk = [net.stem, net.down4, net.stage4, net.down8, net.stage8, net.down16, net.stage16, net.narrow]
    return [*(unit for layer in trunk for unit in units(layer)), net.head]


@torch.no_grad()
def load_finder(net: Locator | Landmarker, file: Path, batches: Iterable[Tensor] = ()) -> None:
    """Fills `net` from a shipped ONNX file and leaves it in eval mode.

    `batches`: pictures `[n, 3, h, w]` in -1..1, some hundred in all; needed only where training goes on.
    """
    order = locator_order(net) if isinstance(net, Locator) else landmarker_order(net)
    for layer, (weight, bias) in zip(order, layers(onnx.load(file).graph), strict=True):
        if not isinstance(layer, Unit):
            assign(layer, weight, bias)
            continue
        if layer is net.stem:
            weight = weight[:, : layer.conv.in_channels]
        layer.conv.weight.copy_(torch.from_numpy(weight.copy()))
        layer.norm.running_mean.copy_(-torch.from_numpy(bias.copy()))
        # A scale of 1 and a shift of 0 until the statistics are known.
        layer.norm.running_var.fill_(1 - layer.norm.eps)
    net.eval()
    if pictures := list(batches):
        restore_statistics(net, [layer for layer in order if isinstance(layer, Unit)], pictures)


def restore_statistics(net: nn.Module, order: list[Unit], batches: Iterable[Tensor]) -> None:
    """Sets each BatchNorm's statistics to those of its inputs, and scale and shift so that nothing changes."""
    sums = {unit: torch.zeros(3, unit.conv.out_channels, dtype=torch.float64) for unit in order}

    def count(unit: Unit) -> object:
        def hook(_: nn.Module, __: object, output: Tensor) -> None:
            flat = output.double().transpose(0, 1).flatten(1)
            sums[unit] += torch.stack([torch.full((len(flat),), flat.shape[1]), flat.sum(1), flat.square().sum(1)])

        return unit.conv.register_forward_hook(hook)

    hooks = [count(unit) for unit in order]
    for pictures in batches:
        net(pictures)
    for hook in hooks:
        hook.remove()
    for unit, (n, total, squares) in sums.items():
        norm, mean = unit.norm, total / n
        variance = (squares / n - mean**2).clamp(min=1e-6)
        bias = -norm.running_mean.double()
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.bias.copy_(bias + mean)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
