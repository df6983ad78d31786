"""Writes the VAE as ONNX graphs by hand: uint8 RGBA in and out, weights stored small (storage.py).

By hand, since the graphs are small, must be byte-for-byte reproducible, and hold two foldings that
an exporter would not do: pixel (un)shuffle and the 0..255 range become part of the convolutions.
"""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from model import SLOPE, Decoder, Encoder, Residual
from storage import STEPS, Precision, whole_numbers

OPSET = 17

TAPS = np.array([[0, 0, 1, 1], [0, 1, 1, 0], [1, 1, 0, 0]], np.float32)
"""Which taps of a 3-wide kernel meet in each tap of the 4-wide one that does the same of a doubled row (`doubled_conv`)."""

DOUBLING = np.einsum("ka,lb->klab", TAPS, TAPS).reshape(9, 16)


class Graph:
    """A list of nodes and initialisers with fresh names."""

    def __init__(self, precision: Precision = "fp32", steps: int = STEPS) -> None:
        self.precision, self.steps = precision, steps
        self.nodes, self.weights, self.count = [], [], 0

    def fresh(self, kind: str) -> str:
        self.count += 1
        return f"{kind}_{self.count}"

    def node(self, kind: str, inputs: list[str], **attributes: object) -> str:
        output = self.fresh(kind.lower())
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, value: np.ndarray) -> str:
        name = self.fresh("c")
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, value: np.ndarray) -> str:
        """A weight, stored small; what restores it is computed once, when the session is created."""
        if self.precision == "fp32":
            return self.constant(value.astype(np.float32))
        if self.precision == "fp16":
            return self.node("Cast", [self.constant(value.astype(np.float16))], to=TensorProto.FLOAT)
        whole, scale = whole_numbers(value, self.steps)
        restored = self.node("Cast", [self.constant(whole)], to=TensorProto.FLOAT)
        return self.node("Mul", [restored, self.constant(scale)])

    def conv(self, x: str, weight: np.ndarray, bias: np.ndarray, stride: int = 1) -> str:
        kernel = weight.shape[-1]
        pad = (kernel - stride + 1) // 2
        names = [x, self.weight(weight), self.constant(bias.astype(np.float32))]
        return self.node(
            "Conv", names, kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[pad] * 4
        )

    def doubled(self, x: str) -> str:
        """Twice as high and wide, by nearest neighbours."""
        scales = self.constant(np.array([1, 1, 2, 2], np.float32))
        return self.node(
            "Resize", [x, "", scales], mode="nearest",
            coordinate_transformation_mode="asymmetric", nearest_mode="floor",
        )  # fmt: skip

    def doubled_conv(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """`conv(doubled(x))` with a 3x3 kernel, as one transposed convolution: 4 multiplications for 9.

        Where nearest neighbours doubled, three neighbours are two different pixels, so taps add up: [a, b, c] becomes
        [c, b + c, a + b, a] at stride 2. The sums are made of the stored taps once, when a session is created.
        """
        outputs, inputs = weight.shape[:2]
        taps = self.reshape(self.weight(weight), [outputs * inputs, 9])
        sums = self.node("MatMul", [taps, self.constant(DOUBLING)])
        kernel = self.node("Transpose", [self.reshape(sums, [outputs, inputs, 4, 4])], perm=[1, 0, 2, 3])
        names = [x, kernel, self.constant(bias.astype(np.float32))]
        return self.node("ConvTranspose", names, kernel_shape=[4, 4], strides=[2, 2], pads=[1] * 4)

    def dense(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        return self.node(
            "Gemm", [x, self.weight(weight), self.constant(bias.astype(np.float32))], transB=1
        )

    def leaky(self, x: str) -> str:
        return self.node("LeakyRelu", [x], alpha=SLOPE)

    def residual(self, x: str, block: Residual) -> str:
        return self.joined(x, self.conv(x, *arrays(block.first)), block)

    def doubled_residual(self, x: str, block: Residual) -> str:
        """`residual(doubled(x))`."""
        return self.joined(self.doubled(x), self.doubled_conv(x, *arrays(block.first)), block)

    def joined(self, x: str, first: str, block: Residual) -> str:
        return self.leaky(self.node("Add", [x, self.conv(self.leaky(first), *arrays(block.second))]))

    def reshape(self, x: str, shape: list[int]) -> str:
        return self.node("Reshape", [x, self.constant(np.array(shape, np.int64))])

    def model(self, name: str, source: tuple[str, int, list], target: tuple[str, int, list]) -> bytes:
        last = self.nodes[-1]
        last.output[0] = target[0]
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info(*source)],
            [helper.make_tensor_value_info(*target)],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="facemorph")
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString(deterministic=True)


def arrays(layer: torch.nn.Module) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a layer in fp32."""
    return layer.weight.detach().float().cpu().numpy(), layer.bias.detach().float().cpu().numpy()


def encoder_graph(encoder: Encoder, latent: int, precision: Precision) -> bytes:
    """`image` uint8 `[N, 128, 128, 4]` -> `latent` float32 `[N, latent]` (the posterior mean)."""
    g = Graph(precision)
    # Pixel-unshuffle while still in bytes: rows and columns of 2, channels last -> [N, 16, 64, 64].
    x = g.reshape("image", [-1, 64, 2, 64, 2, 4])
    x = g.node("Transpose", [x], perm=[0, 5, 2, 4, 1, 3])
    x = g.node("Cast", [g.reshape(x, [-1, 16, 64, 64])], to=TensorProto.FLOAT)
    x = g.node("Mul", [x, g.constant(np.array(1 / 127.5, np.float32))])
    x = g.node("Add", [x, g.constant(np.array(-1.0, np.float32))])
    weight, bias = arrays(encoder.stem)
    # The four samples of alpha are read by nobody.
    weight = np.concatenate([weight, np.zeros_like(weight[:, :4])], axis=1)
    x = g.leaky(g.conv(x, weight, bias))
    for block, down in zip(encoder.blocks, encoder.downs):
        x = g.leaky(g.conv(g.residual(x, block), *arrays(down), stride=2))
    x = g.node("Flatten", [x], axis=1)
    g.dense(x, *arrays(encoder.mean))
    return g.model(
        "encoder",
        ("image", TensorProto.UINT8, ["N", 128, 128, 4]),
        ("latent", TensorProto.FLOAT, ["N", latent]),
    )


def shuffled_head(weight: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last convolution with 0..255 folded in, alpha added, channels as (row, column, RGBA)."""
    w = np.zeros((2, 2, 4, *weight.shape[1:]), np.float32)
    b = np.zeros((2, 2, 4), np.float32)
    w[:, :, :3] = weight.reshape(3, 2, 2, *weight.shape[1:]).transpose(1, 2, 0, 3, 4, 5) * 127.5
    # + 0.5, since the cast to bytes truncates.
    b[:, :, :3] = bias.reshape(3, 2, 2).transpose(1, 2, 0) * 127.5 + 127.5 + 0.5
    b[:, :, 3] = 255.0
    return w.reshape(16, *weight.shape[1:]), b.reshape(16)


def decoder_graph(decoder: Decoder, latent: int, precision: Precision) -> bytes:
    """`latent` float32 `[N, latent]` -> `image` uint8 `[N, 128, 128, 4]`, alpha 255."""
    g = Graph(precision)
    x = g.leaky(g.dense("latent", *arrays(decoder.stem)))
    x = g.residual(g.reshape(x, [-1, decoder.width, 8, 8]), decoder.blocks[0])
    for up, block in zip(decoder.ups, list(decoder.blocks)[1:]):
        x = g.doubled_residual(g.leaky(g.conv(x, *arrays(up))), block)
    x = g.conv(x, *shuffled_head(*arrays(decoder.head)))
    low, high = (g.constant(np.array(v, np.float32)) for v in (0.0, 255.0))
    x = g.node("Cast", [g.node("Clip", [x, low, high])], to=TensorProto.UINT8)
    x = g.reshape(g.node("Transpose", [x], perm=[0, 2, 3, 1]), [-1, 64, 64, 2, 8])
    g.reshape(g.node("Transpose", [x], perm=[0, 1, 3, 2, 4]), [-1, 128, 128, 4])
    return g.model(
        "decoder",
        ("latent", TensorProto.FLOAT, ["N", latent]),
        ("image", TensorProto.UINT8, ["N", 128, 128, 4]),
    )
