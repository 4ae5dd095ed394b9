"""Visits, held against a plain reading of what they promise."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.library.database import Library
from app.library.models import Collection, Face, Person, Photo
from app.library.queries.visits import By, Visit, counted, total, visits

START = datetime(2024, 2, 28, 22, 30)
NAMES = ("Anna", "", "Ben", "Hidden")

sightings = st.lists(
    st.tuples(
        st.integers(0, 200),  # minutes after the start, times 10
        st.sampled_from([0, 1, 2, 3, None]),
        st.sampled_from([0.1, 0.2, 0.9]),
    ),
    max_size=25,
)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Library]:
    """A library to be filled again and again."""
    library = Library.open(tmp_path / "shop.db")
    yield library
    library.close()


def fill(library: Library, seen: list[tuple[int, int | None, float]]) -> None:
    def work() -> None:
        for model in (Face, Photo, Person, Collection):
            model.delete().execute()
        Collection.insert_many([{"id": 1, "name": "Shop"}, {"id": 2, "name": "Home"}]).execute()
        for number, name in enumerate(NAMES):
            Person.create(
                id=number, collection=1, key=f"key{number}", name=name, hidden=name == "Hidden",
                force_insert=True,
            )  # fmt: skip
        for number, (minutes, person, quality) in enumerate(seen, 1):
            photo(number, START + timedelta(minutes=10 * minutes))
            face(number, person, quality)
        # What does not count: no face, a photo without a time, one that is gone, elsewhere.
        last = len(seen)
        for number, left_out in enumerate(
            ({"is_face": False}, {"taken": None}, {"state": "gone"}, {"collection": 2}), last + 1
        ):
            is_face = left_out.pop("is_face", True)
            photo(number, **{"taken": START - timedelta(days=9), **left_out})  # type: ignore[arg-type]
            face(number, 0, 1.0, is_face=bool(is_face))

    library.write(work)


def photo(number: int, taken: datetime | None, state: str = "looked", collection: int = 1) -> None:
    Photo.create(
        id=number, collection=collection, path=Path(f"/{number}.jpg"), state=state, size=1,
        mtime_ns=1, taken=taken, force_insert=True,
    )  # fmt: skip


def face(number: int, person: int | None, quality: float, is_face: bool = True) -> None:
    Face.create(
        id=number, photo=number, x=0, y=0, w=1, h=1, landmarks=np.zeros(10, np.float32), score=1,
        quality=quality, sharpness=1, pixels=50, embedding=b"", pack="test", pack_version="1",
        person=person, is_face=is_face, force_insert=True,
    )  # fmt: skip


def expected(
    seen: list[tuple[int, int | None, float]], minutes: int, without: set[int]
) -> list[tuple[int | None, datetime, datetime, int, bool]]:
    """Person, begin, end, photos, new; sorted."""
    found = []
    for person in (0, 1, 2):
        times = sorted(START + timedelta(minutes=10 * at) for at, who, _ in seen if who == person)
        if person in without:
            continue
        runs: list[list[datetime]] = []
        for time in times:
            if runs and time - runs[-1][-1] <= timedelta(minutes=minutes):
                runs[-1].append(time)
            else:
                runs.append([time])
        found += [(person, run[0], run[-1], len(run), place == 0) for place, run in enumerate(runs)]
    for at, who, _ in seen:
        if who is None:
            time = START + timedelta(minutes=10 * at)
            found.append((None, time, time, 1, True))
    return sorted(found, key=str)


def told(found: list[Visit]) -> list[tuple[int | None, datetime, datetime, int, bool]]:
    rows = [(v.person_id, v.begin, v.end, v.photo_count, v.is_new) for v in found]
    return sorted(rows, key=str)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(sightings, st.sampled_from([10, 30, 120]), st.sets(st.sampled_from([0, 1, 2]), max_size=2))
def test_a_visit_is_a_person_seen_without_a_longer_break(
    shop: Library, seen: list[tuple[int, int | None, float]], minutes: int, without: set[int]
) -> None:
    fill(shop, seen)
    found = visits(shop, 1, timedelta(minutes=minutes), without)
    assert told(found) == expected(seen, minutes, without)
    assert [one.begin for one in found] == sorted(one.begin for one in found)
    for by in By:
        times = counted(found, by)
        assert sum(one.visits for one in times) == len(found)
        assert sum(one.new for one in times) == len({one.who for one in found})
        for one in times:
            here = [visit for visit in found if one.begin <= visit.begin < one.end]
            assert (one.visits, one.people) == (len(here), len({visit.who for visit in here}))
            assert one.people == one.new + one.returning
        assert all(a.end <= b.begin for a, b in itertools.pairwise(times))
    everybody = total(found)
    assert (everybody is None) == (not found)
    if everybody is not None:
        assert everybody.people == len({one.who for one in found}) == everybody.new


def test_days_are_told_without_a_gap_and_hours_within_a_day(shop: Library) -> None:
    # 22:30, 00:10 and 03:10 of the next day, and three days later
    fill(shop, [(0, 0, 0.9), (10, 0, 0.9), (28, 1, 0.9), (6 * 24 * 3 + 28, 0, 0.9)])
    found = visits(shop, 1)
    days = counted(found, By.DAY)
    assert [(one.begin.day, one.people, one.new, one.returning) for one in days] == [
        (28, 1, 1, 0), (29, 2, 1, 1), (1, 0, 0, 0), (2, 0, 0, 0), (3, 1, 0, 1)
    ]  # fmt: skip
    hours = counted(found, By.HOUR)
    assert [(one.begin.day, one.begin.hour, one.people) for one in hours] == [
        (28, 22, 1), (29, 0, 1), (29, 1, 0), (29, 2, 0), (29, 3, 1), (3, 3, 1)
    ]  # fmt: skip
