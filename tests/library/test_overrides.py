"""Of two words that contradict each other the later one stands, and the user is told."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.commands.faces import (
    confirm_faces,
    mark_not_a_face,
    move_faces,
    reject_faces,
)
from app.library.commands.people import (
    merge_people,
    say_different,
    set_birth_year,
)
from app.library.commands.undo import undo
from app.library.queries.decisions import history
from app.library.queries.people import person
from tests.library.conftest import Cast


def test_different_people_stay_two_until_they_are_said_to_be_one(cast: Cast) -> None:
    pair = (min(cast.anna.id, cast.ben.id), max(cast.anna.id, cast.ben.id))
    say_different(cast.library, cast.ben.id, cast.anna.id)
    assert cast.words().apart == {pair}
    told = merge_people(cast.library, cast.anna.id, [cast.ben.id]).said
    assert told == (
        "Merged Ben into Anna. You had said that they are different people; that no longer holds."
    )
    assert history(cast.library, cast.number)[0].said == "Merged Ben into Anna"
    assert cast.words().apart == frozenset()
    with pytest.raises(UsageError, match="split"):
        say_different(cast.library, cast.anna.id, cast.ben.id)
    undo(cast.library, cast.number)
    assert cast.words().apart == {pair}


def test_who_is_apart_from_one_is_apart_from_whom_that_one_becomes(cast: Cast) -> None:
    """A is B, C is not A: then C is not B either, and saying C is B overrides it."""
    say_different(cast.library, cast.anna.id, cast.carl.id)
    merge_people(cast.library, cast.ben.id, [cast.anna.id])
    assert cast.words().apart == {(cast.ben.id, cast.carl.id)}
    assert "different people" in merge_people(cast.library, cast.carl.id, [cast.ben.id]).said
    assert cast.words().apart == frozenset()


@pytest.mark.parametrize("again", ["move", "confirm"])
def test_a_later_yes_lifts_an_earlier_no(cast: Cast, again: str) -> None:
    one, two, _ = cast.faces(cast.anna)
    reject_faces(cast.library, cast.anna.id, [one])
    assert cast.words().refused == {(one, cast.anna.id)} and one not in cast.words().said
    if again == "move":
        told = move_faces(cast.library, [one, two], cast.anna.id).said
        assert told == (
            "2 faces are Anna. You had said that 1 of them is not; that no longer holds."
        )
    else:
        told = confirm_faces(cast.library, cast.anna.id, [one]).said
        assert (
            told == "Confirmed 1 face of Anna. You had said that it is not; that no longer holds."
        )
    assert cast.words().refused == frozenset() and cast.words().said[one] == cast.anna.id
    undo(cast.library, cast.number)
    assert cast.words().refused == {(one, cast.anna.id)}
    shown = cast.face(one)
    assert shown and shown.person_id is None


def test_a_merge_brings_back_who_was_refused_and_undoing_it_refuses_them_again(cast: Cast) -> None:
    face = cast.faces(cast.anna)[0]
    reject_faces(cast.library, cast.anna.id, [face])
    move_faces(cast.library, [face], cast.ben.id)
    for keep, other in ((cast.anna, cast.ben), (cast.ben, cast.anna)):
        told = merge_people(cast.library, keep.id, [other.id]).said
        assert "1 of the faces is not the same person; that no longer holds." in told
        assert cast.words().said[face] == keep.id and cast.words().refused == frozenset()
        shown = cast.face(face)
        assert shown and shown.person_id == keep.id
        undo(cast.library, cast.number)
        assert cast.words().refused == {(face, cast.anna.id)}
        shown = cast.face(face)
        assert shown and shown.person_id == cast.ben.id


def test_a_face_the_machine_had_put_with_the_other_is_part_of_the_merge(cast: Cast) -> None:
    group = cast.album.person(2, start=30)  # nobody has named it: no word is about its faces
    face = cast.faces(group)[0]
    reject_faces(cast.library, cast.anna.id, [face])
    told = merge_people(cast.library, group.id, [cast.anna.id]).said
    assert "1 of the faces is not the same person" in told
    assert cast.words().said[face] == group.id and cast.words().refused == frozenset()
    undo(cast.library, cast.number)
    assert cast.words().refused == {(face, cast.anna.id)} and face in cast.faces(group)


def test_the_later_of_two_placings_wins_and_says_so(cast: Cast) -> None:
    face = cast.faces(cast.carl)[0]
    move_faces(cast.library, [face], cast.ben.id)
    told = move_faces(cast.library, [face], cast.anna.id).said
    assert told == "1 face is Anna. You had said that it is Ben; that no longer holds."
    told = reject_faces(cast.library, cast.anna.id, [face]).said
    assert told == "1 face is not Anna. You had said that it is Anna; that no longer holds."
    assert face not in cast.words().said
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    assert cast.words().said[face] == cast.ben.id


def test_not_a_face_and_back(cast: Cast) -> None:
    face, other = cast.faces(cast.anna)[:2]
    confirm_faces(cast.library, cast.anna.id, [face])
    told = mark_not_a_face(cast.library, [face, other]).said
    assert told == ("2 are not faces. You had said that 1 of them is Anna; that no longer holds.")
    assert cast.words().denied == {face, other} and cast.face(face) is None
    told = move_faces(cast.library, [face], cast.ben.id).said
    assert told == "1 face is Ben. You had said that it is not a face; that no longer holds."
    assert cast.words().denied == {other} and cast.face(face) is not None
    undo(cast.library, cast.number)
    assert cast.words().denied == {face, other} and cast.face(face) is None


def test_a_merge_keeps_a_year_of_birth_and_says_which_of_two(cast: Cast) -> None:
    set_birth_year(cast.library, cast.ben.id, 1990)
    merge_people(cast.library, cast.anna.id, [cast.ben.id])
    assert cast.words().births == {cast.anna.id: 1990}
    assert person(cast.library, cast.anna.id).birth_year == 1990
    undo(cast.library, cast.number)
    assert person(cast.library, cast.anna.id).birth_year is None
    set_birth_year(cast.library, cast.anna.id, 1980)
    told = merge_people(cast.library, cast.anna.id, [cast.ben.id]).said
    assert told.endswith("You had given different years of birth; 1980 holds now.")
    assert cast.words().births == {cast.anna.id: 1980}
