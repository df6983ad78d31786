"""The int8 decoder draws what the float one draws, and stores what it says."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto

from metrics import psnr
from model import Decoder, ModelConfig
from onnx_graph import decoder_graph
from quantize import ROLE, enter, quantize

LATENT = 16


@pytest.fixture(scope="module")
def files() -> tuple[bytes, bytes]:
    torch.manual_seed(1)
    decoder = Decoder(ModelConfig(latent=LATENT, odd=4, decoder=(16, 16, 16, 16))).eval()
    for block in decoder.blocks:  # zero at the start of training: then nothing is tested
        torch.nn.init.kaiming_normal_(block.second.weight)
    with torch.no_grad():
        decoder.head.weight.mul_(0.4)
    source = decoder_graph(decoder, LATENT, "int8")
    return source, quantize(source, latents(32, seed=1))


def latents(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, LATENT)).astype(np.float32)


def draw(file: bytes, z: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    return session.run(None, {"latent": z})[0]


def test_draws_what_the_float_decoder_draws(files: tuple[bytes, bytes]) -> None:
    z = latents(8, seed=2)
    floats, whole = (draw(file, z) for file in files)
    assert floats[..., :3].std() > 10
    assert (whole[..., 3] == 255).all()
    assert psnr(whole[..., :3], floats[..., :3]).min() > 30


def test_convolves_in_int8_but_for_the_last(files: tuple[bytes, bytes]) -> None:
    kinds = [node.op_type for node in onnx.load_from_string(files[1]).graph.node]
    floats = [node.op_type for node in onnx.load_from_string(files[0]).graph.node]
    assert kinds.count("QLinearConv") == floats.count("Conv") + floats.count("ConvTranspose") - 1
    assert (kinds.count("Conv"), kinds.count("Gemm")) == (1, 1)


def test_stores_every_weight_in_int8(files: tuple[bytes, bytes]) -> None:
    graph = onnx.load_from_string(files[1]).graph
    kinds = {tuple(item.dims): item.data_type for item in graph.initializer}
    assert kinds[(16 * 64, LATENT)] == TensorProto.INT8
    # Of four-dimensional constants only scales, one a channel, are float.
    assert all(np.prod(dims[1:]) == 1 for dims, kind in kinds.items() if len(dims) == 4 and kind == TensorProto.FLOAT)


def test_same_input_gives_the_same_bytes(files: tuple[bytes, bytes]) -> None:
    assert quantize(files[0], latents(32, seed=1)) == files[1]


def test_is_entered_in_the_manifest(tmp_path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {"decoder": {"path": "decoder.onnx"}}}))
    enter(tmp_path, b"weights")
    entry = json.loads((tmp_path / "manifest.json").read_text())["files"][ROLE]
    data = (tmp_path / entry["path"]).read_bytes()
    assert entry["bytes"] == len(data) == 7
    assert entry["sha256"] == hashlib.sha256(data).hexdigest()
