"""Raw files: told from TIFFs by content, upright, dated, and honest about what is shown of them."""

from __future__ import annotations

import io
import random
import subprocess
from datetime import datetime
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.errors import PhotoError
from app.media.exif import describe, read_tags
from app.media.files import FileContent, read_file
from app.media.raw import RawImage, _exif_of_cr3
from app.media.read import Photo, open_photo
from app.media.tiff import is_raw
from tests.media.raws import TAKEN, cr3, dng
from tests.media.samples import encode, lay, scene, write

SEEN = scene(240, 160)


def part(image: Image.Image, times: int) -> Image.Image:
    """The picture at a fraction of its size."""
    return image.resize((image.width // times, image.height // times), Image.Resampling.BOX)


def opened(data: bytes) -> Photo:
    """A raw file from bytes in memory."""
    return Photo(FileContent(data, "RAW", 0.0), max_megapixels=100)


def difference(pixels: np.ndarray, seen: Image.Image) -> float:
    """The mean difference to a picture, scaled to the same size."""
    size = (pixels.shape[1], pixels.shape[0])
    truth = np.asarray(seen.resize(size, Image.Resampling.BOX)).astype(int)
    return float(np.abs(pixels.astype(int) - truth).mean())


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_raw_file_is_told_from_a_tiff_by_what_is_in_it(order: str, tmp_path: Path) -> None:
    path = write(tmp_path, "really.tif", dng(SEEN, order=order))
    assert read_file(path).kind == "RAW"
    plain = write(tmp_path, "plain.dng", encode(SEEN, "TIFF"))
    assert read_file(plain).kind == "TIFF"
    with open_photo(plain, max_megapixels=1) as photo:
        assert photo.content_type == "image/tiff" and photo.note == ""


@pytest.mark.parametrize("make", ["NIKON CORPORATION", "Canon"])
def test_a_tiff_of_a_camera_maker_is_no_raw_file(make: str) -> None:
    tags = Image.Exif()
    tags[0x010F] = make
    assert not is_raw(encode(SEEN, "TIFF", exif=tags))
    assert is_raw(b"II*\0\x10\0\0\0CR\x02\0") and is_raw(b"MM\0*\0\0\x0a\x08MMMM")
    assert not is_raw(b"MM\0*\xff\xff\xff\xff") and not is_raw(b"II*\0\x08\0\0\0")


_LYING = [(orientation, "upright") for orientation in range(5, 9)]
"""A preview of the same shape is taken to lie as the sensor does."""


@pytest.mark.parametrize(
    ("orientation", "preview"),
    [*product(range(1, 9), ("large", "half", "small", "none")), *_LYING],
)
def test_a_raw_file_is_upright_whatever_is_seen_of_it(orientation: int, preview: str) -> None:
    stored = lay(SEEN, orientation)
    beside = {
        "large": stored, "half": part(stored, 2), "small": part(stored, 4), "none": None,
        "upright": SEEN,
    }[preview]  # fmt: skip
    with opened(dng(stored, orientation, beside)) as photo:
        whole = preview in ("large", "upright")
        assert (photo.width, photo.height) == ((240, 160) if whole else (120, 80))
        # LibRaw brightens what it develops, as its makers think fit.
        assert difference(photo.at(100), SEEN) < (3 if beside and preview != "small" else 12)
        assert max(photo.at(60).shape) == 60


@pytest.mark.parametrize(
    ("times", "size", "note"),
    [
        (1, 240, ""),
        (
            2, 120,
            "Of this raw file the camera’s own preview is shown: 80 x 120 of 160 x 240 pixels.",
        ),
        (4, 120, "This raw file is shown at half its size: 80 x 120 of 160 x 240 pixels."),
    ],
)  # fmt: skip
def test_it_says_what_is_shown_of_it(times: int, size: int, note: str) -> None:
    stored = lay(SEEN.transpose(Image.Transpose.ROTATE_90), 6)
    with opened(dng(stored, 6, part(stored, times))) as photo:
        assert photo.height == size and photo.note == note


def test_the_camera_and_its_date_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, "photo.dng", dng(SEEN))
    with open_photo(path, max_megapixels=1) as photo:
        assert photo.exif.taken == datetime(2019, 8, 4, 17, 3, 55)
        assert (photo.exif.taken_from, photo.exif.camera) == ("exif", "Kinfolk One")
        assert photo.content_type == "image/x-dcraw"
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-DateTimeOriginal=2020:01:02 03:04:05",
         "-Orientation#=6", path], check=True,
    )  # fmt: skip
    with open_photo(path, max_megapixels=1) as photo:
        assert photo.exif.taken == datetime(2020, 1, 2, 3, 4, 5)
        assert (photo.orientation, photo.width, photo.height) == (6, 80, 120)


def test_the_boxes_of_a_cr3_tell_of_the_camera_and_the_date() -> None:
    exif = Image.Exif()
    exif[0x0110] = "Canon EOS R6"
    exif.get_ifd(0x8769)[0x9003] = TAKEN
    read = _exif_of_cr3(cr3(exif))
    assert read is not None
    told = describe(dict(read) | read.get_ifd(0x8769), 0.0)
    assert (told.camera, told.taken) == ("Canon EOS R6", datetime(2019, 8, 4, 17, 3, 55))


def test_where_the_structure_tells_nothing_the_preview_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.media.raw._exif_of_tiff", lambda _: None)
    with opened(dng(SEEN, preview=SEEN)) as photo:
        assert photo.exif.taken == datetime(2019, 8, 4, 17, 3, 55)


def test_a_region_of_a_preview_is_decoded_in_steps_and_at_last_whole() -> None:
    stored = scene(1600, 1200)
    with opened(dng(stored, preview=stored)) as photo:
        photo.at(200)
        assert photo._decoded is not None and photo._decoded.image.size == (200, 150)
        assert photo.at(1600).shape == (1200, 1600, 3)
        assert difference(photo.at(1600), stored) < 3


def test_a_preview_with_bars_or_of_something_else_is_not_taken_for_the_photo() -> None:
    barred = Image.new("RGB", (240, 180))
    barred.paste(SEEN, (0, 10))
    with opened(dng(SEEN, preview=barred)) as photo:
        assert (photo.width, photo.height) == (120, 80)


def test_a_raw_file_that_is_cut_or_of_an_unknown_kind_says_so() -> None:
    whole = dng(SEEN)
    for data, told in (
        (whole[: len(whole) // 2], "damaged"),
        (b"FUJIFILMCCD-RAW 0201" + bytes(900), "cannot open|damaged"),
        (b"IIU\0" + bytes(900), "cannot open|damaged"),
    ):
        with pytest.raises(PhotoError, match=told) as error, opened(data) as photo:
            photo.at(64)
        assert str(error.value).endswith(".")


def test_where_the_pixels_cannot_be_unpacked_a_small_preview_is_better_than_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.media.raw._colours", lambda _: 0)
    with opened(dng(SEEN, preview=part(SEEN, 4))) as photo:
        assert (photo.width, photo.height) == (60, 40)
        assert photo.note.endswith("own preview is shown: 60 x 40 of 240 x 160 pixels.")
        assert difference(photo.at(60), SEEN) < 3
    with pytest.raises(PhotoError, match="cannot open"):
        opened(dng(SEEN))


def test_mutated_raw_files_raise_nothing_but_photo_errors() -> None:
    rng = random.Random(20261130)
    whole = dng(scene(40, 30), preview=scene(20, 14))
    refused = 0
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 2, 8, 40))):
            data[rng.randrange(4, len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(12, len(data)) :]
        is_raw(bytes(data))
        try:
            with Photo(FileContent(bytes(data), "RAW", 0.0), max_megapixels=4) as photo:
                assert photo.at(32).shape[2] == 3
        except PhotoError as error:
            assert str(error).endswith(".")
            refused += 1
    assert refused > 10


def test_tags_of_a_raw_image_are_read_as_of_any_other() -> None:
    tags = read_tags(RawImage(io.BytesIO(dng(SEEN))))
    assert tags[0x9003] == TAKEN and float(tags[0x829D]) == 2.8
