"""Who works here is no visitor: a word like the others."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.commands.faces import split_faces
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.people import merge_people, say_staff
from app.library.commands.undo import redo, undo
from app.library.models import Person
from app.library.queries.decisions import can_redo, can_undo, history
from app.library.queries.visits import visits
from tests.library.conftest import Album, Cast


def staff(cast: Cast) -> set[str]:
    """The names of those who work here."""
    return {row.name for row in cast.album.people() if row.staff}


def said(cast: Cast) -> list[str]:
    """The sentences of the log, the latest first."""
    return [row.said for row in history(cast.library, cast.number)]


def test_it_is_said_and_taken_back(cast: Cast) -> None:
    pictures = [cast.picture()]
    assert say_staff(cast.library, [cast.anna.id, cast.ben.id]).said == "2 people are staff"
    pictures.append(cast.picture())
    assert staff(cast) == {"Anna", "Ben"}
    assert say_staff(cast.library, [cast.anna.id], is_staff=False).said == "Anna is not staff"
    pictures.append(cast.picture())
    assert staff(cast) == {"Ben"}
    assert say_staff(cast.library, [cast.ben.id, cast.anna.id]).said == "Anna is staff"
    pictures.append(cast.picture())
    assert len(set(map(str, pictures))) == 4 - 1, "the last is as after the first word"
    for picture in reversed(pictures[:-1]):
        cast.reopen()
        undo(cast.library, cast.number)
        assert cast.picture() == picture
    for picture in pictures[1:]:
        cast.reopen()
        redo(cast.library, cast.number)
        assert cast.picture() == picture
    assert can_redo(cast.library, cast.number) is None


def test_what_changes_nothing_is_no_word(cast: Cast) -> None:
    before = said(cast)
    assert not say_staff(cast.library, [cast.anna.id], is_staff=False).said
    assert not say_staff(cast.library, []).said
    assert said(cast) == before


@pytest.mark.parametrize("keeps_staff", [False, True])
def test_who_becomes_one_with_staff_is_staff(cast: Cast, keeps_staff: bool) -> None:
    keep, other = (cast.anna, cast.ben) if keeps_staff else (cast.ben, cast.anna)
    kept = "Anna" if keeps_staff else "Ben"
    say_staff(cast.library, [cast.anna.id])
    before = cast.picture()
    merge_people(cast.library, keep.id, [other.id])
    assert staff(cast) == {kept}
    undo(cast.library, cast.number)
    assert cast.picture() == before and staff(cast) == {"Anna"}
    redo(cast.library, cast.number)
    assert staff(cast) == {kept}
    cast.reopen()
    say_staff(cast.library, [other.id], is_staff=False)
    assert not staff(cast), "it is said of whom they are now"


def test_who_is_split_off_is_a_visitor(cast: Cast) -> None:
    say_staff(cast.library, [cast.anna.id])
    split_faces(cast.library, cast.anna.id, cast.faces(cast.anna)[:1], "Dora")
    assert staff(cast) == {"Anna"}


def test_staff_is_left_out_of_the_visits(cast: Cast) -> None:
    assert {visit.name for visit in visits(cast.library, cast.number)} == {"Anna", "Ben", "Carl"}
    say_staff(cast.library, [cast.ben.id])
    assert {visit.name for visit in visits(cast.library, cast.number)} == {"Anna", "Carl"}


def test_an_unnamed_person_of_staff_is_kept_by_the_grouping(cast: Cast) -> None:
    emil = cast.album.person(2, start=50)
    assert emil.id not in cast.words().kept
    say_staff(cast.library, [emil.id])
    assert emil.id in cast.words().kept
    Person.update(name="").where(Person.id == emil.id).execute()
    assert said(cast)[0] == "Someone is staff"


def test_of_two_collections_nobody_is_said_to_be_staff(cast: Cast) -> None:
    number = ensure_collection(cast.library, "Others").id
    folder = cast.album.folder / "others"
    folder.mkdir()
    row = add_folder(cast.library, number, folder)
    emil = Album(cast.library, number, row.id, folder).person(2, start=50)
    before = said(cast)
    with pytest.raises(UsageError, match="said to be staff one by one"):
        say_staff(cast.library, [cast.anna.id, emil.id])
    assert said(cast) == before


def test_who_is_forgotten_is_left_out_of_the_word(cast: Cast) -> None:
    say_staff(cast.library, [cast.anna.id, cast.ben.id, cast.carl.id])
    forget_person(cast.library, cast.ben.id)
    assert "2 people are staff" in said(cast) and staff(cast) == {"Anna", "Carl"}
    forget_person(cast.library, cast.carl.id)
    assert "1 person is staff" in said(cast)
    forget_person(cast.library, cast.anna.id)
    assert not any("staff" in line for line in said(cast))
    while can_undo(cast.library, cast.number):
        undo(cast.library, cast.number)
    assert not staff(cast)
