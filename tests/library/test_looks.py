"""Faces by id, and how the faces of a person look."""

from __future__ import annotations

from app.library.commands.faces import mark_not_a_face
from app.library.models import Face, Photo
from app.library.queries.faces import faces_by_id, faces_of, looks
from app.library.queries.photos import photos_of, timeline
from app.library.rows import Looks
from tests.library.conftest import Album


def test_faces_come_in_the_order_asked_for(album: Album) -> None:
    anna = album.person(4)
    ids = [face.id for face in faces_of(album.library, anna.id)]
    wanted = [ids[2], ids[0], ids[3]]
    assert [face.id for face in faces_by_id(album.library, wanted)] == wanted
    assert faces_by_id(album.library, []) == []


def test_what_is_no_face_is_left_out(album: Album) -> None:
    anna = album.person(4)
    ids = [face.id for face in faces_of(album.library, anna.id)]
    mark_not_a_face(album.library, ids[:1])
    assert [face.id for face in faces_by_id(album.library, [*ids, 10_000])] == ids[1:]


def test_a_few_wrong_ages_do_not_widen_the_estimate(album: Album) -> None:
    anna = album.person(20)
    for number, face in enumerate(faces_of(album.library, anna.id)):
        age = {0: 3.0, 1: 95.0}.get(number, 30.0 + number % 4)
        Face.update(age=age, gender="female", gender_confidence=0.9).where(
            Face.id == face.id
        ).execute()
    assert looks(album.library, anna.id) == Looks(30, 33, "female", 20, 33, 3, 95)


def test_faces_that_do_not_agree_tell_no_gender(album: Album) -> None:
    anna = album.person(4)
    for number, face in enumerate(faces_of(album.library, anna.id)):
        gender = ("female", "male")[number % 2]
        Face.update(age=None, gender=gender, gender_confidence=0.9).where(
            Face.id == face.id
        ).execute()
    assert looks(album.library, anna.id) == Looks(None, None, None, 4)


def test_a_photo_says_whether_its_date_is_the_cameras(album: Album) -> None:
    anna = album.person(3)
    first = photos_of(album.library, [anna.id])[0]
    Photo.update(taken_from="exif").execute()
    Photo.update(taken_from="file").where(Photo.id == first.id).execute()
    dated = {item.id: bool(item.is_dated) for item in timeline(album.library, album.collection_id)}
    assert not dated.pop(first.id) and all(dated.values())
