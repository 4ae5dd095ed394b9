"""When, where and with what, from the files to the command line and its queries."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.__main__ import main
from app.cli import facts
from app.library.rows import Shot
from tests.cli.test_photos import found
from tests.media.clocks import exiftool_writes

if TYPE_CHECKING:
    from tests.cli.conftest import Say


@pytest.fixture
def told(six_people: Path) -> Path:
    """Four photos: by a camera, by a sidecar, by the name of a file, and by its time alone."""
    exiftool_writes(
        six_people / "whole.jpg", "-EXIF:DateTimeOriginal=2019:08:04 17:03:55",
        "-EXIF:OffsetTimeOriginal=-03:30", "-EXIF:GPSLatitude=52.52", "-EXIF:GPSLatitudeRef=N",
        "-EXIF:GPSLongitude=13.405", "-EXIF:GPSLongitudeRef=W", "-EXIF:GPSAltitude=34",
        "-EXIF:GPSAltitudeRef=0", "-EXIF:LensModel=EF 50", "-EXIF:ExposureTime=1/250",
        "-EXIF:FNumber=2.8", "-EXIF:ISO=400", "-EXIF:FocalLength=35", "-EXIF:Model=Box",
    )  # fmt: skip
    exiftool_writes(
        six_people / "mirrored.jpg", "-o", str(six_people / "mirrored.jpg.xmp"),
        "-XMP-photoshop:DateCreated=2018:05:01 10:00:00", "-XMP-exif:GPSLatitude=-33.8568",
        "-XMP-exif:GPSLongitude=151.2153",
    )  # fmt: skip
    shutil.move(six_people / "dark.jpg", six_people / "IMG-20170804-WA0012.jpg")
    moment = 1_600_000_000
    os.utime(six_people / "cropped.jpg", (moment, moment))
    return six_people


def leaf(name: str, operation: str, value: object) -> dict[str, Any]:
    return {"Field": name, "Operation": operation, "Value": value}


def asked(say: Say, *parts: dict[str, Any]) -> set[str]:
    return found(say, "--query", json.dumps({"Operation": "and", "SubQueries": list(parts)}))


def test_all_that_files_tell_is_printed_and_can_be_asked_for(
    say: Say, told: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    say("index", told, "--no-cluster")
    file = say("meta", told / "whole.jpg")
    wanted = {
        "ProduceTime": "2019-08-04T17:03:55-03:30", "ProduceTimeFrom": "exif",
        "Timezone": "-03:30", "LatLong": "52.520000,-13.405000", "Latitude": 52.52,
        "Longitude": -13.405, "Altitude": 34.0, "Lens": "EF 50", "ExposureTime": 0.004,
        "FNumber": 2.8, "ISOSpeed": 400, "FocalLength": 35.0, "Camera": "Box",
    }  # fmt: skip
    assert {name: file.get(name) for name in wanted} == wanted
    others = {Path(one["URI"]).stem: one for one in say("photos")["Files"]}
    beside, named, plain = (others[name] for name in ("mirrored", "IMG-20170804-WA0012", "cropped"))
    assert (beside["ProduceTime"], beside["ProduceTimeFrom"]) == ("2018-05-01T10:00:00", "xmp")
    assert beside["LatLong"] == "-33.856800,151.215300"
    assert (named["ProduceTime"], named["ProduceTimeFrom"]) == ("2017-08-04T12:00:00", "name")
    assert plain["ProduceTimeFrom"] == "file"
    assert not {"LatLong", "Timezone", "Lens", "ISOSpeed"} & set(plain)

    europe = (
        leaf("Latitude", "gte", 35), leaf("Latitude", "lte", 70), leaf("Longitude", "gte", -25),
        leaf("Longitude", "lte", 40),
    )  # fmt: skip
    assert asked(say, *europe) == {"whole"}
    assert asked(say, leaf("Latitude", "lt", 0)) == {"mirrored"}
    assert asked(say, leaf("ISOSpeed", "gte", 400), leaf("FNumber", "lt", 3)) == {"whole"}
    assert asked(say, leaf("ExposureTime", "eq", 0.004)) == {"whole"}
    assert asked(say, leaf("LatLong", "eq", file["LatLong"])) == {"whole"}
    assert asked(say, leaf("ProduceTimeFrom", "eq", "file")) == {"cropped"}
    assert found(say, "--since", "2017-08-04", "--until", "2018") == {
        "mirrored", "IMG-20170804-WA0012",
    }  # fmt: skip

    assert main(["meta", str(told / "whole.jpg")]) == 0
    said = capfd.readouterr().out.splitlines()
    assert "taken 2019-08-04 17:03:55-03:30 (by the camera) with Box" in said
    assert "lens: EF 50" in said
    assert "exposure: 1/250 s, f/2.8, ISO 400, 35 mm" in said
    assert "place: 52.520000, -13.405000, altitude 34 m" in said


def test_what_is_not_known_has_no_line() -> None:
    assert facts.shot(Shot()) == []
    assert facts.shot(Shot(latitude=1.0)) == []
    assert facts.shot(Shot(exposure_time=2.5, iso=100)) == ["exposure: 2.5 s, ISO 100"]
