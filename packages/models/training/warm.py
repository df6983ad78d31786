"""Reads shipped ONNX files back into the networks: the warm start where no checkpoint is left.

Weights come back rounded, as they are stored. The log-variance of the encoder is not
shipped (it is used in training only), so it starts as the one number per dimension that the prior
asks for: spread of the means and posterior variance add up to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from model import VAE, Decoder, Encoder
from shipped import Shipped
from storage import folded


def layers(graph: onnx.GraphProto) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Weight and bias of each convolution and product, in the order of the graph."""
    values, nodes = folded(graph)
    for node in nodes:
        if node.op_type in ("Conv", "Gemm"):
            yield values[node.input[1]], values[node.input[2]]


@torch.no_grad()
def assign(layer: nn.Module, weight: np.ndarray, bias: np.ndarray) -> None:
    layer.weight.copy_(torch.from_numpy(weight.copy()))
    layer.bias.copy_(torch.from_numpy(bias.copy()))


def encoder_order(encoder: Encoder) -> list[nn.Module]:
    order: list[nn.Module] = []
    for block, down in zip(encoder.blocks, encoder.downs):
        order += [block.first, block.second, down]
    return [*order, encoder.mean]


def decoder_order(decoder: Decoder) -> list[nn.Module]:
    order: list[nn.Module] = [decoder.stem, decoder.blocks[0].first, decoder.blocks[0].second]
    for up, block in zip(decoder.ups, list(decoder.blocks)[1:]):
        order += [up, block.first, block.second]
    return order


def unshuffled_head(weight: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The inverse of `shuffled_head` of onnx_graph.py: alpha dropped, range -1..1, channels by colour."""
    w = weight.reshape(2, 2, 4, *weight.shape[1:])[:, :, :3].transpose(2, 0, 1, 3, 4, 5) / 127.5
    b = (bias.reshape(2, 2, 4)[:, :, :3].transpose(2, 0, 1) - 128.0) / 127.5
    return w.reshape(12, *weight.shape[1:]), b.reshape(12)


@torch.no_grad()
def load_shipped(vae: VAE, folder: Path) -> None:
    """Fills `vae` from the encoder, decoder and attributes of a weights folder."""
    (weight, bias), *rest = layers(onnx.load(folder / "encoder.onnx").graph)
    assign(vae.encoder.stem, weight[:, :12], bias)
    for layer, found in zip(encoder_order(vae.encoder), rest, strict=True):
        assign(layer, *found)
    *rest, head = layers(onnx.load(folder / "decoder.onnx").graph)
    for layer, found in zip(decoder_order(vae.decoder), rest, strict=True):
        assign(layer, *found)
    assign(vae.decoder.head, *unshuffled_head(*head))
    spread = np.diag(Shipped(folder).covariance)
    vae.encoder.log_var.weight.zero_()
    vae.encoder.log_var.bias.copy_(torch.from_numpy(np.log(np.clip(1 - spread, 0.02, 1.0))))
