"""Samples: photos of seven people, in several formats, out of pictures that packages ship; and
what Kinfolk has to find in them."""

from __future__ import annotations

from fractions import Fraction
from importlib import util
from pathlib import Path

import av
import pillow_heif
from PIL import Image, ImageEnhance, ImageOps

PEOPLE = 7
"""Six on a group photo, and an astronaut."""
FILES = 9
FACES = 4 * 6 + 4 + 6
"""On four photos of the six, four of the one, and in a video of the six."""


def write_samples(folder: Path) -> None:
    """The photos and the video, in this folder."""
    folder.mkdir(parents=True)
    pillow_heif.register_heif_opener()
    with Image.open(_shipped("insightface", "data", "images", "t1.jpg")) as image:
        six = image.convert("RGB")
    with Image.open(_shipped("skimage", "data", "astronaut.png")) as image:
        one = image.convert("RGB")
    width, height = six.size
    six.save(folder / "six.jpg", quality=92)
    ImageOps.mirror(six).save(folder / "mirrored.png")
    ImageEnhance.Brightness(six).enhance(0.6).save(folder / "dark.heic")
    six.crop((10, 20, width - 10, height - 5)).save(folder / "cropped.webp", quality=90)
    one.save(folder / "one.png")
    ImageOps.mirror(one).save(folder / "one mirrored.heic")
    ImageEnhance.Contrast(one).enhance(0.7).save(folder / "one pale.tiff")
    ImageEnhance.Brightness(one).enhance(0.7).save(folder / "one dark.avif")
    _write_film(folder / "film.mp4", six)


def _write_film(path: Path, picture: Image.Image) -> None:
    """Two seconds of one picture."""
    frame = av.VideoFrame.from_image(picture.crop((0, 0, picture.width & ~1, picture.height & ~1)))
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=5)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, "yuv420p"
        for number in range(10):
            frame.pts, frame.time_base = number, Fraction(1, 5)
            film.mux(stream.encode(frame))
        film.mux(stream.encode())


def _shipped(package: str, *names: str) -> Path:
    found = util.find_spec(package)
    if found is None or not found.origin:
        raise SystemExit(f"{package} is not installed.")
    return Path(found.origin).parent.joinpath(*names)
