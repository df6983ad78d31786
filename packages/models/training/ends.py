"""Where refined sliders end, measured again for the decoder that lies in a weights folder: after average.py.

    python ends.py --weights NEW --data DATA --classifier ../networks/robust.pt

Faces are those of split A, the rule that of refine.py. Only `range` changes in attributes.json, and with `--directions`
the directions, which are bent anew for this decoder: those of another show less in its pictures.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from catalogue import CATALOGUE
from dataset import Faces
from directions import half, reach_of, refine_task, target_of
from model import VAE, ModelConfig
from percept import load_percept
from refine import Refiner
from shipped import Shipped
from warm import load_shipped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name in ("weights", "data", "classifier"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--directions", action="store_true", help="bend directions anew, too")
    args = parser.parse_args()
    model, faces = Shipped(args.weights), Faces(args.data, "A")
    vae = VAE(ModelConfig.from_dict(model.manifest["training"]["model"]), 1).eval().requires_grad_(False)
    load_shipped(vae, args.weights)
    latents = model.encode_split(args.data, faces)
    refiner = Refiner(vae, load_percept(args.classifier, torch.device("cpu")), latents, len(faces.attributes))
    labels = {name: faces.attribute_values[faces.rows, i] for i, name in enumerate(faces.attributes)}
    catalogue, found = {entry.name: entry for entry in CATALOGUE}, {}
    for name, slider in model.attributes.items():
        if slider["method"] == "refined":
            item, weights, direction = catalogue[name], slider["weights"], slider["direction"]
            target = target_of(item, labels)
            task = refine_task(item, weights, direction, reach_of(latents @ weights, target), faces.attributes)
            absent = np.flatnonzero(target == 0)
            if args.directions:
                with torch.enable_grad():
                    found[name] = refiner.shown(task, absent)
            else:
                found[name] = (direction, refiner.end(task, direction, absent))
            print(f"{name}: {slider['range'][1]} -> {found[name][1]}", flush=True)

    def change(file: dict) -> None:
        for attribute in file["attributes"]:
            if attribute["name"] in found:
                direction, end = found[attribute["name"]]
                attribute |= {"direction": half(direction), "range": [-end, end]}

    model.rewrite_attributes(change)


if __name__ == "__main__":
    main()
