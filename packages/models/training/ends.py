"""Where refined sliders end, measured again for the decoder that lies in a weights folder: after average.py.

    python ends.py --weights NEW --data DATA --classifier ../networks/robust.pt

Faces are those of split A, the rule that of refine.py. Only `range` changes in attributes.json.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from catalogue import CATALOGUE
from dataset import Faces
from directions import refine_task, target_of
from model import VAE, ModelConfig
from percept import load_percept
from refine import Refiner
from shipped import Shipped
from warm import load_shipped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("weights", "data", "classifier"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    model, faces = Shipped(args.weights), Faces(args.data, "A")
    vae = VAE(ModelConfig.from_dict(model.manifest["training"]["model"]), 1).eval().requires_grad_(False)
    load_shipped(vae, args.weights)
    latents = model.encode_split(args.data, faces)
    refiner = Refiner(vae, load_percept(args.classifier, torch.device("cpu")), latents, len(faces.attributes))
    labels = {name: faces.attribute_values[faces.rows, i] for i, name in enumerate(faces.attributes)}
    catalogue, ends = {entry.name: entry for entry in CATALOGUE}, {}
    for name, slider in model.attributes.items():
        if slider["method"] == "refined":
            item, direction = catalogue[name], slider["direction"]
            task = refine_task(item, slider["weights"], direction, 0.0, faces.attributes)
            ends[name] = refiner.end(task, direction, np.flatnonzero(target_of(item, labels) == 0))
            print(f"{name}: {slider['range'][1]} -> {ends[name]}", flush=True)

    def change(file: dict) -> None:
        for attribute in file["attributes"]:
            if attribute["name"] in ends:
                attribute["range"] = [-ends[attribute["name"]], ends[attribute["name"]]]

    model.rewrite_attributes(change)


if __name__ == "__main__":
    main()
