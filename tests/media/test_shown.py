"""Of a file that is shown in part a plain sentence says so, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.media.read import open_photo
from tests.media.samples import KINDS, encode, scene, write

MOVES = "The picture moves; it is shown as it begins."
FRAMES = [Image.new("RGB", (32, 32), colour) for colour in ("red", "lime", "blue")]


def note(folder: Path, data: bytes) -> str:
    """What is said of a file; its first picture is the one shown."""
    with open_photo(write(folder, "photo", data), max_megapixels=1) as photo:
        red, green, blue = photo.at(32)[16, 16]
        assert red > 200 and green < 60 and blue < 60
        return photo.note


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_picture_is_shown_in_full(kind: str, tmp_path: Path) -> None:
    assert note(tmp_path, encode(FRAMES[0], kind)) == ""


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_is_shown_as_it_begins(kind: str, tmp_path: Path) -> None:
    data = encode(FRAMES[0], kind, save_all=True, append_images=FRAMES[1:])
    assert note(tmp_path, data) == MOVES


def test_of_several_pages_the_first_is_shown(tmp_path: Path) -> None:
    data = encode(FRAMES[0], "TIFF", save_all=True, append_images=FRAMES[1:])
    assert note(tmp_path, data) == "Only the first of its 3 pages is shown."


def test_a_smaller_copy_is_no_page(tmp_path: Path) -> None:
    small = FRAMES[0].resize((8, 8))
    small.encoderinfo = {"tiffinfo": {254: 1}}  # as Pillow takes what is said of one page
    data = encode(FRAMES[0], "TIFF", save_all=True, append_images=[small])
    assert note(tmp_path, data) == ""


def test_of_several_pictures_in_a_heic_the_main_one_is_shown(tmp_path: Path) -> None:
    data = encode(FRAMES[0], "HEIF", save_all=True, append_images=FRAMES[1:], primary_index=0)
    assert note(tmp_path, data).startswith("There is more than one picture in the file")


def test_of_a_3d_picture_the_first_view_is_shown(tmp_path: Path) -> None:
    data = encode(FRAMES[0], "MPO", save_all=True, append_images=[FRAMES[1]])
    # Pillow calls the second view undefined; a 3D camera calls it "multi-frame image, disparity".
    first = data.index(b"\0\0\3\0", data.index(b"\2\xb0\7\0"))
    spatial = data[: first + 16] + b"\2\0\2\0" + data[first + 20 :]
    assert note(tmp_path, spatial) == "Only the first of its 2 views is shown."


def test_a_photo_is_not_disturbed_by_what_else_is_in_it(tmp_path: Path) -> None:
    more = [scene(20, 90), scene(90, 20)]
    data = encode(scene(60, 40), "TIFF", save_all=True, append_images=more)
    with open_photo(write(tmp_path, "photo", data), max_megapixels=1) as photo:
        assert (photo.width, photo.height) == (60, 40)
        assert photo.at(60).shape == (40, 60, 3)
