"""Backups: checked, private, numbered, the newest fourteen kept; and restored in one piece."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import DamagedLibraryError, LibraryBusyError, LibraryError, NewerLibraryError
from app.library import backups, shelf
from app.library.backups import KEPT
from app.library.commands.backups import (
    due,
    list_backups,
    make_backup,
    restore_backup,
    verify_backup,
)
from app.library.commands.folders import create_collection
from app.library.commands.people import name_person
from app.library.database import Library
from app.library.journal import read_words
from app.paths import Paths
from tests.library.conftest import Cast
from tests.library.killing import killed_everywhere
from tests.library.spoken_of import FIRST, SECOND, speak, told


@pytest.fixture
def paths(cast: Cast) -> Paths:
    return Paths.under(cast.library.path.parent)


def spoil(path: Path, at: int, size: int = 4096) -> None:
    """Overwrite a part of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(os.urandom(size))


def test_a_backup_holds_everything_and_is_for_its_owner_only(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    before = told(cast.library)
    row = make_backup(cast.library, "daily")
    assert (row.reason, row.photos, row.people, row.words) == ("daily", 10, 3, len(before))
    assert row.problem == "" and verify_backup(row.path) == row
    assert abs(datetime.now(UTC).replace(tzinfo=None) - row.at) < timedelta(seconds=10)
    assert stat.S_IMODE(paths.backups.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths.backups.iterdir()} == {0o600}
    cast.library.close()
    copy = Library.open(row.path)
    assert told(copy) == before
    copy.close()


def test_a_backup_is_as_of_one_moment_whoever_writes(cast: Cast) -> None:
    going_on = threading.Event()

    def write() -> None:
        number = 0
        while not going_on.wait(0.001):
            number += 1
            create_collection(cast.library, f"street {number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        rows = [make_backup(cast.library) for _ in range(3)]
    finally:
        going_on.set()
        writer.join()
    assert [verify_backup(row.path).problem for row in rows] == ["", "", ""]


def test_the_newest_fourteen_are_kept(cast: Cast, paths: Paths) -> None:
    rows = [make_backup(cast.library, "daily") for _ in range(KEPT + 3)]
    assert [row.path for row in list_backups(paths.backups)] == [
        row.path for row in rows[: -KEPT - 1 : -1]
    ]
    elsewhere = paths.data / "stick"
    for _ in range(KEPT + 2):
        make_backup(cast.library, into=elsewhere)
    assert len(list_backups(elsewhere)) == KEPT + 2, "elsewhere, all are kept"


def test_damaged_ones_do_not_count_among_those_kept(cast: Cast, paths: Paths) -> None:
    for _ in range(KEPT):
        row = make_backup(cast.library, "daily")
    os.truncate(row.path, 5000)
    make_backup(cast.library, "daily")
    rows = list_backups(paths.backups)
    assert len(rows) == KEPT + 1 and len([row for row in rows if not row.problem]) == KEPT
    assert rows[1].problem == "It is damaged: it does not have its full size."


def test_a_clock_set_back_neither_misorders_nor_overwrites(
    cast: Cast, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Early(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)

    first = make_backup(cast.library, "daily")
    with monkeypatch.context() as clock:
        clock.setattr(backups, "datetime", Early)
        clock.setattr(shelf, "datetime", Early)
        assert due(paths.backups), "the newest is from a day that is yet to come"
        second = make_backup(cast.library, "daily")
        assert not due(paths.backups)
    assert [row.path for row in list_backups(paths.backups)] == [second.path, first.path]
    assert second.at == datetime(2001, 2, 3, 4, 5, 6) and due(paths.backups)


def test_a_backup_is_due_once_a_day(cast: Cast, paths: Paths) -> None:
    assert due(paths.backups)
    at = make_backup(cast.library).at
    for hours, expected in ((0, False), (23, False), (24, True), (-2, False), (-30, True)):
        assert shelf.is_due(paths.backups, at + timedelta(hours=hours)) is expected


def test_what_is_left_of_a_killed_one_is_removed(cast: Cast, paths: Paths) -> None:
    row = make_backup(cast.library)
    left = row.path.with_name("library-000007-20200101-000000-daily.db.new")
    for end in ("", "-journal"):
        left.with_name(left.name + end).write_bytes(b"half")
    assert list_backups(paths.backups) == [row]
    made = make_backup(cast.library)
    assert list_backups(paths.backups) == [made, row]
    assert not list(paths.backups.glob("*.new*"))


def test_a_backup_stops_at_once_and_leaves_nothing(
    cast: Cast, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES", 20)
    monkeypatch.setattr(shelf, "_INSTRUCTIONS", 10)
    for patience in range(10):
        asked = iter([False] * patience + [True] * 100)
        with pytest.raises(shelf.StoppedError):
            make_backup(cast.library, stop=lambda asked=asked: next(asked))  # type: ignore[misc]
    assert [path.name for path in paths.backups.iterdir()] == ["backups.lock"]


def test_a_copy_that_is_not_good_is_not_kept(
    cast: Cast, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backups.copy_library

    def badly(source: Path, target: Path, stop: shelf.Stop, tell: shelf.Tell) -> None:
        copy(source, target, stop, tell)
        spoil(target, 8192, 30_000)

    monkeypatch.setattr(backups, "copy_library", badly)
    with pytest.raises(LibraryError, match="not good, so it was not kept"):
        make_backup(cast.library)
    assert list_backups(paths.backups) == []


@pytest.mark.parametrize("how", ["truncated", "pages", "head", "empty", "other", "gone"])
def test_a_damaged_backup_is_told_and_never_restored(cast: Cast, paths: Paths, how: str) -> None:
    row = make_backup(cast.library)
    if how == "truncated":
        os.truncate(row.path, row.size // 2)
    elif how == "pages":
        spoil(row.path, 5 * 4096, 20 * 4096)
    elif how == "head":
        spoil(row.path, 0, 100)
    elif how == "empty":
        os.truncate(row.path, 0)
    elif how == "gone":
        row.path.unlink()
    else:
        row.path.unlink()
        with sqlite3.connect(row.path) as other:
            other.execute("CREATE TABLE recipe (cake TEXT)")
        other.close()
    found = verify_backup(row.path)
    assert found.problem
    assert how == "pages" or how == "gone" or list_backups(paths.backups)[0].problem
    cast.library.close()
    before = cast.library.path.read_bytes()
    with pytest.raises(LibraryError, match="cannot be restored"):
        restore_backup(paths, row.path)
    assert cast.library.path.read_bytes() == before


def test_restoring_brings_back_what_was_and_makes_a_restore_point(cast: Cast, paths: Paths) -> None:
    speak(cast, FIRST)
    first, picture = told(cast.library), cast.picture()
    row = make_backup(cast.library)
    speak(cast, SECOND)
    second, later = told(cast.library), cast.picture()
    cast.library.close()
    restored = restore_backup(paths, row.path)
    assert (restored.backup.path, restored.backup.words) == (row.path, len(first))
    assert restored.has_restore_point and restored.set_aside is None
    assert len(read_words(paths.journal)) == len(first)
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (first, picture)
    name_person(cast.library, cast.anna.id, "Annika")
    cast.library.close()
    point = next(row for row in list_backups(paths.backups) if row.reason == "restore")
    restore_backup(paths, point.path)
    cast.reopen()
    assert (told(cast.library), cast.picture()) == (second, later)
    assert len(read_words(paths.journal)) == len(second)
    cast.library.close()


def test_the_oldest_can_be_restored_though_a_newer_one_takes_its_place(
    cast: Cast, paths: Paths
) -> None:
    rows = [make_backup(cast.library) for _ in range(KEPT)]
    name_person(cast.library, cast.anna.id, "Annika")
    cast.library.close()
    restore_backup(paths, rows[0].path)
    cast.reopen()
    assert {row.name for row in cast.album.people()} == {"Anna", "Ben", "Carl"}


def test_a_backup_from_elsewhere_replaces_a_damaged_or_missing_library(
    cast: Cast, paths: Paths, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    row = make_backup(cast.library, into=stick)
    expected = told(cast.library)
    cast.library.close()
    spoil(paths.database, 0, 5000)
    restore_backup(paths, row.path)
    cast.reopen()
    assert told(cast.library) == expected
    assert (tmp_path / "library-damaged-1.db").exists()
    cast.library.close()
    paths.database.unlink()
    restore_backup(paths, row.path)
    cast.reopen()
    assert told(cast.library) == expected
    cast.library.close()


def test_a_backup_of_a_newer_version_is_refused(cast: Cast, paths: Paths) -> None:
    row = make_backup(cast.library)
    cast.library.close()
    with sqlite3.connect(row.path) as raw:
        raw.execute("INSERT INTO migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    raw.close()
    with pytest.raises(NewerLibraryError, match="newer Kinfolk"):
        restore_backup(paths, row.path)


def test_a_library_in_use_is_not_replaced(cast: Cast, paths: Paths) -> None:
    row = make_backup(cast.library)
    with pytest.raises(LibraryBusyError, match="open"):
        restore_backup(paths, row.path)


def test_scrubbing_leaves_one_fresh_backup(cast: Cast, paths: Paths) -> None:
    for reason in ("daily", "restore", "asked"):
        make_backup(cast.library, reason)
    aside = paths.data / "library-damaged-1.db"
    for path in (
        aside,
        aside.with_name(aside.name + "-wal"),
        paths.backups / "library-before-migration.db",
    ):
        path.write_bytes(b"Anna")
    (paths.data / "recovering").mkdir()
    (paths.data / "recovering" / "library.db").write_bytes(b"Anna")
    assert cast.library.scrub()
    (row,) = list_backups(paths.backups)
    assert row.reason == "daily" and verify_backup(row.path).problem == ""
    assert {path.name for path in paths.backups.iterdir()} == {row.path.name, "backups.lock"}
    assert (
        not list(paths.data.glob("library-damaged*")) and not (paths.data / "recovering").exists()
    )


def test_restoring_dies_at_any_step_and_leaves_the_old_or_the_new(
    cast: Cast, paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    speak(cast, FIRST)
    first = told(cast.library)
    make_backup(cast.library)
    speak(cast, SECOND)
    second = told(cast.library)
    cast.library.close()
    work = "restore_backup(paths, list_backups(paths.backups)[0].path)"
    here = tmp_path_factory.mktemp("killed")
    folders = killed_everywhere(work, paths.data, here / "all", 2)
    found = []
    for folder in folders:
        library = Library.open(folder / "library.db")
        found.append(told(library))
        assert found[-1] in (first, second) and library.problems() == []
        assert len(read_words(folder / "journal.jsonl")) == len(found[-1])
        library.close()
    assert found[0] == second and found[-1] == first
    assert found == sorted(found, key=lambda one: one == first), "once new, it stays new"


def test_restoring_over_a_damaged_library_dies_at_any_step_and_is_done_again(
    cast: Cast, paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    speak(cast, FIRST)
    first = told(cast.library)
    make_backup(cast.library)
    speak(cast, SECOND)
    second = told(cast.library)
    cast.library.close()
    here = tmp_path_factory.mktemp("killed")
    shutil.copytree(paths.data, here / "broken")
    spoil(here / "broken" / "library.db", 4096, 8 * 4096)
    work = "restore_backup(paths, list_backups(paths.backups)[-1].path)"
    for folder in killed_everywhere(work, here / "broken", here / "all", 3):
        left = Paths.under(folder)
        with contextlib.suppress(DamagedLibraryError):
            library = Library.open(left.database)
            assert told(library) in (first, second)
            library.close()
        restore_backup(left, list_backups(left.backups)[-1].path)
        library = Library.open(left.database)
        assert told(library) == first and library.problems() == []
        library.close()
        assert list(folder.glob("library-damaged-*.db")) and not (folder / "recovering").exists()
        assert stat.S_IMODE(left.database.stat().st_mode) == 0o600


def test_a_backup_dies_at_any_step_and_harms_nothing(
    cast: Cast, paths: Paths, tmp_path_factory: pytest.TempPathFactory
) -> None:
    expected = told(cast.library)
    cast.library.close()
    here = tmp_path_factory.mktemp("killed")
    for folder in killed_everywhere("back_up(paths.database, 'daily')", paths.data, here / "all"):
        rows = list_backups(folder / "backups")
        assert [verify_backup(row.path).problem for row in rows] in ([], [""])
        library = Library.open(folder / "library.db")
        assert told(library) == expected
        make_backup(library)
        assert not list((folder / "backups").glob("*.new*"))
        library.close()


@pytest.mark.parametrize("version", [1, 2])
def test_an_update_that_dies_at_any_step_has_its_backup(version: int, tmp_path: Path) -> None:
    vintage = Path(__file__).parents[1] / "vintage" / f"library-{version}.db"
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(vintage, data / "library.db")
    before = (data / "library.db").read_bytes()
    work = "Library.open(paths.database).close()"
    for folder in killed_everywhere(work, data, tmp_path / "all", stride=7):
        rows = list_backups(folder / "backups")
        assert all(verify_backup(row.path).problem == "" for row in rows)
        assert rows or (folder / "library.db").read_bytes()[100:] == before[100:]
        library = Library.open(folder / "library.db")
        assert library.problems() == []
        library.close()
        assert list_backups(folder / "backups")[-1].reason == "migration"
