"""A face drawn by hand on a real photo, looked at by real workers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.errors import UsageError
from app.indexing.house import House
from app.indexing.model_packs import pack_cards
from app.library.commands.faces import draw_face, move_faces, say_strangers
from app.library.commands.people import name_person
from app.library.commands.undo import undo
from app.library.models import Face
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import folders, pending_photos
from app.library.queries.people import find_person, list_people, person
from app.library.queries.photos import find_photo, timeline
from app.library.rows import FaceRow
from tests.indexing.conftest import eventually, finish
from tests.library.columns import face_columns

Open = Callable[..., House]


@pytest.fixture
def house(open_house: Open, six_people: Path) -> House:
    """A house that has looked at four photos of the same six people and grouped them."""
    opened = open_house()
    opened.indexer.start(watch=False)
    finish(opened, opened.indexer.index(opened.collection.id, [six_people]))
    finish(opened, opened.indexer.cluster(opened.collection.id))
    return opened


def vector(face_id: int) -> np.ndarray:
    """The embedding of a face, as it is kept."""
    return np.asarray(Face.get_by_id(face_id).embedding, np.float32)


def missed(house: House, path: Path) -> tuple[FaceRow, np.ndarray]:
    """A face of a photo that is not in the library any more, and what its embedding was."""
    face = faces_in_photo(house.library, find_photo(house.library, 1, path).id)[2]
    known = vector(face.id)
    house.library.write(lambda: Face.delete().where(Face.id == face.id).execute())
    return face, known


def drawn_in(house: House, photo_id: int) -> list[FaceRow]:
    return [face for face in faces_in_photo(house.library, photo_id) if face.drawn]


def settled(house: House, photo_id: int) -> bool:
    """Whether the photo was looked at and its drawn faces embedded."""
    waiting = {number for number, _ in pending_photos(house.library, house.collection.id)}
    return photo_id not in waiting and bool(drawn_in(house, photo_id))


def test_a_drawn_face_is_embedded_by_the_next_look_and_teaches_nobody(
    house: House, six_people: Path
) -> None:
    number = house.collection.id
    face, known = missed(house, six_people / "whole.jpg")
    assert face.person_id is not None
    name_person(house.library, face.person_id, "Anna")
    box = (face.x - 0.01, face.y - 0.005, face.w * 1.15, face.h * 1.1)
    draw_face(house.library, face.photo_id, box, "Anna")
    assert [row.box for row in drawn_in(house, face.photo_id)] == [box]
    house.indexer.spoken(number)
    eventually(lambda: settled(house, face.photo_id))
    (row,) = drawn_in(house, face.photo_id)
    assert (row.box, row.person_id) == (box, face.person_id)
    mine = vector(row.id)
    assert np.linalg.norm(mine) == pytest.approx(1, abs=1e-2)
    assert float(mine @ known) > 0.85
    assert row.quality > 0.1 and row.age is not None and row.gender is not None
    assert house.thumbnails.has_face(row.fingerprint, row.box)
    assert len(faces_in_photo(house.library, face.photo_id)) == 6, "in place of the machine's"

    columns = face_columns(house.library, number, "compact", _version(house))
    assert len(columns.ids) == 23 and row.id not in columns.ids
    people = {p.key: p.face_count for p in list_people(house.library, number)}
    finish(house, house.indexer.cluster(number, rebuild=True))
    assert {p.key: p.face_count for p in list_people(house.library, number)} == people
    for asked in house.suggestions.ask(number):
        assert row.id not in asked.face_ids
        assert row.id not in {witness for witness, _ in asked.reasons.witnesses}
    with pytest.raises(UsageError, match="drew"):
        house.suggestions.explain(number, row.id)
    undo(house.library, number)
    finish(house, house.indexer.index(number))
    found = faces_in_photo(house.library, face.photo_id)
    assert len(found) == 6 and not any(other.drawn for other in found), "the machine sees it again"


def _version(house: House) -> str:
    return next(
        card.version for card in pack_cards(house.paths, house.settings.pack) if card.in_use
    )


def test_a_copy_a_rescan_and_a_returned_folder_have_the_drawn_face(
    house: House, six_people: Path
) -> None:
    number = house.collection.id
    photo = find_photo(house.library, number, six_people / "dark.jpg")
    box = (0.01, 0.8, 0.1, 0.15)  # nobody: the user knows better
    draw_face(house.library, photo.id, box, "Dora")
    shutil.copy(six_people / "dark.jpg", six_people / "copy.jpg")
    (six_people / "dark.jpg").touch()
    finish(house, house.indexer.index(number))
    dora = find_person(house.library, number, "Dora")
    assert dora.face_count == 1 and dora.cover is not None, "a copy is no second photo"
    house.indexer.remove_folder(folders(house.library)[0].id)
    assert person(house.library, dora.id).face_count == 0 and timeline(house.library, number) == []
    finish(house, house.indexer.index(number, [six_people]))
    dora = person(house.library, dora.id)
    assert dora.face_count == 1, "whichever was looked at first has the frame"
    assert pending_photos(house.library, number) == []
    for item in timeline(house.library, number):
        for face in drawn_in(house, item.id):
            assert face.box == box and np.linalg.norm(vector(face.id)) > 0.99


def test_a_face_drawn_while_photos_are_looked_at_is_looked_at_in_the_same_go(
    house: House, six_people: Path
) -> None:
    number = house.collection.id
    photo = find_photo(house.library, number, six_people / "dark.jpg")
    for n in range(6):
        more = (six_people / "whole.jpg").read_bytes() + bytes([n])
        (six_people / f"more{n}.jpg").write_bytes(more)
    house.indexer.pause()
    task_id = house.indexer.index(number)
    eventually(lambda: len(pending_photos(house.library, number)) == 6)
    draw_face(house.library, photo.id, (0.01, 0.8, 0.1, 0.15))
    house.indexer.spoken(number)
    house.indexer.resume()
    finish(house, task_id)
    assert settled(house, photo.id)


def test_strangers_are_left_alone_by_every_grouping(house: House, six_people: Path) -> None:
    number = house.collection.id
    photo = find_photo(house.library, number, six_people / "whole.jpg")
    anna, *others = faces_in_photo(house.library, photo.id)
    move_faces(house.library, [anna.id], "Anna")
    told = say_strangers(house.library, [face.id for face in (anna, *others)]).said
    assert told == "Hid 5 unnamed people"
    for rebuild in (False, True):
        finish(house, house.indexer.cluster(number, rebuild))
        assert {row.name for row in list_people(house.library, number)} <= {"Anna", ""}
        assert sum(p.hidden for p in list_people(house.library, number, include_hidden=True)) == 5
