"""What a picture looks like in 64 bits, and how sharp it is."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from app.media.likeness import appearance_in, appearance_of, edges_in
from app.media.read import Pixels


def a_picture(seed: int, width: int = 480, height: int = 360) -> Image.Image:
    """Something with large shapes and fine detail."""
    random = np.random.default_rng(seed)
    rough = Image.fromarray(random.integers(0, 255, (6, 8, 3), np.uint8))
    fine = Image.fromarray(random.integers(0, 255, (height, width, 3), np.uint8))
    return Image.blend(rough.resize((width, height), Image.Resampling.BICUBIC), fine, 0.2)


def pixels_of(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB"))


def apart(one: Image.Image, other: Image.Image) -> int:
    """In how many bits two pictures differ."""
    a, b = (appearance_of(pixels_of(image)).likeness for image in (one, other))
    assert -(2**63) <= a < 2**63
    return ((a ^ b) & (2**64 - 1)).bit_count()


def recompressed(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.resize((image.width // 2, image.height // 2)).save(out, "JPEG", quality=40)
    return Image.open(out)


@pytest.mark.parametrize(
    "changed",
    [
        recompressed,
        lambda image: image.convert("L"),
        lambda image: ImageEnhance.Brightness(image).enhance(1.2),
        lambda image: ImageEnhance.Contrast(image).enhance(0.7),
        lambda image: image.crop((4, 3, image.width - 4, image.height - 3)),
    ],
)
def test_a_version_of_a_picture_differs_in_few_bits(changed: object) -> None:
    assert callable(changed)
    for seed in range(5):
        picture = a_picture(seed)
        assert apart(picture, changed(picture)) <= 8


def test_other_pictures_differ_in_many_bits() -> None:
    pictures = [a_picture(seed) for seed in range(8)]
    assert min(apart(a, b) for n, a in enumerate(pictures) for b in pictures[:n]) > 14


def test_blur_takes_sharpness_away_step_by_step() -> None:
    picture = a_picture(1)
    steps = [
        appearance_of(pixels_of(picture.filter(ImageFilter.GaussianBlur(radius)))).sharpness
        for radius in (0, 1, 2, 6)
    ]
    assert steps == sorted(steps, reverse=True) and steps[0] > 0.7 and steps[-1] < 0.1


def test_somebody_sharp_before_a_blurred_background_is_sharp() -> None:
    picture = a_picture(2)
    blurred = picture.filter(ImageFilter.GaussianBlur(5))
    blurred.paste(picture.crop((100, 60, 380, 330)), (100, 60))
    assert appearance_of(pixels_of(blurred)).sharpness > 0.7


def test_the_small_picture_in_the_cache_tells_the_same(tmp_path: Path) -> None:
    picture = a_picture(3)
    path = tmp_path / "small.jpg"
    picture.save(path, quality=85)
    told, kept = appearance_of(pixels_of(picture)), appearance_in(path)
    assert kept is not None
    assert ((told.likeness ^ kept.likeness) & (2**64 - 1)).bit_count() <= 2
    assert kept.sharpness == pytest.approx(told.sharpness, abs=0.1)


def test_edges_agree_with_those_of_a_version_and_not_with_those_of_another(tmp_path: Path) -> None:
    picture, other = a_picture(4), a_picture(5)
    edges = []
    for name, image in (("a", picture), ("b", recompressed(picture)), ("c", other)):
        image.save(tmp_path / f"{name}.jpg")
        found = edges_in(tmp_path / f"{name}.jpg")
        assert found is not None and found.dtype == np.float32
        edges.append(found)
    assert edges[0] @ edges[0] == pytest.approx(1.0, abs=1e-4)
    assert edges[0] @ edges[1] > 0.8 > 0.5 > edges[0] @ edges[2]


def test_what_is_no_picture_tells_nothing(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes(b"\xff\xd8 no picture")
    for path in (tmp_path / "missing.jpg", damaged):
        assert appearance_in(path) is None and edges_in(path) is None


def test_a_picture_of_nothing_is_like_no_other(tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), (90, 90, 90)).save(tmp_path / "plain.png")
    edges = edges_in(tmp_path / "plain.png")
    assert edges is not None and not edges.any()
    assert appearance_of(np.zeros((200, 300, 3), np.uint8)).sharpness == 0.0
    assert appearance_of(np.zeros((3, 300, 3), np.uint8)).sharpness == 0.0
