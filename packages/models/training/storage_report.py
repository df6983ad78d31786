"""What small storage costs: the same network stored in fp32, fp16 and int8, on split C.

    python storage_report.py --checkpoint RUN/last.pt --weights ../weights/facemorph-128 --data DATA --judges JUDGES

Directions are those of the weights folder, which must have been exported from the checkpoint.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import judge as judges
from dataset import Faces
from edits import SPOT_CHECKS, Edits, Scale
from evaluate import picture_metrics, say
from export import load_vae
from model import VAE
from onnx_graph import decoder_graph, encoder_graph
from shipped import Shipped
from storage import PRECISIONS, Precision


def stored_as(precision: Precision, vae: VAE, weights: Path, folder: Path) -> Shipped:
    """A model in `folder`: networks in one precision, the rest as it ships."""
    for name in ("manifest.json", "attributes.json"):
        shutil.copy(weights / name, folder / name)
    (folder / "encoder.onnx").write_bytes(encoder_graph(vae.encoder, vae.config.latent, precision))
    (folder / "decoder.onnx").write_bytes(decoder_graph(vae.decoder, vae.config.latent, precision))
    return Shipped(folder)


def scoreboard(model: Shipped, faces: Faces, e: judges.Judge, i: judges.Judge, scale: Scale, count: int) -> dict:
    real = faces.crops()
    latents = model.encode(real)
    edits = Edits(model, e, i, scale, latents, faces.attribute_values[faces.rows])
    return {
        "bytes": {role: (model.folder / f"{role}.onnx").stat().st_size for role in ("encoder", "decoder")},
        **picture_metrics(real, model.decode(latents)),
        "success": {name: edits.measure(name, count)["success"] for name in SPOT_CHECKS},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("checkpoint", "weights", "data", "judges"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200, help="faces of each edit")
    args = parser.parse_args()
    vae, _ = load_vae(args.checkpoint)
    faces = Faces(args.data, "C")
    e, i = (judges.load_judge(args.judges / f"{kind}.pt") for kind in "EI")
    scale, rows = Scale.of(e, i, faces), {}
    for precision in PRECISIONS:
        say(precision)
        with tempfile.TemporaryDirectory() as folder:
            model = stored_as(precision, vae, args.weights, Path(folder))
            rows[precision] = scoreboard(model, faces, e, i, scale, args.count)
    print(json.dumps({"split": "C", "n": len(faces), **rows}))


if __name__ == "__main__":
    main()
