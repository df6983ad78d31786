"""Turns pictures of faces into arrays that training can map into memory.

    python prepare.py --packs PACKS --out DATA         the prepared packs (zips of aligned WebP)
    python prepare.py --celeba CELEBA --out DATA       the official CelebA folder, as it is

Writes for each split X in A, B, C (and S, small pictures for judges): `X.npy` (uint8 `[n, 136, 136, 3]`, RGB), `X.npz` (labels) and
`data.json` (counts, names of columns, a hash that checkpoints record).

The official folder holds `img_align_celeba/`, `list_attr_celeba.txt`, `identity_CelebA.txt`,
`list_landmarks_align_celeba.txt` and `list_eval_partition.txt`; its partition becomes
train -> A, validation -> B, test -> C (no identity is in two of them).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from template import MARGIN, SIZE, STORED, TEMPLATE, similarity

PACKS = {
    "celeba": ("celeba-1.zip", "celeba-2.zip"),
    "wild": ("wild.zip",),
    "lfw": ("lfw.zip",),
    "small": ("small.zip",),
}
"""Name of the label file -> its archives. `small` (68 px) becomes split S, which only judges read."""

SPLITS = "ABCS"

NUMBERS = ("yaw", "pitch", "roll", "gaze_x", "gaze_y", "eye_open", "mouth_open", "coverage", "sharp")
"""Measured columns, NaN where unknown."""


@dataclass
class Row:
    """One face: how to read its picture, and what is known of it."""

    file: str
    source: str
    identity: str
    split: str
    numbers: list[float]
    landmarks: list[float]
    attributes: list[float] = field(default_factory=list)


def number(text: str | None) -> float:
    return float(text) if text not in (None, "") else float("nan")


def read_labels(path: Path) -> tuple[list[Row], list[str]]:
    """Rows and attribute names of one `*.csv.gz`."""
    with gzip.open(path, "rt", newline="") as handle:
        reader = csv.DictReader(handle)
        names = list(reader.fieldnames or [])
        attributes = names[names.index("lm9") + 1 :]
        rows = [
            Row(
                file=r["file"],
                source=r["source"],
                identity=f"{'lfw' if r['source'] == 'lfw' else 'celeba'}:{r['identity']}",
                split=r["split"],
                numbers=[number(r.get(n)) for n in NUMBERS],
                landmarks=[number(r[f"lm{i}"]) for i in range(10)],
                attributes=[number(r[a]) for a in attributes],
            )
            for r in reader
        ]
    return rows, attributes


def packs(root: Path) -> tuple[Iterator[tuple[Row, np.ndarray]], int, list[str]]:
    """Every face of the packs with its picture, `[136, 136, 3]`."""
    tables = {name: read_labels(root / f"{name}.csv.gz") for name in PACKS}
    attributes = tables["celeba"][1]

    def faces() -> Iterator[tuple[Row, np.ndarray]]:
        for name, archives in PACKS.items():
            by_file = {row.file: row for row in tables[name][0]}
            for archive in archives:
                with zipfile.ZipFile(root / archive) as pack:
                    for file in pack.namelist():
                        if file in by_file:
                            with Image.open(io.BytesIO(pack.read(file))) as image:
                                yield by_file[file], stored(image)

    for row in tables["small"][0]:
        row.split = "S"
    return faces(), sum(len(t[0]) for t in tables.values()), attributes


def stored(image: Image.Image) -> np.ndarray:
    """A picture of a pack as RGB at the stored size (the small ones are enlarged)."""
    rgb = image.convert("RGB")
    return np.asarray(rgb if rgb.width == STORED else rgb.resize((STORED, STORED), Image.Resampling.BICUBIC))


def align(picture: np.ndarray, landmarks: np.ndarray, margin: int = MARGIN) -> np.ndarray:
    """The aligned frame of one picture, uint8 `[128 + 2 margin, same, 3]`; as `align.ts` in core.

    `picture` is RGB `[h, w, 3]`, `landmarks` `[5, 2]` in its pixels (a pixel spans i to i + 1).
    Area-correct: a picture more than twice too large is first averaged over whole blocks, then each
    pixel is the mean of 2x2 bilinear samples. Outside, the picture is mirrored.
    """
    size = SIZE + 2 * margin
    matrix = similarity(landmarks, TEMPLATE + margin)
    inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]
    to_picture = lambda points: points @ inverse[:, :2].T + inverse[:, 2]  # noqa: E731
    factor = max(1, int(np.hypot(inverse[0, 0], inverse[1, 0])))
    corners = to_picture(np.array([[0, 0], [size, 0], [0, size], [size, size]], dtype=np.float64))
    start = np.floor(corners.min(0)).astype(int) - factor
    blocks = np.ceil((np.ceil(corners.max(0)) - start) / factor).astype(int) + 1
    columns, rows = (
        mirrored_index(start[axis] + np.arange(blocks[axis] * factor), picture.shape[1 - axis]) for axis in (0, 1)
    )
    region = picture[rows][:, columns].astype(np.float64)
    reduced = region.reshape(blocks[1], factor, blocks[0], factor, 3).mean((1, 3))
    # Sample positions: the centres of a grid twice as fine as the frame.
    fine = (np.arange(2 * size) + 0.5) / 2
    y, x = np.meshgrid(fine, fine, indexing="ij")
    place = (to_picture(np.stack([x, y], axis=-1).reshape(-1, 2)) - start) / factor - 0.5
    base = np.floor(place).astype(int)
    fraction = (place - base)[:, :, None]
    (column, row), (fx, fy) = base.T, fraction.transpose(1, 0, 2)
    upper = reduced[row, column] * (1 - fx) + reduced[row, column + 1] * fx
    lower = reduced[row + 1, column] * (1 - fx) + reduced[row + 1, column + 1] * fx
    samples = (upper * (1 - fy) + lower * fy).reshape(size, 2, size, 2, 3)
    return np.rint(samples.mean((1, 3))).astype(np.uint8)


def mirrored_index(index: np.ndarray, size: int) -> np.ndarray:
    """Indices outside 0..size-1 become those of their mirror image (edges repeated)."""
    wrapped = index % (2 * size)
    return np.where(wrapped < size, wrapped, 2 * size - 1 - wrapped)


def celeba(root: Path) -> tuple[Iterator[tuple[Row, np.ndarray]], int, list[str]]:
    """Every face of the official folder."""

    def table(name: str) -> list[str]:
        return (root / name).read_text().splitlines()

    lines = table("list_attr_celeba.txt")
    attributes = lines[1].split()
    labels = {p[0]: [float(v == "1") for v in p[1:]] for p in (ln.split() for ln in lines[2:]) if p}
    identity = {p[0]: p[1] for p in (ln.split() for ln in table("identity_CelebA.txt")) if p}
    split = {p[0]: "ABC"[int(p[1])] for p in (ln.split() for ln in table("list_eval_partition.txt")) if p}
    points = {
        p[0]: np.array(p[1:11], dtype=np.float64).reshape(5, 2)
        for p in (ln.split() for ln in table("list_landmarks_align_celeba.txt")[2:])
        if p
    }

    def faces() -> Iterator[tuple[Row, np.ndarray]]:
        for file, values in labels.items():
            with Image.open(root / "img_align_celeba" / file) as image:
                frame = align(np.asarray(image.convert("RGB")), points[file])
            matrix = similarity(points[file], TEMPLATE)
            aligned = points[file] @ matrix[:, :2].T + matrix[:, 2]
            yield (
                Row(
                    file=file,
                    source="celeba",
                    identity=f"celeba:{identity[file]}",
                    split=split[file],
                    numbers=[float("nan")] * len(NUMBERS),
                    landmarks=list(aligned.ravel()),
                    attributes=values,
                ),
                frame,
            )

    return faces(), len(labels), attributes


def write(
    faces: Iterator[tuple[Row, np.ndarray]], total: int, attributes: list[str], out: Path
) -> dict[str, object]:
    """Streams the faces into one array a split; memory stays flat."""
    out.mkdir(parents=True, exist_ok=True)
    handles = {s: open(out / f"{s}.raw", "wb") for s in SPLITS}
    rows: dict[str, list[Row]] = {s: [] for s in SPLITS}
    digest = hashlib.sha256()
    for done, (row, picture) in enumerate(faces, start=1):
        if picture.shape != (STORED, STORED, 3):
            raise SystemExit(f"{row.file}: expected {STORED}x{STORED} RGB, found {picture.shape}")
        data = picture.tobytes()
        handles[row.split].write(data)
        if row.split != "S":
            digest.update(row.file.encode() + data)
        rows[row.split].append(row)
        if done % 2000 == 0:
            print(f"prepared {done} of {total}", file=sys.stderr)
    for split, handle in handles.items():
        handle.close()
        finish(split, rows[split], out)
    summary: dict[str, object] = {
        "size": SIZE,
        "margin": MARGIN,
        "attributes": attributes,
        "numbers": list(NUMBERS),
        "counts": {s: len(rows[s]) for s in SPLITS},
        "hash": digest.hexdigest(),
    }
    (out / "data.json").write_text(json.dumps(summary, indent=2) + "\n")
    return summary


def finish(split: str, rows: list[Row], out: Path) -> None:
    """Gives the raw pixels of a split their header and writes the labels beside them."""
    raw = out / f"{split}.raw"
    shape = (len(rows), STORED, STORED, 3)
    if rows:
        array = np.lib.format.open_memmap(out / f"{split}.npy", "w+", np.uint8, shape)
        array[:] = np.memmap(raw, np.uint8, "r", shape=shape)
        array.flush()
    raw.unlink()
    np.savez_compressed(
        out / f"{split}.npz",
        files=np.array([r.file for r in rows]),
        source=np.array([r.source for r in rows]),
        identity=np.array([r.identity for r in rows]),
        attributes=np.array([r.attributes for r in rows], dtype=np.float32),
        numbers=np.array([r.numbers for r in rows], dtype=np.float32),
        landmarks=np.array([r.landmarks for r in rows], dtype=np.float32),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--packs", type=Path, help="folder of celeba-1.zip, celeba.csv.gz, ...")
    where.add_argument("--celeba", type=Path, help="official CelebA folder")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    faces, total, attributes = packs(args.packs) if args.packs else celeba(args.celeba)
    print(json.dumps(write(faces, total, attributes, args.out)["counts"]))


if __name__ == "__main__":
    main()
