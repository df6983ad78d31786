"""Shapes, the mirror involution, and ONNX graphs that equal torch."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from dataset import to_tensor
from export import draw, stored_vae
from model import VAE, ModelConfig, decoder_macs, mirror
from onnx_graph import decoder_graph, encoder_graph
from storage import Precision, folded

TINY = ModelConfig(latent=12, odd=4, encoder=(8, 8, 8, 8, 8), decoder=(16, 8, 8, 8))


def tiny() -> VAE:
    torch.manual_seed(5)
    vae = VAE(TINY).eval().requires_grad_(False)
    for parameter in vae.parameters():
        parameter.add_(torch.randn_like(parameter) * 0.05)  # zero-initialised branches too
    return vae


def noise() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (2, 128, 128, 4), dtype=np.uint8)


def run(graph: bytes, **inputs: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return session.run(None, inputs)[0]


def test_mirror_is_an_involution_that_keeps_even_numbers() -> None:
    z = torch.randn(3, 12)
    assert torch.equal(mirror(mirror(z, 4), 4), z)
    assert torch.equal(mirror(z, 4)[:, :8], z[:, :8]) and torch.equal(mirror(z, 4)[:, 8:], -z[:, 8:])
    assert torch.equal(mirror(z, 0), z)


def test_default_decoder_is_within_the_live_budget() -> None:
    assert decoder_macs(ModelConfig()) <= 150e6


def test_decoder_graph_equals_torch() -> None:
    vae = tiny()
    z = torch.randn(3, TINY.latent) * 2
    exact = run(decoder_graph(vae.decoder, TINY.latent, "fp32"), latent=z.numpy())
    assert exact.shape == (3, 128, 128, 4) and exact.dtype == np.uint8 and (exact[..., 3] == 255).all()
    assert exact[..., :3].std() > 5  # a picture, not a constant
    assert np.abs(exact.astype(int) - draw(vae.decoder, z)).max() <= 1


def test_doubling_and_convolution_are_one_and_come_back_as_two() -> None:
    vae = tiny()
    graph = onnx.load_from_string(decoder_graph(vae.decoder, TINY.latent, "fp32")).graph
    assert [node.op_type for node in graph.node].count("ConvTranspose") == len(vae.decoder.ups)
    values, nodes = folded(graph)
    kinds = [node.op_type for node in nodes]
    assert kinds.count("Conv") == sum(isinstance(m, torch.nn.Conv2d) for m in vae.decoder.modules())
    assert "ConvTranspose" not in kinds and "MatMul" not in kinds
    used = {name for node in nodes for name in node.input}
    assert used >= values.keys()  # nothing is left over
    weights = [values[node.input[1]] for node in nodes if node.op_type == "Conv"]
    for block, found in zip(list(vae.decoder.blocks)[1:], weights[3::3]):
        assert np.array_equal(found, block.first.weight.numpy())


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_stored_weights_are_restored(precision: Precision) -> None:
    vae = tiny()
    z, image = torch.randn(3, TINY.latent) * 2, noise()
    stored = stored_vae(vae, precision)
    decoded = run(decoder_graph(vae.decoder, TINY.latent, precision), latent=z.numpy())
    assert np.abs(decoded.astype(int) - draw(stored.decoder, z)).max() <= 1
    encoded = run(encoder_graph(vae.encoder, TINY.latent, precision), image=image)
    expected = stored.encoder(to_tensor(image[..., :3]))[0].numpy()
    assert np.allclose(encoded, expected, atol=1e-4)
    exact = vae.encoder(to_tensor(image[..., :3]))[0].numpy()
    assert np.abs(expected - exact).max() > 1e-4  # something was rounded


def test_encoder_graph_equals_torch_and_ignores_alpha() -> None:
    vae = tiny()
    image = noise()
    graph = encoder_graph(vae.encoder, TINY.latent, "fp32")
    expected = vae.encoder(to_tensor(image[..., :3]))[0].numpy()
    assert np.allclose(run(graph, image=image), expected, atol=1e-4)
    other = image.copy()
    other[..., 3] = 0
    assert np.array_equal(run(graph, image=other), run(graph, image=image))


def test_graphs_are_reproducible() -> None:
    vae = tiny()
    assert decoder_graph(vae.decoder, 12, "int8") == decoder_graph(vae.decoder, 12, "int8")
