"""JPEG XL: upright, its colours and dates, and a reason where it cannot be opened."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import pylibjxl
import pytest
from PIL import Image

from app.errors import PhotoError
from app.media.files import FileContent, read_file
from app.media.read import Photo, open_photo
from tests.media.samples import encode, lay, scene, swapped_profile, write

SEEN = scene(120, 80)


def opened(data: bytes) -> Photo:
    """A JPEG XL from bytes in memory."""
    return Photo(FileContent(data, "JXL", 0.0), max_megapixels=1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_come_upright(orientation: int, tmp_path: Path) -> None:
    # What libjxl makes of a JPEG keeps EXIF and turns by its own header.
    data = pylibjxl.jpeg_to_jxl(encode(lay(SEEN, orientation), "JPEG", orientation))
    path = write(tmp_path, "photo.jxl", data)
    assert read_file(path).kind == "JXL"
    with open_photo(path, max_megapixels=1) as photo:
        assert (photo.width, photo.height, photo.orientation) == (120, 80, orientation)
        assert np.abs(photo.at(120).astype(int) - np.asarray(SEEN)).mean() < 3
        assert photo.content_type == "image/jxl" and photo.note == ""


def test_the_cameras_date_is_found() -> None:
    tags = Image.Exif()
    tags[0x0110] = "Kinfolk One"
    tags.get_ifd(0x8769)[0x9003] = "2019:08:04 17:03:55"
    data = pylibjxl.jpeg_to_jxl(encode(SEEN, "JPEG", exif=tags))
    with opened(data) as photo:
        assert photo.exif.taken == datetime(2019, 8, 4, 17, 3, 55)
        assert photo.exif.camera == "Kinfolk One"


def test_its_colour_profile_is_honoured() -> None:
    swapped = swapped_profile()
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 200
    for options in ({"lossless": True}, {}):
        with opened(pylibjxl.encode(red, icc=swapped, **options)) as photo:
            assert photo.at(16)[8, 8, 2] > 150 > 100 > photo.at(16)[8, 8, 0]


@pytest.mark.parametrize("pixels", ["rgb24", "rgb48le", "rgba", "gray", "gray16le", "ya8"])
def test_what_another_program_wrote_is_read(pixels: str, tmp_path: Path) -> None:
    SEEN.save(tmp_path / "seen.png")
    path = tmp_path / "photo.jxl"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", tmp_path / "seen.png", "-pix_fmt", pixels,
         "-c:v", "libjxl", "-distance", "0", path], check=True,
    )  # fmt: skip
    seen = SEEN if pixels.startswith("rgb") else SEEN.convert("L").convert("RGB")
    with open_photo(path, max_megapixels=1) as photo:
        assert np.abs(photo.at(120).astype(int) - np.asarray(seen)).mean() < 2.5


def test_one_that_is_too_large_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = pylibjxl.encode(np.zeros((1100, 1000, 3), np.uint8), effort=1)
    monkeypatch.setattr(pylibjxl, "decode", None)
    with pytest.raises(PhotoError, match="too large: 1000 x 1100 pixels"):
        opened(data)


def test_mutated_bytes_raise_nothing_but_photo_errors() -> None:
    rng = random.Random(20261130)
    whole = pylibjxl.jpeg_to_jxl(encode(scene(40, 30), "JPEG"))
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 2, 8))):
            data[rng.randrange(2, len(data))] = rng.randrange(256)
        try:
            with opened(bytes(data)) as photo:
                assert photo.at(32).shape[2] == 3
        except PhotoError as error:
            assert str(error).endswith(".")
            refused += 1
    assert refused > 10


def test_without_its_package_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "photo.jxl", pylibjxl.jpeg_to_jxl(encode(SEEN, "JPEG")))
    monkeypatch.setitem(sys.modules, "pylibjxl", None)
    with pytest.raises(PhotoError, match="package pylibjxl"):
        open_photo(path, max_megapixels=1)


def test_it_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pylibjxl.jpeg_to_jxl(encode(SEEN, "JPEG"))
    decode, times = pylibjxl.decode, []

    def count(*args: object, **options: object) -> object:
        times.append(1)
        return decode(*args, **options)

    monkeypatch.setattr(pylibjxl, "decode", count)
    with opened(data) as photo:
        photo.at(50)
        photo.at(120)
    assert len(times) == 1
    assert io.BytesIO(data).read(2) in (b"\xff\x0a", b"\0\0")
