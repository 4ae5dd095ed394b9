"""Dates in the names of files: found in those that have one, and in no others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.dates import Moment
from app.media.file_names import name_moment
from tests.media.clocks import zone

NOW = datetime(2026, 6, 1)
FULL = datetime(2019, 8, 4, 17, 3, 55)
PART = FULL.replace(microsecond=123_000)


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("IMG_20190804_170355.jpg", FULL),
        ("IMG_20190804_170355_HDR.jpg", FULL),
        ("IMG_20190804_170355~2.jpg", FULL),
        ("MVIMG_20190804_170355.jpg", FULL),
        ("VID_20190804_170355.mp4", FULL),
        ("PANO_20190804_170355.vr.jpg", FULL),
        ("IMG_20190804_170355123.jpg", PART),
        ("20190804_170355.jpg", FULL),
        ("20190804_170355(0).jpg", FULL),
        ("20190804_170355_001.jpg", FULL.replace(microsecond=1000)),
        ("20190804170355.jpg", FULL),
        ("IMG20190804170355.jpg", FULL),
        ("DJI_20190804170355_0001_D.MP4", FULL),
        ("WP_20190804_17_03_55_Pro.jpg", FULL),
        ("Screenshot_20190804-170355.png", FULL),
        ("Screenshot_20190804-170355_Maps.jpg", FULL),
        ("Screenshot_2019-08-04-17-03-55.png", FULL),
        ("Screenshot_2019-08-04-17-03-55-123_com.app.png", PART),
        ("Screenshot from 2019-08-04 17-03-55.png", FULL),
        ("Screenshot 2019-08-04 170355.png", FULL),
        ("Screen Shot 2019-08-04 at 17.03.55.png", FULL),
        ("Screen Shot 2019-08-04 at 5.03.55 PM.png", FULL),
        ("Screenshot 2019-08-04 at 5.03.55\u202fPM (2).png", FULL),
        ("Screenshot 2019-08-04 at 12.03.55 AM.png", FULL.replace(hour=0)),
        ("Bildschirmfoto 2019-08-04 um 17.03.55.png", FULL),
        ("Captura de pantalla 2019-08-04 a las 17.03.55.png", FULL),
        ("WhatsApp Image 2019-08-04 at 17.03.55.jpeg", FULL),
        ("WhatsApp Image 2019-08-04 at 5.03.55 PM (1).jpeg", FULL),
        ("signal-2019-08-04-17-03-55-123.jpg", PART),
        ("signal-2019-08-04-170355.jpeg", FULL),
        ("photo_2019-08-04_17-03-55.jpg", FULL),
        ("photo_2019-08-04_17-03-55 (2).jpg", FULL),
        ("photo_12@04-08-2019_17-03-55.jpg", FULL),
        ("2019-08-04 17.03.55.jpg", FULL),
        ("2019-08-04 17.03.55-1.jpg", FULL),
        ("2019-08-04T17-03-55.heic", FULL),
    ],
)
def test_phones_and_messengers_name_their_pictures_by_the_moment(name: str, when: datetime) -> None:
    assert name_moment(name, NOW) == Moment(when)


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("PXL_20190804_150355123.jpg", PART),
        ("PXL_20190804_150355123.MP.jpg", PART),
        ("FB_IMG_1564931035123.jpg", PART),
        ("mmexport1564931035123.jpg", PART),
    ],
)
def test_some_name_them_by_the_moment_in_utc(name: str, when: datetime) -> None:
    with zone("Europe/Berlin"):
        assert name_moment(name) == Moment(when, 120)
    with zone("America/St_Johns"):
        assert name_moment(name) == Moment(when - timedelta(hours=4, minutes=30), -150)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("IMG-20190804-WA0012.jpg", 12),
        ("VID-20190804-WA0003.mp4", 3),
        ("IMG-20190804-WA0000(1).jpg", 0),
        ("2019-08-04.jpg", 0),
        ("2019-08-04 Birthday.jpg", 0),
        ("2019-08-04_003.jpg", 0),
    ],
)
def test_some_tell_the_day_alone(name: str, number: int) -> None:
    assert name_moment(name, NOW) == Moment(datetime(2019, 8, 4, 12, 0, 0, number), None, True)


@pytest.mark.parametrize(
    "name",
    [
        "IMG_4711.jpg", "DSC01234.JPG", "DSC_0815.NEF", "DSC_20190804.jpg", "P1020304.JPG",
        "12345678_123456.jpg", "1614834367000.jpg", "received_1614834367000123.jpeg",
        "65898134_10157204567890123_2012345678901234567_n.jpg", "IMG_20191304_170355.jpg",
        "IMG_20190804_176055.jpg", "IMG_20190804_240000.jpg", "20310101_000000.jpg",
        "19800101_000000.jpg", "19700101_010000.jpg", "2019.jpg", "20190804.jpg", "scan 2019-08-04",
        "2019-13-04.jpg", "Invoice 2019-080-4 12.jpg", "IMG-20190804-0012.jpg", "", ".jpg",
        "120190804_170355.jpg", "IMG_20190804_1703551.jpg", "FB_IMG_123.jpg",
        "Screenshot 2019-08-04 at 13.03.55 PM.png", "20190804170355123456.jpg",
    ],
)  # fmt: skip
def test_numbers_that_are_no_date_are_left_alone(name: str) -> None:
    assert name_moment(name, NOW) is None


@given(st.text("0123456789_-. @IMGWAPXLat", max_size=40))
def test_no_name_can_raise(name: str) -> None:
    moment = name_moment(name, NOW)
    assert moment is None or datetime(1990, 1, 1) <= moment.local <= NOW + timedelta(days=2)


@given(st.integers(10**9, 10**20), st.sampled_from(["{}", "IMG_{}", "DSC{}", "{}_o", "a-{}-b"]))
def test_long_numbers_seldom_look_like_a_date(number: int, pattern: str) -> None:
    found = name_moment(pattern.format(number) + ".jpg", NOW)
    digits = str(number)
    assert found is None or (
        len(digits) == 14 and datetime.strptime(digits, "%Y%m%d%H%M%S") == found.local
    )


@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 6, 1), timezones=st.none()))
def test_every_moment_is_found_again(when: datetime) -> None:
    when = when.replace(microsecond=0)
    assert name_moment(when.strftime("IMG_%Y%m%d_%H%M%S.jpg"), NOW) == Moment(when)
    assert name_moment(when.strftime("%Y-%m-%d %H.%M.%S.jpg"), NOW) == Moment(when)
    twelve = when.strftime("Screen Shot %Y-%m-%d at %I.%M.%S %p.png")
    assert name_moment(twelve, NOW) == Moment(when)
