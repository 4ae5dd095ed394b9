"""When and with what: true where EXIF is, silent where it is broken."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from app.media.exif import describe
from app.media.read import open_photo
from tests.media.samples import encode, scene, write

ORIGINAL, DIGITIZED, CHANGED, MAKE, MODEL = 0x9003, 0x9004, 0x0132, 0x010F, 0x0110
OTHERS = (
    MAKE, MODEL, 0x829A, 0x9201, 0x829D, 0x9202, 0x8827, 0x8832, 0x920A, 0xA432, 0xA433, 0xA434,
    0x9291, 0x9011, 0x9010,
)  # fmt: skip
MODIFIED = 1_700_000_000.0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_the_cameras_own_time_is_found(kind: str, tmp_path: Path) -> None:
    tags = Image.Exif()
    tags[MAKE], tags[MODEL] = "Canon", "Canon EOS 5D"
    tags[CHANGED] = "2021:01:01 00:00:00"
    tags.get_ifd(0x8769)[ORIGINAL] = "2019:08:04 17:03:55"
    tags[0x8769] = 1  # Pillow writes the block into a TIFF only when it is announced
    path = write(tmp_path, "photo", encode(scene(64, 64), kind, exif=tags))
    with open_photo(path, max_megapixels=1) as photo:
        assert photo.exif.taken == datetime(2019, 8, 4, 17, 3, 55)
        assert photo.exif.taken_from == "exif"
        assert photo.exif.camera == "Canon EOS 5D"


def test_the_next_best_date_counts_and_last_the_files_own() -> None:
    zeros = "0000:00:00 00:00:00"
    tags = {ORIGINAL: zeros, DIGITIZED: "2018:02:30 00:00:00", CHANGED: "2018-02-03T04:05"}
    assert describe(tags, MODIFIED).taken == datetime(2018, 2, 3, 4, 5)
    told = describe({ORIGINAL: zeros}, MODIFIED)
    assert (told.taken, told.taken_from) == (datetime.fromtimestamp(MODIFIED), "file")
    assert describe({}, 1e30).taken is None


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("NIKON CORPORATION", "NIKON D90\0\0garbage", "NIKON D90"),
        ("Apple", "iPhone 12", "Apple iPhone 12"),
        (None, "Pixel\n4 ", "Pixel 4"),
        ("HTC", None, "HTC"),
        (b"\xff\xfe", 17, "\ufffd\ufffd"),
        (None, None, ""),
    ],
)
def test_the_camera_is_named_once(make: object, model: object, camera: str) -> None:
    assert describe({MAKE: make, MODEL: model}, MODIFIED).camera == camera


texts = st.text("0129:-/T \0\n\u00e4")
garbage = st.one_of(
    st.none(),
    texts,
    st.binary(),
    st.integers(),
    st.floats(),
    st.tuples(st.integers()),
    st.lists(st.builds(IFDRational, st.integers(), st.integers()), max_size=4).map(tuple),
)


@given(
    tags=st.dictionaries(st.sampled_from([ORIGINAL, DIGITIZED, CHANGED, *OTHERS]), garbage),
    place=st.one_of(garbage, st.dictionaries(st.integers(0, 31), garbage)),
    modified=st.floats(),
)
def test_nothing_in_exif_can_raise(tags: dict[int, object], place: object, modified: float) -> None:
    told = describe({**tags, 0x8825: place}, modified)
    assert told.taken_from in ("exif", "file")
    assert max(len(told.camera), len(told.lens)) <= 80
    for value in (told.exposure_time, told.f_number, told.iso, told.focal_length):
        assert value is None or 0 < value <= 10_000_000
    assert told.latitude is None or abs(told.latitude) <= 90
    json.dumps(asdict(replace(told, taken=None)))


def test_broken_exif_leaves_the_photo_alone(tmp_path: Path) -> None:
    data = encode(scene(30, 20), "JPEG", exif=b"Exif\0\0MM\0*\0\0\xff\xffbroken")
    with open_photo(write(tmp_path, "photo.jpg", data), max_megapixels=1) as photo:
        assert photo.exif.taken_from == "file"
        assert photo.at(30).shape == (20, 30, 3)
