"""Exporting from the window: what is asked, what it weighs, and what is said when it is done."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.indexing.export import copying
from app.indexing.export.order import By, Way, Web
from app.library.commands.folders import add_folder
from app.library.commands.people import hide_people
from app.library.commands.tasks import wish_cancel
from app.library.queries.tasks import tasks
from app.library.rows import PhotoSearch, TaskState, TaskType
from app.ui.exporting.dialog import ExportDialog
from app.ui.photos.months_page import MonthsPage
from app.ui.places import Kind, Place
from tests.ui.conftest import Room


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder for what is exported."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def asked(opened: Room, qtbot: QtBot) -> ExportDialog:
    """The dialog that is in front, once it has counted."""
    found: list[ExportDialog] = []

    def is_there() -> bool:
        found[:] = opened.window.findChildren(ExportDialog)
        return bool(found) and found[0].isVisible()

    qtbot.waitUntil(is_there)
    return found[0]


def go_to(dialog: ExportDialog, folder: Path, qtbot: QtBot) -> None:
    """Choose a folder as the user does."""
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(folder))
    chooser.reject()
    qtbot.waitUntil(lambda: str(folder) in dialog.place.full)


def choose(opened: Room, *places: int) -> None:
    """Select people on their page."""
    grid = opened.people.grid
    grid.clearSelection()
    for place in places:
        index = opened.people.model.index(place, 0)
        grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    grid.setFocus()


def files(folder: Path) -> set[str]:
    """The user's files in a folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".kinfolk-export" not in path.parts
    }


def press(opened: Room, page: QWidget, qtbot: QtBot) -> None:
    """The key that exports, on the page in sight."""
    (act,) = [one for one in page.actions() if one.shortcut() == QKeySequence("Ctrl+E")]
    assert act.isEnabled() and page.isVisible()
    qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def test_a_person_is_exported_by_key_and_the_message_leads_to_the_folder(
    room: Room, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(room, 0)
    press(room, room.people, qtbot)
    dialog = asked(room, qtbot)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export 4 photos of Anna")
    go_to(dialog, stick, qtbot)
    assert dialog.place.full == str(stick / "Anna") and dialog.by.word is By.YEAR
    qtbot.waitUntil(dialog.yes.isEnabled)
    assert dialog.status.text().startswith("4 photos, ")
    shown: list[Path] = []
    monkeypatch.setattr("app.ui.photos.files.show_in_file_manager", shown.append)
    with qtbot.waitSignal(room.window.desk.deeds.offered) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    text, offer = told.args or ("", None)
    assert text == "Exported 4 photos." and offer.text == "Open folder"
    offer.work()
    assert shown == [stick / "Anna"]
    assert files(stick) == {f"Anna/2020/photo{number:02}.jpg" for number in range(4)}
    (task,) = tasks(room.library, room.collection_id)
    assert (task.type, task.state, task.is_asked) == (TaskType.EXPORT, TaskState.DONE, True)
    assert (task.done, task.total, task.result["Files"]) == (4, 4, 4)
    choices = room.indexer.choices
    qtbot.waitUntil(lambda: choices.settings.export_folder == str(stick))
    # The next one begins there.
    press(room, room.people, qtbot)
    again = asked(room, qtbot)
    qtbot.waitUntil(lambda: again.place.full == str(stick / "Anna"))
    qtbot.waitUntil(lambda: "there already" in again.status.text())
    again.reject()


def test_several_people_have_a_folder_each(room: Room, qtbot: QtBot, stick: Path) -> None:
    choose(room, 0, 1)
    room.people.acts.export.trigger()
    dialog = asked(room, qtbot)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export 6 photos of Anna and Ben")
    assert dialog.by.word is By.PERSON
    go_to(dialog, stick, qtbot)
    qtbot.waitUntil(dialog.yes.isEnabled)
    with qtbot.waitSignal(room.window.desk.deeds.offered):
        dialog.accept()
    found = files(stick / "Anna and Ben")
    assert {path for path in found if "photo00" in path} == {
        "Anna/photo00.jpg", "Ben/photo00.jpg",
    }  # fmt: skip
    assert len(found) == 8


def test_a_sheet_and_an_album_alone(room: Room, qtbot: QtBot, stick: Path) -> None:
    room.window.go(Place(Kind.PERSON, (room.rows()[0].id,)))
    page = room.window.pages[Kind.PERSON]
    qtbot.waitUntil(lambda: page.acts.export.isEnabled())
    page.acts.export.trigger()
    dialog = asked(room, qtbot)
    go_to(dialog, stick, qtbot)
    qtbot.waitUntil(dialog.yes.isEnabled)
    assert not dialog.web_kind.isVisible()
    dialog.way.choose(Way.NONE)
    assert not dialog.yes.isEnabled()
    qtbot.waitUntil(lambda: "contact sheet or the web album" in dialog.status.text() or (
        "Nothing is to be exported" in dialog.status.text()
    ))  # fmt: skip
    assert not dialog.by.isEnabled() and not dialog.companions.isEnabled()
    dialog.sheet.click()
    dialog.web.click()
    assert dialog.web_kind.isVisible() and dialog.web_kind.word is Web.SCALED
    qtbot.waitUntil(dialog.yes.isEnabled)
    with qtbot.waitSignal(room.window.desk.deeds.offered):
        dialog.accept()
    found = files(stick / "Anna")
    assert "Contact sheet of Anna.pdf" in found and "Web album of Anna/index.html" in found
    assert not any("photo0" in path for path in found)


def test_the_first_folder_offered_is_none_that_kinfolk_watches(
    room: Room, qtbot: QtBot, home: Path
) -> None:
    for name in ("Pictures", "Documents"):
        (home / name).mkdir()
    add_folder(room.library, room.collection_id, home / "Pictures")
    choose(room, 0)
    room.people.acts.export.trigger()
    dialog = asked(room, qtbot)
    qtbot.waitUntil(lambda: dialog.place.full == str(home / "Documents" / "Anna"))
    dialog.reject()


def test_a_folder_that_kinfolk_watches_is_refused(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    choose(room, 0)
    room.people.acts.export.trigger()
    dialog = asked(room, qtbot)
    go_to(dialog, tmp_path / "drawn", qtbot)
    qtbot.waitUntil(lambda: "Kinfolk watches" in dialog.status.text())
    assert not dialog.yes.isEnabled() and dialog.status.objectName() == "Warning"
    assert "--" not in dialog.status.text(), "nobody types words here"
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()


def test_what_does_not_fit_is_told_and_cannot_be_begun(
    room: Room, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.indexing.export.exporter.free_bytes", lambda _: 1000)
    choose(room, 0)
    room.people.acts.export.trigger()
    dialog = asked(room, qtbot)
    go_to(dialog, stick, qtbot)
    qtbot.waitUntil(lambda: "Choose another folder" in dialog.status.text())
    assert not dialog.yes.isEnabled()
    dialog.way.choose(Way.HARDLINK)
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.reject()


def test_photos_that_are_selected_are_exported_and_else_all(room: Room, qtbot: QtBot) -> None:
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, MonthsPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 12)
    page.grid.setFocus()
    press(room, page, qtbot)
    dialog = asked(room, qtbot)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export 12 photos")
    assert dialog.place.full.endswith("/Photos")
    dialog.reject()
    qtbot.waitUntil(lambda: not room.window.findChildren(ExportDialog))
    for place in (0, 3, 5):
        index = page.grid.photos.index(place)
        page.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    ids = page.grid.chosen_ids()
    assert len(ids) == 3
    page.export.trigger()
    dialog = asked(room, qtbot)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export 3 photos")
    dialog.reject()
    album = room.window.desk.album
    menu = page.grid.menu_for(3, album.photo(ids[1]), [])
    assert "Export 3 photos…" in [act.text() for act in menu.actions()]
    other = page.grid.menu_for(1, album.photo(page.grid.photos.rows[1].id), [])
    (entry,) = [act for act in other.actions() if act.text().startswith("Export")]
    assert entry.text() == "Export 1 photo…"
    for one in (menu, other):
        one.deleteLater()


def test_a_search_exports_what_it_found(room: Room, qtbot: QtBot, stick: Path) -> None:
    anna, ben, *_ = room.rows()
    room.window.go(Place(Kind.SEARCH, search=PhotoSearch(all_of=(anna.id, ben.id))))
    page = room.window.pages[Kind.SEARCH]
    assert isinstance(page, MonthsPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 2)
    page.export.trigger()
    dialog = asked(room, qtbot)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Export 2 photos of Anna and Ben")
    go_to(dialog, stick, qtbot)
    qtbot.waitUntil(dialog.yes.isEnabled)
    with qtbot.waitSignal(room.window.desk.deeds.offered):
        dialog.accept()
    assert len(files(stick)) == 4, "both people have both photos"


def test_those_who_hear_the_dialog_know_what_each_part_is(room: Room, qtbot: QtBot) -> None:
    choose(room, 0)
    room.people.acts.export.trigger()
    dialog = asked(room, qtbot)
    for choice in (dialog.by, dialog.way, dialog.web_kind):
        assert choice.box.accessibleName() and choice.box.accessibleDescription()
        before = choice.box.accessibleDescription()
        choice.box.setCurrentIndex(choice.box.count() - 1)
        assert choice.box.accessibleDescription() != before
    dialog.way.choose(Way.COPY)
    for tick in (dialog.companions, dialog.sheet, dialog.web):
        assert tick.accessibleName() and tick.accessibleDescription()
        was = tick.isChecked()
        tick.setFocus()
        qtbot.keyClick(tick, Qt.Key.Key_Space)
        assert tick.isChecked() != was
    dialog.reject()


class Held:
    """Holds a copy still, until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()
        copy = copying.copy_file

        def hold(source: Path, part: Path, mark: str, check: copying.Check) -> int:
            self.began.set()
            assert self.go_on.wait(60)
            return copy(source, part, mark, check)

        monkeypatch.setattr("app.indexing.export.placing.copy_file", hold)


def begin(opened: Room, qtbot: QtBot, stick: Path) -> None:
    """Begin to export Anna's photos."""
    choose(opened, 0)
    opened.people.acts.export.trigger()
    dialog = asked(opened, qtbot)
    go_to(dialog, stick, qtbot)
    qtbot.waitUntil(dialog.yes.isEnabled)
    dialog.accept()


def test_words_are_carried_out_while_photos_go_out_and_the_export_can_be_cancelled(
    room: Room, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    monkeypatch.setattr("app.indexing.chores.HEED_EVERY", 0.0)
    begin(room, qtbot, stick)
    assert held.began.wait(30)
    (task,) = tasks(room.library, room.collection_id)
    assert task.can_cancel
    with qtbot.waitSignal(room.window.desk.deeds.changed):
        room.window.desk.deeds.hide(room.rows()[1].id)
    wish_cancel(room.library, task.id)
    held.go_on.set()
    state = lambda: tasks(room.library, room.collection_id)[0].state  # noqa: E731
    qtbot.waitUntil(lambda: state() is TaskState.CANCELLED)
    assert len(files(stick)) <= 1


def test_closing_the_window_ends_an_export_that_goes_on_next_time(
    room: Room, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    begin(room, qtbot, stick)
    assert held.began.wait(30)
    threading.Timer(0.2, held.go_on.set).start()
    room.furniture.background.close()
    (task,) = tasks(room.library, room.collection_id)
    assert task.state is TaskState.INTERRUPTED
    assert len(files(stick)) <= 1 and not (stick / "Anna/.kinfolk-export/part").exists()


def test_somebody_hidden_is_in_nobodys_folder(room: Room, qtbot: QtBot, stick: Path) -> None:
    hide_people(room.library, (room.rows()[1].id,))
    room.window.go(Place(Kind.PHOTOS))
    page = room.window.pages[Kind.PHOTOS]
    assert isinstance(page, MonthsPage)
    qtbot.waitUntil(lambda: page.grid.photos.rowCount() == 12)
    page.export.trigger()
    dialog = asked(room, qtbot)
    dialog.by.choose(By.PERSON)
    go_to(dialog, stick, qtbot)
    qtbot.waitUntil(dialog.yes.isEnabled)
    with qtbot.waitSignal(room.window.desk.deeds.offered):
        dialog.accept()
    assert {path.name for path in (stick / "Photos").iterdir()} == {
        "Anna", "Others", ".kinfolk-export",
    }  # fmt: skip
