"""Faces that the user drew by hand: there at once, held over everything, teaching nobody."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from app.errors import UsageError
from app.library.commands.faces import (
    draw_face,
    mark_not_a_face,
    move_faces,
    reject_faces,
)
from app.library.commands.folders import add_folder, remove_folder
from app.library.commands.forgetting import forget_person
from app.library.commands.people import choose_cover, merge_people, name_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.commands.undo import redo, undo
from app.library.film import film_y
from app.library.queries.decisions import drawn_boxes, history
from app.library.queries.faces import faces_in_photo, faces_of, unnamed_faces
from app.library.queries.folders import pending_photos
from app.library.queries.people import find_person, list_people, person
from app.library.queries.photos import counts
from app.library.rows import FaceRow, PersonKind, Placed
from tests.library.columns import dismissed_columns, face_columns, people_of_other_makers
from tests.library.conftest import BELOW, LEFT, RIGHT, Album, Box, a_face, a_look


def drawn(album: Album, photo_id: int = 1) -> list[FaceRow]:
    """The drawn faces of a photo."""
    return [face for face in faces_in_photo(album.library, photo_id) if face.drawn]


def look(album: Album, photo_id: int = 1, version: str = "1", fingerprint: str = "print0") -> None:
    """Let a worker look who was told where faces are drawn."""
    boxes = drawn_boxes(album.library, photo_id, fingerprint)
    framed = [replace(a_face(box, 90, version), drawn=True) for box in boxes]
    found = a_look(fingerprint, a_face(LEFT, 0, version), *framed, version=version)
    store_look(album.library, photo_id, found)


def compared(album: Album, version: str = "1") -> set[int]:
    """The faces that a grouping and its questions see."""
    columns = face_columns(album.library, album.collection_id, "compact", version)
    return set(columns.ids.tolist())


def test_it_is_there_at_once_and_embedded_by_the_next_look(album: Album) -> None:
    album.person(3)
    changes = draw_face(album.library, 1, BELOW)
    assert changes.photos == {1} and changes.said == "Drew a face"
    (face,) = drawn(album)
    assert face.box == BELOW and (face.person_id, face.quality, face.pixels) == (None, 0.0, 200)
    assert [number for number, _ in pending_photos(album.library, album.collection_id)] == [1]
    look(album)
    (seen,) = drawn(album)
    assert seen.box == BELOW and seen.quality == 0.9 and seen.age == 30
    assert pending_photos(album.library, album.collection_id) == []
    assert seen in unnamed_faces(album.library, album.collection_id)
    assert counts(album.library, album.collection_id).unnamed_faces == 4
    undone = undo(album.library, album.collection_id)
    assert undone.photos == {1} and drawn(album) == []
    redo(album.library, album.collection_id)
    assert [face.box for face in drawn(album)] == [BELOW]


def test_it_teaches_nobody(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    before = compared(album)
    draw_face(album.library, 1, BELOW, "anna")
    draw_face(album.library, 2, BELOW)
    for _ in range(2):  # bare, then embedded
        assert person(album.library, anna.id).face_count == 4
        assert compared(album) == before
        assert not people_of_other_makers(album.library, album.collection_id, "compact", "1")
        look(album)
        before = {face.id for face in faces_of(album.library, anna.id) if not face.drawn}
    mark_not_a_face(album.library, [face.id for face in drawn(album, 2)])
    assert drawn(album, 2) == []
    none = dismissed_columns(album.library, album.collection_id, "compact", "1")
    assert not none.ids.size and none.is_complete
    undo(album.library, album.collection_id)
    assert len(drawn(album, 2)) == 1


def test_a_person_of_drawn_faces_alone_has_a_card_and_a_cover(album: Album) -> None:
    album.person(3)
    for photo_id in (1, 2, 3):
        draw_face(album.library, photo_id, BELOW, "Dora")
    dora = find_person(album.library, album.collection_id, "Dora")
    assert (dora.face_count, dora.photo_count, dora.kind) == (3, 3, PersonKind.NAMED)
    assert dora.cover is not None and dora.cover.drawn
    assert {face.placed for face in faces_of(album.library, dora.id)} == {Placed.USER}
    for photo_id in (1, 2, 3):
        look(album, photo_id, fingerprint=f"print{photo_id - 1}")
    dora = person(album.library, dora.id)
    assert dora.cover is not None and dora.cover.quality == 0.9 and dora.face_count == 3
    name_person(album.library, dora.id, "Dora B.")
    for _ in range(4):
        undo(album.library, album.collection_id)
    everyone = list_people(album.library, album.collection_id)
    assert [row.name for row in everyone] == [""], "no ghost is left"
    for _ in range(3):
        redo(album.library, album.collection_id)
    assert find_person(album.library, album.collection_id, "Dora").id == dora.id


def test_a_found_face_is_the_better_cover_and_drawn_ones_found_no_group(album: Album) -> None:
    anna = album.person(2)
    for photo_id in album.add("a.jpg", "b.jpg"):
        store_look(album.library, photo_id, a_look(f"x{photo_id}", a_face(LEFT, 60, quality=0.1)))
        draw_face(album.library, photo_id, BELOW)
        look(album, photo_id, fingerprint=f"x{photo_id}")
        move_faces(album.library, [face.id for face in drawn(album, photo_id)], anna.id)
    row = person(album.library, anna.id)
    assert row.face_count == 4 and row.kind is PersonKind.SMALL
    assert row.cover is not None and not row.cover.drawn


@pytest.mark.parametrize("name", ["", "Ben"])
def test_a_frame_round_a_known_face_says_who_it_is(album: Album, name: str) -> None:
    anna = album.person(3)
    near: Box = (LEFT[0] + 0.03, LEFT[1] + 0.02, *LEFT[2:])
    if not name:
        with pytest.raises(UsageError, match="a face here already"):
            draw_face(album.library, 1, near)
        assert history(album.library, album.collection_id) == []
        return
    assert draw_face(album.library, 1, near, name).said == "1 face is Ben"
    (face,) = faces_in_photo(album.library, 1)
    assert face.person_name == "Ben" and not face.drawn
    mark_not_a_face(album.library, [face.id])
    with pytest.raises(UsageError, match="counts as no face"):
        draw_face(album.library, 1, near)
    assert "not a face; that no longer holds" in draw_face(album.library, 1, near, "Ben").said
    assert person(album.library, anna.id).face_count == 2


@pytest.mark.parametrize(
    "box",
    [(-0.1, 0.1, 0.2, 0.2), (0.9, 0.1, 0.2, 0.2), (0.1, 0.9, 0.2, 0.2), (0.1, 0.1, 0.0, 0.2),
     (0.1, 0.1, -0.2, 0.2), (0.5, 0.5, 0.007, 0.5), (math.nan, 0.1, 0.2, 0.2),
     (0.1, 0.1, math.inf, 0.2)],
)  # fmt: skip
def test_no_face_is_drawn_where_none_can_be(album: Album, box: Box) -> None:
    album.person(1)
    with pytest.raises(UsageError, match="frame"):
        draw_face(album.library, 1, box)
    with pytest.raises(UsageError, match="no such photo"):
        draw_face(album.library, 99, BELOW)
    assert history(album.library, album.collection_id) == []


def test_in_a_video_a_frame_lies_within_one_moment(album: Album) -> None:
    (number,) = album.add("a.mp4")
    film = replace(a_look("film"), duration=3.0, content_type="video/mp4")
    store_look(album.library, number, film)
    draw_face(album.library, 1, (0.4, film_y(0.5, 1.5), 0.2, 0.3))
    draw_face(album.library, 1, (0.4, film_y(0.5, 2.5), 0.2, 0.3))
    assert [(face.moment, face.frame_y) for face in drawn(album)] == [(1.5, 0.5), (2.5, 0.5)]
    draw_face(album.library, 1, (0.4, film_y(0.7, 0.5), 0.2, 0.3 + 1e-7))
    assert sorted(face.frame_y + face.h for face in drawn(album))[-1] <= 1
    for box in ((0.4, film_y(0.8, 1.5), 0.2, 0.3), (0.4, film_y(0.5, 9.5), 0.2, 0.3)):
        with pytest.raises(UsageError, match="does not lie"):
            draw_face(album.library, 1, box)


def test_a_frame_up_to_the_edge_is_kept_inside(album: Album) -> None:
    album.person(1)
    draw_face(album.library, 1, (0.7, 0.6, 0.30000000004, 0.4))
    (face,) = drawn(album)
    assert face.x + face.w <= 1 and face.box == pytest.approx((0.7, 0.6, 0.3, 0.4))


def test_it_survives_another_pack_a_move_and_an_absence(album: Album) -> None:
    album.person(3)
    draw_face(album.library, 1, BELOW, "Dora")
    look(album)
    look(album, version="2")
    for scan in (
        ScanResult(moved=[(1, SeenFile(album.folder / "else" / "0.jpg", 10, 11))]),
        ScanResult(missing=[1]),
        ScanResult(returned=[1]),
    ):
        record_scan(album.library, album.collection_id, album.folder_id, scan)
    (face,) = drawn(album)
    assert (face.box, face.person_name, face.quality) == (BELOW, "Dora", 0.9)
    assert find_person(album.library, album.collection_id, "Dora").face_count == 1


def test_it_is_in_the_photo_and_in_what_a_copy_was_edited_to(album: Album) -> None:
    album.person(3)
    (copy,) = album.add("copy.jpg")
    store_look(album.library, copy, a_look("print0", a_face(LEFT, 0)))
    assert 1 in draw_face(album.library, 1, BELOW, "Dora").photos
    assert [face.person_name for face in drawn(album)] == ["Dora"]
    assert drawn(album, copy) == [], "a copy has no faces of its own"
    assert drawn_boxes(album.library, 1, "edited") == [BELOW], "the worker has to know before"
    look(album, 1, fingerprint="edited")
    (face,) = drawn(album)
    assert (face.person_name, face.fingerprint) == ("Dora", "print0"), "it lives on in the copy"
    (face,) = drawn(album, copy)
    assert (face.box, face.person_name, face.fingerprint) == (BELOW, "Dora", "edited")
    undo(album.library, album.collection_id)
    assert not (drawn(album) or drawn(album, copy))


def test_it_comes_back_with_its_folder(album: Album) -> None:
    album.person(3)
    draw_face(album.library, 1, BELOW, "Dora")
    draw_face(album.library, 2, RIGHT)
    remove_folder(album.library, album.folder_id)
    album.folder_id = add_folder(album.library, album.collection_id, album.folder).id
    one, two = album.add("0.jpg", "1.jpg")
    assert drawn_boxes(album.library, one) == [] and drawn_boxes(album.library, one, "print0")
    look(album, one)
    look(album, two, fingerprint="print1")
    assert [face.person_name for face in drawn(album, one)] == ["Dora"]
    assert [face.box for face in drawn(album, two)] == [RIGHT]


def test_what_the_machine_finds_there_later_is_it(album: Album) -> None:
    """A worker who was told puts the drawn face in its place; without that the word holds for the
    found one, and undo lets the machine have it."""
    album.person(3)
    draw_face(album.library, 1, RIGHT, "Dora")
    near: Box = (RIGHT[0] + 0.02, *RIGHT[1:])
    store_look(album.library, 1, a_look("print0", a_face(LEFT, 0), a_face(near, 7)))
    _, face = faces_in_photo(album.library, 1)
    assert (face.box, face.person_name, face.drawn) == (near, "Dora", False)
    undo(album.library, album.collection_id)
    _, face = faces_in_photo(album.library, 1)
    assert face.person_id is None and face.placed is Placed.MACHINE
    redo(album.library, album.collection_id)
    look(album)
    undo(album.library, album.collection_id)
    assert [number for number, _ in pending_photos(album.library, album.collection_id)] == [1], (
        "another look tells what the frame had covered"
    )


def test_a_look_that_knew_of_a_face_taken_back_does_not_bring_it(album: Album) -> None:
    album.person(3)
    draw_face(album.library, 1, BELOW)
    late = a_look("print0", a_face(LEFT, 0), replace(a_face(BELOW, 90), drawn=True))
    undo(album.library, album.collection_id)
    store_look(album.library, 1, late)
    assert drawn(album) == []
    assert [number for number, _ in pending_photos(album.library, album.collection_id)] == [1]


def test_other_words_about_it(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    draw_face(album.library, 1, BELOW)
    number = drawn(album)[0].id
    move_faces(album.library, [number], "Dora")
    dora = find_person(album.library, album.collection_id, "Dora")
    choose_cover(album.library, dora.id, number)
    merge_people(album.library, anna.id, [dora.id])
    look(album)
    (face,) = drawn(album)
    assert face.person_name == "Anna"
    reject_faces(album.library, anna.id, [face.id])
    assert drawn(album)[0].person_id is None
    for _ in range(3):
        undo(album.library, album.collection_id)
    look(album)
    assert drawn(album)[0].person_name == "Dora"


def test_forgetting_the_person_erases_it_for_good(album: Album) -> None:
    album.person(3)
    draw_face(album.library, 1, BELOW, "Dora")
    draw_face(album.library, 2, BELOW)
    move_faces(album.library, [face.id for face in drawn(album, 2)], "Dora")
    look(album, 2, fingerprint="edited")
    dora = find_person(album.library, album.collection_id, "Dora")
    forgotten = forget_person(album.library, dora.id)
    assert set(forgotten.places) == {("print0", BELOW), ("print1", BELOW), ("edited", BELOW)}
    assert [row.kind for row in history(album.library, album.collection_id)] == ["forget"]
    look(album)
    look(album, 2, fingerprint="print1")  # as it was before it was edited
    assert not drawn(album) and not drawn(album, 2)
    with pytest.raises(UsageError, match="forgotten"):
        draw_face(album.library, 1, BELOW)


def test_a_frame_beside_a_forgotten_face_stays(album: Album) -> None:
    anna = album.person(3)
    draw_face(album.library, 1, BELOW, "Dora")
    forget_person(album.library, anna.id)
    look(album)
    assert [face.person_name for face in drawn(album)] == ["Dora"]
