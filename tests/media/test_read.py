"""Photos are upright, RGB and exact at every scale, whatever the file stores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, JpegImagePlugin

from app.errors import BugError
from app.media.files import FileContent
from app.media.read import Photo, open_photo
from tests.media.samples import KINDS, encode, lay, scene, swapped_profile, write


@dataclass(frozen=True)
class Box:
    """A part of a photo."""

    x: float
    y: float
    w: float
    h: float


WHOLE = Box(0, 0, 1, 1)


def opened(data: bytes, kind: str) -> Photo:
    """A photo from bytes in memory."""
    return Photo(FileContent(data, kind, 0.0), max_megapixels=100)


def difference(a: np.ndarray, b: np.ndarray) -> float:
    """The mean difference of two images of one shape, 0..255."""
    assert a.shape == b.shape
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_decoded_with_its_facts(kind: str, tmp_path: Path) -> None:
    seen = scene(96, 64)
    path = write(tmp_path, f"photo.{KINDS[kind]}", encode(seen, kind))
    with open_photo(path, max_megapixels=1) as photo:
        pixels = photo.at(1000)
        assert (photo.width, photo.height, photo.orientation) == (96, 64, 1)
        assert photo.content_type.startswith("image/")
        assert photo.size == path.stat().st_size
        assert len(photo.fingerprint) == 32
        assert pixels.dtype == np.uint8
        assert difference(pixels, np.asarray(seen)) < (25 if kind == "GIF" else 8)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@given(
    orientation=st.integers(1, 8),
    width=st.integers(24, 150),
    height=st.integers(24, 150),
    long_side=st.integers(8, 200),
)
@settings(max_examples=25)
def test_all_eight_orientations_come_upright(
    kind: str, orientation: int, width: int, height: int, long_side: int
) -> None:
    seen = scene(width, height)
    with opened(encode(lay(seen, orientation), kind, orientation), kind) as photo:
        assert photo.orientation == orientation
        assert (photo.width, photo.height) == (width, height)
        pixels = photo.at(long_side)
        size = (pixels.shape[1], pixels.shape[0])
        assert max(size) == min(long_side, max(width, height))
        assert difference(pixels, np.asarray(seen.resize(size, Image.Resampling.BOX))) < 14


@given(
    orientation=st.integers(1, 8),
    x=st.floats(0, 0.6),
    y=st.floats(0, 0.6),
    w=st.floats(0.2, 0.6),
    h=st.floats(0.2, 0.6),
    long_side=st.integers(8, 300),
)
@settings(max_examples=60)
def test_a_region_is_that_part_of_the_whole(
    orientation: int, x: float, y: float, w: float, h: float, long_side: int
) -> None:
    seen = scene(180, 120)
    with opened(encode(lay(seen, orientation), "JPEG", orientation), "JPEG") as photo:
        part = photo.region(Box(x, y, w, h), long_side)
        right, below = min(1.0, x + w), min(1.0, y + h)
        assert max(part.shape) <= long_side
        assert part.shape[1] <= (right - x) * 180 + 1
        assert part.shape[0] <= (below - y) * 120 + 1
        cut = seen.resize(
            (part.shape[1], part.shape[0]),
            Image.Resampling.BOX,
            (x * 180, y * 120, right * 180, below * 120),
        )
        assert difference(part, np.asarray(cut)) < 14


def test_a_photo_is_decoded_small_first_and_whole_at_most_once() -> None:
    with opened(encode(scene(1600, 1200), "JPEG"), "JPEG") as photo:
        images: list[Image.Image] = []
        plain = photo._open

        def watched() -> Image.Image:
            images.append(plain())
            return images[-1]

        photo._open = watched  # type: ignore[method-assign]
        photo.at(200)
        photo.at(100)
        photo.at(200)
        assert [image.size for image in images] == [(200, 150)]
        photo.region(Box(0.5, 0.5, 0.1, 0.1), 112)
        photo.region(Box(0.2, 0.2, 0.1, 0.1), 112)
        assert photo.at(1600).shape == (1200, 1600, 3)
        assert [image.size for image in images] == [(200, 150), (1600, 1200)]


def test_a_reduced_jpeg_ends_where_the_photo_ends() -> None:
    # 1601 pixels at 1/8 are 200.125: a 201st column holds an eighth of a pixel of photo.
    seen = scene(1601, 1203)
    with opened(encode(seen, "JPEG"), "JPEG") as photo:
        pixels = photo.at(150)
        assert pixels.shape == (113, 150, 3)
        whole = np.asarray(seen.resize((150, 113), Image.Resampling.BOX))
        assert difference(pixels, whole) < 3


def test_heic_turned_by_its_decoder_is_not_turned_again() -> None:
    # libheif writes a 64 x 32 picture as 64 x 64 with a crop; the box of that crop becomes one
    # that says "turn by a quarter, anticlockwise", as a phone writes it beside EXIF.
    plain = encode(scene(64, 32), "HEIF", orientation=8)
    at = plain.index(b"clap")
    turned = plain[:at] + b"irot\x01" + plain[at + 5 :]
    with opened(turned, "HEIF") as photo:
        pixels = photo.at(64)
    assert photo.orientation == 8
    assert (photo.width, photo.height) == (64, 64)
    # The stored upper left quarter is blue, and its lower half is a repeated edge: after the
    # quarter turn blue stands in the lower left corner.
    blue = pixels[..., 2] > 128
    assert blue[40:62, 2:14].all()
    assert not blue[2:24].any()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("container", [True, False])
def test_heic_is_turned_once_by_the_container_or_by_exif(orientation: int, container: bool) -> None:
    seen, tags = scene(128, 64), Image.Exif()
    tags[0x0112] = orientation
    # pillow-heif writes irot and imir where EXIF is handed over as bytes, and only then.
    told = tags.tobytes() if container else tags
    data = encode(lay(seen, orientation), "HEIF", exif=told)
    has_turn = b"irot" in data or b"imir" in data
    assert has_turn is (container and orientation > 1)
    with opened(data, "HEIF") as photo:
        assert photo.orientation == orientation
        assert (photo.width, photo.height) == (128, 64)
        assert difference(photo.at(128), np.asarray(seen)) < 3
        whole = photo.region(Box(0.5, 0.5, 0.5, 0.5), 64)
        assert difference(whole, np.asarray(seen.crop((64, 32, 128, 64)))) < 4


def test_of_a_heic_that_says_both_the_container_counts() -> None:
    seen, tags = scene(128, 64), Image.Exif()
    tags[0x0112] = 6
    data = encode(lay(seen, 6), "HEIF", exif=tags.tobytes())
    stale = data.replace(b"\x01\x12\0\x03\0\0\0\1\0\6", b"\x01\x12\0\x03\0\0\0\1\0\3")
    stale = stale.replace(b"\x12\1\3\0\1\0\0\0\6", b"\x12\1\3\0\1\0\0\0\3")
    assert stale != data
    with opened(stale, "HEIF") as photo:
        assert photo.orientation == 3
        assert difference(photo.at(128), np.asarray(seen)) < 3


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_impossible_orientation_counts_as_upright(orientation: int) -> None:
    with opened(encode(scene(40, 30), "JPEG", orientation), "JPEG") as photo:
        assert (photo.orientation, photo.width, photo.height) == (1, 40, 30)


def test_transparency_lies_on_white() -> None:
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    palette = Image.new("P", (8, 8), 3)
    palette.putpalette(bytes(range(30)))
    for data, kind in (
        (encode(clear, "PNG"), "PNG"),
        (encode(clear.convert("LA"), "PNG"), "PNG"),
        (encode(palette, "PNG", transparency=3), "PNG"),
        (encode(palette, "GIF", transparency=3), "GIF"),
        (encode(clear.resize((64, 64)), "HEIF"), "HEIF"),
        (encode(clear.resize((64, 64)), "AVIF"), "AVIF"),
    ):
        with opened(data, kind) as photo:
            assert (photo.at(8) == 255).all()  # the red beneath is nobody's


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_not_clipped(kind: str) -> None:
    deep = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(4, 0)
    with opened(encode(Image.fromarray(deep), kind), kind) as photo:
        assert difference(photo.at(256)[..., 0], np.arange(256)[None, :].repeat(4, 0)) < 1


@pytest.mark.parametrize(
    ("values", "white"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), 255),
        (np.array([[0.0, 128.0, 255.0]], np.float32), 255),
        (np.array([[0.0, np.nan, 70000.0]], np.float32), 255),
        (np.array([[0, 30000, 65535]], np.int32), 255),
    ],
)
def test_wide_greys_find_their_white(values: np.ndarray, white: int) -> None:
    with opened(encode(Image.fromarray(values), "TIFF"), "TIFF") as photo:
        row = photo.at(3)[0, :, 0]
    assert row[0] == 0
    assert row[2] == white


def test_black_and_white_grey_and_print_colours_become_rgb() -> None:
    for image, kind, expected in (
        (Image.new("1", (9, 9), 1), "PNG", (255, 255, 255)),
        (Image.new("L", (9, 9), 77), "JPEG", (77, 77, 77)),
        (Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("LAB", (9, 9), (255, 128, 128)), "TIFF", (255, 255, 255)),
    ):
        with opened(encode(image, kind), kind) as photo:
            assert np.abs(photo.at(9)[4, 4].astype(int) - expected).max() <= 4


def test_an_embedded_colour_profile_is_honoured_and_a_broken_one_ignored() -> None:
    grey = Image.new("RGB", (16, 16), (100, 100, 100))
    red_photo = Image.new("RGB", (16, 16), (200, 0, 0))
    with opened(encode(red_photo, "PNG", icc_profile=swapped_profile()), "PNG") as photo:
        assert photo.at(16)[8, 8, 2] > 150
    with opened(encode(grey, "PNG", icc_profile=b"no profile at all"), "PNG") as photo:
        assert tuple(photo.at(16)[8, 8]) == (100, 100, 100)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame_counts(kind: str) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "lime", "blue")]
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:])
    with opened(data, kind) as photo:
        red, green, blue = photo.at(32)[16, 16]
    assert red > 200 and green < 60 and blue < 60


def test_a_closed_photo_says_so_and_a_box_outside_is_refused() -> None:
    photo = opened(encode(scene(20, 20), "PNG"), "PNG")
    with pytest.raises(ValueError, match="nothing of the photo"):
        photo.region(Box(1.2, 0, 0.5, 0.5), 10)
    photo.close()
    with pytest.raises(BugError):
        photo.at(10)


def test_what_is_handed_out_is_the_callers_own() -> None:
    with opened(encode(scene(20, 20), "PNG"), "PNG") as photo:
        first = photo.at(20)
        first[:] = 0
        assert photo.at(20).any()
        assert photo.region(WHOLE, 20).any()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("foreseen", [None, 400])
def test_a_cut_says_exactly_what_it_shows(orientation: int, foreseen: int | None) -> None:
    seen = scene(1201, 803)
    with opened(encode(lay(seen, orientation), "JPEG", orientation), "JPEG") as photo:
        if foreseen:
            photo.foresee(foreseen)
        for box, long_side in ((WHOLE, 150), (Box(0.31, 0.22, 0.4, 0.5), 97)):
            pixels, (x, y, w, h) = photo.cut(box, long_side)
            assert long_side <= max(pixels.shape) < 2 * long_side + 2
            assert (x, y, w, h) == pytest.approx((box.x, box.y, box.w, box.h), abs=0.02)
            assert x <= box.x + 1e-9 and x + w >= box.x + box.w - 0.01
            told = photo.region(Box(x, y, w, h), max(pixels.shape))
            assert difference(pixels, told) < 6


def test_what_was_foreseen_is_not_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[tuple[int, int]] = []
    load = JpegImagePlugin.JpegImageFile.load

    def spy(image: JpegImagePlugin.JpegImageFile) -> object:
        if not decoded or decoded[-1] != image.size:
            decoded.append(image.size)
        return load(image)

    data = encode(scene(1600, 1200), "JPEG")
    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", spy)
    with opened(data, "JPEG") as photo:
        photo.foresee(800)
        photo.at(200)
        photo.cut(Box(0.1, 0.1, 0.5, 0.5), 400)
        assert decoded == [(800, 600)]
        # Half of what is wished for is there: enough where that was said.
        assert max(photo.region(Box(0.1, 0.1, 0.25, 0.25), 400, least=150).shape) == 200
        assert decoded == [(800, 600)]
        assert max(photo.region(Box(0.1, 0.1, 0.25, 0.25), 400).shape) == 400
        assert decoded == [(800, 600), (1600, 1200)]
