"""Who has many faces is added to, which says of them what counting all says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from app.library import census
from app.library.commands.photos import store_look
from app.library.models import Person
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.rows import NewFace, PersonRow
from tests.library.conftest import LEFT, RIGHT, Album, a_face, a_look
from tests.library.placing import Placement, store_groups

HELD = (
    "face_count", "photo_count", "video_count", "kind", "cover_id", "min_age", "max_age",
    "last_seen",
)  # fmt: skip
"""What is right after each face..."""
LATE = ("average_age", "gender")
"""...and what is right after some."""


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """People with a face are added to; gives those of whom all faces were counted."""
    monkeypatch.setattr(census, "MANY", 1)
    monkeypatch.setattr(census, "PART", 1e-9)
    found: list[int] = []
    whole = census._count
    monkeypatch.setattr(
        census,
        "_count",
        lambda library, people, rule: (found.extend(people), whole(library, people, rule)),
    )
    yield found


def facts(person: PersonRow, names: tuple[str, ...] = HELD) -> dict[str, object]:
    """What the library says of somebody."""
    row = Person.get_by_id(person.id)
    return {name: getattr(row, name) for name in names}


def recounted(album: Album, person: PersonRow, names: tuple[str, ...] = HELD) -> dict[str, object]:
    """What it says when all faces are counted; it is left as it was."""
    with album.library._database.atomic() as transaction:
        census._count(album.library, [person.id], album.library.founding)
        said = facts(person, names)
        transaction.rollback()
    return said


def any_face(drawn: np.random.Generator, box: tuple[float, float, float, float]) -> NewFace:
    """As clear and as old as chance has it."""
    face = a_face(box, int(drawn.integers(1 << 30)), quality=float(drawn.uniform(0.1, 1)))
    old = None if drawn.random() < 0.3 else float(drawn.uniform(1, 90))
    return replace(face, age=old, pixels=float(drawn.uniform(20, 300)), yaw=drawn.normal() * 30)


def arrive(album: Album, drawn: np.random.Generator, number: int) -> list[int]:
    """A photo of one or two faces; gives their ids."""
    (photo,) = album.add(f"new{number}.jpg")
    faces = [any_face(drawn, box) for box in (LEFT, RIGHT)[: drawn.integers(1, 3)]]
    taken = datetime(2015 + int(drawn.integers(10)), 1, 1)
    look = replace(a_look(f"new{number}", *faces), taken=taken)
    if number % 3 == 1:
        look = replace(look, content_type="video/mp4", duration=9.0)
    store_look(album.library, photo, look)
    return [face.id for face in faces_in_photo(album.library, photo)]


@pytest.mark.parametrize("seed", range(4))
def test_who_is_added_to_is_counted_rightly(album: Album, counted: list[int], seed: int) -> None:
    anna, ben = album.person(3), album.person(3, start=10)
    drawn = np.random.default_rng(seed)
    waiting: list[int] = []
    for number in range(12):
        waiting += arrive(album, drawn, number)
        counted.clear()
        places = [
            Placement(face, None, (anna if drawn.random() < 0.7 else ben).id, drawn.uniform(0.2, 1))
            for face in waiting[1:]
        ]
        # One waits, so that a face comes where another of the same photo is already.
        waiting = waiting[:1]
        store_groups(album.library, album.collection_id, places, 0)
        assert counted == [], "nobody's faces are gone through"
        for person in (anna, ben):
            assert facts(person) == recounted(album, person)


def test_whom_a_face_left_is_counted(album: Album, counted: list[int]) -> None:
    anna, ben = album.person(4), album.person(3, start=10)
    face = faces_of(album.library, anna.id)[0].id
    counted.clear()
    place = Placement(face, anna.id, ben.id, 0.9)
    store_groups(album.library, album.collection_id, [place], 0)
    assert counted == [anna.id]
    for person in (anna, ben):
        assert facts(person) == recounted(album, person)


def test_who_is_seen_often_enough_is_a_group(album: Album, counted: list[int]) -> None:
    anna = album.person(2)
    assert facts(anna)["kind"] == "small"
    (photo,) = album.add("new.jpg")
    store_look(album.library, photo, a_look("new", a_face(seed=50)))
    places = [Placement(faces_in_photo(album.library, photo)[0].id, None, anna.id, 0.9)]
    store_groups(album.library, album.collection_id, places, 0)
    assert anna.id in counted and facts(anna)["kind"] == "group"


def test_now_and_then_all_are_counted(
    album: Album, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = album.person(6)
    monkeypatch.setattr(census, "PART", 4)
    drawn = np.random.default_rng(0)
    turns = []
    for number in range(12):
        counted.clear()
        faces = arrive(album, drawn, number)[:1]
        store_groups(
            album.library, album.collection_id, [Placement(faces[0], None, anna.id, 0.5)], 0
        )
        turns.append(bool(counted))
        if counted:
            assert facts(anna, HELD + LATE) == recounted(album, anna, HELD + LATE)
    assert 2 < sum(turns) < 10


def test_a_cover_that_is_no_face_any_more_is_found_anew(album: Album, counted: list[int]) -> None:
    anna = album.person(4)
    cover = facts(anna)["cover_id"]
    album.library.write(
        lambda: album.library.sql_many("UPDATE face SET is_face = 0 WHERE id = ?", [(cover,)])
    )
    (face, *_) = arrive(album, np.random.default_rng(1), 1)
    counted.clear()
    place = Placement(face, None, anna.id, 0.9)
    store_groups(album.library, album.collection_id, [place], 0)
    assert counted == [anna.id] and facts(anna)["cover_id"] != cover
