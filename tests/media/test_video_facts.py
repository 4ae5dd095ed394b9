"""What the container of a video tells of when, where and with what."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.dates import Moment
from app.media.exif import Written
from app.media.video_facts import describe_video
from tests.media.clocks import exiftool_says, exiftool_writes, zone

UTC = "2019-08-04T15:03:55.000000Z"
LOCAL = datetime(2019, 8, 4, 17, 3, 55)
MODIFIED = datetime(2024, 2, 3, 4, 5, 6).timestamp()


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short film with the moment of its making, in UTC."""
    path = tmp_path_factory.mktemp("clip") / "clip.mov"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi",
         "-i", "testsrc=size=64x48:rate=5:duration=1", "-c:v", "mpeg4",
         "-metadata", f"creation_time={UTC}", str(path)],
        check=True,
    )  # fmt: skip
    return path


def tags_of(path: Path) -> dict[str, str]:
    with av.open(str(path)) as container:
        return {**container.streams[0].metadata, **container.metadata}


def test_a_phone_tells_local_time_zone_and_place(clip: Path, tmp_path: Path) -> None:
    path = tmp_path / "IMG_1.MOV"
    path.write_bytes(clip.read_bytes())
    exiftool_writes(
        path, "-Keys:CreationDate=2019:08:05 00:33:55+09:30", "-Keys:Make=Apple",
        "-Keys:Model=iPhone 12", "-Keys:GPSCoordinates=-12.4634, 130.8456, 31",
    )  # fmt: skip
    found, says = describe_video(tags_of(path), path.name, MODIFIED), exiftool_says(path)[0]
    assert found.taken == datetime(2019, 8, 5, 0, 33, 55)
    assert says["CreationDate"] == "2019:08:05 00:33:55+09:30"
    assert (found.taken_from, found.taken_offset) == ("video", 570)
    assert found.camera == "Apple iPhone 12"
    assert (found.latitude, found.longitude) == pytest.approx((-12.4634, 130.8456), abs=1e-4)
    assert found.altitude == 31


def test_utc_becomes_local_time(clip: Path) -> None:
    tags = tags_of(clip)
    assert exiftool_says(clip)[0]["CreateDate"] == "2019:08:04 15:03:55"
    with zone("Europe/Berlin"):
        found = describe_video(tags, "clip.mov", MODIFIED)
        assert (found.taken, found.taken_offset, found.taken_from) == (LOCAL, 120, "video")
    with zone("America/New_York"):
        found = describe_video(tags, "clip.mov", MODIFIED)
        assert (found.taken, found.taken_offset) == (datetime(2019, 8, 4, 11, 3, 55), -240)
        # The name of the file knows where it was better than this computer does.
        found = describe_video(tags, "VID_20190805_003342.mp4", MODIFIED)
        assert found.taken == datetime(2019, 8, 5, 0, 33, 42)
        assert (found.taken_offset, found.taken_from) == (570, "video")
        found = describe_video(tags, "PXL_20190804_150340123.mp4", MODIFIED)
        assert (found.taken, found.taken_offset) == (datetime(2019, 8, 4, 11, 3, 55), -240)
        # A name of another day says nothing of the zone.
        found = describe_video(tags, "VID_20210101_000000.mp4", MODIFIED)
        assert found.taken == datetime(2019, 8, 4, 11, 3, 55)


@pytest.mark.parametrize(
    "marks",
    [
        {"make": "NIKON CORPORATION"},
        {"major_brand": "niko"},
        {"handler_name": "\tGoPro AVC"},
        {"firmware": "HD7.01.01.90.00"},
        {"compatible_brands": "mp42avc1CAEP"},
        {"MAKE": "Panasonic"},
    ],
)
def test_some_makers_write_local_time_where_utc_belongs(marks: dict[str, str]) -> None:
    with zone("Europe/Berlin"):
        found = describe_video({"creation_time": UTC, **marks}, "a.mp4", MODIFIED)
    assert (found.taken, found.taken_offset) == (datetime(2019, 8, 4, 15, 3, 55), None)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"creation_time": "1904-01-01T00:00:00.000000Z"},
        {"creation_time": "1970-01-01T00:00:00.000000Z"},
        {"creation_time": "2040-02-06T06:28:16.000000Z"},
        {"creation_time": "rubbish", "location": "+00.0000+000.0000/"},
    ],
)
def test_what_makes_no_sense_is_left_aside(tags: dict[str, str]) -> None:
    found = describe_video(tags, "VID_20190804_170355.mp4", MODIFIED)
    assert (found.taken, found.taken_from) == (LOCAL, "name")
    found = describe_video(tags, "clip.mp4", MODIFIED)
    assert (found.taken, found.taken_from) == (datetime(2024, 2, 3, 4, 5, 6), "file")
    assert found.latitude is None


def test_a_day_alone_is_better_than_nothing() -> None:
    found = describe_video({"date": "2019-08-04"}, "clip.mkv", MODIFIED)
    assert (found.taken, found.taken_from) == (datetime(2019, 8, 4, 12), "video")
    found = describe_video({"date": "2019-08-04"}, "VID_20190804_170355.mkv", MODIFIED)
    assert (found.taken, found.taken_from) == (LOCAL, "name")
    found = describe_video({"creation_time": "2019-08-04 17:03:55"}, "old.avi", MODIFIED)
    assert (found.taken, found.taken_offset) == (LOCAL, None)


def test_what_others_wrote_goes_before_a_moment_in_utc() -> None:
    written = Written(original=Moment(LOCAL, 120), lens="EF 50")
    found = describe_video({"creation_time": "2024-01-01T00:00:01Z"}, "a.mp4", MODIFIED, written)
    assert (found.taken, found.taken_from, found.lens) == (LOCAL, "xmp", "EF 50")


KEYS = st.sampled_from([
    "creation_time", "date", "location", "make", "model", "handler_name",
    "com.apple.quicktime.creationdate",
])  # fmt: skip


@given(st.dictionaries(KEYS, st.text("0123456789-:/TZ +.é", max_size=30)), st.floats())
def test_nothing_in_the_tags_can_raise(tags: dict[str, str], modified: float) -> None:
    assert describe_video(tags, "a.mp4", modified).taken_from in ("video", "file")
