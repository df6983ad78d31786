"""Writes what `align` gives for known pictures: core's `align.ts` must give the same within 2/255.

    python align_vectors.py --out ../../../tests/parity/align-vectors.json
    python align_vectors.py --photos FOLDER --out FILE     the same for the photos of a folder

The pictures of the first form are nobody's, but made by the formula of `picture`. The second reads
`FOLDER/faces.json`, `[{ file, landmarks }]`. Of each aligned frame every third pixel of every third row
is kept.
"""

from __future__ import annotations

import argparse
import base64
import json
from pathlib import Path

import numpy as np
from PIL import Image

from prepare import align
from template import TEMPLATE

STEP = 3

PLACES = (
    # Width, height, px of the photo per px of the template, degrees, centre of the frame (x, y).
    (320, 240, 1.0, 0.0, 150.5, 120.25),
    (200, 160, 0.6, -17.0, 90.0, 80.0),
    (320, 240, 1.7, 33.0, 160.0, 118.0),
    (640, 480, 3.4, -8.0, 330.0, 250.0),
    (900, 700, 5.2, 170.0, 420.0, 360.0),
    (300, 260, 2.3, 12.0, 60.0, 40.0),
)
"""Enlarged and reduced, turned, upside down, and one face partly outside its photo."""


def picture(width: int, height: int) -> np.ndarray:
    """Slopes, fine texture and hard edges, `[h, w, 3]`; the same whole numbers in any language."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    texture = (x * y) % 64 * 2
    squares = 90 * ((x // 7 + y // 5) % 2)
    return ((x + y * 3 + c * 40 + texture + squares) % 256).astype(np.uint8)


def landmarks_at(scale: float, degrees: float, x: float, y: float) -> np.ndarray:
    """Five points of a face that does not fit the template perfectly, `[5, 2]` px."""
    bent = TEMPLATE + [[1.2, -0.6], [-0.8, 0.9], [4.0, 1.5], [-1.1, -1.9], [0.4, 2.0]]
    turn = np.radians(degrees)
    linear = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.round((bent - 64) @ linear.T + [x, y], 3)


def entry(image: np.ndarray, landmarks: np.ndarray) -> dict:
    kept = align(image, landmarks, margin=0)[::STEP, ::STEP]
    crop = base64.b64encode(kept.tobytes()).decode()
    return {"width": image.shape[1], "height": image.shape[0], "landmarks": landmarks.tolist(), "crop": crop}


def formula_vectors() -> list[dict]:
    return [entry(picture(w, h), landmarks_at(*place)) for w, h, *place in PLACES]


def photo_vectors(folder: Path) -> list[dict]:
    faces = json.loads((folder / "faces.json").read_text())
    return [
        {"file": face["file"]}
        | entry(np.asarray(Image.open(folder / face["file"]).convert("RGB")), np.array(face["landmarks"]))
        for face in faces
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    vectors = photo_vectors(args.photos) if args.photos else formula_vectors()
    file = {"format": "facemorph-align-vectors", "version": 1, "step": STEP, "vectors": vectors}
    args.out.write_text(json.dumps(file) + "\n")


if __name__ == "__main__":
    main()
