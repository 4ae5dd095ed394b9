"""The doctor finds each kind of damage, says exactly that, mends it, and no word is lost."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.errors import DamagedLibraryError
from app.library.commands.backups import make_backup
from app.library.commands.doctor import Diagnosis, examine, repair
from app.library.commands.faces import draw_face, move_faces, reject_faces, say_strangers
from app.library.commands.folders import create_collection, remove_folder
from app.library.commands.forgetting import forget_person
from app.library.commands.people import (
    choose_cover,
    hide_person,
    merge_people,
    say_staff,
    set_birth_year,
)
from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.models import Face, Person
from app.library.queries.decisions import can_undo, history
from app.library.queries.people import list_people
from tests.library.conftest import BELOW, Cast

VINTAGE = sorted((Path(__file__).parents[1] / "vintage").glob("library-*.db"))


@contextlib.contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as anybody may write it: without foreign keys."""
    connection = sqlite3.connect(path)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


class Patient:
    """Anna, Ben and Carl, of whom much was said; and what is done to them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.number = cast.number
        library = cast.library
        self.lone, self.other, dora, nobody = (cast.lone(n) for n in range(4))
        anna, ben = cast.faces(cast.anna), cast.faces(cast.ben)
        reject_faces(library, cast.ben.id, ben[:1])
        choose_cover(library, cast.anna.id, anna[-1])
        move_faces(library, [dora], "Dora")
        set_birth_year(library, cast.anna.id, 1970)
        draw_face(library, Face.get_by_id(anna[0]).photo_id, BELOW, "Emil")
        say_strangers(library, [nobody])
        say_staff(library, [cast.anna.id])
        hide_person(library, cast.carl.id)
        undo(library, self.number)

    @property
    def library(self) -> Library:
        """Open."""
        return self.cast.library

    def hurt(self, *statements: str) -> None:
        """Do this to the file."""
        with raw(self.library.path) as file:
            for statement in statements:
                file.execute(statement.format(**self._names()))

    def _names(self) -> dict[str, object]:
        cast = self.cast
        return {
            "lone": self.lone, "other": self.other, "anna": cast.anna.id, "ben": cast.ben.id,
            "carl": cast.carl.id, "key": cast.anna.key, "number": self.number,
            "lone_photo": Face.get_by_id(self.lone).photo_id,
            "cover": self.cast.faces(cast.anna)[0],
        }  # fmt: skip

    def said(self) -> tuple[object, ...]:
        """All that the user said, and what the album makes of it; without row numbers, and
        without the faces of nobody."""
        everyone, _, names, *words = self.cast.picture()
        keys = dict(Person.select(Person.id, Person.key).tuples())
        said, refused, apart, denied, births, firm, strangers = words
        log = [(row.kind, row.said, row.undone) for row in history(self.library, self.number)]
        return (
            sorted(everyone), names, log, denied, firm, strangers,
            {face: keys[person] for face, person in said.items()},
            {(face, keys[person]) for face, person in refused},
            {frozenset(map(keys.__getitem__, pair)) for pair in apart},
            {keys[person]: year for person, year in births.items()},
        )  # fmt: skip


@pytest.fixture
def patient(cast: Cast) -> Patient:
    """Well, so far."""
    made = Patient(cast)
    assert problems(examine(made.library, is_alone=True)) == []
    return made


def problems(found: Diagnosis) -> list[str]:
    """The sentences, sorted."""
    return sorted(finding.problem for finding in found.findings)


@dataclass(frozen=True)
class Damage:
    """Something done to the file, and what the doctor is to say of it."""

    done: tuple[str, ...]
    told: tuple[str, ...]
    is_backed_up: bool = True
    """Whether it takes a backup first: not what only points to nothing."""


_NO_NUMBER = (
    "UPDATE face SET embedding = CAST(x'007e' || SUBSTR(embedding, 3) AS BLOB) WHERE id = {cover}"
)

DAMAGES = {
    "face of no photo": Damage(
        ("UPDATE face SET photo_id = 9999 WHERE id = {lone}",),
        ("1 face points to a photo that is not there.",),
        is_backed_up=False,
    ),
    "face of no person": Damage(
        ("UPDATE face SET person_id = 9999 WHERE id IN ({lone}, {other})",),
        ("2 faces point to a person that is not there.",),
        is_backed_up=False,
    ),
    "photo of no folder": Damage(
        ("UPDATE photo SET folder_id = 9999 WHERE id = {lone_photo}",),
        (
            "1 photo points to a folder that is not there.",
            "1 photo is said to be in a folder in which it is not.",
        ),
    ),
    "face of no word": Damage(
        ("INSERT INTO decisionface VALUES (NULL, 9999, 'nothing', 0, 0, 1, 1, '{{}}')",),
        ("1 face in a word of the log points to a word of the log that is not there.",),
        is_backed_up=False,
    ),
    "skip of no task": Damage(
        ("INSERT INTO taskskip (task_id, path, error) VALUES ('none', x'2f', 'why')",),
        ("1 skipped file of a task points to a task that is not there.",),
        is_backed_up=False,
    ),
    "undo of no word": Damage(
        ("UPDATE decision SET target_id = 9999 WHERE kind = 'undo'",),
        (
            "1 undo or redo in the log does not say of what.",
            "1 word of the log is marked as taken back, or not, against what came after it.",
        ),
        is_backed_up=False,
    ),
    "undo without a word": Damage(
        ("UPDATE decision SET target_id = NULL WHERE kind = 'undo'",),
        (
            "1 undo or redo in the log does not say of what.",
            "1 word of the log is marked as taken back, or not, against what came after it.",
        ),
        is_backed_up=False,
    ),
    "a flag that is set": Damage(
        ("UPDATE decision SET undone = 1 WHERE kind = 'birth'",),
        ("1 word of the log is marked as taken back, or not, against what came after it.",),
    ),
    "a flag that is missing": Damage(
        ("UPDATE decision SET undone = 0 WHERE kind = 'hide'",),
        (
            "1 word of the log is marked as taken back, or not, against what came after it.",
            "1 person is not as the log says: name, year of birth, hidden, staff or merged.",
        ),
    ),
    "a person who is missing": Damage(
        ("DELETE FROM person WHERE id = {anna}",),
        (
            "3 faces point to a person that is not there.",
            "1 person of whom the log speaks is missing.",
        ),
    ),
    "another name": Damage(
        ("UPDATE person SET name = 'Nobody', birth_year = 1 WHERE id = {anna}",),
        ("1 person is not as the log says: name, year of birth, hidden, staff or merged.",),
    ),
    "another mark": Damage(
        ("UPDATE person SET staff = 1 - staff WHERE id = {anna}",),
        ("1 person is not as the log says: name, year of birth, hidden, staff or merged.",),
    ),
    "a ring of merges": Damage(
        (
            "UPDATE person SET merged_into_id = {ben} WHERE id = {anna}",
            "UPDATE person SET merged_into_id = {anna} WHERE id = {ben}",
        ),
        (
            "2 people are not as the log says: name, year of birth, hidden, staff or merged.",
            "5 faces are with people who were merged into others.",
        ),
    ),
    "a cover that is nothing": Damage(
        ("UPDATE person SET cover_id = 9999 WHERE id = {carl}",),
        ("1 person has wrong counts or covers.",),
    ),
    "a chosen cover that is another's": Damage(
        ("UPDATE person SET cover_id = {lone} WHERE id = {anna}",),
        (
            "1 face or cover is not where the log says.",
            "1 person has wrong counts or covers.",
        ),
    ),
    "counts": Damage(
        ("UPDATE person SET face_count = 77",), ("5 people have wrong counts or covers.",)
    ),
    "a face that went away": Damage(
        ("UPDATE face SET person_id = {carl}, placed = 'machine' WHERE id = {cover}",),
        (
            "1 face or cover is not where the log says.",
            "2 people have wrong counts or covers.",
        ),
    ),
    "a face of a photo never looked at": Damage(
        ("UPDATE photo SET fingerprint = '', state = 'pending' WHERE id = {lone_photo}",),
        ("1 face is in a photo that was never looked at, or that only is a copy.",),
    ),
    "a face of a copy": Damage(
        ("UPDATE photo SET state = 'copy', copy_of_id = 1 WHERE id = {lone_photo}",),
        ("1 face is in a photo that was never looked at, or that only is a copy.",),
    ),
    "a copy of nothing": Damage(
        ("UPDATE photo SET state = 'copy', copy_of_id = 9999 WHERE id = {lone_photo}",),
        (
            "1 photo points to a photo that is not there.",
            "1 face is in a photo that was never looked at, or that only is a copy.",
            "1 photo is a copy of one that is not there: it has to be looked at.",
        ),
    ),
    "a moving part of nothing": Damage(
        (
            "DELETE FROM face WHERE photo_id = {lone_photo}",
            "UPDATE photo SET state = 'motion', pack = '' WHERE id = {lone_photo}",
        ),
        ("1 film is the moving part of a photo that is not there: it has to be looked at.",),
    ),
    "an embedding of another length": Damage(
        ("UPDATE face SET embedding = SUBSTR(embedding, 1, 100) WHERE id = {cover}",),
        ("1 face has a damaged embedding: its photo has to be looked at again.",),
    ),
    "an embedding of nothing": Damage(
        (
            "UPDATE face SET embedding = ZEROBLOB(1024) WHERE id = {cover}",
            "UPDATE face SET embedding = ZEROBLOB(0) WHERE id = {lone}",
        ),
        ("2 faces have damaged embeddings: their photos have to be looked at again.",),
    ),
    "an embedding that is no number": Damage(
        (_NO_NUMBER,),
        ("1 face has a damaged embedding: its photo has to be looked at again.",),
    ),
    "a photo in the wrong folder": Damage(
        ("UPDATE photo SET folder_id = NULL WHERE id = {lone_photo}",),
        ("1 photo is said to be in a folder in which it is not.",),
    ),
    "a scan that never ended": Damage(
        ("UPDATE folder SET state = 'scanning'",),
        ("1 folder is said to be scanned although nothing scans it.",),
    ),
    "a task that never ended": Damage(
        (
            (
                "INSERT INTO task (id, collection_id, type, state, done, total, created, error, "
                "result) VALUES ('t', {number}, 'index', 'running', 1, 2, 1e12, '', '')"
            ),
        ),
        ("1 task is said to run although nothing does.",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_told_and_mended(patient: Patient, name: str) -> None:
    damage, said = DAMAGES[name], patient.said()
    patient.hurt(*damage.done)
    before = patient.library.path.read_bytes()
    found = examine(patient.library, is_alone=True)
    assert problems(found) == sorted(damage.told)
    assert not any(finding.mended for finding in found.findings)
    assert problems(examine(patient.library, is_alone=True)) == sorted(damage.told)
    assert patient.library.path.read_bytes() == before, "to look changes nothing"
    backups: list[str] = []
    mended = repair(patient.library, lambda: backups.append(make_backup(patient.library).reason))
    assert all(finding.mended for finding in mended.findings) and mended.findings
    assert len(backups) == damage.is_backed_up
    assert problems(examine(patient.library, is_alone=True)) == []
    assert patient.said() == said
    assert patient.library.problems() == []
    again = repair(patient.library, lambda: pytest.fail("there is nothing to mend"))
    assert again.findings == ()


def test_work_under_way_is_not_damage(patient: Patient) -> None:
    patient.hurt(
        *DAMAGES["a task that never ended"].done, *DAMAGES["a scan that never ended"].done,
        *DAMAGES["counts"].done, *DAMAGES["a face of a copy"].done,
    )  # fmt: skip
    found = examine(patient.library, is_alone=False)
    assert problems(found) == list(DAMAGES["a face of a copy"].told)
    assert "checked when it is closed" in found.notes[0]


def test_an_embedding_is_empty_until_the_next_look(patient: Patient) -> None:
    patient.hurt(*DAMAGES["an embedding of nothing"].done)
    repair(patient.library, lambda: None)
    face = Face.get_by_id(patient.cast.faces(patient.cast.anna)[0])
    assert face.embedding.size == 0 and face.pack == "" and face.photo.is_stale
    assert face.person_id == patient.cast.anna.id, "it stays with its person"


_NO_FACES = (
    "DELETE FROM decisionface WHERE decision_id = (SELECT id FROM decision WHERE kind = 'stranger')"
)


def test_a_word_that_lost_its_faces_finds_them_in_the_journal(patient: Patient) -> None:
    said = patient.said()
    patient.hurt(_NO_FACES.replace("stranger", "reject"))
    told = "1 word of the log has lost the faces it was about."
    assert told in problems(examine(patient.library, is_alone=True))
    assert told in problems(repair(patient.library, lambda: None))
    assert problems(examine(patient.library, is_alone=True)) == []
    assert patient.said() == said


def test_a_journal_that_was_set_aside_is_asked_as_well(patient: Patient) -> None:
    said = patient.said()
    journal = patient.library.path.with_name("journal.jsonl")
    journal.rename(journal.with_name("journal-old-1.jsonl"))
    patient.hurt(_NO_FACES)
    assert examine(patient.library, is_alone=True).findings
    repair(patient.library, lambda: None)
    assert problems(examine(patient.library, is_alone=True)) == []
    assert patient.said() == said


def test_a_word_that_lost_its_faces_for_good_says_nothing_any_more(patient: Patient) -> None:
    patient.library.path.with_name("journal.jsonl").unlink()
    patient.hurt(_NO_FACES)
    kinds = [row.kind for row in history(patient.library, patient.number)]
    told = "1 word of the log has lost the faces it was about."
    assert problems(examine(patient.library, is_alone=True)) == [told]
    assert problems(repair(patient.library, lambda: None)) == [told]
    left = [row.kind for row in history(patient.library, patient.number)]
    assert sorted([*left, "stranger"]) == sorted(kinds)
    while can_undo(patient.library, patient.number):
        undo(patient.library, patient.number)
    while any(row.undone for row in history(patient.library, patient.number)):
        redo(patient.library, patient.number)
    assert problems(examine(patient.library, is_alone=True)) == []


def test_people_of_two_collections_are_set_apart(patient: Patient) -> None:
    other = create_collection(patient.library, "Other")
    stranger = Person.create(collection=other.id, key="elsewhere", name="Else")
    said = patient.said()
    patient.hurt(
        f"UPDATE face SET person_id = {stranger.id} WHERE id = {{lone}}",
        f"UPDATE person SET merged_into_id = {{anna}} WHERE id = {stranger.id}",
    )
    found = examine(patient.library, is_alone=True)
    assert {
        "1 face is with a person of another collection.",
        "1 person is not as the log says: name, year of birth, hidden, staff or merged.",
    } <= set(problems(found))
    repair(patient.library, lambda: None)
    assert problems(examine(patient.library, is_alone=True)) == []
    assert Face.get_by_id(patient.lone).person_id is None
    assert patient.said() == said


def test_faces_of_merged_people_move_on(patient: Patient) -> None:
    cast = patient.cast
    group = cast.album.person(3, start=40)
    merge_people(patient.library, cast.carl.id, [group.id])
    said = patient.said()
    patient.hurt(f"UPDATE face SET person_id = {group.id} WHERE id = {{lone}}")
    told = "1 face is with a person who was merged into another."
    assert told in problems(examine(patient.library, is_alone=True))
    repair(patient.library, lambda: None)
    assert Face.get_by_id(patient.lone).person_id == cast.carl.id
    assert problems(examine(patient.library, is_alone=True)) == []
    assert patient.said()[2] == said[2]


def test_whoever_has_no_face_is_noted_and_dropped(patient: Patient) -> None:
    patient.cast.album.person(3, start=50)
    patient.hurt("DELETE FROM face WHERE photo_id IN (SELECT id FROM photo WHERE"
                 " CAST(path AS TEXT) LIKE '%/5_.jpg')")  # fmt: skip
    patient.hurt("UPDATE person SET face_count = 0, photo_count = 0, kind = 'small',"
                 " cover_id = NULL WHERE name = ''")  # fmt: skip
    found = examine(patient.library, is_alone=True)
    assert problems(found) == []
    assert found.notes == ("1 unnamed person has no faces any more; the next grouping drops them.",)
    repair(patient.library, lambda: pytest.fail("nothing of the user's is touched"))
    assert examine(patient.library, is_alone=True).notes == ()
    assert len(list_people(patient.library, patient.number, include_hidden=True)) == 5


def test_nothing_is_wrong_after_forgetting_and_leaving(patient: Patient) -> None:
    forget_person(patient.library, patient.cast.anna.id)
    assert problems(examine(patient.library, is_alone=True)) == []
    remove_folder(patient.library, patient.cast.album.folder_id)
    assert problems(examine(patient.library, is_alone=True)) == []


@pytest.mark.parametrize("vintage", VINTAGE, ids=lambda path: path.stem)
def test_old_libraries_are_well(vintage: Path, tmp_path: Path) -> None:
    library = Library.open(Path(shutil.copy(vintage, tmp_path / "library.db")))
    assert problems(examine(library, is_alone=True)) == []
    library.close()


def _lose_rows_of_an_index(path: Path) -> None:
    """Rows come and go while the index is out of sight."""
    with raw(path) as file:
        row = file.execute("SELECT * FROM sqlite_master WHERE name = 'face_photo'").fetchone()
        file.execute("PRAGMA writable_schema = 1")
        file.execute("DELETE FROM sqlite_master WHERE name = 'face_photo'")
    with raw(path) as file:
        file.execute("UPDATE face SET x = x + 0.0001 WHERE id < 4")
        file.execute("PRAGMA writable_schema = 1")
        file.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)


def _root(path: Path, name: str) -> int:
    with raw(path) as file:
        found = file.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
        return int(found.fetchone()[0])


def _flip(path: Path, page: int, first: int, last: int) -> None:
    content = bytearray(path.read_bytes())
    start = (page - 1) * int.from_bytes(content[16:18], "big")
    for place in range(start + first, start + last):
        content[place] ^= 0x5A
    path.write_bytes(content)


@pytest.mark.parametrize(
    "hurt",
    [
        _lose_rows_of_an_index,
        lambda path: _flip(path, _root(path, "face_photo"), 3900, 4000),
        lambda path: _flip(path, _root(path, "person_name"), 4050, 4090),
        lambda path: _flip(path, _root(path, "photo_fingerprint"), 8, 16),
    ],
    ids=["rows", "entries", "names", "cells"],
)
def test_a_damaged_index_is_built_again(patient: Patient, hurt: Callable[[Path], None]) -> None:
    cast = patient.cast
    patient.library.close()
    hurt(patient.library.path)
    cast.library = cast.album.library = Library.open(patient.library.path)
    found = examine(patient.library, is_alone=True)
    assert [finding.where for finding in found.findings] == ["database"]
    assert "index is damaged" in found.findings[0].problem and found.findings[0].mendable
    mended = repair(patient.library, lambda: None)
    assert mended.findings[0].mended, mended.findings
    assert problems(examine(patient.library, is_alone=True)) == []
    assert patient.library.problems() == []


def test_what_cannot_be_mended_is_told(patient: Patient) -> None:
    path = patient.library.path
    patient.library.close()
    good = path.read_bytes()
    _flip(path, _root(path, "face"), 0, 60)
    hurt = path.read_bytes()
    cast = patient.cast
    cast.library = cast.album.library = Library.open(path)
    with pytest.raises(DamagedLibraryError):
        examine(patient.library, is_alone=True)
    with pytest.raises(DamagedLibraryError):
        repair(patient.library, lambda: pytest.fail("no copy of this is a backup"))
    patient.library.close()
    assert path.read_bytes() == hurt, "it is left as it is"
    path.write_bytes(good)
    cast.library = cast.album.library = Library.open(path)


def test_json_of_the_log_is_kept_as_it_was(patient: Patient) -> None:
    """Nothing that is sound is written anew."""

    def rows() -> list[tuple[object, ...]]:
        with raw(patient.library.path) as file:
            return file.execute("SELECT * FROM decision ORDER BY id").fetchall()

    before = rows()
    assert all(json.loads(str(row[4])) is not None for row in before)
    patient.hurt(*DAMAGES["counts"].done)
    repair(patient.library, lambda: None)
    assert rows() == before
