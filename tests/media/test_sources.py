"""What a picture file tells of when, where and with what: the same that exiftool reads there."""

from __future__ import annotations

import math
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.exif import Exif
from app.media.facts import describe_file
from app.media.read import open_photo
from app.media.sources import png_written
from tests.media.clocks import exiftool_says, exiftool_writes, zone
from tests.media.samples import KINDS, encode, scene, write

LOCAL = datetime(2019, 8, 4, 17, 3, 55)
MODIFIED = datetime(2024, 2, 3, 4, 5, 6)


def picture(folder: Path, kind: str, name: str, *tags: str) -> Path:
    """A small picture into which exiftool wrote these tags, changed at MODIFIED in UTC."""
    path = write(folder, name, encode(scene(32, 24), kind))
    if tags:
        exiftool_writes(path, *tags)
    modified = MODIFIED.replace(tzinfo=UTC).timestamp()
    os.utime(path, (modified, modified))
    return path


def told(path: Path) -> Exif:
    with open_photo(path, max_megapixels=1) as photo:
        return photo.exif


CAMERA = (
    "-EXIF:Make=Canon", "-EXIF:Model=Canon EOS R6", "-EXIF:DateTimeOriginal=2019:08:04 17:03:55",
    "-EXIF:SubSecTimeOriginal=25", "-EXIF:OffsetTimeOriginal=-03:30",
    "-EXIF:CreateDate=2020:01:01 00:00:01", "-EXIF:ModifyDate=2021:01:01 00:00:01",
    "-EXIF:GPSLatitude=33.8568", "-EXIF:GPSLatitudeRef=S", "-EXIF:GPSLongitude=151.2153",
    "-EXIF:GPSLongitudeRef=E", "-EXIF:GPSAltitude=4.5", "-EXIF:GPSAltitudeRef=1",
    "-EXIF:LensMake=Canon", "-EXIF:LensModel=RF24-105mm F4 L IS USM", "-EXIF:ExposureTime=1/250",
    "-EXIF:FNumber=2.8", "-EXIF:ISO=400", "-EXIF:FocalLength=35",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_all_that_a_camera_writes_is_read_as_exiftool_reads_it(kind: str, tmp_path: Path) -> None:
    path = picture(tmp_path, kind, f"a.{KINDS[kind]}", *CAMERA)
    found, says = told(path), exiftool_says(path)[0]
    assert found.taken == datetime(2019, 8, 4, 17, 3, 55, 250_000)
    assert found.taken.strftime("%Y:%m:%d %H:%M:%S") == says["DateTimeOriginal"]
    assert (found.taken_from, found.taken_offset) == ("exif", -210)
    assert found.camera == "Canon EOS R6"
    assert found.lens == "Canon RF24-105mm F4 L IS USM"
    for value, name in (
        (found.latitude, "GPSLatitude"), (found.longitude, "GPSLongitude"),
        (found.altitude, "GPSAltitude"), (found.exposure_time, "ExposureTime"),
        (found.f_number, "FNumber"), (found.iso, "ISO"), (found.focal_length, "FocalLength"),
    ):  # fmt: skip
        assert value is not None
        assert math.isclose(value, says[name], rel_tol=1e-6), name
    assert found.latitude is not None
    assert found.latitude < 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF"])
def test_xmp_in_the_file_stands_in_for_exif(kind: str, tmp_path: Path) -> None:
    path = picture(
        tmp_path, kind, f"a.{KINDS[kind]}",
        "-XMP-photoshop:DateCreated=2019:08:04 17:03:55.25+02:00", "-XMP-aux:Lens=EF50mm f/1.8",
        "-XMP-exif:GPSLatitude=52.52", "-XMP-exif:GPSLongitude=-13.405", "-XMP-exif:FNumber=1.8",
        "-XMP-xmp:CreateDate=2020:01:01 00:00:01", "-XMP-tiff:Model=EOS 5D",
    )  # fmt: skip
    found, says = told(path), exiftool_says(path)[0]
    assert found.taken == datetime(2019, 8, 4, 17, 3, 55, 250_000)
    assert (found.taken_from, found.taken_offset) == ("xmp", 120)
    assert (found.latitude, found.longitude) == pytest.approx((52.52, -13.405), abs=1e-6)
    assert found.latitude == pytest.approx(says["GPSLatitude"], abs=1e-6)
    assert (found.lens, found.camera, found.f_number) == ("EF50mm f/1.8", "EOS 5D", 1.8)


@pytest.mark.parametrize("sidecar", ["IMG_1.xmp", "IMG_1.jpg.xmp"])
def test_a_sidecar_tells_what_the_file_does_not(sidecar: str, tmp_path: Path) -> None:
    path = picture(tmp_path, "JPEG", "IMG_1.jpg", "-EXIF:Model=Box")
    made = tmp_path / sidecar
    exiftool_writes(
        path, "-o", str(made), "-XMP-exif:DateTimeOriginal=2019:08:04 17:03:55",
        "-XMP-exif:GPSLatitude=52.52", "-XMP-exif:GPSLongitude=13.405",
    )  # fmt: skip
    assert made.exists()
    found = told(path)
    assert (found.taken, found.taken_from, found.taken_offset) == (LOCAL, "xmp", None)
    assert found.latitude == pytest.approx(52.52, abs=1e-6)
    assert found.camera == "Box"


def test_the_cameras_own_word_goes_before_a_sidecars(tmp_path: Path) -> None:
    path = picture(tmp_path, "JPEG", "IMG_1.jpg", "-EXIF:DateTimeOriginal=2019:08:04 17:03:55")
    (tmp_path / "IMG_1.xmp").write_text("no XMP at all")
    (tmp_path / "IMG_1.jpg.xmp").write_bytes(b"\xff\xfe<!DOCTYPE")
    assert (told(path).taken, told(path).taken_from) == (LOCAL, "exif")


def test_the_satellites_tell_the_zone(tmp_path: Path) -> None:
    path = picture(
        tmp_path, "JPEG", "a.jpg", "-EXIF:DateTimeOriginal=2019:08:04 17:03:55",
        "-EXIF:GPSDateStamp=2019:08:04", "-EXIF:GPSTimeStamp=11:18:40",
    )  # fmt: skip
    assert told(path).taken == LOCAL
    assert told(path).taken_offset == 345  # Nepal
    path = picture(
        tmp_path, "JPEG", "b.jpg", "-EXIF:GPSDateStamp=2019:08:04", "-EXIF:GPSTimeStamp=15:03:55"
    )
    with zone("Europe/Berlin"):
        assert (told(path).taken, told(path).taken_offset) == (LOCAL, 120)
    assert told(path).taken_from == "exif"


def test_the_zone_of_another_tag_counts_for_the_same_moment(tmp_path: Path) -> None:
    same = "2019:08:04 17:03:55"
    path = picture(
        tmp_path, "JPEG", "a.jpg", f"-EXIF:DateTimeOriginal={same}", f"-EXIF:ModifyDate={same}",
        "-EXIF:OffsetTime=+05:30",
    )  # fmt: skip
    assert (told(path).taken, told(path).taken_offset) == (LOCAL, 330)
    exiftool_writes(path, "-EXIF:ModifyDate=2020:01:01 00:00:01")
    assert (told(path).taken, told(path).taken_offset) == (LOCAL, None)


def test_iptc_tells_the_day_and_the_time(tmp_path: Path) -> None:
    path = picture(
        tmp_path,
        "JPEG",
        "a.jpg",
        "-IPTC:DateCreated=2019:08:04",
        "-IPTC:TimeCreated=17:03:55+02:00",
    )
    found = told(path)
    assert (found.taken, found.taken_from, found.taken_offset) == (LOCAL, "xmp", 120)
    path = picture(tmp_path, "TIFF", "b.tif", "-IPTC:DateCreated=2019:08:04")
    assert told(path).taken == datetime(2019, 8, 4, 12)
    path = picture(tmp_path, "JPEG", "c.jpg", "-IPTC:DateCreated=0000:00:00")
    assert told(path).taken_from == "file"


@pytest.mark.parametrize(
    "written", ["2019:08:04 17:03:55", "2019-08-04T17:03:55", "Sun, 04 Aug 2019 15:03:55 GMT"]
)
def test_a_png_tells_when_it_was_made(written: str, tmp_path: Path) -> None:
    path = picture(tmp_path, "PNG", "a.png", f"-PNG:CreationTime#={written}")
    with zone("Europe/Berlin"):
        assert (told(path).taken, told(path).taken_from) == (LOCAL, "xmp")


def test_a_png_tells_when_it_was_last_changed(tmp_path: Path) -> None:
    path = picture(tmp_path, "PNG", "a.png", "-PNG:ModifyDate=2019:08:04 15:03:55")
    with zone("Europe/Berlin"):
        assert (told(path).taken, told(path).taken_from) == (LOCAL, "file")
    data = path.read_bytes()
    at = data.index(b"tIME") + 4
    for broken in (bytes(7), b"\xff" * 7):
        write(tmp_path, "a.png", data[:at] + broken + data[at + 7 :])
        assert png_written(path.read_bytes()).changed is None


@given(st.binary(max_size=60), st.sampled_from([b"tIME", b"tEXt", b"zTXt", b"iTXt"]))
def test_no_png_can_raise(content: bytes, kind: bytes) -> None:
    start = b"\x89PNG\r\n\x1a\n"
    for text in (content, b"Creation Time\0" + content):
        png_written(start + len(text).to_bytes(4, "big") + kind + text + b"crc!")
    png_written(start + content)


def test_the_name_of_the_file_goes_before_its_time(tmp_path: Path) -> None:
    path = picture(tmp_path, "JPEG", "IMG_20190804_170355.jpg")
    assert (told(path).taken, told(path).taken_from) == (LOCAL, "name")
    path = picture(tmp_path, "JPEG", "IMG-20190804-WA0012.jpg")
    assert told(path).taken == datetime(2019, 8, 4, 12, 0, 0, 12)
    path = picture(tmp_path, "JPEG", "DSC01234.jpg", "-EXIF:DateTimeOriginal#=2000:00:00 00:00:00")
    with zone("Europe/Berlin"):
        assert (told(path).taken, told(path).taken_from) == (datetime(2024, 2, 3, 5, 5, 6), "file")
        assert told(path).taken_offset is None
    path = picture(
        tmp_path, "JPEG", "20200101_000000.jpg", "-EXIF:DateTimeOriginal=2019:08:04 17:03:55"
    )
    assert (told(path).taken, told(path).taken_from) == (LOCAL, "exif")


def test_nothing_is_read_that_no_camera_can_mean(tmp_path: Path) -> None:
    path = picture(
        tmp_path, "JPEG", "a.jpg", "-EXIF:GPSLatitude=0", "-EXIF:GPSLatitudeRef=N",
        "-EXIF:GPSLongitude=0", "-EXIF:GPSLongitudeRef=E", "-EXIF:ISO=0", "-EXIF:FNumber=0",
        "-EXIF:ExposureTime=0", "-EXIF:FocalLength=0", "-EXIF:LensModel=----",
    )  # fmt: skip
    assert told(path) == Exif(told(path).taken, "file", "")


@pytest.mark.parametrize(
    ("tags", "lens"),
    [
        (("-EXIF:LensInfo=24 70 2.8 2.8",), "24–70 mm f/2.8"),
        (("-EXIF:LensInfo=18 55 3.5 5.6",), "18–55 mm f/3.5–5.6"),
        (("-EXIF:LensInfo=50 50 1.8 1.8",), "50 mm f/1.8"),
        (("-EXIF:LensInfo=50 50 undef undef",), "50 mm"),
        (("-EXIF:LensModel=iPhone 12 back camera", "-EXIF:LensMake=Apple"),
         "Apple iPhone 12 back camera"),
    ],
)  # fmt: skip
def test_the_lens_by_name_or_by_what_it_can_do(
    tags: tuple[str, ...], lens: str, tmp_path: Path
) -> None:
    assert told(picture(tmp_path, "JPEG", "a.jpg", *tags)).lens == lens


def test_settings_are_told_in_apex_or_in_newer_tags(tmp_path: Path) -> None:
    path = picture(
        tmp_path, "JPEG", "a.jpg", "-EXIF:ShutterSpeedValue=1/256", "-EXIF:ApertureValue=4",
        "-EXIF:ISO=65535", "-EXIF:RecommendedExposureIndex=102400",
    )  # fmt: skip
    found, says = told(path), exiftool_says(path)[0]
    assert found.exposure_time == pytest.approx(says["ShutterSpeedValue"], rel=1e-3)
    assert found.f_number == pytest.approx(says["ApertureValue"], rel=1e-3)
    assert found.iso == 102_400


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_file_is_described_without_its_pixels(kind: str, tmp_path: Path) -> None:
    path = picture(tmp_path, kind, f"a.{KINDS[kind]}", *CAMERA)
    assert describe_file(path, max_megapixels=1) == told(path)
