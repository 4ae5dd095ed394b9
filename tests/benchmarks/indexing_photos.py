"""Indexing photos: pictures like those of a camera, made out of smaller labelled ones."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageFilter, ImageOps

from app.errors import UsageError
from tests.benchmarks.truth import Box, TrueFace, photo_key, read_truth

SIZE = (4000, 3000)
"""Width and height of the camera's sensor, in pixels."""
QUALITY = 90
"""Of the JPEGs."""
LAYOUTS = ((1, 1), (2, 1), (1, 1), (2, 2))
"""Columns and rows of the photos in one picture, in turn: most pictures show one to four."""
NOISE = 5.0
"""Standard deviation of the sensor's noise, in grey values. Without any, blown-up photos make files
of a third of what a camera writes, which would flatter whoever decodes."""
_PORTRAIT = 6
"""EXIF's orientation of a camera held upright; every fourth picture is so."""


@dataclass(frozen=True, slots=True)
class Album:
    """Pictures to look at, and who is truly in them."""

    folder: Path
    photos: tuple[Path, ...]
    truth: tuple[TrueFace, ...]

    @property
    def megabytes(self) -> float:
        """Of all files together."""
        return sum(path.stat().st_size for path in self.photos) / 1e6


def given(folder: Path) -> Album:
    """The photos of a folder as they are, of which its truth.csv tells.

    Raises UsageError when there are none.
    """
    folder = folder.absolute()
    truth = read_truth(folder)
    photos = tuple(folder / path for path in sorted(_paths(folder)))
    if not photos:
        raise UsageError(f"{folder / 'truth.csv'} tells of no photo that is there.")
    return Album(folder, photos, tuple(truth))


def camera_like(source: Album, into: Path, count: int, size: tuple[int, int] = SIZE) -> Album:
    """So many pictures of `size`, each one or a few of the source's photos blown up.

    The photos come in an order that looks like chance and is always the same, each once before
    any comes twice.
    """
    order = sorted(source.photos)
    random.Random(7).shuffle(order)
    faces: dict[str, list[TrueFace]] = defaultdict(list)
    for face in source.truth:
        faces[face.photo].append(face)
    noise = np.random.default_rng(7).normal(0, NOISE, (size[1], size[0], 1)).astype(np.float32)
    photos, truth, at = [], [], 0
    for number in range(count):
        columns, rows = LAYOUTS[number % len(LAYOUTS)]
        some = [order[(at + step) % len(order)] for step in range(columns * rows)]
        at += len(some)
        is_portrait = number % 4 == 3
        upright = (size[1], size[0]) if is_portrait else size
        if is_portrait:
            columns, rows = rows, columns
        picture, placed = _compose(some, upright, columns, rows, faces)
        path = into / f"{number // 100:02d}" / f"IMG_{number:04d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        _save(picture, path, np.roll(noise, number * 7919), is_portrait, number)
        photos.append(path)
        truth += [
            TrueFace(photo_key(str(path)), face.identity, box, face.is_whole, face.is_twice)
            for face, box in placed
        ]
    return Album(into, tuple(photos), tuple(truth))


def _paths(folder: Path) -> Iterator[str]:
    with (folder / "truth.csv").open(newline="", encoding="utf-8") as file:
        for path in dict.fromkeys(row["path"].strip() for row in csv.DictReader(file)):
            if (folder / path).is_file():
                yield path


def _compose(
    photos: Sequence[Path],
    size: tuple[int, int],
    columns: int,
    rows: int,
    faces: dict[str, list[TrueFace]],
) -> tuple[Image.Image, list[tuple[TrueFace, Box]]]:
    """The photos side by side, as large as they fit, before a blur of the first of them."""
    cell = (size[0] // columns, size[1] // rows)
    picture: Image.Image | None = None
    placed: list[tuple[TrueFace, Box]] = []
    for number, path in enumerate(photos):
        with Image.open(path) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
        if picture is None:
            small = image.resize((32, 32)).filter(ImageFilter.GaussianBlur(3))
            picture = small.resize(size, Image.Resampling.BICUBIC)
        scale = min(cell[0] / image.width, cell[1] / image.height)
        shown = (round(image.width * scale), round(image.height * scale))
        left = number % columns * cell[0] + (cell[0] - shown[0]) // 2
        top = number // columns * cell[1] + (cell[1] - shown[1]) // 2
        picture.paste(image.resize(shown, Image.Resampling.BICUBIC), (left, top))
        for face in faces[photo_key(str(path))]:
            x, y, w, h = (side * scale for side in face.box)
            placed.append((face, (left + x, top + y, w, h)))
    assert picture is not None
    return picture, placed


def _save(
    upright: Image.Image, path: Path, noise: np.ndarray, is_portrait: bool, number: int
) -> None:
    """As the camera would: noisy, stored as the sensor lies, with EXIF."""
    stored = upright.transpose(Image.Transpose.ROTATE_90) if is_portrait else upright
    grains = np.asarray(stored).astype(np.float32)
    grains += noise
    np.clip(grains, 0, 255, out=grains)
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "Kinfolk"
    tags[ExifTags.Base.Model] = "Benchmark 12"
    tags[ExifTags.Base.Orientation] = _PORTRAIT if is_portrait else 1
    taken = datetime(2020, 1, 1) + timedelta(hours=number)
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken.strftime(
        "%Y:%m:%d %H:%M:%S"
    )
    Image.fromarray(grains.astype(np.uint8)).save(path, "JPEG", quality=QUALITY, exif=tags)
