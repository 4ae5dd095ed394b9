"""What the user says: carried out, taken back, and stronger than the machine."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.commands.faces import mark_not_a_face, move_faces, reject_faces
from app.library.commands.forgetting import forget_person
from app.library.commands.people import (
    choose_cover,
    hide_person,
    merge_people,
    name_person,
    show_person,
)
from app.library.commands.photos import ScanResult, record_scan, store_look
from app.library.commands.undo import redo, redo_through, undo, undo_after
from app.library.database import Library
from app.library.queries.decisions import can_redo, can_undo, history, standing
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.people import find_person, list_people, names, person
from app.library.queries.photos import photo
from app.library.rows import PersonKind, Placed
from app.library.subjects import clean_name
from app.progress import Steps
from tests.library.conftest import LEFT, RIGHT, Album, a_face, a_look
from tests.library.placing import Placement, store_groups

State = dict[str, tuple[str, bool, tuple[int, ...]]]


def state(album: Album) -> State:
    """Everyone with a face: name, hidden, faces."""
    return {
        row.key: (
            row.name,
            row.hidden,
            tuple(sorted(face.id for face in faces_of(album.library, row.id))),
        )
        for row in album.people()
    }


def test_a_name_makes_a_group_a_named_person(album: Album) -> None:
    row = album.person(3)
    assert row.kind is PersonKind.GROUP
    changes = name_person(album.library, row.id, "  Anna\tMaria ")
    assert changes.people == {row.id} and changes.said == "Named Anna Maria"
    named = find_person(album.library, album.collection_id, "anna maria")
    assert (named.id, named.kind, named.name) == (row.id, PersonKind.NAMED, "Anna Maria")
    assert names(album.library, album.collection_id) == ["Anna Maria"]


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\u200b\x00"])
def test_a_name_needs_a_letter(name: str) -> None:
    with pytest.raises(UsageError):
        clean_name(name)


def test_a_taken_name_is_refused_or_merges(album: Album) -> None:
    anna, other = album.person(3), album.person(2, start=10)
    name_person(album.library, anna.id, "Anna")
    with pytest.raises(UsageError, match="merge"):
        name_person(album.library, other.id, "ANNA")
    name_person(album.library, other.id, "anna", merge=True)
    (row,) = album.people()
    assert (row.id, row.name, row.face_count) == (anna.id, "Anna", 5)


def test_merging_keeps_ids_findable_and_can_be_undone(album: Album) -> None:
    anna, other = album.person(3), album.person(2, start=10)
    name_person(album.library, other.id, "Ben")
    before = state(album)
    merge_people(album.library, anna.id, [other.id])
    assert person(album.library, other.id).id == anna.id
    assert find_person(album.library, album.collection_id, other.key).id == anna.id
    assert person(album.library, anna.id).name == "Ben", "the only name there is stays"
    undo(album.library, album.collection_id)
    assert state(album) == before


def test_merging_a_person_with_itself_is_refused(album: Album) -> None:
    anna = album.person(3)
    with pytest.raises(UsageError):
        merge_people(album.library, anna.id, [anna.id])
    assert can_undo(album.library, album.collection_id) is None


def test_not_anna_holds_against_the_next_grouping(album: Album) -> None:
    anna = album.person(4)
    name_person(album.library, anna.id, "Anna")
    face = faces_of(album.library, anna.id)[0]
    reject_faces(album.library, anna.id, [face.id])
    assert standing(album.library, album.collection_id).refused == {(face.id, anna.id)}
    store_groups(album.library, album.collection_id, [Placement(face.id, None, anna.id, 0.9)], 0)
    assert faces_in_photo(album.library, face.photo_id)[0].person_id is None
    assert face.id not in standing(album.library, album.collection_id).said


def test_a_face_the_user_placed_never_moves(album: Album) -> None:
    anna, other = album.person(3), album.person(3, start=10)
    face = faces_of(album.library, anna.id)[0]
    move_faces(album.library, [face.id], "Carl")
    carl = find_person(album.library, album.collection_id, "Carl")
    store_groups(
        album.library, album.collection_id, [Placement(face.id, carl.id, other.id, 0.9)], 0
    )
    placed = faces_in_photo(album.library, face.photo_id)[0]
    assert (placed.person_id, placed.placed) == (carl.id, Placed.USER)


def test_a_grouping_does_not_overrule_what_was_said_while_it_ran(album: Album) -> None:
    anna, other = album.person(3), album.person(2, start=10)
    stale = [Placement(f.id, other.id, anna.id, 0.9) for f in faces_of(album.library, other.id)]
    move_faces(album.library, [stale[0].face_id], "Carl")
    store_groups(album.library, album.collection_id, stale, 0)
    carl = find_person(album.library, album.collection_id, "Carl")
    assert carl.face_count == 1


def test_decisions_hold_for_a_photo_looked_at_again(album: Album) -> None:
    (photo_id,) = album.add("two.jpg")
    store_look(album.library, photo_id, a_look("two", a_face(LEFT, 1), a_face(RIGHT, 2)))
    left, right = faces_in_photo(album.library, photo_id)
    move_faces(album.library, [left.id], "Anna")
    mark_not_a_face(album.library, [right.id])
    moved = (LEFT[0] + 0.01, *LEFT[1:])
    again = a_look("two", a_face(moved, 3, "2"), a_face(RIGHT, 4, "2"), version="2")
    store_look(album.library, photo_id, again)
    (face,) = faces_in_photo(album.library, photo_id)
    assert (face.person_name, face.placed) == ("Anna", Placed.USER)


def test_decisions_hold_where_a_copy_takes_the_place_of_a_photo(album: Album) -> None:
    (photo_id,) = album.add("one.jpg")
    store_look(album.library, photo_id, a_look("same", a_face()))
    move_faces(album.library, [faces_in_photo(album.library, photo_id)[0].id], "Anna")
    (copy_id,) = album.add("copy.jpg")
    store_look(album.library, copy_id, a_look("same", a_face()))
    assert faces_in_photo(album.library, copy_id) == [], "one content, one photo"
    assert photo(album.library, photo_id).copies == (album.folder / "copy.jpg",)
    scan = ScanResult(missing=[photo_id])
    record_scan(album.library, album.collection_id, album.folder_id, scan)
    assert photo(album.library, photo_id).path.name == "copy.jpg"
    assert faces_in_photo(album.library, photo_id)[0].person_name == "Anna"


def test_an_edited_photo_keeps_what_was_said_of_it(album: Album) -> None:
    anna = album.person(3)
    face = faces_of(album.library, anna.id)[0]
    reject_faces(album.library, anna.id, [face.id])
    store_look(album.library, face.photo_id, a_look("edited", a_face(LEFT, 99)))
    new = faces_in_photo(album.library, face.photo_id)[0]
    assert (new.id, anna.id) in standing(album.library, album.collection_id).refused


def test_hide_show_and_cover(album: Album) -> None:
    anna = album.person(3)
    hide_person(album.library, anna.id)
    assert not hide_person(album.library, anna.id), "said twice, it is said once"
    assert list_people(album.library, album.collection_id) == []
    show_person(album.library, anna.id)
    assert len(list_people(album.library, album.collection_id)) == 1
    wanted = faces_of(album.library, anna.id)[-1]
    choose_cover(album.library, anna.id, wanted.id)
    shown = person(album.library, anna.id).cover
    assert shown is not None and (shown.id, shown.placed) == (wanted.id, Placed.USER)
    with pytest.raises(UsageError):
        choose_cover(album.library, anna.id, 999_999)


def test_a_named_person_keeps_the_cover_by_which_it_is_known(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    cover = person(album.library, anna.id).cover
    (photo_id,) = album.add("better.jpg")
    store_look(album.library, photo_id, a_look("better", a_face(seed=77, quality=1.0)))
    face = faces_in_photo(album.library, photo_id)[0]
    place = Placement(face.id, None, anna.id, 0.99)
    store_groups(album.library, album.collection_id, [place], 0)
    assert person(album.library, anna.id).face_count == 4
    assert person(album.library, anna.id).cover == cover


def test_undo_and_redo_work_after_reopening(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    album.library.close()
    library = Library.open(album.library.path)
    assert can_undo(library, album.collection_id) == "Named Anna"
    assert undo(library, album.collection_id).said == "Undone: Named Anna"
    assert person(library, anna.id).name == ""
    assert can_redo(library, album.collection_id) == "Named Anna"
    redo(library, album.collection_id)
    assert person(library, anna.id).name == "Anna"
    with pytest.raises(UsageError):
        redo(library, album.collection_id)
    library.close()
    album.library = Library.open(library.path)


def test_a_new_word_ends_redo(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    undo(album.library, album.collection_id)
    name_person(album.library, anna.id, "Berta")
    with pytest.raises(UsageError):
        redo(album.library, album.collection_id)


def test_people_the_user_spoke_of_are_kept(album: Album) -> None:
    anna, other = album.person(3), album.person(3, start=10)
    name_person(album.library, anna.id, "Anna")
    assert standing(album.library, album.collection_id).kept == {anna.id}
    reject_faces(album.library, other.id, [faces_of(album.library, other.id)[0].id])
    assert standing(album.library, album.collection_id).kept == {anna.id, other.id}


def test_everything_said_after_a_word_is_taken_back_and_said_again(album: Album) -> None:
    library, number = album.library, album.collection_id
    anna = album.person(3)
    for name in ("Anna", "Berta", "Clara", "Dora"):
        name_person(library, anna.id, name)
    words = history(library, number)
    assert undo_after(library, number, words[2].id, Steps()).said == "Took back 2 things"
    assert [row.undone for row in history(library, number)] == [True, True, False, False]
    assert person(library, anna.id).name == "Berta"
    steps = Steps()
    assert redo_through(library, number, words[0].id, steps).said == "Said again 2 things"
    assert steps.done == 2 and person(library, anna.id).name == "Dora"
    assert undo_after(library, number, words[1].id, Steps()).said.startswith("Undone: ")
    with pytest.raises(UsageError):
        undo_after(library, number, words[1].id, Steps())
    with pytest.raises(UsageError):
        redo_through(library, number, words[1].id, Steps())


def test_the_wish_to_stop_is_heard_between_two_words(album: Album) -> None:
    library, number = album.library, album.collection_id
    anna = album.person(3)
    for name in ("Anna", "Berta"):
        name_person(library, anna.id, name)
    steps = Steps()
    steps.token.cancel()
    assert not undo_after(library, number, 0, steps)
    assert steps.done == 0 and person(library, anna.id).name == "Berta"


def test_what_does_not_come_back_is_told_once(album: Album) -> None:
    library, number = album.library, album.collection_id
    anna, ben = album.person(3), album.person(3, start=10)
    forget_person(library, anna.id)
    name_person(library, ben.id, "Ben")
    said = undo_after(library, number, 0, Steps()).said
    assert said.startswith("Took back 2 things. The name does not come back")
