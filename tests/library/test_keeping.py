"""Strangers are erased when their time is up: exactly they, and nobody finds them again unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.library.commands.doctor import examine
from app.library.commands.faces import (
    confirm_faces,
    draw_face,
    mark_not_a_face,
    reject_faces,
    say_strangers,
)
from app.library.commands.folders import create_collection
from app.library.commands.keeping import begin_anew, erase_strangers, note_crops_gone
from app.library.commands.people import (
    hide_people,
    hide_person,
    merge_people,
    name_person,
    set_birth_year,
    show_person,
)
from app.library.commands.photos import (
    ScanResult,
    SeenFile,
    mark_all_stale,
    mark_stale,
    record_scan,
    store_look,
)
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.models import Expired, Face, Person, Photo, now
from app.library.queries.decisions import forgotten_faces, is_forgotten
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.folders import known_files, pending_photos
from app.library.queries.keeping import (
    expired_places,
    kept_days,
    moments_before,
    strangers,
    were_erased_lately,
)
from app.library.queries.people import list_people, person
from app.library.rows import Placed
from app.settings import Settings
from tests.library.conftest import BELOW, LEFT, RIGHT, Album, Box, Cast, a_face, a_look
from tests.library.placing import Placement, store_groups

DAY = timedelta(days=1)
BOXES = (LEFT, RIGHT, BELOW)
Speak = Callable[[Library, int, int, list[int]], object]
"""Says something, in a collection, of a person with these faces."""


def _name_and_undo(library: Library, home: int, who: int, _: list[int]) -> None:
    name_person(library, who, f"Somebody {who}")
    undo(library, home)


def _hide_and_show(library: Library, _home: int, who: int, _: list[int]) -> None:
    hide_person(library, who)
    show_person(library, who)


def _stranger_then_ignored(library: Library, _home: int, who: int, faces: list[int]) -> None:
    say_strangers(library, faces)
    show_person(library, who)
    hide_people(library, [who])


SAID: dict[str, Speak] = {
    "nothing": lambda *_: None,
    "a name that was undone": _name_and_undo,
    "hidden and shown": _hide_and_show,
    "not that one": lambda library, _home, who, faces: reject_faces(library, who, faces[:1]),
    "a stranger": lambda library, _home, _who, faces: say_strangers(library, faces),
    "a name": lambda library, _home, who, _: name_person(library, who, f"Somebody {who}"),
    "confirmed": lambda library, _home, who, faces: confirm_faces(library, who, faces[:1]),
    "ignored": lambda library, _home, who, _: hide_person(library, who),
    "a stranger, then ignored": _stranger_then_ignored,
    "born": lambda library, _home, who, _: set_birth_year(library, who, 1990),
}
KEEPS = frozenset([*list(SAID)[4:], "no face"])
"""What is said of somebody who stays, or of a lone face that does."""
LONE: dict[str, Callable[[Library, int], object]] = {
    "nothing": lambda *_: None,
    "a stranger": lambda library, face: say_strangers(library, [face]),
    "no face": lambda library, face: mark_not_a_face(library, [face]),
}


@dataclass
class Plan:
    """A library to be filled: who is in which photo."""

    photos: list[tuple[int, int, list[tuple[str, str]]]]
    """Collection, seconds by which it is older than its time is (newer if negative), and for each
    face `person` or `lone` with what is said of them; `drawn` is a frame."""
    days: list[int]
    """For how many days each collection keeps strangers; 0: for ever."""


faces_of_plan = st.one_of(
    st.tuples(st.just("person"), st.sampled_from(list(SAID))),
    st.tuples(st.just("lone"), st.sampled_from(list(LONE))),
    st.just(("drawn", "")),
)
plans = st.builds(
    Plan,
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from([-40 * 86_400, -86_400, -60, 60, 86_400, 900 * 86_400]),
            st.lists(faces_of_plan, min_size=1, max_size=3),
        ),
        min_size=1, max_size=8,
    ),
    st.lists(st.sampled_from([0, 1, 30]), min_size=2, max_size=2),
)  # fmt: skip


@dataclass
class Town:
    """A library with two new collections for every plan."""

    library: Library
    folder: Path
    count: int = 0
    homes: list[int] = field(default_factory=list)

    def settle(self, plan: Plan) -> tuple[set[int], set[int]]:
        """Carry out a plan; gives the faces that are to stay and those that are to go."""
        self.count += 1
        self.homes = [create_collection(self.library, f"{self.count} {n}").id for n in "ab"]
        stay: set[int] = set()
        go: set[int] = set()
        for home, days in zip((0, 1), plan.days, strict=True):
            mine = [(older, faces) for where, older, faces in plan.photos if where == home]
            found = self._look(self.homes[home], mine)
            self._speak(self.homes[home], mine, found)
            self._age(mine, found, days)
            for (older, faces), ids in zip(mine, found, strict=True):
                for (kind, said), face in zip(faces, ids, strict=True):
                    is_kept = kind == "drawn" or said in KEEPS
                    (go if days and older > 0 and not is_kept else stay).add(face)
        return stay, go

    def _look(self, home: int, mine: list[tuple[int, list[tuple[str, str]]]]) -> list[list[int]]:
        names = [f"{home}-{number}.jpg" for number in range(len(mine))]
        seen = [SeenFile(self.folder / name, 10, 10) for name in names]
        record_scan(self.library, home, None, ScanResult(added=seen))
        found = []
        for number, (photo, _) in enumerate(pending_photos(self.library, home)):
            faces = mine[number][1]
            look = [
                a_face(BOXES[place], 3 * photo + place)
                for place, (kind, _) in enumerate(faces)
                if kind != "drawn"
            ]
            store_look(self.library, photo, a_look(f"print{photo}", *look))
            for place, (kind, _) in enumerate(faces):
                if kind == "drawn":
                    draw_face(self.library, photo, BOXES[place])
            by_box = {face.box: face.id for face in faces_in_photo(self.library, photo)}
            found.append([by_box[BOXES[place]] for place in range(len(faces))])
        return found

    def _speak(
        self, home: int, mine: list[tuple[int, list[tuple[str, str]]]], found: list[list[int]]
    ) -> None:
        groups: dict[str, list[int]] = {}
        lone: list[tuple[str, int]] = []
        for (_, faces), ids in zip(mine, found, strict=True):
            for (kind, said), face in zip(faces, ids, strict=True):
                if kind == "person":
                    groups.setdefault(said, []).append(face)
                elif kind == "lone":
                    lone.append((said, face))
        placements = [
            Placement(face, None, -number, 0.7)
            for number, faces in enumerate(groups.values(), 1)
            for face in faces
        ]
        store_groups(self.library, home, placements, len(groups))
        for said, faces in groups.items():
            who = Face.get_by_id(faces[0]).person_id
            SAID[said](self.library, home, who, faces)
        for said, face in lone:
            LONE[said](self.library, face)

    def _age(
        self, mine: list[tuple[int, list[tuple[str, str]]]], found: list[list[int]], days: int
    ) -> None:
        def work() -> None:
            for (older, _), ids in zip(mine, found, strict=True):
                photo = Face.get_by_id(ids[0]).photo_id
                at = now() - days * DAY - timedelta(seconds=older)
                # What an update found knows only when a scan saw it first.
                values = {"found": at} if photo % 2 else {"found": None, "added": at}
                Photo.update(**values).where(Photo.id == photo).execute()

        self.library.write(work)

    def limits(self, plan: Plan) -> dict[int, datetime]:
        """Until when strangers are to be found who go."""
        pairs = zip(self.homes, plan.days, strict=True)
        return moments_before({home: days for home, days in pairs if days})

    def faces(self) -> set[int]:
        """Those there are in the collections of the plan."""
        mine = Photo.select(Photo.id).where(Photo.collection.in_(self.homes))
        return {number for (number,) in Face.select(Face.id).where(Face.photo.in_(mine)).tuples()}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """An empty one; whatever was erased from it, it is in order afterwards."""
    library = Library.open(tmp_path / "library.db")
    yield Town(library, tmp_path)
    assert library.problems() == []
    assert examine(library, is_alone=True).findings == ()
    library.close()


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(plans)
def test_exactly_the_strangers_go_whose_time_is_up(town: Town, plan: Plan) -> None:
    stay, go = town.settle(plan)
    limits = town.limits(plan)
    assert town.faces() == stay | go
    told = [strangers(town.library, home, limit) for home, limit in limits.items()]
    assert sum(one.faces for one in told) == len(go)
    where = {
        (photo.collection_id, photo.fingerprint, (face.x, face.y, face.w, face.h))
        for face in Face.select().where(Face.id.in_(go))
        for photo in [face.photo]
    }
    before = set(expired_places(town.library))
    changes = erase_strangers(town.library, limits)
    assert bool(changes) == bool(go) and bool(changes.said) == bool(go)
    assert town.faces() == stay
    assert set(expired_places(town.library)) - before == where
    assert not erase_strangers(town.library, limits), "and nothing happens again"
    left = Person.select().where(Person.collection.in_(town.homes), Person.name == "")
    for row in left:
        count = Face.select().where(Face.person == row.id, Face.is_face).count()
        assert row.face_count == count and (count or row.average_age is None)


def age(album: Album, days: float, photo_ids: list[int] | None = None) -> None:
    """Let photos have been found so many days ago."""
    mine = Photo.id.in_(photo_ids) if photo_ids is not None else Photo.id > 0
    album.library.write(lambda: Photo.update(found=now() - days * DAY).where(mine).execute())


def let_go(album: Album, days: int = 30) -> None:
    """Erase whoever was found longer ago."""
    erase_strangers(album.library, moments_before({album.collection_id: days}))


def faces_at(album: Album, photo_id: int) -> list[Box]:
    """Where the faces of a photo are."""
    return [face.box for face in faces_in_photo(album.library, photo_id)]


def anna_and_a_stranger(album: Album) -> int:
    """A photo of both, who was found long ago."""
    (photo_id,) = album.add("both.jpg")
    store_look(album.library, photo_id, a_look("both", a_face(LEFT, 1), a_face(RIGHT, 2)))
    left, right = faces_in_photo(album.library, photo_id)
    placements = [Placement(left.id, None, -1, 0.7), Placement(right.id, None, -2, 0.7)]
    store_groups(album.library, album.collection_id, placements, 2)
    anna = faces_in_photo(album.library, photo_id)[0].person_id
    assert anna is not None
    name_person(album.library, anna, "Anna")
    age(album, 31)
    return photo_id


def test_another_pack_finds_nobody_again(album: Album) -> None:
    photo_id = anna_and_a_stranger(album)
    alone = album.person(1, start=5)
    age(album, 31)
    let_go(album)
    assert faces_at(album, photo_id) == [LEFT]
    assert mark_stale(album.library, album.collection_id, "other", "2") == 1, "Anna is looked for"
    moved = (RIGHT[0] + 0.02, RIGHT[1], *RIGHT[2:])
    look = a_look("both", a_face(LEFT, 3, "2"), a_face(moved, 4, "2"), version="2")
    assert forgotten_faces(album.library, photo_id, look) == [moved]
    assert is_forgotten(album.library, photo_id, moved)
    assert not is_forgotten(album.library, photo_id, LEFT)
    store_look(album.library, photo_id, look)
    assert faces_at(album, photo_id) == [LEFT]
    assert alone.id not in {row.id for row in album.people()}, "not even an empty group is left"
    assert mark_stale(album.library, album.collection_id, "another", "3") == 1


def test_the_user_has_everybody_looked_for_again_and_their_time_begins_anew(album: Album) -> None:
    photo_id = anna_and_a_stranger(album)
    let_go(album)
    mark_all_stale(album.library, album.collection_id)
    store_look(album.library, photo_id, a_look("both", a_face(LEFT, 1), a_face(RIGHT, 2)))
    assert faces_at(album, photo_id) == [LEFT, RIGHT]
    let_go(album)
    assert faces_at(album, photo_id) == [LEFT, RIGHT]
    age(album, 31)
    let_go(album)
    assert faces_at(album, photo_id) == [LEFT]


def test_a_frame_can_be_drawn_where_a_stranger_was(album: Album) -> None:
    photo_id = anna_and_a_stranger(album)
    let_go(album)
    note_crops_gone(album.library)
    draw_face(album.library, photo_id, RIGHT, "Ben")
    drawn = a_face(RIGHT, 9)
    look = a_look("both", a_face(LEFT, 3), drawn)
    store_look(album.library, photo_id, look)
    assert [face.person_name for face in faces_in_photo(album.library, photo_id)] == ["Anna", "Ben"]
    let_go(album)
    assert faces_at(album, photo_id) == [LEFT, RIGHT]


def test_what_is_overwritten_is_found_anew(album: Album) -> None:
    """A camera that always writes into the same file."""
    album.person(1)
    age(album, 31)
    (file,) = known_files(album.library, album.collection_id, album.folder_id)
    seen = SeenFile(album.folder / "0.jpg", 11, 11)
    changed = ScanResult(changed=[(file.id, seen)])
    record_scan(album.library, album.collection_id, album.folder_id, changed)
    store_look(album.library, file.id, a_look("new print", a_face(LEFT, 7)))
    let_go(album)
    assert faces_at(album, file.id) == [LEFT]
    age(album, 31)
    let_go(album)
    assert faces_at(album, file.id) == []
    note_crops_gone(album.library)
    record_scan(album.library, album.collection_id, album.folder_id, changed)
    store_look(album.library, file.id, a_look("newest print", a_face(LEFT, 8)))
    assert faces_at(album, file.id) == [LEFT], "somebody else stands at the same place"
    age(album, 31)
    let_go(album)
    assert Expired.select().count() == 1, "of contents that are gone nothing is kept"


def test_looking_again_does_not_make_a_stranger_younger(album: Album) -> None:
    album.person(1)
    age(album, 31)
    (file,) = known_files(album.library, album.collection_id, album.folder_id)
    store_look(album.library, file.id, a_look("print0", a_face(LEFT, 0, "2"), version="2"))
    let_go(album)
    assert faces_at(album, file.id) == []


def test_a_photo_that_turns_up_elsewhere_is_as_old_as_it_was(album: Album) -> None:
    photo_id = anna_and_a_stranger(album)
    let_go(album)
    lost = ScanResult(missing=[photo_id])
    record_scan(album.library, album.collection_id, album.folder_id, lost)
    (again,) = album.add("elsewhere.jpg")
    store_look(album.library, again, a_look("both", a_face(LEFT, 1), a_face(RIGHT, 2)))
    assert faces_at(album, again) == [LEFT]
    assert Photo.get_by_id(again).found < now() - 30 * DAY


def test_of_somebody_who_keeps_coming_the_newer_faces_stay(album: Album) -> None:
    keen = album.person(6)
    photos = [face.photo_id for face in faces_of(album.library, keen.id)]
    age(album, 31, photos[:4])
    let_go(album)
    left = person(album.library, keen.id)
    assert (left.face_count, left.photo_count) == (2, 2)
    assert left.cover is not None and left.cover.photo_id in photos[4:]


def test_whoever_was_spoken_of_stays_as_a_name_on_nothing(cast: Cast) -> None:
    """The log may need them; of their looks nothing is left."""
    one, other = (cast.album.person(2, start=start) for start in (40, 50))
    merge_people(cast.library, one.id, [other.id])
    age(cast.album, 31)
    let_go(cast.album)
    assert [row.name for row in cast.album.people()] == ["Anna", "Ben", "Carl"]
    husk = Person.get_by_id(one.id)
    assert (husk.face_count, husk.cover_id, husk.average_age, husk.gender) == (0, None, None, None)
    undo(cast.library, cast.number)
    assert examine(cast.library, is_alone=True).findings == ()
    assert Face.select().where(Face.placed == Placed.USER.value).count() == 0


def test_a_clock_that_was_set_back_keeps_nobody_for_ever(album: Album) -> None:
    album.person(2)
    age(album, -4000)
    begin_anew(album.library, [album.collection_id])
    assert all(now() - DAY < photo.found <= now() for photo in Photo.select())
    let_go(album)
    assert Face.select().count() == 2
    album.library.write(lambda: Photo.update(found=None, added=now() + DAY).execute())
    begin_anew(album.library, [album.collection_id])
    let_go(album, 0)
    assert Face.select().count() == 0


def test_they_go_once_a_day(album: Album) -> None:
    assert not were_erased_lately(album.library)
    album.person(2)
    age(album, 31)
    let_go(album)
    assert were_erased_lately(album.library)
    for days, lately in ((0.8, True), (0.9, False), (-1, False)):
        at = now() - days * DAY
        album.library.write(lambda at=at: Expired.update(at=at).execute())
        assert were_erased_lately(album.library) == lately, days


def test_each_collection_says_for_how_long(album: Album) -> None:
    camera = create_collection(album.library, "Door", "camera").id
    counter = create_collection(album.library, "Shop", "counter").id
    assert kept_days(album.library, Settings()) == {camera: 30, counter: 30}
    everywhere = Settings(stranger_days=90)
    assert kept_days(album.library, everywhere) == {
        album.collection_id: 90,
        camera: 30,
        counter: 30,
    }


def test_an_update_counts_from_when_the_file_was_found_first(album: Album) -> None:
    album.person(1)
    album.library.write(lambda: Photo.update(found=None, added=now() - 31 * DAY).execute())
    let_go(album)
    assert Face.select().count() == 0
    assert list_people(album.library, album.collection_id, include_hidden=True) == []
