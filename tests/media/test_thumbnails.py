"""Small pictures show the right part, and their cache is private, whole and bounded."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from app.errors import BugError, LibraryError
from app.media.read import open_photo
from app.media.thumbnails import (
    ThumbnailCache,
    crop_box,
    dominant_colour,
    encode_thumbnail,
    face_crop,
    photo_thumbnail,
    small_pixels,
)

PHOTO = "ab" * 16
FACE = (0.1, 0.2, 0.3, 0.4)


def decoded(picture: bytes) -> Image.Image:
    """A JPEG opened again."""
    return Image.open(io.BytesIO(picture), formats=["JPEG"])


@given(
    x=st.floats(-0.2, 0.95),
    y=st.floats(-0.2, 0.95),
    w=st.floats(0.001, 1.2),
    h=st.floats(0.001, 1.2),
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
)
@example(x=0.0, y=0.5, w=1.0, h=0.5, width=29, height=58)
def test_a_crop_is_a_square_inside_the_photo(
    x: float, y: float, w: float, h: float, width: int, height: int
) -> None:
    crop = crop_box((x, y, w, h), width, height)
    assert crop.w * width == pytest.approx(crop.h * height)
    assert crop.x >= 0 and crop.y >= 0
    assert crop.x + crop.w <= 1 + 1e-9 and crop.y + crop.h <= 1 + 1e-9
    left, right = max(0.0, x), min(1.0, x + w)
    top, below = max(0.0, y), min(1.0, y + h)
    if left < right and top < below and max(w * width, h * height) <= min(width, height):
        room = (1 / width, 1 / height)
        assert crop.x <= left + room[0] and right <= crop.x + crop.w + room[0]
        assert crop.y <= top + room[1] and below <= crop.y + crop.h + room[1]


def test_a_face_crop_has_room_for_hair_and_chin() -> None:
    crop = crop_box((0.45, 0.45, 0.1, 0.1), 1000, 1000)
    assert crop.w == pytest.approx(0.16)
    above, beneath = 0.45 - crop.y, crop.y + crop.h - 0.55
    assert above > beneath > 0.015


def test_pictures_of_a_real_photo(group_photo: Path) -> None:
    with open_photo(group_photo, max_megapixels=10) as photo:
        assert decoded(photo_thumbnail(photo)).size == (512, 354)
        face = decoded(face_crop(photo, (0.4, 0.3, 0.08, 0.15), side=100))
        assert face.size == (100, 100)
        tiny = decoded(face_crop(photo, (0.4, 0.3, 0.02, 0.03)))
        assert tiny.width == tiny.height < 60


def test_who_can_scale_is_handed_less_than_twice_of_what_is_wanted(group_photo: Path) -> None:
    asked: list[tuple[int, ...]] = []

    def scale(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
        asked.append((*pixels.shape[:2], height, width))
        return np.asarray(Image.fromarray(pixels).resize((width, height)))

    box = (0.4, 0.3, 0.08, 0.15)
    with open_photo(group_photo, max_megapixels=10) as photo:
        photo.foresee(1280)
        for side in (60, 100):
            ours = np.asarray(decoded(face_crop(photo, box, side, scale))).astype(int)
            theirs = np.asarray(decoded(face_crop(photo, box, side))).astype(int)
            assert ours.shape == theirs.shape == (side, side, 3)
            assert np.abs(ours - theirs).mean() < 6
        assert small_pixels(photo, 512, scale).shape == (354, 512, 3)  # below 1600: not asked
    assert len(asked) == 2
    assert all(side <= had < 2 * side for *both, side, _ in asked for had in both)


def test_a_large_photo_is_scaled_once_for_its_small_picture(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((1500, 2000, 3), np.uint8)).save(tmp_path / "large.jpg")
    with open_photo(tmp_path / "large.jpg", max_megapixels=10) as photo:
        small = small_pixels(photo, 400, lambda pixels, w, h: pixels[:h, :w])
    assert small.shape == (300, 400, 3)


def test_a_thumbnail_is_never_enlarged() -> None:
    pixels = np.full((30, 60, 3), 200, np.uint8)
    assert decoded(encode_thumbnail(pixels, 512)).size == (60, 30)
    assert decoded(encode_thumbnail(pixels, 20)).size == (20, 10)
    assert decoded(encode_thumbnail(pixels[:1], 3)).size == (3, 1)


def test_the_dominant_colour_is_one_that_is_there() -> None:
    pixels = np.zeros((90, 90, 3), np.uint8)
    pixels[:] = (20, 140, 40)
    pixels[:30] = (250, 10, 10)
    assert dominant_colour(pixels) == 0x148C28


def test_what_is_put_is_there_until_it_is_forgotten(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache", 1 << 20)
    assert not cache.has_photo(PHOTO)
    assert cache.put_photo(PHOTO, b"photo") == cache.photo_path(PHOTO)
    other = (0.5, 0.2, 0.3, 0.4)
    redrawn = (0.09, 0.21, 0.3, 0.42)  # the same face, as another maker frames it
    cache.put_face(PHOTO, FACE, b"face")
    cache.put_face(PHOTO, other, b"other")
    cache.put_face(PHOTO, redrawn, b"the same face")
    assert cache.has_photo(PHOTO) and cache.has_face(PHOTO, FACE)
    assert cache.face_path(PHOTO, FACE).read_bytes() == b"face"
    cache.forget_face(PHOTO, FACE)
    assert not cache.has_face(PHOTO, FACE) and cache.has_face(PHOTO, other)
    assert not cache.has_face(PHOTO, redrawn)
    cache.forget_photo(PHOTO)
    assert not cache.has_photo(PHOTO) and not cache.has_face(PHOTO, other)
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    cache.forget_face(PHOTO, FACE)  # once more does no harm


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    old_mask = os.umask(0)
    try:
        path = ThumbnailCache(tmp_path / "cache", 99).put_face(PHOTO, FACE, b"face")
    finally:
        os.umask(old_mask)
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_trim_removes_the_oldest_until_the_limit_holds(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 250)
    names = [f"{number:032x}" for number in range(5)]
    for age, name in enumerate(names):
        os.utime(cache.put_photo(name, b"x" * 100), (1000 - age, 1000 - age))
    left_by_a_dead_writer = cache.photo_path(names[0]).parent / "tmp123.new"
    left_by_a_dead_writer.write_bytes(b"half")
    os.utime(left_by_a_dead_writer, (1, 1))
    assert cache.trim() == 3
    assert [cache.has_photo(name) for name in names] == [True, True, False, False, False]
    assert not left_by_a_dead_writer.exists()
    assert cache.trim() == 0


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = ThumbnailCache(tmp_path, 250)
    cache.put_photo(PHOTO, b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(LibraryError, match="No space left on device"):
        cache.put_photo(PHOTO, b"new")
    assert cache.photo_path(PHOTO).read_bytes() == b"old"
    assert len(list(cache.photo_path(PHOTO).parent.iterdir())) == 1
    monkeypatch.setattr(tempfile, "mkstemp", full)
    with pytest.raises(LibraryError, match="No space left on device"):
        cache.put_photo(PHOTO, b"new")


def test_a_husk_left_by_a_power_cut_does_not_count(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 250)
    cache.put_photo(PHOTO, b"")
    assert not cache.has_photo(PHOTO)


def test_only_fingerprints_become_file_names(tmp_path: Path) -> None:
    with pytest.raises(BugError):
        ThumbnailCache(tmp_path, 1).photo_path("../../etc/passwd")
