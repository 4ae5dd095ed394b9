"""Moments as they are written: read right, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.dates import (
    Moment,
    here,
    is_sensible,
    of_file,
    offset_between,
    read_moment,
    read_zone,
    with_zone,
)
from tests.media.clocks import zone

NOW = datetime(2026, 6, 1)
MOMENTS = st.datetimes(datetime(1826, 1, 2), datetime(2026, 6, 1)).filter(
    lambda when: is_sensible(when, NOW)
)
OFFSETS = st.integers(-24, 28).map(lambda halves: halves * 30)


@given(MOMENTS, st.one_of(st.none(), OFFSETS), st.sampled_from("-:/."), st.sampled_from(" T"))
def test_what_is_written_is_read(when: datetime, offset: int | None, dash: str, gap: str) -> None:
    zone_of_it = None if offset is None else timezone(timedelta(minutes=offset))
    text = when.replace(tzinfo=zone_of_it).isoformat(gap)
    text = text[:10].replace("-", dash) + text[10:]
    assert read_moment(text, NOW) == Moment(when, offset)


@given(st.text("0123456789-:/ TZ+.,\0é", max_size=40))
def test_no_text_can_raise(text: str) -> None:
    moment = read_moment(text, NOW)
    assert moment is None or datetime(1826, 1, 1) <= moment.local <= NOW + timedelta(days=1)
    offset = read_zone(text)
    assert offset is None or -720 <= offset <= 840


@pytest.mark.parametrize(
    ("text", "when", "offset", "is_day"),
    [
        ("2019:08:04 17:03:55", datetime(2019, 8, 4, 17, 3, 55), None, False),
        ("2019:08:04 17:03:55.5-03:30", datetime(2019, 8, 4, 17, 3, 55, 500_000), -210, False),
        ("2019-08-04T17:03:55,123456789Z", datetime(2019, 8, 4, 17, 3, 55, 123_456), 0, False),
        ("2019-08-04T17:03+0545", datetime(2019, 8, 4, 17, 3), 345, False),
        ("2019-08-04 17:03:55 +2", datetime(2019, 8, 4, 17, 3, 55), 120, False),
        ("2016:12:31 23:59:60", datetime(2016, 12, 31, 23, 59, 59), None, False),
        ("2019年08月04日 17:03:55", datetime(2019, 8, 4, 17, 3, 55), None, False),
        ("2019:08:04   :  :  ", datetime(2019, 8, 4, 12), None, True),
        ("2018:02:03", datetime(2018, 2, 3, 12), None, True),
        ("2019-06", datetime(2019, 6, 1, 12), None, True),
        ("1970", datetime(1970, 1, 1, 12), None, True),
        ("1904", datetime(1904, 1, 1, 12), None, True),
        ("1980:01:01 12:00:10", datetime(1980, 1, 1, 12, 0, 10), None, False),
    ],
)
def test_ways_to_write_a_moment(
    text: str, when: datetime, offset: int | None, is_day: bool
) -> None:
    assert read_moment(text, NOW) == Moment(when, offset, is_day)


@pytest.mark.parametrize(
    "text",
    [
        "", "0000:00:00 00:00:00", "2000:00:00 00:00:00", "    :  :     :  :  ", "2018:02:30",
        "1970:01:01 00:00:00", "1970-01-01T01:00:00+01:00", "1969:12:31 19:00:00", "1970-01-01",
        "1980:01:01 00:00:00", "1980:01:01 00:00:14", "2031:01:01 00:00:00", "2048x1536",
        "20190804", "1800:01:01 00:00:00", "2019 rubbish", "2019:13:01 00:00:00",
        "2019:08:04 25:00:00", "2019:08:04 17:60:00", "2019:08:04 17:03:75", "no date",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_no_date(text: str) -> None:
    assert read_moment(text, NOW) is None


def test_a_clock_that_was_never_set_hides_no_date() -> None:
    assert is_sensible(datetime(2019, 8, 4), datetime(1970, 1, 2))
    assert not is_sensible(datetime(2029, 8, 4), datetime(1970, 1, 2))
    assert is_sensible(NOW + timedelta(hours=20), NOW)
    assert not is_sensible(NOW + timedelta(hours=30), NOW)


@given(
    MOMENTS,
    st.sampled_from([*range(-720, 841, 60), -210, 330, 345, 570, 825]),
    st.integers(-280, 280),
)
def test_two_clocks_tell_the_zone(local: datetime, offset: int, stale: int) -> None:
    utc = local - timedelta(minutes=offset)
    found = offset_between(local, utc + timedelta(seconds=stale))
    assert found == offset
    assert with_zone(utc, offset) == local


@pytest.mark.parametrize("minutes", [7, 22, 30, 37, 90, 900, -800, 100_000])
def test_what_no_zone_explains_tells_none(minutes: int) -> None:
    assert offset_between(NOW, NOW - timedelta(minutes=minutes)) is None


def test_utc_is_brought_to_the_clock_of_this_computer() -> None:
    with zone("Europe/Berlin"):
        assert here(datetime(2019, 8, 4, 15, 3, 55, 5)) == Moment(
            datetime(2019, 8, 4, 17, 3, 55, 5), 120
        )
        assert here(datetime(2019, 1, 4, 15, 3, 55)) == Moment(datetime(2019, 1, 4, 16, 3, 55), 60)
        assert here(datetime(1, 1, 1)) is None
    with zone("Asia/Kathmandu"):
        assert here(datetime(2019, 8, 4, 15, 0)) == Moment(datetime(2019, 8, 4, 20, 45), 345)


def test_the_time_of_a_file_counts_where_it_makes_sense() -> None:
    when = datetime(2019, 8, 4, 15, 3, 55)
    with zone("Europe/Berlin"):
        assert of_file(when.replace(tzinfo=UTC).timestamp() + 0.9) == datetime(
            2019, 8, 4, 17, 3, 55
        )
        assert of_file(0) is None
        assert of_file(float("nan")) is None
        assert of_file(4e9) is None  # 2096
        assert of_file(datetime(1980, 1, 1).timestamp()) is None


def test_the_first_photograph_is_the_earliest() -> None:
    assert read_moment("1826") is not None
    assert read_moment("1825") is None
