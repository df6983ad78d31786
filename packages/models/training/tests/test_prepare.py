"""Both layouts of raw data become the same arrays; alignment puts points where the template says."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from prepare import NUMBERS, align
from template import MARGIN, TEMPLATE, similarity

HERE = Path(__file__).resolve().parent.parent


def dots(points: np.ndarray, size: tuple[int, int], radius: float) -> Image.Image:
    image = Image.new("RGB", size, "black")
    draw = ImageDraw.Draw(image)
    for x, y in points:
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill="white")
    return image


def centre_of_light(frame: np.ndarray, x: float, y: float, reach: int) -> np.ndarray:
    left, top = round(x) - reach, round(y) - reach
    patch = frame[top : top + 2 * reach, left : left + 2 * reach].mean(2)
    grid_y, grid_x = np.mgrid[0 : patch.shape[0], 0 : patch.shape[1]] + 0.5
    return np.array([(patch * grid_x).sum(), (patch * grid_y).sum()]) / patch.sum() + [left, top]


def test_align_puts_landmarks_on_the_template() -> None:
    for scale, angle in ((0.8, 0.2), (3.0, -0.5), (9.0, 0.1)):
        turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        points = (TEMPLATE - 64) @ turn.T + 100 * scale
        frame = align(np.asarray(dots(points, (round(200 * scale),) * 2, 2.0 * scale)), points)
        assert frame.shape == (136, 136, 3)
        for x, y in TEMPLATE + MARGIN:
            assert np.abs(centre_of_light(frame, x, y, 7) - [x, y]).max() < 0.6, (scale, x)


def test_outside_of_the_picture_is_mirrored() -> None:
    points = TEMPLATE * 0.9 - [20, 10]
    noise = np.random.default_rng(0).integers(60, 200, (90, 70, 3), dtype=np.uint8)
    frame = align(noise, points)
    assert frame.min() > 40  # no black border


def run(*arguments: str) -> dict:
    command = [sys.executable, str(HERE / "prepare.py"), *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_official_folder(tmp_path: Path) -> None:
    root, out = tmp_path / "celeba", tmp_path / "out"
    (root / "img_align_celeba").mkdir(parents=True)
    points = np.array([[69, 109], [106, 113], [77, 142], [73, 152], [108, 154]])
    names = [f"{i:06d}.jpg" for i in range(1, 7)]
    for i, name in enumerate(names):
        Image.new("RGB", (178, 218), (40 * i, 90, 120)).save(root / "img_align_celeba" / name)
    flat = " ".join(str(v) for v in points.ravel())
    lines = [f"{n} {'1' if i % 2 else '-1'} -1" for i, n in enumerate(names)]
    (root / "list_attr_celeba.txt").write_text("\n".join(["6", "Smiling Male", *lines]) + "\n")
    (root / "identity_CelebA.txt").write_text("".join(f"{n} {i}\n" for i, n in enumerate(names)))
    (root / "list_eval_partition.txt").write_text("".join(f"{n} {i // 2}\n" for i, n in enumerate(names)))
    landmarks = ["6", "lefteye_x lefteye_y", *(f"{n} {flat}" for n in names)]
    (root / "list_landmarks_align_celeba.txt").write_text("\n".join(landmarks) + "\n")
    counts = run("--celeba", str(root), "--out", str(out))
    assert counts == {"A": 2, "B": 2, "C": 2, "S": 0}
    labels = np.load(out / "A.npz")
    assert np.load(out / "A.npy").shape == (2, 136, 136, 3)
    assert labels["attributes"].tolist() == [[0, 0], [1, 0]]
    matrix = similarity(points.astype(float), TEMPLATE)
    expected = points @ matrix[:, :2].T + matrix[:, 2]
    assert np.allclose(labels["landmarks"][0].reshape(5, 2), expected, atol=1e-3)


def test_packs(tmp_path: Path) -> None:
    root, out = tmp_path / "packs", tmp_path / "out"
    root.mkdir()
    head = ["file", "source", "identity", "split", "scale", *NUMBERS]
    header = ",".join([*head, *(f"lm{i}" for i in range(10)), "Smiling", "Male"])
    archives = {"celeba": ("celeba-1.zip", "celeba-2.zip"), "wild": ("wild.zip",), "lfw": ("lfw.zip",), "small": ("small.zip",)}
    for name, files in archives.items():
        side = 68 if name == "small" else 136
        rows = []
        for index, archive in enumerate(files):
            buffer = io.BytesIO()
            Image.new("RGB", (side, side), (200, 30, 60)).save(buffer, "WEBP", lossless=True)
            with zipfile.ZipFile(root / archive, "w") as pack:
                pack.writestr(f"{name}{index}.webp", buffer.getvalue())
            numbers = ["1"] * (1 + len(NUMBERS) + 10)
            label = ["", ""] if name == "lfw" else ["1", "0"]
            rows.append(",".join([f"{name}{index}.webp", name, "someone", "ABC"[index], *numbers, *label]))
        with gzip.open(root / f"{name}.csv.gz", "wt") as table:
            table.write("\n".join([header, *rows]) + "\n")
    counts = run("--packs", str(root), "--out", str(out))
    assert counts == {"A": 3, "B": 1, "C": 0, "S": 1}
    labels = np.load(out / "A.npz")
    assert np.isnan(labels["attributes"][list(labels["source"]).index("lfw")]).all()
    # The same name in two sources is not the same person.
    assert set(labels["identity"]) == {"celeba:someone", "lfw:someone"}
    assert np.load(out / "S.npy").shape == (1, 136, 136, 3)
