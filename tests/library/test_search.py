"""The search by people, times and places, held against a plain reading of what it promises."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.library.commands.faces import mark_not_a_face
from app.library.commands.forgetting import forget_person
from app.library.commands.people import merge_people
from app.library.database import Library
from app.library.models import Collection, Face, Folder, Person, Photo
from app.library.queries.faces import faces_of
from app.library.queries.search import (
    Directory,
    Month,
    count_photos,
    day_span,
    directories,
    months,
    search_photos,
    settled,
)
from app.library.rows import PhotoSearch
from tests.library.conftest import Cast

ODD = b"/a/caf\xe9 \xff".decode("utf-8", "surrogateescape")
FOLDERS = ("/a", "/a/b", "/a/b%", "/a/b_", "/a/bc", "/a/b/c", "/A", "/a0", ODD, "/")
PEOPLE = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class DrawnFace:
    person: int | None
    by_user: bool
    is_face: bool


@dataclass(frozen=True)
class DrawnPhoto:
    folder: str
    taken: datetime | None
    is_shown: bool
    collection: int
    faces: tuple[DrawnFace, ...]


@dataclass(frozen=True)
class DrawnLibrary:
    photos: tuple[DrawnPhoto, ...]
    merged: dict[int, int]
    """Person -> the one it was merged into, always one of a smaller id."""

    def now(self, person: int) -> int:
        while person in self.merged:
            person = self.merged[person]
        return person


days = st.dates(date(2019, 12, 30), date(2020, 1, 3))
moments = st.none() | st.builds(
    lambda day, seconds: datetime(day.year, day.month, day.day) + timedelta(seconds=seconds),
    days,
    st.sampled_from([0, 1, 43200, 86399, 86399.999]),
)
faces = st.builds(
    DrawnFace, st.none() | st.sampled_from(PEOPLE), st.booleans(),
    st.sampled_from([True, True, True, False]),
)  # fmt: skip
photos = st.builds(
    DrawnPhoto, st.sampled_from(FOLDERS), moments, st.sampled_from([True] * 4 + [False]),
    st.sampled_from([1, 1, 1, 2]), st.lists(faces, max_size=3).map(tuple),
)  # fmt: skip
merges = st.dictionaries(st.sampled_from((3, 4, 5)), st.sampled_from((1, 2)), max_size=2) | st.just(
    {5: 4, 4: 2}
)
libraries = st.builds(DrawnLibrary, st.lists(photos, max_size=8).map(tuple), merges)
some = st.lists(st.sampled_from((*PEOPLE, 99)), max_size=2).map(tuple)
searches = st.builds(
    PhotoSearch, some, some, some, st.booleans(), st.none() | days, st.none() | days,
    st.none() | st.sampled_from(FOLDERS).map(Path),
)  # fmt: skip


def expected(drawn: DrawnLibrary, search: PhotoSearch) -> list[int]:
    """The numbers of the photos that the search promises, from 1, newest first."""

    def fits(photo: DrawnPhoto) -> bool:
        seen = [face for face in photo.faces if face.is_face]
        there = {drawn.now(face.person) for face in seen if face.person is not None}
        wanted = {drawn.now(one) for one in (*search.all_of, *search.any_of)}
        strangers = any(face.person is None and not face.by_user for face in seen)
        day = None if photo.taken is None else photo.taken.date()
        return (
            photo.is_shown
            and photo.collection == 1
            and all(drawn.now(one) in there for one in search.all_of)
            and (not search.any_of or any(drawn.now(one) in there for one in search.any_of))
            and not any(drawn.now(one) in there for one in search.none_of)
            and not (search.only and (there - wanted or strangers))
            and (search.since is None or (day is not None and day >= search.since))
            and (search.until is None or (day is not None and day <= search.until))
            and (search.folder is None or search.folder in Path(photo.folder, "x").parents)
        )

    found = [number for number, photo in enumerate(drawn.photos, 1) if fits(photo)]

    def age(number: int) -> tuple[datetime, int]:
        return drawn.photos[number - 1].taken or datetime.min, number

    return sorted(found, key=age, reverse=True)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """A library to be filled again and again."""
    library = Library.open(tmp_path / "shelf.db")
    yield library
    library.close()


def fill(library: Library, drawn: DrawnLibrary) -> None:
    def work() -> None:
        for model in (Face, Photo, Person, Collection):
            model.delete().execute()
        Collection.insert_many([{"id": 1, "name": "Photos"}, {"id": 2, "name": "Work"}]).execute()
        for one in PEOPLE:
            into = drawn.merged.get(one)
            Person.create(id=one, collection=1, key=str(one), merged_into=into, force_insert=True)
        for number, photo in enumerate(drawn.photos, 1):
            Photo.create(
                id=number, collection=photo.collection, path=Path(photo.folder, f"{number}.jpg"),
                state="looked" if photo.is_shown else "gone", size=1, mtime_ns=1,
                taken=photo.taken, force_insert=True,
            )  # fmt: skip
            for face in photo.faces:
                Face.create(
                    photo=number, x=0, y=0, w=1, h=1, landmarks=b"", score=1, quality=1,
                    sharpness=1, pixels=50, embedding=b"", pack="test", pack_version="1",
                    person=None if face.person is None else drawn.now(face.person),
                    placed="user" if face.by_user else "machine", is_face=face.is_face,
                )  # fmt: skip

    library.write(work)


# `fill` empties the library first.
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(libraries, st.lists(searches, min_size=1, max_size=6))
def test_a_search_finds_what_it_promises(
    shelf: Library, drawn: DrawnLibrary, asked: list[PhotoSearch]
) -> None:
    fill(shelf, drawn)
    for search in asked:
        found = [item.id for item in search_photos(shelf, 1, search)]
        assert found == expected(drawn, search), search
        assert count_photos(shelf, 1, search) == len(found)


def test_the_end_of_time_is_a_day_like_any_other(shelf: Library) -> None:
    taken = (datetime(9999, 12, 31, 23, 59), datetime(1, 1, 1), None)
    drawn = [DrawnPhoto("/a", when, True, 1, ()) for when in taken]
    fill(shelf, DrawnLibrary(tuple(drawn), {}))
    ever = PhotoSearch(since=date.min, until=date.max)
    assert [item.id for item in search_photos(shelf, 1, ever)] == [1, 2]


def test_words_change_what_is_found(cast: Cast) -> None:
    library, number = cast.library, cast.number
    only_anna = PhotoSearch(all_of=(cast.anna.id,), only=True)
    assert len(search_photos(library, number, only_anna)) == 3
    merge_people(library, cast.anna.id, [cast.ben.id])
    merge_people(library, cast.carl.id, [cast.anna.id])
    was_ben = PhotoSearch(all_of=(cast.ben.id, cast.anna.id), only=True)
    assert settled(library, was_ben).all_of == (cast.carl.id,)
    assert len(search_photos(library, number, was_ben)) == 9
    mark_not_a_face(library, [faces_of(library, cast.carl.id)[0].id])
    assert len(search_photos(library, number, was_ben)) == 8
    assert len(search_photos(library, number, PhotoSearch(only=True))) == 1
    forget_person(library, cast.carl.id)
    assert search_photos(library, number, was_ben) == []


def test_months_and_directories_tell_where_photos_are(shelf: Library) -> None:
    places = ("/a/b", "/a/b/c", "/a/b/c", "/a0", ODD)
    taken = (datetime(2020, 1, 31), datetime(2020, 1, 1), None, datetime(2019, 12, 31), None)
    drawn = [DrawnPhoto(p, t, True, 1, ()) for p, t in zip(places, taken, strict=True)]
    fill(shelf, DrawnLibrary((*drawn, DrawnPhoto("/far", None, True, 2, ())), {}))
    assert months(shelf, 1) == [Month(2020, 1, 2), Month(2019, 12, 1)]
    shelf.write(lambda: Folder.create(collection=1, path=Path("/a")))
    assert directories(shelf, 1) == [
        Directory(Path("/a"), 4, True),
        Directory(Path("/a/b"), 3, False),
        Directory(Path("/a/b/c"), 2, False),
        Directory(Path(ODD), 1, False),
        Directory(Path("/a0"), 1, False),
    ]
    shelf.write(lambda: Folder.create(collection=1, path=Path("/a/b")))
    assert [(os.fspath(d.path), d.photo_count, d.is_folder) for d in directories(shelf, 1)][:2] == [
        ("/a", 4, True),
        ("/a/b", 3, True),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", (2019, 1, 1), (2019, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        (" 2020-2-3 ", (2020, 2, 3), (2020, 2, 3)),
        ("9999-12", (9999, 12, 1), (9999, 12, 31)),
    ],
)
def test_a_date_names_days(text: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    assert day_span(text) == (date(*first), date(*last))


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-02-30", "0000", "2019-", "٢٠١٩", "x"])
def test_what_names_no_day(text: str) -> None:
    assert day_span(text) is None
