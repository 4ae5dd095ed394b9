"""Places: read right in every notation, and no place where there is none."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from app.media.gps import Place, exif_place, exif_utc, iso_place, place, xmp_place

LAT_REF, LAT, LON_REF, LON, ALT_REF, ALT, TIME, DATE = 1, 2, 3, 4, 5, 6, 7, 29
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def _parts(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole = abs(degrees)
    minutes = whole % 1 * 60
    return (
        IFDRational(int(whole), 1),
        IFDRational(int(minutes), 1),
        IFDRational(int(minutes % 1 * 60 * 10_000), 10_000),
    )


@given(LATITUDES, LONGITUDES, st.floats(-400, 9000))
def test_the_same_place_in_every_notation(
    latitude: float, longitude: float, altitude: float
) -> None:
    north, east = "NS"[latitude < 0], "EW"[longitude < 0]
    tags = {
        LAT_REF: north, LAT: _parts(latitude), LON_REF: east, LON: _parts(longitude),
        ALT_REF: bytes([altitude < 0]), ALT: IFDRational(int(abs(altitude) * 100), 100),
    }  # fmt: skip
    written = [exif_place(tags)]
    written.append(
        xmp_place(
            f"{int(abs(latitude))},{abs(latitude) % 1 * 60:.8f}{north}",
            f"{int(abs(longitude))},{abs(longitude) % 1 * 60:.8f}{east}",
            f"{round(abs(altitude) * 100)}/100", str(int(altitude < 0)),
        )
    )  # fmt: skip
    written.append(iso_place(f"{latitude:+011.7f}{longitude:+012.7f}{altitude:+.3f}/"))
    for found in written:
        if found is None:  # a minute that was rounded up, or 0, 0
            assert abs(latitude) < 1e-4 or abs(latitude) % 1 > 0.9999 or abs(longitude) % 1 > 0.9999
            continue
        assert math.isclose(found.latitude, latitude, abs_tol=1e-6)
        assert math.isclose(found.longitude, longitude, abs_tol=1e-6)
        assert found.altitude is not None
        assert math.isclose(found.altitude, altitude, abs_tol=0.02)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+52.5200+013.4050+034/", Place(52.52, 13.405, 34.0)),
        ("+52.5200+013.4050/", Place(52.52, 13.405)),
        ("-5231.2000-01324.3000+034.0CRSWGS_84/", Place(-52.52, -13.405, 34.0)),
        ("+523112.0+0132418.0/", Place(52.52, 13.405)),
        ("+40-075/", Place(40.0, -75.0)),
        ("+00.0000+000.0000/", None),
        ("+95.0000+013.4050/", None),
        ("+52.5200+193.4050/", None),
        ("+5299.0+01324.3/", None),
        ("+521+0134/", None),
        ("here", None),
        ("", None),
    ],
)
def test_places_of_quicktime(text: str, found: Place | None) -> None:
    told = iso_place(text)
    if found is None or told is None:
        assert told is found
        return
    assert math.isclose(told.latitude, found.latitude, abs_tol=1e-9)
    assert math.isclose(told.longitude, found.longitude, abs_tol=1e-9)
    assert told.altitude == found.altitude


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("91,0N", "13,0E"), ("52,61.0N", "13,0E"), ("52,31.2E", "13,0N"), ("", ""), ("52.5", "13.4")],
)
def test_xmp_without_a_place(latitude: str, longitude: str) -> None:
    assert xmp_place(latitude, longitude) is None


def test_what_receivers_write_without_a_fix_is_no_place() -> None:
    zero = (IFDRational(0, 1),) * 3
    assert exif_place({LAT_REF: "N", LAT: zero, LON_REF: "E", LON: zero}) is None
    none = (IFDRational(0, 0),) * 3
    assert exif_place({LAT_REF: "N", LAT: none, LON_REF: "E", LON: none}) is None
    there = _parts(52.52)
    assert exif_place({LAT: there, LON: there}) is None  # on which side of the earth?
    assert place(float("nan"), 1.0) is None
    assert place(1.0, 2.0, 1e9) == Place(1.0, 2.0, None)


def test_the_time_of_the_satellites() -> None:
    time = (IFDRational(15, 1), IFDRational(3, 1), IFDRational(555, 10))
    assert exif_utc({DATE: "2019:08:04", TIME: time}) == datetime(2019, 8, 4, 15, 3, 55, 500_000)
    assert exif_utc({DATE: b"2019:08:04\0", TIME: time}) is not None
    assert exif_utc({DATE: "1980:01:06", TIME: time}) is None
    assert exif_utc({DATE: "2019:08:04", TIME: (IFDRational(25, 1),) * 3}) is None
    assert exif_utc({DATE: "2019:08:04"}) is None
    assert exif_utc({TIME: time}) is None


garbage = st.one_of(
    st.none(), st.text(), st.binary(), st.integers(), st.floats(),
    st.lists(st.one_of(st.floats(), st.text(), st.none()), max_size=4).map(tuple),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([1, 2, 3, 4, 5, 6, 7, 29]), garbage), st.text())
def test_nothing_can_raise(tags: dict[int, object], text: str) -> None:
    exif_utc(tags)
    for found in (exif_place(tags), iso_place(text), xmp_place(text, text, text, text)):
        if found is not None:
            assert abs(found.latitude) <= 90
            assert abs(found.longitude) <= 180
