"""Taking an answer back: that very word, or none."""

from __future__ import annotations

import pytest

from app.errors import UsageError
from app.library.commands.faces import confirm_faces
from app.library.commands.people import name_person
from app.library.commands.questions import skip_question, take_back, unskip_question
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import last_decision, skipped_questions
from app.library.queries.faces import faces_of
from app.library.queries.questions import clear_faces, present_people, standing_words, whose
from tests.library.conftest import Album


def test_only_the_last_word_is_taken_back(album: Album) -> None:
    library, collection = album.library, album.collection_id
    person = album.person(3)
    name_person(library, person.id, "Anna")
    first = last_decision(library, collection)
    name_person(library, person.id, "Anne")
    second = last_decision(library, collection)
    assert standing_words(library, collection, first) == [first, second]
    with pytest.raises(UsageError, match="Something else"):
        take_back(library, collection, first)
    take_back(library, collection, second)
    assert standing_words(library, collection, first) == [first]
    redo(library, collection)
    assert standing_words(library, collection, second) == [second]
    undo(library, collection)
    take_back(library, collection, first)
    assert standing_words(library, collection, 0) == []
    with pytest.raises(UsageError):
        take_back(library, collection, first)


def test_skips_are_kept_and_let_go(album: Album) -> None:
    library, collection = album.library, album.collection_id
    for key in ("one", "one", "two"):
        skip_question(library, collection, key)
    assert skipped_questions(library, collection) == {"one", "two"}
    unskip_question(library, collection, "one")
    assert skipped_questions(library, collection) == {"two"}
    unskip_question(library, collection)
    assert skipped_questions(library, collection) == frozenset()


def test_whose_faces_are_and_who_is_there(album: Album) -> None:
    library = album.library
    person = album.person(3)
    faces = faces_of(library, person.id)
    ids = [face.id for face in faces]
    assert whose(library, [*ids, 999_999]) == dict.fromkeys(ids, person.id)
    assert present_people(library, [person.id, 999_999]) == {person.id}
    least = min(faces, key=lambda face: (face.quality, -face.id))
    confirm_faces(library, person.id, [least.id])
    assert clear_faces(library, person.id, 2)[0].id == least.id
