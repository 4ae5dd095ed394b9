"""The dialog of foreign names, over drawn photos beside which Picasa left its file."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.errors import LibraryError
from app.indexing import name_import
from app.indexing.events import Ended
from app.library.commands.importing import TakenName, take_in_names
from app.library.queries.decisions import can_undo
from app.library.queries.tasks import tasks
from app.library.rows import TaskRow, TaskState, TaskType
from app.ui.importing.dialog import ImportDialog
from app.ui.importing.lists import TickList
from tests.ui.conftest import PLACES

if TYPE_CHECKING:
    from tests.ui.conftest import Room

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CORNER = (0.0, 0.0, 0.1, 0.1)
Box = tuple[float, float, float, float]


def rect64(box: Box) -> str:
    x, y, w, h = box
    return "".join(f"{round(value * 65535):04x}" for value in (x, y, x + w, y + h))


def write(folder: Path, said: dict[int, Sequence[tuple[str, Box]]], named: bool = True) -> None:
    """Let Picasa have named these faces of drawn photos."""
    names = sorted({name for own in said.values() for name, _ in own})
    lines = [f"{number:x}={name};;" for number, name in enumerate(names, 1)] if named else []
    lines = ["[Contacts2]", *lines]
    for photo, own in said.items():
        faces = ";".join(f"rect64({rect64(b)}),{names.index(name) + 1:x}" for name, b in own)
        lines += [f"[photo{photo:02}.jpg]", f"faces={faces}"]
    (folder / ".picasa.ini").write_text("\n".join(lines))


def open_dialog(room: Room) -> ImportDialog:
    """Open it as a user does."""
    QTest.keyClick(room.window, Qt.Key.Key_I, CONTROL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    return dialog


def shown(dialog: ImportDialog, qtbot: QtBot) -> ImportDialog:
    """The dialog once it has read."""
    qtbot.waitUntil(lambda: dialog.stack.currentIndex() > 0)
    return dialog


def lines(listed: TickList) -> list[list[str]]:
    return [[item.text(column) for column in range(item.columnCount())] for item in listed.items()]


def drawn(tmp_path: Path) -> Path:
    return tmp_path / "drawn"


def test_names_are_shown_and_then_taken_in(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    # c is in photos 2, 5 and 6, d in 7, 8 and 9; a and b are Anna and Ben.
    write(drawn(tmp_path), {
        2: [("anna", PLACES[0]), ("Carl", PLACES[1])], 7: [("Dora", PLACES[0]), ("Emil", CORNER)],
        99: [("Zoe", CORNER)],
    })  # fmt: skip
    dialog = shown(open_dialog(room), qtbot)
    assert lines(dialog.people) == [
        ["Carl", "1", "3", "new"], ["Dora", "1", "3", "new"], ["Anna", "1", "1", "joins Anna"],
        ["Emil", "", "", "new, where no face was found"],
    ]  # fmt: skip
    assert not dialog.conflicts.isVisible() and not dialog.keywords.isVisible()
    assert "1 photo with names not in this album." in dialog._notes.text()
    assert room.names() == ["Anna", "Ben"], "nothing is changed before"
    assert dialog.yes.text() == "Take in 3 names on 3 faces"
    QTest.mouseClick(dialog.frames, Qt.MouseButton.LeftButton)
    assert dialog.yes.text() == "Take in 4 names on 4 faces"
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben", "Carl", "Dora", "Emil"])
    message = room.window.message
    qtbot.waitUntil(lambda: "Took in the names of 4 people, on 4 faces" in message.label.text())
    qtbot.waitUntil(lambda: room.indexer.spoken_of != [])
    (task,) = tasks(room.library, room.collection_id)
    assert (task.type, task.state) == (TaskType.IMPORT, TaskState.DONE)
    assert task.result["People"] == 4
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben"])
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)


def test_whoever_is_not_ticked_stays_out(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    write(drawn(tmp_path), {2: [("Carl", PLACES[1])], 7: [("Dora", PLACES[0])]})
    dialog = shown(open_dialog(room), qtbot)
    first = dialog.people.items()[0]
    assert first.text(0) == "Carl" and dialog.people.currentItem() is first
    assert dialog.people.hasFocus()
    QTest.keyClick(dialog.people, Qt.Key.Key_Space)
    assert dialog.people.left_out() == {"carl"}
    assert dialog.yes.text() == "Take in 1 name on 1 face"
    place = dialog.people.visualItemRect(first).topLeft() + QPoint(10, 20)
    QTest.mouseClick(dialog.people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.people.left_out() == set()
    QTest.mouseClick(dialog.people.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben", "Dora"])
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 4)


def test_conflicts_keep_what_holds_here_unless_they_are_ticked(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    write(drawn(tmp_path), {
        0: [("Bertha", PLACES[1])], 1: [("Bertha", PLACES[1])], 2: [("Carl", PLACES[1])],
    })  # fmt: skip
    dialog = shown(open_dialog(room), qtbot)
    assert lines(dialog.conflicts) == [["Bertha", "2", "Ben"]]
    assert "2 faces are named otherwise there" in dialog._title.text()
    assert dialog.yes.text() == "Take in 1 name on 1 face"
    dialog.conflicts.setFocus()
    QTest.keyClick(dialog.conflicts, Qt.Key.Key_Space)
    assert dialog.yes.text() == "Take in 2 names on 3 faces"
    told = dialog.conflicts.items()[0].data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Bertha, 2 faces, Ben"
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.names() == ["Anna", "Ben", "Bertha", "Carl"])
    qtbot.waitUntil(lambda: len(room.people.model.rows) == 5)


def test_one_of_several_names_is_taken(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    write(drawn(tmp_path), {7: [("Dora", PLACES[0]), ("Dorothea", PLACES[0])]})
    (drawn(tmp_path) / "photo07.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
        'syntax-ns#"><rdf:Description rdf:about="" xmlns:MP="http://ns.microsoft.com/photo/1.2/" '
        'xmlns:R="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
        'xmlns:G="http://ns.microsoft.com/photo/1.2/t/Region#"><MP:RegionInfo rdf:parseType='
        '"Resource"><R:Regions><rdf:Bag><rdf:li G:PersonDisplayName="Emil" G:Rectangle='
        '"0.1, 0.3, 0.2, 0.25"/></rdf:Bag></R:Regions></MP:RegionInfo></rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    )
    dialog = shown(open_dialog(room), qtbot)
    names = [line[0] for line in lines(dialog.conflicts)]
    assert len(names) == 2 and "Emil" in names
    for item in dialog.conflicts.items():
        item.setCheckState(0, Qt.CheckState.Checked)
    assert list(dialog.conflicts.theirs().values()) == [names[1]], "the last one holds"
    dialog.reject()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_found_where_nothing_is_written(room: Room, qtbot: QtBot, theme: str) -> None:
    room.furniture.theme.choose(theme)
    dialog = shown(open_dialog(room), qtbot)
    assert dialog.stack.currentIndex() == 2
    assert dialog._nobody.title.text() == "No names found"
    assert not dialog.yes.isEnabled()
    QTest.mouseClick(dialog.no, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_contacts_can_be_named(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(drawn(tmp_path), {7: [("Dora", PLACES[0])]}, named=False)
    contacts = tmp_path / "contacts.xml"
    contacts.write_text('<contacts><contact id="1" name="Dora"/></contacts>')
    dialog = shown(open_dialog(room), qtbot)
    assert dialog.contacts.isVisible() and "contacts.xml" in dialog._notes.text()
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(contacts)))
    QTest.mouseClick(dialog.contacts, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lines(dialog.people) == [["Dora", "1", "3", "new"]])
    assert not dialog.contacts.isVisible()
    dialog.reject()


def test_reading_can_be_left(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(drawn(tmp_path), {7: [("Dora", PLACES[0])]})
    goes_on, ended = threading.Event(), threading.Event()
    real = name_import.gather

    def slow(files: Any, contacts: Any, known: Any, tell: Any) -> Any:
        tell(1, 12)
        goes_on.wait(30)
        try:
            return real(files, contacts, known, tell)
        finally:
            ended.set()

    monkeypatch.setattr(name_import, "gather", slow)
    dialog = open_dialog(room)
    qtbot.waitUntil(lambda: "1 of 12 photos" in dialog.status.text())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    goes_on.set()
    assert ended.wait(30), "the reading ends early"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_what_fails_is_said_in_a_sentence(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(drawn(tmp_path), {7: [("Dora", PLACES[0])]})

    def refuse(*_: object) -> None:
        raise LibraryError("The disk is full. Make room and try again.")

    dialog = shown(open_dialog(room), qtbot)
    monkeypatch.setattr(name_import, "take_in_names", refuse)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.status.text() == "The disk is full. Make room and try again.")
    assert dialog.status.objectName() == "Warning"
    assert room.names() == ["Anna", "Ben"]
    assert can_undo(room.library, room.collection_id) == "Named Ben"
    dialog.reject()


def index_ended(room: Room, done: int = 12, is_asked: bool = True) -> None:
    """An index task ends as the indexer tells it."""
    now = datetime(2026, 5, 4)
    row = TaskRow(
        "task", TaskType.INDEX, TaskState.DONE, done, done, now, now, "", is_asked=is_asked
    )
    room.indexer.tell(Ended(row))


def test_whoever_indexed_photos_that_picasa_knows_is_invited_once(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    label = room.window.message.label
    index_ended(room)
    write(drawn(tmp_path), {7: [("Dora", PLACES[0])]})
    index_ended(room, is_asked=False)
    index_ended(room, done=0)
    room.window.message.say("Nothing yet")
    index_ended(room)
    qtbot.waitUntil(lambda: label.text() == "Picasa has names for people in these photos.")
    QTest.mouseClick(room.window.message.undo, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    shown(dialog, qtbot)
    dialog.reject()
    room.window.message.say("Looked at more")
    index_ended(room)
    waited: list[bool] = []
    album = room.window.desk.album
    room.window.desk.background.read(room.window, album.are_names_waiting, waited.append)
    qtbot.waitUntil(lambda: waited == [True])
    assert label.text() == "Looked at more"


def test_nobody_is_invited_to_what_was_taken_in(room: Room, tmp_path: Path) -> None:
    album = room.window.desk.album
    assert not album.are_names_waiting()
    (drawn(tmp_path) / ".picasa.ini").write_text("[photo07.jpg]\nstar=yes\n")
    assert not album.are_names_waiting()
    write(drawn(tmp_path), {7: [("Dora", PLACES[0])]})
    assert album.are_names_waiting()
    face = room.library.sql("SELECT MAX(id) FROM face")[0][0]
    take_in_names(room.library, room.collection_id, [TakenName("Dora", None, (face,))])
    assert not album.are_names_waiting()
