"""“Nobody I know”: such faces are out of the way, and are found again where the user wants."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.commands.faces import (
    confirm_faces,
    mark_not_a_face,
    move_faces,
    say_strangers,
)
from app.library.commands.forgetting import forget_person
from app.library.commands.people import hide_person, name_person
from app.library.commands.photos import store_look
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import history
from app.library.queries.faces import faces_in_photo, stranger_faces, unnamed_faces
from app.library.queries.people import hidden_people, person
from app.library.queries.photos import counts
from app.library.rows import Placed
from tests.library.columns import face_columns
from tests.library.conftest import LEFT, Cast, a_face, a_look
from tests.library.placing import Placement, store_groups


def strangers(cast: Cast) -> set[int]:
    return {face.id for face in stranger_faces(cast.library, cast.number)}


def unnamed(cast: Cast) -> set[int]:
    return {face.id for face in unnamed_faces(cast.library, cast.number)}


def test_everyone_else_in_a_photo_is_a_stranger_in_one_action(cast: Cast) -> None:
    one, two = cast.lone(1), cast.lone(2)
    groups = [cast.album.person(2, start=start) for start in (30, 40, 50)]
    hide_person(cast.library, groups[2].id)
    some = [one, two, *(cast.faces(group)[0] for group in groups), cast.faces(cast.anna)[0]]
    changes = say_strangers(cast.library, some)
    assert changes.said == "2 faces are strangers; hid 2 unnamed people"
    assert changes.faces == {one, two} and changes.people == {row.id for row in groups[:2]}
    assert strangers(cast) == {one, two} == cast.words().strangers
    assert unnamed(cast) == set()
    assert counts(cast.library, cast.number).unnamed_faces == 0
    hidden = {row.id for row in hidden_people(cast.library, cast.number)}
    assert hidden == {row.id for row in groups}
    assert person(cast.library, cast.anna.id).face_count == 3, "who has a name is left out"
    assert not say_strangers(cast.library, some), "said twice, it is said once"
    assert undo(cast.library, cast.number).faces == {one, two}
    back = {one, two, *cast.faces(groups[0]), *cast.faces(groups[1])}
    assert unnamed(cast) == back and strangers(cast) == set()
    assert [row.id for row in hidden_people(cast.library, cast.number)] == [groups[2].id]
    redo(cast.library, cast.number)
    assert strangers(cast) == {one, two}
    assert len(hidden_people(cast.library, cast.number)) == 3


def test_it_says_what_it_did(cast: Cast) -> None:
    assert say_strangers(cast.library, [cast.lone(1)]).said == "1 face is a stranger"
    group = cast.album.person(2, start=30)
    said = say_strangers(cast.library, cast.faces(group)).said
    assert said == "Hid 1 unnamed person"
    assert not say_strangers(cast.library, cast.faces(cast.anna)), "who has a name is no stranger"
    with pytest.raises(UsageError, match="not in the library"):
        say_strangers(cast.library, [999])
    denied = cast.lone(2)
    mark_not_a_face(cast.library, [denied])
    assert not say_strangers(cast.library, [denied])
    assert len(history(cast.library, cast.number)) == 6


def test_no_grouping_and_no_look_moves_a_stranger(cast: Cast) -> None:
    face = cast.lone()
    say_strangers(cast.library, [face])
    columns = face_columns(cast.library, cast.number, "compact", "1")
    assert face not in columns.ids, "nor is it compared with anybody"
    place = Placement(face, None, cast.anna.id, 0.9)
    store_groups(cast.library, cast.number, [place], 0)
    photo_id = stranger_faces(cast.library, cast.number)[0].photo_id
    for version in ("1", "2"):
        look = a_look("lone0", a_face(LEFT, 500, version), version=version)
        store_look(cast.library, photo_id, look)
        (row,) = stranger_faces(cast.library, cast.number)
        assert row.person_id is None and row.placed is Placed.USER
    copy = cast.lone(1)
    photo = faces_in_photo(cast.library, copy)
    assert photo and copy not in strangers(cast)
    store_look(cast.library, photo[0].photo_id, a_look("lone0", a_face(LEFT, 500)))
    assert strangers(cast) == {row.id}, "a copy is nobody else"


def test_a_later_word_lifts_it_and_says_so(cast: Cast) -> None:
    one, two, three = (cast.lone(n) for n in range(3))
    say_strangers(cast.library, [one, two, three])
    told = move_faces(cast.library, [one], "Dora").said
    assert told == "1 face is Dora. You had said that it is a stranger; that no longer holds."
    told = confirm_faces(cast.library, cast.anna.id, [two]).said
    assert "that it is a stranger; that no longer holds" in told
    told = mark_not_a_face(cast.library, [three]).said
    assert told.startswith("1 is not a face. You had said that it is a stranger")
    assert strangers(cast) == set() == cast.words().strangers
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    assert strangers(cast) == {two, three}
    told = move_faces(cast.library, [two, three], "Dora").said
    assert "that 2 of them are strangers; that no longer holds" in told
    for _ in range(3):
        undo(cast.library, cast.number)
    assert strangers(cast) == set() and {one, two, three} == unnamed(cast)


def test_who_is_hidden_so_may_be_named_and_forgotten(cast: Cast) -> None:
    lone = cast.lone()
    one, two = (cast.album.person(2, start=start) for start in (30, 40))
    say_strangers(cast.library, [lone, *cast.faces(one), *cast.faces(two)])
    name_person(cast.library, one.id, "Emil")
    assert person(cast.library, one.id).hidden
    forget_person(cast.library, one.id)
    rows = {row.kind: row.said for row in history(cast.library, cast.number)}
    assert rows["stranger"] == "1 face is a stranger; hid 1 unnamed person"
    assert strangers(cast) == {lone} and person(cast.library, two.id).hidden
    forget_person(cast.library, two.id)
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    assert strangers(cast) == set()


def test_a_word_only_about_the_forgotten_goes_with_them(cast: Cast) -> None:
    one = cast.album.person(2, start=30)
    say_strangers(cast.library, cast.faces(one))
    forget_person(cast.library, one.id)
    assert "stranger" not in {row.kind for row in history(cast.library, cast.number)}
