"""Forget this person: nothing of them stays, no one else loses anything, no one is learnt again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.errors import UsageError
from app.library.commands.faces import (
    confirm_faces,
    draw_face,
    mark_not_a_face,
    move_faces,
    reject_faces,
    split_faces,
)
from app.library.commands.folders import add_folder, remove_folder
from app.library.commands.forgetting import forget_person
from app.library.commands.people import (
    choose_cover,
    hide_people,
    hide_person,
    merge_people,
    name_person,
    say_different,
    set_birth_year,
    show_people,
    show_person,
)
from app.library.commands.photos import ScanResult, record_scan, store_look
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import (
    can_redo,
    can_undo,
    forgotten_faces,
    history,
    is_forgotten,
    standing,
)
from app.library.queries.faces import faces_in_photo, faces_of, unnamed_faces
from app.library.queries.folders import pending_photos
from app.library.queries.people import list_people, names, person
from app.library.queries.photos import timeline
from app.library.rows import Look
from tests.library.conftest import BELOW, LEFT, RIGHT, Album, Cast, a_face, a_look

NAME = "Philomena Quux"


def traces(album: Album, *secrets: bytes) -> list[tuple[str, int]]:
    """Which files beside the library hold one of the secrets."""
    return [
        (path.name, number)
        for path in sorted(album.library.path.parent.rglob("*"))
        if path.is_file()
        for number, secret in enumerate(secrets)
        if secret in path.read_bytes()
    ]


def embedding(seed: int) -> bytes:
    """The bytes by which the face of this seed would lie in the file."""
    return np.ascontiguousarray(a_face(seed=seed).embedding, dtype="<f2").tobytes()[:64]


def speak_of(album: Album, anna: int, other: int) -> None:
    """Say everything that can be said of a person."""
    library, number = album.library, album.collection_id
    name_person(library, anna, "Philomena Quu")
    name_person(library, anna, NAME)
    set_birth_year(library, anna, 1971)
    say_different(library, anna, other)
    hide_person(library, anna)
    show_person(library, anna)
    faces = [face.id for face in faces_of(library, anna)]
    choose_cover(library, anna, faces[-1])
    confirm_faces(library, anna, faces[:1])
    reject_faces(library, anna, faces[1:2])
    move_faces(library, faces[1:2], NAME)
    merge_people(library, other, [anna])
    undo(library, number)
    merge_people(library, anna, [other])
    undo(library, number)
    name_person(library, anna, NAME + " the second")
    undo(library, number)


def test_nothing_is_left_in_any_file(album: Album) -> None:
    anna, other = album.person(4), album.person(3, start=10)
    backups = album.library.path.parent / "backups"
    backups.mkdir()
    speak_of(album, anna.id, other.id)
    secrets = [NAME.encode(), b"Philomena", *(embedding(seed) for seed in range(4))]
    album.library.scrub()
    (backups / "library-before-migration.db").write_bytes(album.library.path.read_bytes())
    assert {number for _, number in traces(album, *secrets)} == set(range(6)), "they were there"
    forgotten = forget_person(album.library, anna.id)
    assert len(forgotten.places) == 4 and forgotten.changes.said.startswith(
        "Forgot someone. 4 faces"
    )
    assert album.library.scrub()
    assert traces(album, *secrets, anna.key.encode()) == []
    assert names(album.library, album.collection_id) == []
    with pytest.raises(UsageError):
        person(album.library, anna.id)
    assert [row.said for row in history(album.library, album.collection_id)] == ["Forgot someone"]
    assert faces_of(album.library, other.id), "nobody else is touched"


def test_nothing_is_left_of_who_was_hidden_with_others(album: Album) -> None:
    anna, ben, carl = (album.person(2, start=start) for start in (0, 10, 20))
    name_person(album.library, anna.id, NAME)
    hide_people(album.library, [anna.id, ben.id, carl.id])
    show_people(album.library, [anna.id, ben.id])
    undo(album.library, album.collection_id)
    album.library.scrub()
    secrets = [NAME.encode(), anna.key.encode()]
    assert {number for _, number in traces(album, *secrets)} == {0, 1}, "they were there"
    forget_person(album.library, anna.id)
    assert album.library.scrub()
    assert traces(album, *secrets) == []
    assert {row.id for row in album.people() if row.hidden} == {ben.id, carl.id}


def test_a_person_merged_from_others_goes_whole(album: Album) -> None:
    anna, ben = album.person(2), album.person(2, start=10)
    name_person(album.library, ben.id, NAME)
    merge_people(album.library, anna.id, [ben.id])
    assert len(forget_person(album.library, ben.id).places) == 4
    album.library.scrub()
    assert traces(album, NAME.encode(), ben.key.encode(), anna.key.encode()) == []


def test_a_forgotten_face_is_not_stored_again(album: Album) -> None:
    (photo_id,) = album.add("two.jpg")
    store_look(album.library, photo_id, a_look("two", a_face(LEFT, 1), a_face(RIGHT, 2)))
    left, right = faces_in_photo(album.library, photo_id)
    move_faces(album.library, [left.id], "Anna")
    move_faces(album.library, [right.id], "Ben")
    forget_person(album.library, _person_of(album, left.id))
    moved = (LEFT[0] + 0.01, LEFT[1] + 0.01, *LEFT[2:])

    def learns(look: Look) -> list[str]:
        store_look(album.library, photo_id, look)
        return [face.person_name for face in faces_in_photo(album.library, photo_id)]

    both = a_look("two", a_face(moved, 3, "2"), a_face(RIGHT, 4, "2"), version="2")
    assert learns(both) == ["Ben"], "another maker learns nobody"
    assert forgotten_faces(album.library, photo_id, both) == [moved]
    assert is_forgotten(album.library, photo_id, LEFT)
    assert not is_forgotten(album.library, photo_id, RIGHT)
    edited = a_look("edited", a_face(LEFT, 5), a_face(RIGHT, 6))
    assert learns(edited) == ["Ben"], "an edited photo neither"
    (copy_id,) = set(album.add("copy.jpg")) - {photo_id}
    store_look(album.library, copy_id, a_look("two", a_face(LEFT, 1)))
    assert faces_in_photo(album.library, copy_id) == [], "nor a copy"


def _person_of(album: Album, face_id: int) -> int:
    return standing(album.library, album.collection_id).said[face_id]


def test_photos_that_are_gone_or_of_a_removed_folder_count_too(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    gone, *_ = timeline(album.library, album.collection_id)
    scan = ScanResult(missing=[gone.id])
    record_scan(album.library, album.collection_id, album.folder_id, scan)
    assert len(forget_person(album.library, anna.id).places) == 3
    ben = album.person(2, start=10)
    name_person(album.library, ben.id, "Ben")
    remove_folder(album.library, album.folder_id)
    assert len(forget_person(album.library, ben.id).places) == 2
    row = add_folder(album.library, album.collection_id, album.folder)
    back = Album(album.library, album.collection_id, row.id, album.folder)
    (photo_id,) = back.add("10.jpg")
    store_look(album.library, photo_id, a_look("print10", a_face(LEFT, 10)))
    assert faces_in_photo(album.library, photo_id) == []


def test_undoing_only_lets_the_faces_be_seen_again(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    forget_person(album.library, anna.id)
    assert pending_photos(album.library, album.collection_id) == []
    told = undo(album.library, album.collection_id).said
    assert told.startswith("Undone: Forgot someone. ") and "name does not come back" in told
    assert "Anna" not in told
    pending = pending_photos(album.library, album.collection_id)
    assert len(pending) == 3
    for n, (photo_id, _) in enumerate(pending):
        store_look(album.library, photo_id, a_look(f"print{n}", a_face(LEFT, n)))
        (face,) = faces_in_photo(album.library, photo_id)
        assert face.person_id is None
    assert can_undo(album.library, album.collection_id) is None
    assert can_redo(album.library, album.collection_id) is None
    with pytest.raises(UsageError):
        redo(album.library, album.collection_id)


def test_what_was_said_of_others_can_still_be_taken_back(album: Album) -> None:
    anna, ben = album.person(5), album.person(3, start=10)
    faces = [face.id for face in faces_of(album.library, anna.id)]
    name_person(album.library, anna.id, NAME)
    split_faces(album.library, anna.id, faces[:1], "Carl")
    move_faces(album.library, faces[1:2], ben.id)
    name_person(album.library, ben.id, "Ben")
    reject_faces(album.library, ben.id, [faces_of(album.library, ben.id)[0].id])
    statue = faces_of(album.library, ben.id)[0].id
    mark_not_a_face(album.library, [statue])
    forget_person(album.library, anna.id)
    album.library.scrub()
    assert traces(album, NAME.encode(), anna.key.encode()) == []
    words = standing(album.library, album.collection_id)
    assert words.said[faces[0]] != words.said[faces[1]] == ben.id, "they had left already"
    said = [row.said for row in history(album.library, album.collection_id)]
    assert said[-1] == "1 face is Carl" and said[0] == "Forgot someone"
    while can_undo(album.library, album.collection_id):
        undo(album.library, album.collection_id)
    assert names(album.library, album.collection_id) == []
    (left,) = list_people(album.library, album.collection_id)
    assert left.id == ben.id and left.face_count == 3
    left_over = unnamed_faces(album.library, album.collection_id)
    assert {face.id for face in left_over if face.person_id is None} == set(faces[:2])


def test_what_a_forgotten_word_had_overridden_holds_again(cast: Cast) -> None:
    face = cast.faces(cast.anna)[0]
    confirm_faces(cast.library, cast.ben.id, [face])
    reject_faces(cast.library, cast.ben.id, [face])
    assert face not in cast.words().said
    changes = forget_person(cast.library, cast.ben.id).changes
    assert cast.words().said[face] == cast.anna.id and face in cast.faces(cast.anna)
    assert cast.anna.id in changes.people
    assert person(cast.library, cast.anna.id).face_count == 3


def test_a_face_that_was_drawn_as_somebody_forgotten_and_moved_stays_drawn(cast: Cast) -> None:
    photo = timeline(cast.library, cast.number)[0].id
    draw_face(cast.library, photo, BELOW, NAME)
    (drawn,) = (face.id for face in faces_in_photo(cast.library, photo) if face.drawn)
    whom = _person_of(cast.album, drawn)
    draw_face(cast.library, photo, RIGHT, NAME)
    move_faces(cast.library, [drawn], cast.ben.id)
    forget_person(cast.library, whom)
    cast.library.scrub()
    assert traces(cast.album, NAME.encode()) == []
    said = [row.said for row in history(cast.library, cast.number)]
    assert said.count("Drew a face") == 1, "the other frame went with who was in it"
    assert cast.words().said[drawn] == cast.ben.id and is_drawn(cast, photo) == [BELOW]
    for _ in range(3):
        undo(cast.library, cast.number)
    assert is_drawn(cast, photo) == [], "it can be taken back still"


def is_drawn(cast: Cast, photo: int) -> list[tuple[float, ...]]:
    """Where in a photo faces are that were drawn."""
    return [face.box for face in faces_in_photo(cast.library, photo) if face.drawn]


def test_whom_faces_were_split_from_they_still_are_not(cast: Cast) -> None:
    gone, left, _ = cast.faces(cast.anna)
    split_faces(cast.library, cast.anna.id, [gone, left], NAME)
    whom = _person_of(cast.album, left)
    reject_faces(cast.library, whom, [left])
    forget_person(cast.library, whom)
    cast.library.scrub()
    assert traces(cast.album, NAME.encode()) == []
    assert (left, cast.anna.id) in cast.words().refused and left not in cast.faces(cast.anna)
    assert history(cast.library, cast.number)[1].said == "1 face is not Anna"
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    assert left in cast.faces(cast.anna) and not cast.words().refused


def test_scrubbing_a_file_of_nothing_harms_nothing(album: Album, tmp_path: Path) -> None:
    album.person(2)
    assert album.library.scrub()
    assert (tmp_path / "library.db-wal").stat().st_size == 0
