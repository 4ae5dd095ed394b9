"""Files written by ImageMagick, exiftool and ffmpeg show what these programs put in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.media.read import open_photo
from tests.media.samples import encode, lay, scene, swapped_profile, write

SEEN = scene(120, 80)


def convert(tmp_path: Path, name: str, *options: str, source: str = "seen.png") -> Path:
    """What ImageMagick makes of the picture."""
    SEEN.save(tmp_path / "seen.png")
    *kind, plain = name.split(":")
    to = "".join(f"{one}:" for one in kind) + str(tmp_path / plain)
    subprocess.run(["convert", tmp_path / source, *options, to], check=True, capture_output=True)
    return tmp_path / plain


def difference(path: Path, seen: Image.Image = SEEN) -> float:
    """How far what is shown is from the truth, 0..255."""
    with open_photo(path, max_megapixels=1) as photo:
        assert (photo.width, photo.height) == seen.size
        pixels = photo.at(max(seen.size))
    return float(np.abs(pixels.astype(int) - np.asarray(seen.convert("RGB")).astype(int)).mean())


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("deep.png", ["-depth", "16"]),
        ("PNG48:rgb48.png", []),
        ("deep.tif", ["-depth", "16"]),
        ("deep-lzw.tif", ["-depth", "16", "-compress", "LZW"]),
        ("planes.tif", ["-interlace", "plane"]),
        ("zip.tif", ["-compress", "Zip"]),
        ("jpeg.tif", ["-compress", "JPEG", "-quality", "95"]),
        ("TIFF64:big.tif", []),
        ("four.jpg", ["-quality", "95", "-sampling-factor", "4:4:4"]),
        ("progressive.jpg", ["-quality", "95", "-interlace", "JPEG"]),
        ("lossless.webp", ["-define", "webp:lossless=true"]),
        ("photo.heic", ["-quality", "95"]),
        ("photo.avif", ["-quality", "95"]),
        ("BMP3:old.bmp", []),
        ("BMP2:oldest.bmp", []),
        ("alpha.bmp", ["-alpha", "on"]),
    ],
)
def test_its_colours_are_those_of_the_original(
    name: str, options: list[str], tmp_path: Path
) -> None:
    assert difference(convert(tmp_path, name, *options)) < 4


def test_lab_is_read(tmp_path: Path) -> None:
    # ImageMagick measures Lab against daylight of 6500 K and TIFF of 5000 K: it comes out warmer.
    assert difference(convert(tmp_path, "lab.tif", "-colorspace", "Lab", "-depth", "8")) < 12


def test_cmyk_comes_as_it_was_printed(tmp_path: Path) -> None:
    for name in ("print.jpg", "print.tif"):
        path = convert(tmp_path, name, "-colorspace", "CMYK", "-quality", "95")
        with Image.open(path) as plain:
            assert plain.mode == "CMYK"
        assert difference(path) < 4


def test_palettes_and_one_bit(tmp_path: Path) -> None:
    assert difference(convert(tmp_path, "PNG8:palette.png", "-colors", "256")) < 8
    for name in ("fax.tif", "one.png", "one.gif", "one.bmp"):
        options = ["-monochrome"] + (["-compress", "Group4"] if name == "fax.tif" else [])
        path = convert(tmp_path, name, *options)
        with Image.open(path) as plain:
            assert difference(path, plain.convert("L")) == 0


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    cut = SEEN.convert("RGBA")
    cut.putalpha(Image.new("L", SEEN.size, 0))
    cut.save(tmp_path / "clear.png")
    for name in ("PNG8:clear8.png", "clear.gif", "clear.webp", "clear.tif"):
        path = convert(tmp_path, name, source="clear.png")
        with open_photo(path, max_megapixels=1) as photo:
            assert (photo.at(120) > 250).all(), name


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "webp"])
def test_what_exiftool_turned_is_turned(orientation: int, ending: str, tmp_path: Path) -> None:
    kind = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WEBP"}[ending]
    path = write(tmp_path, f"photo.{ending}", encode(lay(SEEN, orientation), kind))
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", f"-Orientation#={orientation}", path], check=True
    )
    assert difference(path) < 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "HEIF", "AVIF"])
def test_an_embedded_profile_is_honoured_in_every_kind(kind: str, tmp_path: Path) -> None:
    red = Image.new("RGB", (64, 64), (200, 0, 0))
    path = write(tmp_path, "photo", encode(red, kind, icc_profile=swapped_profile()))
    with open_photo(path, max_megapixels=1) as photo:
        shown = photo.at(64)[32, 32]
    assert shown[2] > 150 > 60 > shown[0]


def test_moving_pictures_of_other_programs_show_their_beginning(tmp_path: Path) -> None:
    for ending in ("gif", "webp", "png", "avif"):
        path = tmp_path / f"moves.{ending}"
        codec = {"png": ["-f", "apng"], "avif": ["-c:v", "libaom-av1", "-cpu-used", "8"]}
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:r=3:d=1",
             *codec.get(ending, []), path], check=True,
        )  # fmt: skip
        with open_photo(path, max_megapixels=1) as photo:
            assert photo.note == "The picture moves; it is shown as it begins.", ending
            assert photo.at(64).shape == (48, 64, 3)
