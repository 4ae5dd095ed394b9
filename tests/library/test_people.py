"""Questions about people: whom ids stand for, who has a name, which faces show somebody best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UsageError
from app.library.commands.people import hide_person, merge_people, name_person
from app.library.commands.photos import store_look
from app.library.commands.undo import undo
from app.library.queries.covers import best_faces
from app.library.queries.faces import faces_in_photo
from app.library.queries.people import (
    first_people,
    list_people,
    named_people,
    people_now,
    person,
)
from tests.library.conftest import Album, a_face, a_look
from tests.library.placing import Placement, store_groups


def test_ids_lead_to_whom_they_stand_for_today(album: Album) -> None:
    anna, ben, carl = (album.person(3, start=start) for start in (0, 10, 20))
    merge_people(album.library, ben.id, [carl.id])
    merge_people(album.library, anna.id, [ben.id])
    now = people_now(album.library, [anna.id, ben.id, carl.id, 999])
    assert {key: row and row.id for key, row in now.items()} == {
        anna.id: anna.id, ben.id: anna.id, carl.id: anna.id, 999: None,
    }  # fmt: skip


def test_the_named_ones_hidden_or_not(album: Album) -> None:
    anna, ben, _ = (album.person(3, start=start) for start in (0, 10, 20))
    name_person(album.library, anna.id, "Anna")
    name_person(album.library, ben.id, "Ben")
    hide_person(album.library, ben.id)
    found = named_people(album.library, album.collection_id)
    assert {row.name: row.hidden for row in found} == {"Anna": False, "Ben": True}


@pytest.mark.parametrize("sort", ["photos", "seen", "recent"])
def test_the_first_people_are_the_beginning_of_all(album: Album, sort: str) -> None:
    people = [album.person(3 + number, start=20 * number) for number in range(4)]
    name_person(album.library, people[1].id, "Ben")
    hide_person(album.library, people[2].id)
    everyone = list_people(album.library, album.collection_id, sort=sort)
    first, counts = first_people(album.library, album.collection_id, sort, 2)
    assert first == everyone[:2] and len(everyone) == 3
    assert counts["hidden"] == 1 and counts["named"] == 1
    assert sum(counts.values()) == 4
    assert first_people(album.library, album.collection_id, sort, 9)[0] == everyone


def test_a_merge_may_give_a_name_in_the_same_word(album: Album) -> None:
    anna, ben, carl = (album.person(3, start=start) for start in (0, 10, 20))
    name_person(album.library, carl.id, "Carl")
    with pytest.raises(UsageError, match="Carl"):
        merge_people(album.library, anna.id, [ben.id], "Carl")
    said = merge_people(album.library, anna.id, [ben.id], " Dora ").said
    assert said.endswith("into Dora") and person(album.library, ben.id).name == "Dora"
    undo(album.library, album.collection_id)
    assert person(album.library, anna.id).name == person(album.library, ben.id).name == ""


def test_a_good_cover_is_clear_sharp_and_looks_at_us(album: Album) -> None:
    anna = album.person(3)
    good = replace(a_face(seed=50, quality=0.95), sharpness=1.0, pixels=220.0)
    looks = {
        "good": good,
        "blurred": replace(good, sharpness=0.0),
        "aside": replace(good, yaw=50.0),
        "masked": replace(good, quality=0.6, pixels=900.0),
        "down": replace(good, pitch=45.0),
    }
    faces: dict[int, str] = {}
    for name, photo_id in zip(looks, album.add(*(f"{name}.jpg" for name in looks)), strict=True):
        store_look(album.library, photo_id, a_look(name, looks[name]))
        faces[faces_in_photo(album.library, photo_id)[0].id] = name
    places = [Placement(face_id, None, anna.id, 0.8) for face_id in faces]
    store_groups(album.library, album.collection_id, places, 0)
    best = best_faces(album.library, anna.id, limit=24)
    assert len(best) == 8 and faces[best[0].id] == "good"
    assert len(best_faces(album.library, anna.id, limit=2)) == 2
    cover = person(album.library, anna.id).cover
    assert cover is not None and faces.get(cover.id) == "good"
