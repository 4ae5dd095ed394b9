"""Who came is told as before when the faces of strangers are erased, to the hour."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.library.commands.erasing import erase_faces
from app.library.commands.keeping import erase_strangers
from app.library.commands.people import name_person
from app.library.database import Library
from app.library.models import Photo, VisitTotal, now
from app.library.queries.keeping import moments_before
from app.library.queries.visit_totals import total_with_erased, with_erased
from app.library.queries.visits import By, Visitors, counted, total, visits
from tests.library.test_visits import fill, shop, sightings

__all__ = ["shop"]


def told(library: Library, by: By) -> list[Visitors]:
    """What is said of the hours or days."""
    return with_erased(library, 1, counted(visits(library, 1), by), by)


def summed(library: Library) -> tuple[int, int, int]:
    """Different people, new ones, visits."""
    everybody = total_with_erased(library, 1, total(visits(library, 1)))
    return (0, 0, 0) if everybody is None else (everybody.people, everybody.new, everybody.visits)


def found_long_ago(library: Library, photo_ids: set[int]) -> None:
    mine = Photo.id.in_(photo_ids)
    at = now() - timedelta(days=31)
    library.write(lambda: Photo.update(found=at).where(mine).execute())


@settings(suppress_health_check=list(HealthCheck))
@given(sightings, st.lists(st.sets(st.integers(1, 25)), max_size=3))
def test_no_number_changes_when_strangers_go(
    shop: Library, seen: list[tuple[int, int | None, float]], days: list[set[int]]
) -> None:
    fill(shop, seen)
    before = {by: told(shop, by) for by in By}
    assert before == {by: counted(visits(shop, 1), by) for by in By}
    everybody = summed(shop)
    for photos in days:  # they go on several days, one after the other
        found_long_ago(shop, photos)
        erase_strangers(shop, moments_before({1: 30}))
        assert {by: told(shop, by) for by in By} == before
        assert summed(shop) == everybody


def test_a_time_is_told_by_itself(shop: Library) -> None:
    """Somebody came on three days, somebody else on the second."""
    fill(shop, [(0, 1, 0.9), (144, 1, 0.9), (150, None, 0.9), (288, 1, 0.9)])
    found_long_ago(shop, {1, 2, 3, 4})
    erase_strangers(shop, moments_before({1: 30}))
    assert visits(shop, 1) == []
    first, second, third = told(shop, By.DAY)
    assert [(one.people, one.new, one.visits) for one in (first, second, third)] == [
        (1, 1, 1), (2, 1, 2), (1, 0, 1)
    ]  # fmt: skip
    day = second.begin.date()
    assert with_erased(shop, 1, [], By.DAY, day, day) == [second]
    (morning, *_) = with_erased(shop, 1, [], By.HOUR, day, day)
    assert morning.begin == datetime.combine(day, morning.begin.time())
    some = total_with_erased(shop, 1, None, day, day)
    assert some is not None and (some.people, some.visits) == (2, 2)
    assert total_with_erased(shop, 1, None, date(2030, 1, 1)) is None
    assert total_with_erased(shop, 1, None, until=date(2000, 1, 1)) is None


def test_what_is_said_since_makes_nobody_fewer_than_none(shop: Library) -> None:
    fill(shop, [(0, 1, 0.9), (2000, 1, 0.9)])
    found_long_ago(shop, {1})
    erase_strangers(shop, moments_before({1: 30}))
    name_person(shop, 1, "Cleo")
    again = visits(shop, 1, without=[1])
    for one in with_erased(shop, 1, counted(again, By.DAY), By.DAY):
        assert 0 <= one.new <= one.people <= one.visits


def test_with_all_face_data_the_totals_go(shop: Library) -> None:
    fill(shop, [(0, 1, 0.9)])
    found_long_ago(shop, {1})
    erase_strangers(shop, moments_before({1: 30}))
    assert VisitTotal.select().count() == 2
    erase_faces(shop, 1)
    assert VisitTotal.select().count() == 0 and summed(shop) == (0, 0, 0)
