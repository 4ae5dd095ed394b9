"""Recovery: whatever breaks in the library file, everything that was said is there again."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import DamagedLibraryError, LibraryBusyError, LibraryError
from app.library import backups
from app.library.commands.backups import (
    list_backups,
    make_backup,
    recover_library,
    restore_backup,
    verify_backup,
)
from app.library.commands.doctor import examine
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.people import name_person
from app.library.commands.photos import store_look
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.journal import read_words
from app.library.models import Face, Person
from app.library.queries.folders import folders
from app.library.rows import FolderState
from app.paths import Paths
from tests.library.conftest import LEFT, Cast, a_face, a_look
from tests.library.killing import killed_everywhere
from tests.library.spoken_of import FIRST, SECOND, speak, told

Break = Callable[[Path], object]


def spoil(path: Path, at: int, size: int) -> None:
    """Overwrite a part of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(os.urandom(size))


def write_text(path: Path) -> None:
    """Something else is there."""
    path.write_bytes(b"a shopping list" * 1000)


BREAKS: dict[str, Break] = {
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "one page": lambda path: os.truncate(path, 4096),
    "nothing": lambda path: os.truncate(path, 0),
    "head": lambda path: spoil(path, 0, 100),
    "all pages": lambda path: spoil(path, 4096, path.stat().st_size - 4096),
    "other": write_text,
    "gone": lambda path: path.unlink(),
}


@pytest.fixture
def paths(cast: Cast) -> Paths:
    return Paths.under(cast.library.path.parent)


@pytest.mark.parametrize("how", BREAKS)
def test_a_damaged_library_comes_back_with_every_word(cast: Cast, paths: Paths, how: str) -> None:
    speak(cast, FIRST)
    backup = make_backup(cast.library)
    speak(cast, SECOND)
    expected, picture = told(cast.library), cast.picture()
    cast.library.close()
    BREAKS[how](paths.database)
    with pytest.raises(DamagedLibraryError, match="doctor --repair"):
        Library.open(paths.database)
    done = recover_library(paths)
    assert done.backup == backup and not done.is_new and done.unsaid == 0
    assert done.said_again == len(expected) - backup.words
    assert (done.set_aside is None) == (how == "gone")
    cast.reopen()
    assert told(cast.library) == expected
    assert cast.picture() == picture
    assert cast.library.problems() == []
    assert len(read_words(paths.journal)) == len(expected)
    files = [path for path in paths.data.iterdir() if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    undo(cast.library, cast.number)
    cast.library.close()
    again = recover_library(paths)
    assert (again.set_aside, again.backup, again.said_again) == (None, None, 0), "it is sound"


NONSENSE = {
    "a text that is none": "UPDATE face SET gender = CAST(X'66FF80' AS TEXT) WHERE id = 3",
    "a number that is none": "UPDATE person SET face_count = X'0102' WHERE id = 2",
    "a moment that is none": "UPDATE decision SET at = 'yesterday' WHERE id = 1",
}
"""What SQLite's own check calls sound."""


@pytest.mark.parametrize("what", NONSENSE)
def test_a_library_whose_values_make_no_sense_comes_back(
    cast: Cast, paths: Paths, what: str
) -> None:
    speak(cast, FIRST)
    backup = make_backup(cast.library)
    speak(cast, SECOND)
    expected, picture = told(cast.library), cast.picture()
    cast.library.close()
    with contextlib.closing(sqlite3.connect(paths.database)) as file, file:
        assert file.execute(NONSENSE[what]).rowcount == 1
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    library = Library.open(paths.database)
    try:
        with pytest.raises(DamagedLibraryError, match="doctor --repair"):
            examine(library, is_alone=True)
    finally:
        library.close()
    assert recover_library(paths).backup == backup
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (expected, picture)


def test_a_text_that_is_none_is_told_as_damage(cast: Cast, paths: Paths) -> None:
    cast.library.close()
    with contextlib.closing(sqlite3.connect(paths.database)) as file, file:
        file.execute(NONSENSE["a text that is none"])
    library = Library.open(paths.database)
    try:
        with pytest.raises(DamagedLibraryError, match="doctor --repair"):
            list(Face.select())
    finally:
        library.close()


def test_damage_during_work_is_told_in_reads_and_writes(cast: Cast, paths: Paths) -> None:
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    library = Library.open(paths.database)
    try:
        with pytest.raises(DamagedLibraryError, match="doctor --repair"):
            list(Face.select())
        with pytest.raises(DamagedLibraryError):
            library.write(lambda: Face.update(quality=0).execute())
    finally:
        library.close()
    assert recover_library(paths).is_new, "there was no backup"


@pytest.mark.parametrize("name", ["face_photo", "face_person", "decisionface_fingerprint"])
def test_a_damaged_index_costs_nothing(cast: Cast, paths: Paths, name: str) -> None:
    speak(cast, FIRST)
    expected, picture = told(cast.library), cast.picture()
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    done = recover_library(paths)
    assert (done.backup, done.is_new, done.said_again) == (None, False, 0)
    assert done.set_aside is not None
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (expected, picture)
    assert cast.library.problems() == []


def test_the_newest_good_backup_is_taken(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    good = make_backup(cast.library)
    for spoilt in (make_backup(cast.library), make_backup(cast.library)):
        spoil(spoilt.path, 5 * 4096, 20 * 4096)
    speak(cast, SECOND)
    expected = told(cast.library)
    cast.library.close()
    write_text(paths.database)
    assert recover_library(paths).backup == good
    cast.reopen()
    assert told(cast.library) == expected


def test_without_a_backup_the_words_wait_for_the_photos(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    speak(cast, SECOND)
    expected = told(cast.library)
    people = {row.name: row.face_count for row in cast.album.people() if row.name}
    words = cast.words()
    looks = {
        face.photo.path.name: (face.photo.fingerprint, face.photo_id)
        for face in Face.select().order_by(Face.id)
        if not face.drawn
    }
    keys = {row.key: row.name for row in cast.album.people()}
    cast.library.close()
    write_text(paths.database)
    done = recover_library(paths)
    assert done.is_new and done.said_again == len(expected)
    cast.reopen()
    assert told(cast.library) == expected
    named = Person.select().where(Person.name != "")
    assert {row.key: row.name for row in named} == {k: n for k, n in keys.items() if n}
    cast.number = cast.album.collection_id = ensure_collection(cast.library, "Photos").id
    cast.album.folder_id = _add_folder(cast)
    for name, (fingerprint, number) in sorted(looks.items(), key=lambda look: look[1][1]):
        photo_id = max(cast.album.add(name))
        store_look(cast.library, photo_id, a_look(fingerprint, a_face(LEFT, number)))
    shown = {row.name: row.face_count for row in cast.album.people() if row.name}
    said = {row.name: sum(person == row.id for person in cast.words().said.values())
            for row in cast.album.people() if row.name}  # fmt: skip
    assert shown == said and shown.keys() == people.keys()
    assert len(cast.words().said) == len(words.said)
    assert len(cast.words().denied) == len(words.denied)
    assert len(cast.words().strangers) == len(words.strangers)
    cast.library.close()


def _add_folder(cast: Cast) -> int:
    return add_folder(cast.library, cast.number, cast.album.folder).id


def test_folders_that_can_still_be_read_are_watched_again(cast: Cast, paths: Paths) -> None:
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    assert recover_library(paths).is_new
    cast.reopen()
    assert [row.path for row in folders(cast.library)] == [cast.album.folder]


def test_folders_watched_since_the_backup_are_watched_again(cast: Cast, paths: Paths) -> None:
    make_backup(cast.library)
    since = paths.data / "since"
    since.mkdir()
    add_folder(cast.library, cast.number, since)
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    assert recover_library(paths).backup is not None
    cast.reopen()
    assert [row.path for row in folders(cast.library)] == [cast.album.folder, since]


def test_rows_that_point_to_nothing_do_not_cost_what_came_since_the_backup(
    cast: Cast, paths: Paths
) -> None:
    make_backup(cast.library)
    cast.album.person(3, start=40)
    count = Face.select().count()
    cast.library.close()
    with contextlib.closing(sqlite3.connect(paths.database)) as file:
        file.execute("UPDATE face SET person_id = 9999 WHERE id = 1")
        file.execute("UPDATE decisionface SET decision_id = 9999 WHERE id = 1")
        file.execute("INSERT INTO taskskip (task_id, path, error) VALUES ('t', x'2f', '')")
        file.commit()
    done = recover_library(paths)
    assert (done.backup, done.is_new) == (None, False) and done.set_aside is not None
    cast.reopen()
    assert Face.select().count() == count
    assert cast.library.problems() == []


def test_a_full_disk_is_no_damage(
    cast: Cast, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(cast.library)
    cast.library.close()
    before = paths.database.read_bytes()

    def fill(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(backups, "copy_library", fill)
    with pytest.raises(LibraryError, match="full"):
        recover_library(paths)
    assert paths.database.read_bytes() == before
    cast.reopen()


@pytest.mark.parametrize("has_backup", [False, True])
def test_folders_come_back_with_any_backup_also_those_on_a_drive_that_is_away(
    cast: Cast, paths: Paths, tmp_path: Path, has_backup: bool
) -> None:
    if has_backup:
        make_backup(cast.library)
    added, away = tmp_path / "added since", tmp_path / "on a drive"
    for folder in (added, away):
        folder.mkdir()
        add_folder(cast.library, cast.number, folder)
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    away.rmdir()
    assert recover_library(paths).is_new != has_backup
    cast.reopen()
    states = {row.path: row.state for row in folders(cast.library)}
    assert states.keys() == {cast.album.folder, added, away}
    assert states[away] is FolderState.OFFLINE


def test_the_log_is_read_from_the_damaged_file_if_the_journal_is_gone(
    cast: Cast, paths: Paths
) -> None:
    speak(cast, FIRST)
    make_backup(cast.library)
    speak(cast, SECOND)
    expected, picture = told(cast.library), cast.picture()
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    paths.journal.unlink()
    recover_library(paths)
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (expected, picture)


def test_a_part_of_a_damaged_log_is_read_from_both_ends(cast: Cast, paths: Paths) -> None:
    for number in range(160):
        name_person(cast.library, cast.anna.id, f"Anna {number} " + "x" * 80)
    expected = told(cast.library)
    with_words = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'decision'")
    cast.library.close()
    data = paths.database.read_bytes()
    middle = data.find(b"Anna 80 xx")
    assert with_words and middle > 0
    spoil(paths.database, middle // 4096 * 4096, 4096)
    paths.journal.unlink()
    assert recover_library(paths).said_again > 130
    cast.reopen()
    left = told(cast.library)
    lost = expected.keys() - left.keys()
    assert lost and all(70 < number < 100 for number in lost)


def test_words_said_again_in_part_only_once(cast: Cast, paths: Paths) -> None:
    """The newest pages were lost, as their file was removed: the rest is kept."""
    speak(cast, FIRST)
    cast.library.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    speak(cast, SECOND)
    expected, picture = told(cast.library), cast.picture()
    copy = paths.data / "copy"
    copy.mkdir()
    for name in ("library.db", "journal.jsonl"):
        shutil.copy(paths.data / name, copy / name)
    cast.library.close()
    with pytest.raises(DamagedLibraryError, match="lost something"):
        Library.open(copy / "library.db")
    done = recover_library(Paths.under(copy))
    assert done.backup is None and not done.is_new and done.said_again > 10
    cast.library = cast.album.library = Library.open(copy / "library.db")
    assert (told(cast.library), cast.picture()) == (expected, picture)
    cast.library.close()


def test_whom_the_log_forgot_does_not_come_back_with_an_old_file(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    cast.library.close()
    old = Path(shutil.copy(paths.database, paths.data / "old"))
    cast.reopen()
    forget_person(cast.library, cast.anna.id)
    expected, picture = told(cast.library), cast.picture()
    cast.library.close()
    shutil.copy(old, paths.database)
    with pytest.raises(DamagedLibraryError, match="lost something"):
        Library.open(paths.database)
    recover_library(paths)
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (expected, picture)
    assert Person.get_or_none(Person.key == cast.anna.key) is None


def test_after_a_restore_nothing_of_the_time_before_comes_back(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    row = make_backup(cast.library)
    speak(cast, SECOND)
    make_backup(cast.library)
    cast.library.close()
    restore_backup(paths, row.path)
    cast.reopen()
    name_person(cast.library, cast.anna.id, "Annika")
    expected, picture = told(cast.library), cast.picture()
    cast.library.close()
    write_text(paths.database)
    recover_library(paths)
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (expected, picture)


def test_a_crash_with_a_damaged_file_is_noticed_at_the_next_start(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    copy = paths.data / "copy"
    copy.mkdir()
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    name_person(cast.library, cast.anna.id, "Annika")
    for name in ("library.db", "library.db-wal", "journal.jsonl"):
        shutil.copy(paths.data / name, copy / name)
    expected = told(cast.library)
    cast.library.close()
    spoil(copy / "library.db", (root - 1) * 4096, 4096)
    with pytest.raises(DamagedLibraryError):
        Library.open(copy / "library.db")
    recover_library(Paths.under(copy))
    library = Library.open(copy / "library.db")
    assert told(library) == expected
    assert not (copy / "library.db-wal").exists() or library.problems() == []
    library.close()
    assert (copy / "library-damaged-1.db").exists()


@pytest.mark.usefixtures("cast")
def test_a_library_in_use_is_not_repaired(paths: Paths) -> None:
    with pytest.raises(LibraryBusyError, match="open"):
        recover_library(paths)


def test_recovery_dies_at_any_step_and_is_done_again(
    cast: Cast, paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    speak(cast, FIRST)
    make_backup(cast.library)
    speak(cast, SECOND)
    expected, picture = told(cast.library), cast.picture()
    cast.library.close()
    here = tmp_path_factory.mktemp("killed")
    shutil.copytree(paths.data, here / "broken")
    broken = here / "broken" / "library.db"
    spoil(broken, 4096, broken.stat().st_size - 4096)
    (here / "broken" / "library.db-wal").write_bytes(b"newest pages")
    for folder in killed_everywhere("recover_library(paths)", here / "broken", here / "all", 3):
        left = Paths.under(folder)
        recover_library(left)
        cast.library = cast.album.library = Library.open(left.database)
        assert (told(cast.library), cast.picture()) == (expected, picture)
        assert cast.library.problems() == []
        cast.library.close()
        assert len(read_words(left.journal)) == len(expected)
        (aside,) = folder.glob("library-damaged-*.db")
        assert aside.read_bytes() == broken.read_bytes()
        assert not (folder / "recovering").exists()


def test_a_window_killed_while_it_speaks_loses_no_word_that_was_shown(
    cast: Cast, paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = len(told(cast.library))
    cast.library.close()
    work = """
library = Library.open(paths.database)
for number in range(6):
    name_person(library, 1, f"Anna {number}")
    (paths.data / f"shown {number}").write_text("")
library.close()
"""
    here = tmp_path_factory.mktemp("killed")
    for folder in killed_everywhere(work, paths.data, here / "all"):
        shown = len(list(folder.glob("shown *")))
        library = Library.open(folder / "library.db")
        rows = len(told(library))
        assert rows - before in (shown, shown + 1) and library.problems() == []
        assert len(read_words(folder / "journal.jsonl")) == rows
        library.close()


def test_backups_of_a_damaged_library_are_not_made(cast: Cast, paths: Paths) -> None:
    row = make_backup(cast.library)
    root = cast.library.sql("SELECT rootpage FROM sqlite_master WHERE name = 'face'")[0][0]
    cast.library.close()
    spoil(paths.database, (root - 1) * 4096, 4096)
    library = Library.open(paths.database)
    with pytest.raises(DamagedLibraryError):
        make_backup(library)
    library.close()
    assert [one.path for one in list_backups(paths.backups)] == [row.path]
    assert verify_backup(row.path).problem == ""
    with sqlite3.connect(row.path) as raw:
        assert raw.execute("SELECT COUNT(*) FROM face").fetchone() != (0,)
    raw.close()
    assert recover_library(paths).backup == row
