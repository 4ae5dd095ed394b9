"""A library that is damaged, or restored: what is asked and said while there is no window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from app.bootstrap import build
from app.errors import LibraryBusyError
from app.indexing.doorway import Arrival, Doorway
from app.library.commands.backups import (
    Recovery,
    Restored,
    list_backups,
    make_backup,
    recover_library,
    restore_backup,
)
from app.library.commands.folders import create_collection
from app.library.queries.folders import collections
from app.library.rows import BackupRow
from app.library.troubles import damaged
from app.paths import Paths
from app.ui import application, mending
from app.ui.places import Kind

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A closed library of two collections; the only backup knows of the first alone."""
    folder = tmp_path / "library"
    house = build(str(folder), "Photos")
    make_backup(house.library)
    create_collection(house.library, "Door")
    house.close()
    return house.paths


@pytest.fixture
def answers(qapp: QApplication) -> Iterator[Callable[..., list[str]]]:
    """Presses these buttons in the dialogs that come up; gives what they will have said."""
    timer = QTimer()
    said: list[str] = []

    def press(*buttons: str) -> list[str]:
        left = list(buttons)

        def look() -> None:
            shown = QApplication.activeModalWidget()
            if not isinstance(shown, QDialog) or not left:
                return
            found = {b.text().replace("&", ""): b for b in shown.findChildren(QPushButton)}
            said.append(" ".join(label.text() for label in shown.findChildren(QLabel)))
            assert shown.accessibleName() in said[-1]
            found[left.pop(0)].click()

        timer.timeout.connect(look)
        timer.start(50)
        return said

    yield press
    timer.stop()
    qapp.setStyleSheet("")


def damage(paths: Paths) -> None:
    paths.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 50_000)


def test_why_kinfolk_cannot_start_is_told_as_everything_else(
    answers: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = answers("OK")
    mending.complain("The disk is full.")
    assert said == [], "there is nobody who could press a button"
    monkeypatch.setattr(mending, "can_ask", lambda: True)
    monkeypatch.setattr(mending, "has_screen", lambda: True)
    mending.complain("The disk is full.")
    assert said == ["Kinfolk cannot start The disk is full."]


def test_nothing_is_done_unasked(paths: Paths, answers: Callable[..., list[str]]) -> None:
    damage(paths)
    before = paths.database.read_bytes()
    said = answers("Close")
    assert mending.mend(paths, recover_library) is False
    assert "damaged" in said[0] and "today" in said[0]
    assert paths.database.read_bytes() == before


def test_a_damaged_library_is_restored_when_that_is_wanted(
    paths: Paths, answers: Callable[..., list[str]]
) -> None:
    damage(paths)
    said = answers("Restore the newest backup", "OK")
    assert mending.mend(paths, recover_library) is True
    assert "Restored the backup of today" in said[1] and "library-damaged" in said[1]
    house = build(str(paths.data), "Photos")
    assert [row.name for row in collections(house.library)] == ["Photos"]
    house.close()


def test_without_a_backup_it_is_said_what_can_be_done(
    paths: Paths, answers: Callable[..., list[str]]
) -> None:
    damage(paths)
    for row in list_backups(paths.backups):
        row.path.unlink()
    said = answers("Restore what can be restored", "OK")
    assert mending.mend(paths, recover_library) is True
    assert "no good backup" in said[0] and "new library" in said[1]


def test_what_cannot_be_done_is_told(paths: Paths, answers: Callable[..., list[str]]) -> None:
    def refuse(_: Paths) -> Recovery:
        raise LibraryBusyError("Another Kinfolk has this library open.")

    said = answers("Restore the newest backup", "OK")
    assert mending.mend(paths, refuse) is False
    assert "Another Kinfolk" in said[1]


@pytest.mark.usefixtures("answers")
def test_a_backup_that_cannot_be_restored_is_told_in_a_sentence(paths: Paths) -> None:
    def refuse(_: Paths, __: Path) -> Restored:
        raise LibraryBusyError("Another Kinfolk has this library open.")

    news = mending.restore(paths, Path("backup.db"), refuse)
    assert news == "The library is as it was. Another Kinfolk has this library open."


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize(
    ("has_restore_point", "aside", "kept"),
    [
        (True, None, " What was there before is kept as a backup."),
        (
            False,
            Path("library-damaged-1.db"),
            " What was there before was damaged, and is set aside.",
        ),
        (False, None, ""),
    ],
)
def test_what_became_of_the_library_before_is_told(
    paths: Paths, has_restore_point: bool, aside: Path | None, kept: str
) -> None:
    backup = BackupRow(Path("x"), datetime(2020, 5, 4, 12), "daily", 1, 2, 3, 4, "")
    done = Restored(backup, has_restore_point, aside)
    news = mending.restore(paths, backup.path, lambda *_: done)
    assert news.startswith("Restored the library of ") and news.endswith("." + kept)
    assert news.count(".") == 1 + bool(kept)


@pytest.mark.parametrize(
    ("said_again", "unsaid", "words"),
    [
        (0, 0, []),
        (1, 0, ["The one thing that you have said since was said again."]),
        (12, 2, ["The 12 things that you have said since", "2 of them"]),
    ],
)
def test_what_was_said_since_is_counted(said_again: int, unsaid: int, words: list[str]) -> None:
    backup = BackupRow(Path("x"), datetime(2020, 5, 4, 12), "daily", 1, 2, 3, 4, "")
    told = mending._told(Recovery(None, backup, False, said_again, unsaid))
    assert "2020" in told[0] and len(told) == 1 + len(words)
    for sentence, start in zip(told[1:], words, strict=True):
        assert sentence.startswith(start)


@pytest.mark.usefixtures("qtbot")
def test_a_window_over_a_library_that_turns_out_damaged_ends_to_have_it_mended(
    paths: Paths,
) -> None:
    house, doorway = build(str(paths.data), "Photos"), Doorway(paths)
    assert doorway.enter(Arrival("Photos"))

    def read() -> None:
        raise damaged(paths.database, "malformed")

    def act() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if hasattr(w, "restore_wanted"))
        window.desk.background.read(window, read)

    QTimer.singleShot(500, act)
    ending = application.run(house, [], doorway)
    house.close()
    doorway.close()
    assert ending.is_damaged and ending.restore is None


@pytest.mark.usefixtures("qtbot")
def test_the_window_asks_to_be_opened_again(paths: Paths) -> None:
    """Both lives of a window: the wish to restore ends the first, the second says what was done."""
    house = build(str(paths.data), "Photos")
    doorway = Doorway(paths)
    assert doorway.enter(Arrival("Photos"))
    wanted = list_backups(paths.backups)[0].path
    seen: list[MainWindow] = []

    def act(what: Callable[[MainWindow], object]) -> None:
        window = next(w for w in QApplication.topLevelWidgets() if hasattr(w, "restore_wanted"))
        seen.append(window)
        what(window)

    QTimer.singleShot(500, lambda: act(lambda window: window.restore_wanted.emit(wanted)))
    ending = application.run(house, [], doorway)
    house.close()
    assert ending.restore == wanted
    news = mending.restore(paths, wanted, restore_backup)
    assert news.startswith("Restored the library of today")
    house = build(str(paths.data), "Photos")
    assert [row.name for row in collections(house.library)] == ["Photos"]
    shown: list[str] = []

    def read(window: MainWindow) -> None:
        shown.append(window.message.label.text())
        assert window.trail.here.kind == Kind.PEOPLE
        window.close()

    QTimer.singleShot(500, lambda: act(read))
    ending = application.run(house, [], doorway, news)
    house.close()
    doorway.close()
    assert (ending.status, ending.restore, shown) == (0, None, [news])
    reasons = [row.reason for row in list_backups(paths.backups)]
    assert "restore" in reasons, "what was there is kept"


def test_without_a_screen_damage_is_told_and_nothing_is_done(paths: Paths) -> None:
    damage(paths)
    done = subprocess.run(
        [sys.executable, "-m", "app", "--library", str(paths.data)], cwd=ROOT, timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 3
    assert "damaged" in done.stderr and "doctor --repair" in done.stderr
    assert "Traceback" not in done.stderr
