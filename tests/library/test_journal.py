"""The journal: it always says what the log says, whatever breaks in between."""

from __future__ import annotations

import logging
import os
import shutil
import stat
from pathlib import Path

import pytest

from app.errors import DamagedLibraryError
from app.library import journal
from app.library.commands.collections import delete_collection, purge_collection
from app.library.commands.folders import create_collection, ensure_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.people import merge_people, name_person
from app.library.commands.photos import store_look
from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.journal import Mark, last_mark, read_mark, read_words
from app.library.models import Decision, DecisionFace, Face
from tests.library.conftest import Album, Cast, a_face, a_look
from tests.library.spoken_of import FIRST, SECOND, speak, told


def path_of(cast: Cast) -> Path:
    return cast.library.path.with_name("journal.jsonl")


def in_journal(path: Path) -> dict[int, object]:
    """What the journal says, as `told` says it of the library, but for what is undone."""
    return {
        word.id: (word.collection, word.at, word.kind, word.data, word.said, word.target,
                  frozenset(word.anchors))
        for word in read_words(path)
    }  # fmt: skip


def in_library(library: Library) -> dict[int, object]:
    """The same of the log."""
    return {
        number: (name, at, kind, Decision.data.python_value(data), said, target, frozenset(faces))
        for number, (name, at, kind, data, said, target, _, faces) in told(library).items()
    }


def test_the_journal_says_what_the_log_says_after_every_word(cast: Cast) -> None:
    for part in (FIRST, SECOND):
        speak(cast, part)
        assert in_journal(path_of(cast)) == in_library(cast.library)
    assert stat.S_IMODE(path_of(cast).stat().st_mode) == 0o600
    assert read_mark(path_of(cast)) is not None


def test_faces_that_are_added_to_an_old_word_are_in_the_journal(cast: Cast) -> None:
    merge_people(cast.library, cast.anna.id, [cast.ben.id])
    undo(cast.library, cast.number)
    cast.album.person(1, start=40)
    word = Decision.get(Decision.kind == "merge")
    before = DecisionFace.select().where(DecisionFace.decision == word).count()
    newest = Face.select().order_by(Face.id.desc()).get()
    cast.library.write(
        lambda: Face.update(person=cast.ben.id).where(Face.id == newest.id).execute()
    )
    redo(cast.library, cast.number)
    assert DecisionFace.select().where(DecisionFace.decision == word).count() == before + 1
    assert in_journal(path_of(cast)) == in_library(cast.library)


def test_work_that_says_nothing_leaves_the_journal_alone(cast: Cast) -> None:
    before = path_of(cast).stat()
    cast.album.person(2, start=40)
    assert path_of(cast).stat().st_mtime_ns == before.st_mtime_ns


def test_a_word_that_fails_is_not_in_the_journal(cast: Cast) -> None:
    def work() -> None:
        name_person(cast.library, cast.anna.id, "Nobody")
        raise RuntimeError("pulled the plug")

    with pytest.raises(RuntimeError):
        cast.library.write(work)
    assert "Nobody" not in path_of(cast).read_text()
    assert in_journal(path_of(cast)) == in_library(cast.library)


def test_the_journal_forgets_whom_the_log_forgets(cast: Cast) -> None:
    speak(cast, FIRST)
    assert "Anna" in path_of(cast).read_text()
    forget_person(cast.library, cast.anna.id)
    text = path_of(cast).read_text()
    assert "Anna" not in text and cast.anna.key not in text
    assert in_journal(path_of(cast)) == in_library(cast.library)


def test_a_collection_takes_its_words_along(cast: Cast) -> None:
    create_collection(cast.library, "Street")
    delete_collection(cast.library, cast.number)
    assert [word.kind for word in read_words(path_of(cast))][-1] == "delete"
    purge_collection(cast.library, cast.number)
    (husk,) = read_words(path_of(cast))
    assert (husk.collection, husk.kind, husk.said) == ("Street", "erased", "")
    ensure_collection(cast.library, "Photos")


@pytest.mark.parametrize("left", [0, 1, 10, 200, 1000, -300, -20, -1])
def test_a_torn_journal_is_mended(cast: Cast, left: int) -> None:
    speak(cast, FIRST)
    path = path_of(cast)
    whole = path.read_bytes()
    os.truncate(path, left % len(whole) if left else 0)
    undo(cast.library, cast.number)
    assert in_journal(path) == in_library(cast.library)
    assert read_mark(path) == last_mark(path)


def test_a_journal_that_is_gone_or_nonsense_is_written_anew(cast: Cast) -> None:
    path = path_of(cast)
    for break_it in (path.unlink, lambda: path.write_bytes(os.urandom(5000))):
        break_it()
        cast.reopen()
        assert in_journal(path) == in_library(cast.library)


def test_what_was_committed_before_a_crash_is_caught_up(cast: Cast) -> None:
    speak(cast, FIRST)
    path = path_of(cast)
    early = path.read_bytes()
    speak(cast, SECOND)
    path.write_bytes(early)
    cast.reopen()
    assert in_journal(path) == in_library(cast.library)


def test_a_forgetting_before_a_crash_is_caught_up(cast: Cast) -> None:
    speak(cast, FIRST)
    path = path_of(cast)
    early = path.read_bytes()
    forget_person(cast.library, cast.anna.id)
    path.write_bytes(early)
    cast.reopen()
    assert "Anna" not in path.read_text()
    assert in_journal(path) == in_library(cast.library)


@pytest.mark.logs_trouble
def test_a_disk_that_takes_no_journal_costs_no_word(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "Anna")

    before = path_of(cast).read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(journal.os, "fsync", full)
        name_person(cast.library, cast.anna.id, "Annabel")
    assert path_of(cast).read_bytes() == before, "nothing half-written"
    assert cast.anna.id in {row.id for row in cast.album.people() if row.name == "Annabel"}
    name_person(cast.library, cast.ben.id, "Benno")
    assert in_journal(path_of(cast)) == in_library(cast.library)
    assert "Anna" not in "".join(record.getMessage() for record in caplog.records)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@pytest.mark.logs_trouble
def test_the_journal_of_another_library_is_kept_beside(cast: Cast) -> None:
    path = path_of(cast)
    words = read_words(path)
    cast.library.close()
    mark = last_mark(path)
    assert mark is not None
    lines = path.read_text().replace(str(mark.at), str(mark.at - 5))
    path.write_text(lines)
    cast.reopen()
    assert in_journal(path) == in_library(cast.library)
    kept = read_words(path.with_name("journal-old-1.jsonl"))
    assert [word.id for word in kept] == [word.id for word in words]
    assert cast.library.scrub() is not None
    assert not path.with_name("journal-old-1.jsonl").exists(), "it tells of people"


def test_a_library_that_lost_words_is_not_opened(cast: Cast, tmp_path: Path) -> None:
    path = cast.library.path
    speak(cast, FIRST)
    cast.library.close()
    old = Path(shutil.copy(path, tmp_path / "copy.db"))
    cast.reopen()
    speak(cast, SECOND)
    cast.library.close()
    shutil.copy(old, path)
    with pytest.raises(DamagedLibraryError, match="lost something"):
        Library.open(path)


def test_a_journal_of_nothing_is_not_made(album: Album) -> None:
    (photo_id,) = album.add("a.jpg")
    store_look(album.library, photo_id, a_look("a", a_face()))
    assert not album.library.path.with_name("journal.jsonl").exists()


def test_marks_tell_who_is_ahead() -> None:
    assert Mark(5).is_ahead_of(Mark(4)) and not Mark(5).is_ahead_of(Mark(5))
    assert Mark(3, erased=2).is_ahead_of(Mark(5, erased=1))
    assert not Mark(5, erased=1).is_ahead_of(Mark(3, erased=2))
