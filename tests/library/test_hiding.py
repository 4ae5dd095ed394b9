"""Several people out of sight and back by one word, which is taken back as one."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.people import hide_people, hide_person, merge_people, show_people
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import can_redo, can_undo, history
from app.library.queries.people import list_people
from tests.library.conftest import Album, Cast


def hidden(cast: Cast) -> set[str]:
    """The names of those out of sight."""
    return {row.name for row in cast.album.people() if row.hidden}


def said(cast: Cast) -> list[str]:
    """The sentences of the log, the latest first."""
    return [row.said for row in history(cast.library, cast.number)]


def test_several_are_hidden_and_shown_by_one_word(cast: Cast) -> None:
    before = len(said(cast))
    changes = hide_people(cast.library, [cast.ben.id, cast.anna.id, cast.ben.id])
    assert changes.said == "Hid 2 people" and hidden(cast) == {"Anna", "Ben"}
    assert changes.people == {cast.anna.id, cast.ben.id}
    assert [row.name for row in list_people(cast.library, cast.number)] == ["Carl"]
    changes = show_people(cast.library, [cast.anna.id, cast.ben.id, cast.carl.id])
    assert changes.said == "2 people are shown again" and not hidden(cast)
    assert changes.people == {cast.anna.id, cast.ben.id}, "Carl was in sight"
    assert len(said(cast)) == before + 2


def test_one_undo_takes_it_back_and_one_redo_says_it_again(cast: Cast) -> None:
    hide_person(cast.library, cast.carl.id)
    pictures = [cast.picture()]
    for speak in (hide_people, show_people):
        assert speak(cast.library, [cast.anna.id, cast.ben.id, cast.carl.id]).said
        pictures.append(cast.picture())
    assert pictures[1] != pictures[2]
    for picture in reversed(pictures[:-1]):
        cast.reopen()
        undo(cast.library, cast.number)
        assert cast.picture() == picture
    assert hidden(cast) == {"Carl"}, "who was hidden before stays so"
    for picture in pictures[1:]:
        cast.reopen()
        redo(cast.library, cast.number)
        assert cast.picture() == picture
    assert can_redo(cast.library, cast.number) is None


def test_where_one_is_left_it_is_the_word_about_one(cast: Cast) -> None:
    hide_person(cast.library, cast.ben.id)
    assert hide_people(cast.library, [cast.ben.id, cast.anna.id]).said == "Hid Anna"
    assert show_people(cast.library, [cast.carl.id, cast.anna.id]).said == "Anna is shown again"
    before = said(cast)
    assert not hide_people(cast.library, [cast.ben.id]).said, "hidden already"
    assert not show_people(cast.library, [cast.anna.id, cast.carl.id]).said, "in sight already"
    assert not hide_people(cast.library, []).said
    assert said(cast) == before


def test_people_who_are_one_by_now_count_once(cast: Cast) -> None:
    merge_people(cast.library, cast.anna.id, [cast.ben.id])
    ids = [cast.ben.id, cast.anna.id, cast.carl.id]
    assert hide_people(cast.library, ids).said == "Hid 2 people"
    assert hidden(cast) == {"Anna", "Carl"}
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    assert not hidden(cast) and len(cast.album.people()) == 3


def test_of_two_collections_nobody_is_hidden(cast: Cast) -> None:
    number = ensure_collection(cast.library, "Others").id
    folder = cast.album.folder / "others"
    folder.mkdir()
    row = add_folder(cast.library, number, folder)
    emil = Album(cast.library, number, row.id, folder).person(2, start=50)
    for speak in (hide_people, show_people):
        before = said(cast)
        with pytest.raises(UsageError, match="two collections"):
            speak(cast.library, [cast.anna.id, emil.id])
        assert said(cast) == before
        for person_id in (cast.anna.id, emil.id):
            hide_person(cast.library, person_id)
    with pytest.raises(UsageError):
        hide_people(cast.library, [cast.anna.id, 999])


def test_who_is_forgotten_is_left_out_of_the_word(cast: Cast) -> None:
    hide_people(cast.library, [cast.anna.id, cast.ben.id, cast.carl.id])
    forget_person(cast.library, cast.ben.id)
    assert "Hid 2 people" in said(cast) and hidden(cast) == {"Anna", "Carl"}
    cast.reopen()
    forget_person(cast.library, cast.carl.id)
    assert "Hid 1 person" in said(cast) and hidden(cast) == {"Anna"}
    undo(cast.library, cast.number)
    undo(cast.library, cast.number)
    assert hidden(cast) == {"Anna"}, "forgetting was taken back, hiding was not"
    undo(cast.library, cast.number)
    assert not hidden(cast)


def test_once_all_are_forgotten_nothing_is_left_of_it(cast: Cast) -> None:
    hide_people(cast.library, [cast.anna.id, cast.ben.id])
    show_people(cast.library, [cast.anna.id, cast.ben.id])
    for row in (cast.anna, cast.ben):
        forget_person(cast.library, row.id)
    assert said(cast) == ["Forgot someone", "Forgot someone", "Named Carl"]
    while can_undo(cast.library, cast.number):
        undo(cast.library, cast.number)
    assert {row.key for row in cast.album.people()} == {cast.carl.key}
