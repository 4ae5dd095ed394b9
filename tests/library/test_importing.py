"""Names of other programs are one word: whatever it says holds, and one Undo takes it back."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from app.library.commands.doctor import examine
from app.library.commands.faces import draw_face, mark_not_a_face, move_faces, reject_faces
from app.library.commands.forgetting import forget_person
from app.library.commands.importing import TakenName, take_in_names
from app.library.commands.people import say_different, say_staff, set_birth_year
from app.library.commands.photos import store_look
from app.library.commands.undo import redo, undo
from app.library.models import Decision, DecisionFace, Face, Person, Photo
from app.library.queries.decisions import can_undo, drawn_boxes, history
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.people import find_person
from app.library.rows import Placed
from tests.library.conftest import BELOW, LEFT, RIGHT, Album, Cast, a_face, a_look

SHIFTED = (0.11, 0.1, 0.2, 0.3)


def take(album: Album, *names: TakenName) -> tuple[int, int, int]:
    """Take names in; gives the numbers of people, faces and frames."""
    done = take_in_names(album.library, album.collection_id, names)
    return done.people, done.faces, done.frames


def named(album: Album, name: str) -> list[int]:
    """The faces of whoever has this name."""
    person = find_person(album.library, album.collection_id, name)
    return sorted(face.id for face in faces_of(album.library, person.id))


def test_lone_faces_get_a_new_person(album: Album) -> None:
    photos = album.add("a.jpg", "b.jpg")
    for number, photo in enumerate(photos):
        store_look(album.library, photo, a_look(f"p{number}", a_face(LEFT, number)))
    assert take(album, TakenName(" Anna  Maria ", None, tuple(photos))) == (1, 2, 0)
    assert named(album, "Anna Maria") == photos
    assert {face.placed for face in Face.select()} == {"user"}
    (word,) = history(album.library, album.collection_id)
    assert word.said == "Took in the names of 1 person, on 2 faces"


def test_groups_get_the_name_and_become_one(album: Album) -> None:
    first, second = album.person(3), album.person(2, start=10)
    faces = (faces_of(album.library, second.id)[0].id,)
    assert take(album, TakenName("Anna", None, faces, (first.id, second.id))) == (1, 1, 0)
    (anna,) = album.people()
    assert (anna.id, anna.name, anna.face_count) == (first.id, "Anna", 5)
    by_user = [face.id for face in faces_of(album.library, anna.id) if face.placed is Placed.USER]
    assert by_user == list(faces)
    undo(album.library, album.collection_id)
    assert {(row.id, row.name, row.face_count) for row in album.people()} == {
        (first.id, "", 3), (second.id, "", 2),
    }  # fmt: skip
    redo(album.library, album.collection_id)
    assert [(row.id, row.face_count) for row in album.people()] == [(first.id, 5)]


def test_a_name_that_somebody_has_joins_them_and_who_is_different_stays_apart(cast: Cast) -> None:
    other = cast.album.person(2, start=40)
    say_different(cast.library, cast.anna.id, other.id)
    third = cast.album.person(2, start=50)
    groups = (other.id, third.id)
    assert take(cast.album, TakenName("anna", None, (), groups)) == (1, 0, 0)
    rows = {row.id: (row.name, row.face_count) for row in cast.album.people()}
    assert rows[cast.anna.id] == ("Anna", 5)
    assert rows[other.id] == ("", 2) and third.id not in rows


def test_groups_of_which_more_was_said_stay(cast: Cast) -> None:
    born, staff = cast.album.person(2, start=40), cast.album.person(2, start=50)
    set_birth_year(cast.library, born.id, 1950)
    say_staff(cast.library, [staff.id])
    faces = (cast.faces(born)[0], cast.faces(staff)[0])
    assert take(cast.album, TakenName("Dora", None, faces, (born.id, staff.id))) == (1, 2, 0)
    rows = {row.id: (row.name, row.face_count) for row in cast.album.people()}
    assert (rows[born.id], rows[staff.id]) == (("", 1), ("", 1))
    assert not examine(cast.library, is_alone=True).findings


def test_one_undo_takes_back_any_number_of_people(cast: Cast) -> None:
    lone = cast.lone()
    group = cast.album.person(3, start=60)
    before = cast.picture()
    taken = (
        TakenName("Dora", None, (lone,), (), ((2, BELOW),)),
        TakenName("Emil", None, (), (group.id,)),
        TakenName("Ben", None, tuple(cast.faces(cast.anna)[:1])),
    )
    assert take(cast.album, *taken) == (3, 2, 1)
    after = cast.picture()
    cast.reopen()
    undo(cast.library, cast.number)
    assert cast.picture() == before
    assert not Face.select().where(Face.drawn).exists()
    redo(cast.library, cast.number)
    assert cast.picture() == after


def test_what_holds_already_is_not_said_again(cast: Cast) -> None:
    group = cast.album.person(3, start=60)
    taken = TakenName("Dora", None, (cast.lone(),), (group.id,), ((2, BELOW),))
    take(cast.album, taken)
    words = Decision.select().count()
    assert take(cast.album, taken) == (0, 0, 0)
    assert Decision.select().count() == words
    assert take(cast.album, TakenName("Nobody", None, (9999,), (9999,), ((9999, BELOW),)))[0] == 0
    assert Decision.select().count() == words
    assert not Person.select().where(Person.name == "Nobody").exists()


def test_it_holds_for_the_rows_that_come_after(cast: Cast) -> None:
    lone = cast.lone()
    take(cast.album, TakenName("Dora", None, (lone,)))
    photo = Face.get_by_id(lone).photo_id
    store_look(cast.library, photo, a_look("lone0", a_face(SHIFTED, 9, "2"), version="2"))
    (face,) = faces_in_photo(cast.library, photo)
    assert (face.person_name, face.placed) == ("Dora", Placed.USER)
    Face.update(person=None, placed="machine").execute()
    store_look(cast.library, photo, a_look("lone0", a_face(SHIFTED, 9, "3"), version="3"))
    assert faces_in_photo(cast.library, photo)[0].person_name == "Dora"


def test_frames_are_there_until_it_is_taken_back(cast: Cast) -> None:
    frames = ((1, BELOW), (1, RIGHT), (2, BELOW), (1, (0.36, 0.5, 0.2, 0.3)), (3, LEFT))
    assert take(cast.album, TakenName("Dora", None, (), (), frames)) == (1, 1, 3)
    assert drawn_boxes(cast.library, 1) == sorted([BELOW, RIGHT])
    assert Photo.get_by_id(1).is_stale
    assert len(faces_in_photo(cast.library, 1)) == 3
    own = {face.photo_id for face in faces_of(cast.library, cast.album.people()[-1].id)}
    assert own <= {1, 2, 3}
    undo(cast.library, cast.number)
    assert drawn_boxes(cast.library, 1) == []
    assert len(faces_in_photo(cast.library, 1)) == 1


def test_nobody_is_framed_where_somebody_was_forgotten(cast: Cast) -> None:
    photo = cast.album.people()[0].cover
    assert photo is not None
    forget_person(cast.library, cast.anna.id)
    assert take(cast.album, TakenName("Anna", None, (), (), ((1, LEFT),))) == (0, 0, 0)
    assert not Person.select().where(Person.name == "Anna").exists()


def test_a_later_word_wins_and_undoing_it_brings_the_name_back(cast: Cast) -> None:
    lone = cast.lone()
    reject_faces(cast.library, cast.ben.id, [lone])
    take(cast.album, TakenName("Ben", None, (lone,)))
    assert lone in cast.faces(cast.ben), "the later word wins"
    mark_not_a_face(cast.library, [lone])
    assert lone not in cast.faces(cast.ben)
    undo(cast.library, cast.number)
    assert lone in cast.faces(cast.ben)


def test_of_a_forgotten_person_the_word_keeps_nothing(cast: Cast) -> None:
    lone = cast.lone()
    moved = cast.lone(1)
    group = cast.album.person(2, start=60)
    taken = (
        TakenName("Dora", None, (lone, moved), (), ((2, BELOW),)),
        TakenName("Emil", None, (), (group.id,)),
    )
    take(cast.album, *taken)
    dora = find_person(cast.library, cast.number, "Dora")
    move_faces(cast.library, [moved], "Emil")
    forget_person(cast.library, dora.id)
    log = str(cast.library.sql("SELECT data, said FROM decision")) + str(
        cast.library.sql("SELECT before FROM decisionface")
    )
    assert "Dora" not in log and dora.key not in log
    assert "Emil" in log
    assert cast.faces(find_person(cast.library, cast.number, "Emil"))[-1] == moved
    assert drawn_boxes(cast.library, 2) == []
    word = Decision.get(Decision.kind == "import")
    assert word.said == "Took in the names of 1 person, on 0 faces"
    assert not examine(cast.library, is_alone=True).findings
    forget_person(cast.library, find_person(cast.library, cast.number, "Emil").id)
    assert not Decision.select().where(Decision.kind == "import").exists(), "it is a husk"


def test_faces_that_were_away_are_forgotten_with_the_person(cast: Cast) -> None:
    lone = cast.lone()
    take(cast.album, TakenName("Dora", None, (lone,)), TakenName("Emil", None, (1,)))
    dora = find_person(cast.library, cast.number, "Dora")
    photo = Face.get_by_id(lone).photo_id
    Photo.delete().where(Photo.id == photo).execute()
    forget_person(cast.library, dora.id)
    (again,) = cast.album.add("again.jpg")
    store_look(cast.library, again, a_look("lone0", a_face(LEFT, 5)))
    assert faces_in_photo(cast.library, again) == []
    assert DecisionFace.select().join(Decision).where(Decision.kind == "import").count() == 1


def test_a_drawn_face_of_the_user_stays_when_the_names_are_taken_back(cast: Cast) -> None:
    draw_face(cast.library, 1, BELOW)
    take(cast.album, TakenName("Dora", None, (), (), ((1, BELOW),)))
    undo(cast.library, cast.number)
    assert drawn_boxes(cast.library, 1) == [BELOW]
    assert can_undo(cast.library, cast.number) == "Drew a face"


def test_ten_thousand_faces_are_one_word(album: Album) -> None:
    photos = album.add(*(f"{n}.jpg" for n in range(300)))
    boxes = [(0.02 + 0.09 * (n % 10), 0.02 + 0.24 * (n // 10), 0.05, 0.1) for n in range(34)]
    look = [a_face(box, n) for n, box in enumerate(boxes)]
    album.library.write(
        lambda: [store_look(album.library, p, a_look(f"many{p}", *look)) for p in photos] and None
    )
    faces = [number for (number,) in album.library.sql("SELECT id FROM face ORDER BY id")]
    assert len(faces) == 10_200
    names = [TakenName(f"Person {n}", None, tuple(faces[n::100])) for n in range(100)]
    assert take(album, *names) == (100, 10_200, 0)
    assert Decision.select().count() == 1
    undo(album.library, album.collection_id)
    assert album.people() == []


_KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, os.getcwd())
from app.library import decisions
from app.library.commands.importing import TakenName, take_in_names
from app.library.commands.undo import undo
from app.library.database import Library

decisions.take_census = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
library, number = Library.open(Path(sys.argv[1])), int(sys.argv[2])
names = [TakenName("Dora", None, (1, 4), (), ((2, (0.35, 0.5, 0.2, 0.3)),))]
take_in_names(library, number, names) if sys.argv[3] == "take" else undo(library, number)
"""
"""Dies when all rows are written, right before the transaction would end."""


@pytest.mark.parametrize("step", ["take", "undo"])
def test_who_is_killed_in_the_middle_has_said_nothing(cast: Cast, step: str) -> None:
    if step == "undo":
        take(cast.album, TakenName("Dora", None, (1, 4), (), ((2, BELOW),)))
    before, words = cast.picture(), Decision.select().count()
    cast.library.close()
    command = [sys.executable, "-c", _KILLED, str(cast.library.path), str(cast.number), step]
    assert subprocess.run(command, timeout=60).returncode == -signal.SIGKILL
    cast.reopen()
    assert (cast.picture(), Decision.select().count()) == (before, words)
