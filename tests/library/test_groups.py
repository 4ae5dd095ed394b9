"""What a grouping run proposes, when the album has moved on meanwhile."""

from __future__ import annotations

from app.library.commands.faces import reject_faces
from app.library.commands.forgetting import forget_person
from app.library.commands.people import choose_cover, name_person, set_birth_year
from app.library.commands.photos import ScanResult, record_scan, store_look
from app.library.commands.undo import undo
from app.library.queries.decisions import standing
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.people import person
from app.library.rows import Placed
from tests.library.columns import face_columns
from tests.library.conftest import Album, a_face, a_look
from tests.library.placing import Placement, store_groups


def _new(album: Album) -> set[int]:
    columns = face_columns(album.library, album.collection_id, "compact", "1")
    return set(columns.ids[columns.is_new].tolist())


def test_a_face_for_someone_who_vanished_meanwhile_is_considered_again(album: Album) -> None:
    anna = album.person(3)
    (photo,) = album.add("new.jpg")
    store_look(album.library, photo, a_look("new", a_face(seed=50)))
    face = faces_in_photo(album.library, photo)[0].id
    forget_person(album.library, anna.id)
    place = Placement(face, None, anna.id, 0.9)
    store_groups(album.library, album.collection_id, [place], 0)
    assert faces_in_photo(album.library, photo)[0].person_id is None
    assert _new(album) == {face}


def test_a_face_that_was_spoken_of_meanwhile_is_considered_again(album: Album) -> None:
    anna = album.person(3)
    face = faces_of(album.library, anna.id)[0].id
    reject_faces(album.library, anna.id, [face])
    place = Placement(face, anna.id, anna.id, 0.9)
    store_groups(album.library, album.collection_id, [place], 0)
    assert _new(album) == {face}


def test_an_unnamed_person_whose_photos_are_gone_is_waited_for(album: Album) -> None:
    anna = album.person(3)
    photos = [face.photo_id for face in faces_of(album.library, anna.id)]
    scan = ScanResult(missing=photos)
    record_scan(album.library, album.collection_id, album.folder_id, scan)
    store_groups(album.library, album.collection_id, [], 0)
    assert album.people() == []
    scan = ScanResult(returned=photos)
    record_scan(album.library, album.collection_id, album.folder_id, scan)
    (row,) = album.people()
    assert (row.id, row.key, row.face_count) == (anna.id, anna.key, 3)


def test_the_face_that_stands_for_someone_is_theirs(album: Album) -> None:
    anna, ben = album.person(3), album.person(3, start=10)
    face = faces_of(album.library, anna.id)[1].id
    choose_cover(album.library, anna.id, face)
    place = Placement(face, anna.id, ben.id, 0.9)
    store_groups(album.library, album.collection_id, [place], 0)
    cover = person(album.library, anna.id).cover
    assert cover is not None and (cover.id, cover.placed) == (face, Placed.USER)
    undo(album.library, album.collection_id)
    assert {row.placed for row in faces_of(album.library, anna.id)} == {Placed.MACHINE}
    store_groups(album.library, album.collection_id, [place], 0)
    assert face in {row.id for row in faces_of(album.library, ben.id)}


def test_a_year_of_birth_is_told_whom_it_will_release(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    assert len(standing(album.library, album.collection_id).said) == 3
    changes = set_birth_year(album.library, anna.id, 2021)
    assert changes.said == (
        "Anna was born in 2021. 3 faces in photos taken before 2021 will leave at the next "
        "grouping."
    )
    words = standing(album.library, album.collection_id)
    assert not words.said and words.kept == {anna.id}
    undo(album.library, album.collection_id)
    assert len(standing(album.library, album.collection_id).said) == 3
