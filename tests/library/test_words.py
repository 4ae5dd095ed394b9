"""Every kind of word: what it does, what it overrides, taken back, said again, after reopening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from app.errors import UsageError
from app.library.commands.faces import (
    confirm_faces,
    draw_face,
    mark_not_a_face,
    move_faces,
    reject_faces,
    say_strangers,
    split_faces,
)
from app.library.commands.people import (
    choose_cover,
    hide_person,
    merge_people,
    name_person,
    say_different,
    set_birth_year,
    show_person,
)
from app.library.commands.photos import store_look
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import can_redo, can_undo, history
from app.library.queries.faces import faces_in_photo, faces_of, unnamed_faces
from app.library.queries.people import find_person, list_people, names, person
from app.library.rows import Placed
from tests.library.conftest import BELOW, LEFT, Album, Cast, a_face, a_look


def nobodies(cast: Cast) -> list[int]:
    """Faces of nobody, or of people without a name."""
    faces = unnamed_faces(cast.library, cast.number)
    without = [face for row in cast.album.people() if not row.name
               for face in faces_of(cast.library, row.id)]  # fmt: skip
    return [face.id for face in (*faces, *without)]


SAYINGS: dict[str, tuple[Callable[[Cast], object], str]] = {
    "name": (lambda c: name_person(c.library, c.anna.id, "Anne"), "Renamed Anna to Anne"),
    "merge": (lambda c: merge_people(c.library, c.anna.id, [c.ben.id]), "Merged Ben into Anna"),
    "different": (
        lambda c: say_different(c.library, c.anna.id, c.ben.id),
        "Anna and Ben are different people",
    ),
    "confirm": (
        lambda c: confirm_faces(c.library, c.anna.id, c.faces(c.anna)[:2] + c.faces(c.ben)[:1]),
        "Confirmed 3 faces of Anna",
    ),
    "reject": (
        lambda c: reject_faces(c.library, c.anna.id, c.faces(c.anna)[:1]),
        "1 face is not Anna",
    ),
    "move": (lambda c: move_faces(c.library, c.faces(c.anna)[:2], "Dora"), "2 faces are Dora"),
    "split": (
        lambda c: split_faces(c.library, c.anna.id, c.faces(c.anna)[:2], "Dora"),
        "2 faces are Dora, not Anna",
    ),
    "not_a_face": (lambda c: mark_not_a_face(c.library, c.faces(c.anna)[:1]), "1 is not a face"),
    "hide": (lambda c: hide_person(c.library, c.anna.id), "Hid Anna"),
    "cover": (
        lambda c: choose_cover(c.library, c.anna.id, c.faces(c.anna)[0]),
        "Chose a cover for Anna",
    ),
    "draw": (lambda c: draw_face(c.library, 1, BELOW, "Dora"), "Drew a face of Dora"),
    "stranger": (
        lambda c: say_strangers(c.library, nobodies(c)),
        "1 face is a stranger; hid 1 unnamed person",
    ),
    "birth": (lambda c: set_birth_year(c.library, c.anna.id, 1980), "Anna was born in 1980"),
}


@pytest.mark.parametrize("kind", SAYINGS)
def test_every_word_is_a_row_with_an_inverse_that_works_after_a_restart(
    cast: Cast, kind: str
) -> None:
    cast.lone()
    cast.album.person(2, start=30)
    say, said = SAYINGS[kind]
    before = cast.picture()
    say(cast)
    after = cast.picture()
    assert after != before, "it did something"
    newest = history(cast.library, cast.number)[0]
    assert (newest.kind, newest.said, newest.undone) == (kind, said, False)
    cast.reopen()
    assert can_undo(cast.library, cast.number) == said
    assert undo(cast.library, cast.number).said == f"Undone: {said}"
    assert cast.picture() == before
    assert history(cast.library, cast.number)[0].undone
    cast.reopen()
    assert can_redo(cast.library, cast.number) == said
    redo(cast.library, cast.number)
    assert cast.picture() == after
    undo(cast.library, cast.number)
    assert cast.picture() == before


def test_showing_is_the_inverse_of_hiding(cast: Cast) -> None:
    hide_person(cast.library, cast.anna.id)
    before = cast.picture()
    show_person(cast.library, cast.anna.id)
    assert not person(cast.library, cast.anna.id).hidden
    undo(cast.library, cast.number)
    assert cast.picture() == before


@pytest.mark.parametrize("kind", ["move", "split"])
def test_a_person_made_by_a_word_leaves_no_ghost_and_comes_back_the_same(
    cast: Cast, kind: str
) -> None:
    SAYINGS[kind][0](cast)
    dora = find_person(cast.library, cast.number, "Dora")
    undo(cast.library, cast.number)
    assert "Dora" not in names(cast.library, cast.number)
    assert dora.id not in {row.id for row in cast.album.people()}
    with pytest.raises(UsageError):
        find_person(cast.library, cast.number, "Dora")
    redo(cast.library, cast.number)
    again = find_person(cast.library, cast.number, "Dora")
    assert (again.id, again.key, again.face_count) == (dora.id, dora.key, 2)


def test_confirmed_faces_are_placed_by_the_user(cast: Cast) -> None:
    face = cast.faces(cast.ben)[0]
    confirm_faces(cast.library, cast.anna.id, [face])
    shown = cast.face(face)
    assert shown and (shown.person_id, shown.placed) == (cast.anna.id, Placed.USER)
    assert face in cast.words().firm


def test_a_suggestion_can_be_answered_with_no(cast: Cast) -> None:
    face = cast.faces(cast.ben)[0]
    reject_faces(cast.library, cast.anna.id, [face])
    assert cast.faces(cast.ben)[0] == face, "it stays where it was"
    assert (face, cast.anna.id) in cast.words().refused


def test_split_faces_are_not_that_person_any_more(cast: Cast) -> None:
    faces = cast.faces(cast.anna)[:2]
    split_faces(cast.library, cast.anna.id, faces)
    words = cast.words()
    (new,) = {words.said[face] for face in faces}
    assert words.refused == {(face, cast.anna.id) for face in faces}
    assert words.apart == {(cast.anna.id, new)} and new in words.kept
    assert person(cast.library, new).name == ""
    with pytest.raises(UsageError, match="belongs"):
        split_faces(cast.library, cast.anna.id, faces)
    with pytest.raises(UsageError, match="Ben already"):
        split_faces(cast.library, cast.anna.id, cast.faces(cast.anna), "ben")
    merge_people(cast.library, cast.anna.id, [new])
    assert cast.words().refused == frozenset() and cast.words().apart == frozenset()


def test_a_year_of_birth(cast: Cast) -> None:
    for year in (1799, datetime.now().year + 2):
        with pytest.raises(UsageError, match="between"):
            set_birth_year(cast.library, cast.anna.id, year)
    set_birth_year(cast.library, cast.anna.id, 1980)
    assert not set_birth_year(cast.library, cast.anna.id, 1980), "said twice, it is said once"
    assert cast.words().births == {cast.anna.id: 1980}
    assert person(cast.library, cast.anna.id).birth_year == 1980
    confirm_faces(cast.library, cast.anna.id, cast.faces(cast.anna)[:1])
    told = set_birth_year(cast.library, cast.anna.id, 2021).said
    assert told == (
        "Anna was born in 2021. 1 face that you placed is in photos taken before 2021. "
        "2 faces in photos taken before 2021 will leave at the next grouping."
    )
    set_birth_year(cast.library, cast.anna.id, None)
    assert cast.words().births == {} and person(cast.library, cast.anna.id).birth_year is None


def test_a_chosen_cover_outlives_another_look(cast: Cast) -> None:
    wanted = faces_of(cast.library, cast.anna.id)[-1]
    choose_cover(cast.library, cast.anna.id, wanted.id)
    again = a_look(wanted.fingerprint, a_face(LEFT, 70, "2", quality=0.1), version="2")
    store_look(cast.library, wanted.photo_id, again)
    cover = person(cast.library, cast.anna.id).cover
    assert cover and cover.photo_id == wanted.photo_id


def test_a_word_said_again_takes_along_who_came_since(cast: Cast) -> None:
    merge_people(cast.library, cast.anna.id, [cast.ben.id])
    undo(cast.library, cast.number)
    (photo_id,) = cast.album.add("late.jpg")
    store_look(cast.library, photo_id, a_look("late", a_face(seed=60)))
    late = faces_in_photo(cast.library, photo_id)[0].id
    cast.library.write(lambda: cast.library.sql(
        "UPDATE face SET person_id = ? WHERE id = ?", (cast.ben.id, late)
    ))  # fmt: skip
    redo(cast.library, cast.number)
    assert cast.words().said[late] == cast.anna.id
    undo(cast.library, cast.number)
    assert late in cast.faces(cast.ben)


def test_one_collection_does_not_speak_for_another(album: Album) -> None:
    from app.library.commands.folders import add_folder, create_collection

    anna = album.person(2)
    door = create_collection(album.library, "Door")
    row = add_folder(album.library, door.id, album.folder)
    other = Album(album.library, door.id, row.id, album.folder)
    (photo_id,) = other.add("0.jpg")
    store_look(album.library, photo_id, a_look("print0", a_face(LEFT, 0)))
    same = next(f for f in faces_of(album.library, anna.id) if f.fingerprint == "print0")
    move_faces(album.library, [same.id], "Anna")
    assert faces_in_photo(album.library, photo_id)[0].person_id is None
    there = faces_in_photo(album.library, photo_id)[0].id
    with pytest.raises(UsageError, match="two collections"):
        move_faces(album.library, [same.id, there], "Ben")
    with pytest.raises(UsageError, match="another collection"):
        confirm_faces(album.library, anna.id, [there])
    assert list_people(album.library, door.id) == []
