"""Counting over a real library: who is held to be somebody seen, and who is too unclear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.clustering.thresholds import Thresholds
from app.indexing.turnstile import Turnstile, missed
from app.library.commands.faces import reject_faces, say_strangers
from app.library.commands.keeping import erase_strangers
from app.library.commands.people import hide_person, say_staff
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.models import Collection, Face, Person, Photo
from app.library.queries.keeping import moments_before
from app.library.queries.visit_totals import numbers
from app.library.queries.visits import By, counted, total
from app.progress import Cancelled
from tests.clustering.crowds import crowd

DAY = datetime(2024, 5, 4, 9)
SIZES = (6, 4, 3, 1, 1)
"""Anna, Ben, Carl, and two who were seen once."""
VECTORS = crowd(list(SIZES), spread=0.9)
ANNA, BEN, CARL = (0, 5), (6, 10), (10, 13)
LONE_ANNA, CLEAR, POOR = 5, 13, 14
"""Rows of the vectors."""


class Shop:
    """A library of one day; faces by the rows of the vectors."""

    def __init__(self, library: Library) -> None:
        self.library = library
        library.write(self._fill)
        self.turnstile = Turnstile(library, "test", "1", Thresholds())

    def _fill(self) -> None:
        Collection.create(id=1, name="Shop", force_insert=True)
        for number in (1, 2, 3):
            Person.create(id=number, collection=1, key=f"key{number}", face_count=4)
        for row in range(sum(SIZES)):
            person = next(
                (n for n, (a, b) in enumerate((ANNA, BEN, CARL), 1) if a <= row < b), None
            )
            self.see(row, DAY + timedelta(minutes=25 * row), person)

    def see(self, row: int, at: datetime, person: int | None, quality: float = 0.8) -> int:
        """One more face that looks as the vector says."""
        photo = Photo.create(
            collection=1, path=Path(f"/{Photo.select().count()}.jpg"), state="looked", size=1,
            mtime_ns=1, taken=at, fingerprint=f"{Photo.select().count():064x}",
        )  # fmt: skip
        face = Face.create(
            photo=photo, x=0.1, y=0.1, w=0.2, h=0.2, landmarks=np.zeros(10, np.float32), score=1,
            quality=0.1 if row == POOR else quality, sharpness=1, pixels=80,
            embedding=VECTORS[row].astype(np.float16), pack="test", pack_version="1",
            person=person, grouped=True,
        )  # fmt: skip
        return int(face.id)

    def face(self, row: int) -> int:
        """Id of the first face of a row."""
        return row + 1

    def people(self, since: date | None = None, until: date | None = None) -> int:
        """How many different people came."""
        said = total(self.turnstile.came(1, since=since, until=until).visits)
        return 0 if said is None else said.people

    def unclear(self) -> int:
        """How many faces say nothing."""
        return len(self.turnstile.came(1).unclear)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    library = Library.open(tmp_path / "shop.db")
    yield Shop(library)
    library.close()


def test_a_face_of_somebody_seen_is_not_one_more(shop: Shop) -> None:
    assert (shop.people(), shop.unclear()) == (4, 1), "Anna, Ben, Carl and one seen once"
    visits = shop.turnstile.came(1).visits
    anna = [visit for visit in visits if visit.person_id == 1]
    assert sum(visit.photo_count for visit in anna) == 6, "the lone face is a sighting of her"
    assert None in {visit.person_id for visit in visits}


def test_the_library_is_left_as_it_was(shop: Shop) -> None:
    before = list(Face.select(Face.id, Face.person, Face.is_face, Face.placed).tuples())
    shop.people()
    assert list(Face.select(Face.id, Face.person, Face.is_face, Face.placed).tuples()) == before


def test_the_word_of_the_user_comes_first(shop: Shop) -> None:
    reject_faces(shop.library, 1, [shop.face(LONE_ANNA)])
    assert shop.people() == 5, "it is not she, so it is somebody"
    undo(shop.library, 1)
    assert shop.people() == 4
    say_strangers(shop.library, [shop.face(LONE_ANNA), shop.face(POOR)])
    assert (shop.people(), shop.unclear()) == (6, 0), "strangers are people"


def test_a_lone_face_of_staff_is_no_visitor(shop: Shop) -> None:
    say_staff(shop.library, [1])
    assert shop.people() == 3
    say_staff(shop.library, [1], is_staff=False)
    hide_person(shop.library, 1)
    assert shop.people() == 3


def test_new_faces_are_seen_at_once(shop: Shop) -> None:
    assert shop.people() == 4
    shop.library.write(lambda: shop.see(ANNA[0], DAY + timedelta(minutes=7), None))
    assert shop.people() == 4
    shop.library.write(lambda: Face.update(quality=0.9).where(Face.id == shop.face(POOR)).execute())
    assert (shop.people(), shop.unclear()) == (5, 0)


def test_days_are_told_by_themselves(shop: Shop) -> None:
    later = DAY + timedelta(days=3)
    shop.library.write(lambda: [shop.see(row, later, 2) for row in range(*BEN)])
    day = later.date()
    (ben,) = shop.turnstile.came(1, since=day, until=day).visits
    assert (ben.person_id, ben.photo_count, ben.is_new) == (2, 4, False)
    assert shop.people(until=DAY.date()) == 4 and shop.people() == 4
    assert shop.people(since=day + timedelta(days=1)) == 0
    days = counted(shop.turnstile.came(1).visits, By.DAY, shop.turnstile.came(1).unclear)
    assert [(one.people, one.new, one.unclear) for one in days] == [
        (4, 4, 1), (0, 0, 0), (0, 0, 0), (1, 0, 0),
    ]  # fmt: skip


def test_a_visit_that_began_the_day_before_belongs_to_it(shop: Shop) -> None:
    midnight = datetime(2024, 5, 6)

    def work() -> None:
        for minutes in (-20, 5, 30):
            shop.see(BEN[0], midnight + timedelta(minutes=minutes), 2)

    shop.library.write(work)
    assert shop.people(since=midnight.date()) == 0
    (ben,) = shop.turnstile.came(1, since=date(2024, 5, 5), until=date(2024, 5, 5)).visits
    assert ben.begin == midnight - timedelta(minutes=20), "its end is another day's"


def test_it_can_be_stopped(shop: Shop) -> None:
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        shop.turnstile.came(1, check=check)
    assert shop.people() == 4


def test_an_empty_counter(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "empty.db")
    try:
        came = Turnstile(library, "test", "1", Thresholds()).came(1)
        assert came.visits == () and came.unclear == ()
    finally:
        library.close()


def test_how_many_are_missed() -> None:
    assert missed([1, 2, 3], 0, 6) == 0.0
    assert missed([2] * 10, 10, 30) == pytest.approx(10 * (1 / 9) / (8 / 9))
    assert missed([], 5, 5) == 5.0
    assert missed([1] * 50, 50, 100) == pytest.approx(50.0), "every other face is poor"


def test_days_gone_by_are_told_as_they_were_when_strangers_are_erased(shop: Shop) -> None:
    def told() -> list[tuple[int, int, int]]:
        came = shop.turnstile.came(1)
        times, everybody = numbers(shop.library, 1, came.visits, came.unclear, By.DAY)
        assert everybody is not None
        return [(one.people, one.new, one.visits) for one in (*times, everybody)]

    before = told()
    shop.library.came = lambda _, number: shop.turnstile.came(number).visits
    erased = erase_strangers(shop.library, moments_before({1: 0}))
    assert erased and Face.select().count() == 0, "nobody here has a name"
    assert told() == before
