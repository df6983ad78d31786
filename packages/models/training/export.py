"""Writes a trained model as the folder that `@facemorph/core` loads.

    python export.py --checkpoint RUN/last.pt --data DATA --out weights/facemorph-128

Writes encoder.onnx, decoder.onnx, attributes.json, parity.json and manifest.json (with byte counts
and SHA-256). The encoder's hash names the latent space. The same checkpoint gives the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dataset import Faces, to_tensor
from directions import build_attributes, encode_all
from loss import kl_nats
from model import VAE, Decoder, ModelConfig, decoder_macs
from onnx_graph import decoder_graph, encoder_graph
from percept import load_percept
from refine import Refiner
from storage import PRECISIONS, Precision, network_as_stored
from template import SIZE, TEMPLATE

ORDER = ("encoder", "decoder", "attributes", "parity", "locator", "landmarker")

LICENSE = "Weights trained on CelebA and LFW: non-commercial research only (see packages/models/LICENSE)"


def load_vae(path: Path) -> tuple[VAE, dict]:
    """The averaged network of a checkpoint, in fp32 on the CPU, with the checkpoint."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    config = ModelConfig.from_dict(state["model"])
    vae = VAE(config, state["labels"])
    vae.load_state_dict(state["ema"])
    return vae.eval().requires_grad_(False), state


def b64(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def stored_vae(vae: VAE, precision: Precision) -> VAE:
    """The network as its files hold it: the head's range is folded in before it is rounded."""
    return network_as_stored(vae, precision, {"decoder.head.weight": 127.5})


@torch.no_grad()
def draw(decoder: Decoder, z: Tensor) -> np.ndarray:
    """RGBA bytes `[n, 128, 128, 4]`, rounded as the exported head does."""
    rgb = (decoder(z) * 127.5 + 128.0).clamp(0, 255).floor().byte().permute(0, 2, 3, 1).numpy()
    return np.concatenate([rgb, np.full_like(rgb[..., :1], 255)], axis=-1)


@torch.no_grad()
def parity(stored: VAE, mean: np.ndarray, covariance: np.ndarray, model: dict[str, str]) -> bytes:
    """parity.json: what torch makes of a few sampled latents, with weights as stored. The reference of every backend."""
    sample = np.random.default_rng(7).standard_normal((4, len(mean))) * 0.7
    spread = np.linalg.cholesky(covariance + 1e-6 * np.eye(len(mean)))
    z = torch.from_numpy((mean + sample @ spread.T).astype(np.float32))
    images = draw(stored.decoder, z)
    encoded = stored.encoder(to_tensor(images[..., :3]))[0].numpy()
    vectors = [
        {"latent": b64(z[i].numpy()), "image": b64(images[i]), "encoded": b64(encoded[i])} for i in range(len(z))
    ]
    return (json.dumps({"format": "facemorph-parity", "version": 2, "model": model, "vectors": vectors}) + "\n").encode()


@torch.no_grad()
def kl_of(vae: VAE, faces: Faces, count: int = 512) -> float:
    """KL of the posterior to the prior in nats, averaged over faces."""
    x = to_tensor(faces.crops(faces.rows[:count]))
    parts = [kl_nats(*vae.encoder(part)).sum().item() for part in x.split(64)]
    return round(float(np.mean(parts)), 1)


def kept_files(out: Path) -> dict[str, dict]:
    """Entries of files that do not depend on the VAE, from the manifest that is there."""
    manifest = out / "manifest.json"
    files = json.loads(manifest.read_text())["files"] if manifest.exists() else {}
    return {role: files[role] for role in ("locator", "landmarker") if role in files}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--id", default="facemorph-128")
    parser.add_argument("--faces", type=int, help="fit directions on this many faces (for a preview)")
    parser.add_argument("--classifier", type=Path, help="weights of percept.py, best with --radius: refine directions and ranges by it")
    parser.add_argument("--precision", choices=PRECISIONS, default="int8", help="how weights are stored")
    args = parser.parse_args()
    vae, state = load_vae(args.checkpoint)
    latent, precision = vae.config.latent, args.precision
    args.out.mkdir(parents=True, exist_ok=True)
    files = kept_files(args.out)

    def write(role: str, name: str, data: bytes, precision: str | None = None) -> str:
        (args.out / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        files[role] = {"path": name, "bytes": len(data), "sha256": digest}
        if precision:
            files[role]["precision"] = precision
        print(f"{name}: {len(data):,} bytes", file=sys.stderr)
        return digest

    digest = write("encoder", "encoder.onnx", encoder_graph(vae.encoder, latent, precision), precision)
    write("decoder", "decoder.onnx", decoder_graph(vae.decoder, latent, precision), precision)
    vae = stored_vae(vae, precision)
    model = {"id": args.id, "sha256": digest}
    faces = Faces(args.data, "A")
    faces.rows = np.random.default_rng(0).permutation(faces.rows)[: args.faces]
    encoded = encode_all(vae, faces)
    refiner = None
    if args.classifier:
        classifier = load_percept(args.classifier, torch.device("cpu"))
        refiner = Refiner(vae, classifier, encoded.latents, len(faces.attributes))
    attributes = build_attributes(encoded, model, refiner=refiner)
    write("attributes", "attributes.json", (json.dumps(attributes, indent=1) + "\n").encode())
    write("parity", "parity.json", parity(vae, encoded.mean, encoded.covariance, model))
    manifest = {
        "format": "facemorph-model",
        "version": 1,
        "id": args.id,
        "license": LICENSE,
        "image": {"width": SIZE, "height": SIZE},
        "latent": {"size": latent, "odd": vae.config.odd},
        "template": TEMPLATE.tolist(),
        "files": dict(sorted(files.items(), key=lambda item: ORDER.index(item[0]))),
        "training": {
            "data": state["data"],
            "config": state["config"],
            "model": state["model"],
            "steps": state["step"],
            "klNats": kl_of(vae, faces),
            "decoderMmac": round(decoder_macs(vae.config) / 1e6, 1),
        },
    }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
