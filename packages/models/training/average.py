"""Averages the decoder of a run with the shipped one that it went on from, weight by weight (Wortsman et al. 2022).

    python average.py --checkpoint RUN/last.pt --weights ../weights/facemorph-128 --share 0.75 --out NEW

`candidates.py` tells which share to take. Encoder, latent space and sliders are those of `--weights`, and must be those of the run. What was measured of the
old decoder is left out, and so is its int8 form: `quantize.py` and `evaluate.py` come next.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import shutil
from pathlib import Path

import torch

from averaged_run import save_whole
from export import load_vae, parity, stored_vae
from model import VAE, Decoder
from onnx_graph import decoder_graph
from shipped import Shipped
from warm import load_shipped

KEPT = ("encoder.onnx", "attributes.json", "locator.onnx", "landmarker.onnx")


def load_both(checkpoint: Path, weights: Path) -> tuple[VAE, Decoder, dict]:
    """The averaged network of a run, the decoder in `weights`, and the checkpoint. Refuses weights with another encoder."""
    vae, state = load_vae(checkpoint)
    before = copy.deepcopy(vae)
    load_shipped(before, weights)
    if not torch.equal(vae.encoder.mean.weight, before.encoder.mean.weight):
        raise SystemExit(f"{weights} has another encoder: its decoder and sliders are of another space")
    return vae, before.decoder, state


@torch.no_grad()
def averaged(mine: Decoder, theirs: Decoder, share: float) -> Decoder:
    """A decoder whose weights are `share` of `theirs` and the rest of `mine`."""
    result = copy.deepcopy(mine)
    for weight, other in zip(result.parameters(), theirs.parameters()):
        weight.lerp_(other, share)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5, help="of the shipped decoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full", type=Path, help="where to put the averaged network in full precision, for storage_report.py")
    args = parser.parse_args()
    vae, before, state = load_both(args.checkpoint, args.weights)
    vae.decoder, shipped = averaged(vae.decoder, before, args.share), Shipped(args.weights)

    manifest = shipped.manifest
    files, training = manifest["files"], manifest["training"]
    precision = files["decoder"]["precision"]
    model = {"id": manifest["id"], "sha256": files["encoder"]["sha256"]}
    parts = {
        "decoder": decoder_graph(vae.decoder, vae.config.latent, precision),
        "parity": parity(stored_vae(vae, precision), shipped.mean, shipped.covariance, model),
    }
    training |= {"average": {"share": args.share, "decoder": files["decoder"]["sha256"], "config": state["config"], "steps": state["step"]}}
    files.pop("decoder-int8", None)
    args.out.mkdir(parents=True)
    if args.full:
        save_whole({key: state[key] for key in ("model", "config", "data", "labels", "step")} | {"ema": vae.state_dict()}, args.full)
    for name in KEPT:
        if (args.weights / name).exists():
            shutil.copy(args.weights / name, args.out / name)
    for role, data in parts.items():
        (args.out / files[role]["path"]).write_bytes(data)
        files[role] |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
