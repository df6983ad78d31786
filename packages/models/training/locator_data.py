"""Pictures to train the locator on: photos of split A, composites and negatives, strongly augmented."""

from __future__ import annotations

import gzip
import io
import json
import math
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageFilter
from torch import Tensor

from locator import STRIDES, face_frame, targets
from template import MARGIN, STORED

FLIP = [1, 0, 2, 4, 3]
"""The order of landmarks in a mirrored picture."""


@dataclass(frozen=True)
class Photo:
    """A whole picture and the landmarks of its faces, `[5, 2]` px each."""

    image: Image.Image
    faces: list[np.ndarray]
    source: str


def load_photos(shared: Path, split: str) -> list[Photo]:
    """The pictures of photos.zip that belong to a split."""
    entries = json.loads(gzip.decompress((shared / "photos.json.gz").read_bytes()))
    photos = []
    with zipfile.ZipFile(shared / "photos.zip") as pack:
        names = {Path(name).name: name for name in pack.namelist()}
        for entry in entries:
            if entry["split"] != split:
                continue
            image = Image.open(io.BytesIO(pack.read(names[entry["file"]]))).convert("RGB")
            faces = [np.array(face["lm"], np.float64) for face in entry["faces"]]
            photos.append(Photo(image, faces, entry["source"]))
    return photos


@dataclass(frozen=True)
class LocatorBatch:
    """`pictures` `[n, 3, side, side]` in -1..1; for each stride heat, offsets and weight."""

    pictures: Tensor
    maps: list[tuple[Tensor, Tensor, Tensor]]
    faces: int


class Scenes:
    """An endless, seeded stream of training pictures."""

    def __init__(self, photos: list[Photo], cut: tuple[np.ndarray, np.ndarray] | None, seed: int) -> None:
        """`cut`: aligned faces `[n, 136, 136, 3]` for composites, and their landmarks `[n, 10]` in the exact frame."""
        self.random = np.random.default_rng(seed)
        self.photos = [p for p in photos if p.faces]
        self.rooms = [p.image for p in photos if not p.faces]
        self.cut = cut

    def batch(self, count: int, side: int) -> LocatorBatch:
        scenes = [self.scene(side) for _ in range(count)]
        pictures = torch.from_numpy(np.stack([picture for picture, _ in scenes]))
        answers = [targets(faces, side) for _, faces in scenes]
        maps = [
            tuple(torch.from_numpy(np.stack([answer[level][part] for answer in answers])) for part in range(3))
            for level in range(len(STRIDES))
        ]
        x = pictures.permute(0, 3, 1, 2).float().div_(127.5).sub_(1)
        return LocatorBatch(x, maps, sum(len(faces) for _, faces in scenes))

    def scene(self, side: int) -> tuple[np.ndarray, list[np.ndarray]]:
        """A picture `[side, side, 3]` uint8 and the landmarks in it."""
        kind = self.random.random()
        if kind < 0.62 or (not self.rooms and self.cut is None):
            picture, faces = self.from_photo(side)
        elif kind < 0.86 and self.cut is not None:
            picture, faces = self.composite(side)
        else:
            picture, faces = self.background(side), []
        if self.random.random() < 0.25:
            picture = self.occlude(picture, faces)
        return np.asarray(self.photometric(picture)), faces

    def background(self, side: int) -> Image.Image:
        """Part of a room, or of a photo away from its faces; sometimes a plain colour."""
        choice = self.random.random()
        if choice < 0.1 or not self.rooms:
            return Image.new("RGB", (side, side), tuple(int(v) for v in self.random.integers(0, 256, 3)))
        image = self.rooms[self.random.integers(len(self.rooms))]
        if choice < 0.35:
            aside = self.away_from_faces()
            image = aside or image
        size = self.random.uniform(0.3, 1.0) * min(image.size)
        left, top = (self.random.uniform(0, extent - size) for extent in image.size)
        box = (left, top, left + size, top + size)
        turned = image.resize((side, side), Image.Resampling.BILINEAR, box)
        if self.random.random() < 0.5:
            turned = turned.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return turned.rotate(90 * int(self.random.integers(4))) if self.random.random() < 0.3 else turned

    def away_from_faces(self) -> Image.Image | None:
        """The largest strip of a photo beside, above or below all its faces, if there is a good one."""
        photo = self.photos[self.random.integers(len(self.photos))]
        width, height = photo.image.size
        frames = [face_frame(points) for points in photo.faces]
        top = min(c[1] - 1.1 * s for c, s in frames)
        bottom = max(c[1] + 0.9 * s for c, s in frames)
        left = min(c[0] - 0.9 * s for c, s in frames)
        right = max(c[0] + 0.9 * s for c, s in frames)
        strips = [(0, 0, width, top), (0, bottom, width, height), (0, 0, left, height), (right, 0, width, height)]
        strips = [s for s in strips if min(s[2] - s[0], s[3] - s[1]) > 60]
        if not strips:
            return None
        return photo.image.crop(tuple(int(v) for v in strips[self.random.integers(len(strips))]))

    def size(self, side: int) -> float:
        """Size of a face in px: 5 to 75 % of the picture, middle sizes and small ones more often."""
        share = math.exp(self.random.uniform(math.log(0.06), math.log(0.75)))
        kind = self.random.random()
        if kind < 0.3:
            share = self.random.uniform(0.15, 0.45)
        elif kind < 0.6:
            # Small faces are the ones that are missed.
            share = self.random.uniform(0.05, 0.11)
        return share * side

    def angle(self) -> float:
        kind = self.random.random()
        if kind < 0.4:
            # Heads that lean far are rare in photos and the ones that are missed.
            most = math.pi if kind < 0.2 else math.radians(60)
            return float(self.random.uniform(-most, most))
        return math.radians(float(self.random.normal(0, 16)))

    def placement(self, side: int, centre: np.ndarray, size: float) -> np.ndarray:
        """A similarity `[2, 3]` that puts a face of a source picture somewhere into the scene."""
        target = self.size(side)
        scale, angle = target / size, self.angle()
        room = min(0.3 * target, 0.4 * side)
        to = self.random.uniform(room, side - room, 2)
        linear = scale * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        return np.concatenate([linear, (to - linear @ centre)[:, None]], axis=1)

    def from_photo(self, side: int) -> tuple[Image.Image, list[np.ndarray]]:
        photo = self.photos[self.random.integers(len(self.photos))]
        image, faces = photo.image, photo.faces
        if self.random.random() < 0.5:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            faces = [(points * [-1, 1] + [image.width, 0])[FLIP] for points in faces]
        centre, size = face_frame(faces[self.random.integers(len(faces))])
        matrix = self.placement(side, centre, size)
        plain = self.random.random() < 0.5
        colour = tuple([0 if self.random.random() < 0.5 else int(self.random.integers(256))] * 3)
        ground = Image.new("RGB", (side, side), colour) if plain else self.background(side)
        placed = [points @ matrix[:, :2].T + matrix[:, 2] for points in faces]
        inside = [p for p in placed if (0 <= face_frame(p)[0]).all() and (face_frame(p)[0] < side).all()]
        return lay(ground, image, matrix), inside

    def composite(self, side: int) -> tuple[Image.Image, list[np.ndarray]]:
        """One to four cut-out faces on a background."""
        picture, faces = self.background(side), []
        crops, landmarks = self.cut
        for _ in range(int(self.random.choice([1, 2, 3, 4], p=[0.4, 0.3, 0.2, 0.1]))):
            row = self.random.integers(len(crops))
            crop, points = Image.fromarray(crops[row]), landmarks[row].reshape(5, 2).astype(np.float64) + MARGIN
            if self.random.random() < 0.5:
                crop, points = crop.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (points * [-1, 1] + [STORED, 0])[FLIP]
            matrix = self.placement(side, *face_frame(points))
            placed = points @ matrix[:, :2].T + matrix[:, 2]
            centre, size = face_frame(placed)
            if any(np.abs(centre - c).max() < 0.8 * (size + s) for c, s in map(face_frame, faces)):
                continue
            picture = lay(picture, crop, matrix, self.cut_out())
            faces.append(placed)
        return picture, faces

    def cut_out(self) -> Image.Image:
        """A soft oval of a random size, so that no edge of a crop gives the face away."""
        y, x = np.mgrid[0:STORED, 0:STORED] / STORED - 0.5
        width, height = self.random.uniform(0.3, 0.6), self.random.uniform(0.42, 0.62)
        power = self.random.uniform(2, 6)
        distance = (np.abs(x / width) ** power + np.abs((y - 0.02) / height) ** power) ** (1 / power)
        soft = self.random.uniform(0.03, 0.2)
        edge = np.minimum(0.5 - np.abs(x), 0.5 - np.abs(y)) * 25
        alpha = np.clip((1 - distance) / soft + 0.5, 0, 1) * np.clip(edge, 0, 1)
        return Image.fromarray((alpha * 255).astype(np.uint8))

    def occlude(self, picture: Image.Image, faces: list[np.ndarray]) -> Image.Image:
        """Something flat before a part of each face."""
        for points in faces:
            centre, size = face_frame(points)
            w, h = (max(2, int(size * self.random.uniform(0.15, 0.45))) for _ in range(2))
            x, y = (int(v + self.random.uniform(-0.5, 0.5) * size) for v in centre)
            patch = self.background(max(w, h)).crop((0, 0, w, h))
            picture.paste(patch, (x - w // 2, y - h // 2))
        return picture

    def photometric(self, picture: Image.Image) -> Image.Image:
        random = self.random
        side = picture.width
        if random.random() < 0.2:
            small = max(48, int(side * random.uniform(0.35, 0.8)))
            picture = picture.resize((small, small), Image.Resampling.BOX).resize((side, side), Image.Resampling.BILINEAR)
        elif random.random() < 0.12:
            picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 2.0)))
        x = np.asarray(picture, np.float32) / 255
        if random.random() < 0.12:
            x = np.repeat(x.mean(2, keepdims=True), 3, axis=2)
        if random.random() < 0.8:
            x = x ** float(np.exp(random.normal(0, 0.3)))
            x = (x - 0.5) * float(np.exp(random.normal(0, 0.2))) + 0.5 + float(random.normal(0, 0.07))
            x = x * np.exp(random.normal(0, 0.06, 3)).astype(np.float32)
        if random.random() < 0.2:
            slope = random.normal(0, 0.35)
            x = x * np.linspace(1 - slope, 1 + slope, side, dtype=np.float32)[None, :, None]
        if random.random() < 0.25:
            x = x + random.normal(0, random.uniform(0.005, 0.05), x.shape).astype(np.float32)
        picture = Image.fromarray((x.clip(0, 1) * 255).astype(np.uint8))
        if random.random() < 0.3:
            file = io.BytesIO()
            picture.save(file, "JPEG", quality=int(random.integers(25, 92)))
            picture = Image.open(file).convert("RGB")
        return picture


def lay(ground: Image.Image, image: Image.Image, matrix: np.ndarray, alpha: Image.Image | None = None) -> Image.Image:
    """`image` under a similarity over the ground. Large reductions are area-averaged first."""
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    alpha = alpha or Image.new("L", image.size, 255)
    factor = max(1, int(round(1 / scale)))
    if factor > 1:
        image, alpha = image.reduce(factor), alpha.reduce(factor)
        matrix = np.concatenate([matrix[:, :2] * factor, matrix[:, 2:]], axis=1)
    inverse = np.linalg.inv(matrix[:, :2])
    shift = -inverse @ matrix[:, 2]
    data = (*inverse[0], shift[0], *inverse[1], shift[1])
    method, kernel = Image.Transform.AFFINE, Image.Resampling.BILINEAR
    over = image.transform(ground.size, method, data, kernel)
    ground = ground.copy()
    ground.paste(over, (0, 0), alpha.transform(ground.size, method, data, kernel))
    return ground


def letterbox(image: Image.Image, side: int) -> tuple[np.ndarray, float]:
    """The whole picture in the upper left of a black square, and px of the square per px of it."""
    scale = side / max(image.size)
    size = tuple(max(1, round(extent * scale)) for extent in image.size)
    square = Image.new("RGB", (side, side))
    square.paste(image.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR), (0, 0))
    return np.asarray(square), scale

