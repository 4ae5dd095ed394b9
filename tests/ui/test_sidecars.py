"""The window says what writing names into sidecars would do, and has it done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from app.indexing import sidecars
from app.library.queries.people import list_people
from app.library.rows import PhotoSearch
from app.media.xmp.keywords import keywords_in
from app.media.xmp.sidecars import read_sidecar
from app.ui.places import Kind, Place
from app.ui.sidecars.dialog import SidecarsDialog

if TYPE_CHECKING:
    from tests.ui.conftest import Room

LEFT = Qt.MouseButton.LeftButton


def opened(room: Room, qtbot: QtBot) -> SidecarsDialog:
    room.window.actions_.write_names.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SidecarsDialog)
    settle(dialog, qtbot)
    return dialog


def settle(dialog: SidecarsDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.bar.isHidden(), timeout=20000)


def written(room: Room) -> list[Path]:
    return sorted(room.house.paths.data.rglob("*.xmp"))


def test_it_says_what_it_would_do_and_does_it(room: Room, qtbot: QtBot) -> None:
    dialog = opened(room, qtbot)
    assert dialog.numbers.text().startswith("Sidecars: ")
    assert "leave the library" in dialog.accessibleDescription()
    assert dialog.no.isDefault() and dialog.yes.isEnabled() and not written(room)
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: "Names were written beside" in room.window.message.label.text())
    files = written(room)
    assert files and not any(file.name.startswith(".") for file in files)
    names = {name for file in files for name in keywords_in(read_sidecar(file)).people}
    people = list_people(room.library, room.collection_id)
    assert names == {person.name for person in people if person.name}
    again = opened(room, qtbot)
    assert "already" in again.numbers.text() and not again.yes.isEnabled()
    again.reject()


def test_of_a_person_in_sight_only_the_name_can_go_out(room: Room, qtbot: QtBot) -> None:
    anna = next(p for p in list_people(room.library, room.collection_id) if p.name)
    room.window.go(Place(Kind.PERSON, (anna.id,)))
    qtbot.waitUntil(lambda: room.window.pages[Kind.PERSON].subject == anna.name)
    dialog = opened(room, qtbot)
    assert [anna.name in one.text() for one in dialog.choices] == [False, True]
    dialog.choices[1].click()
    settle(dialog, qtbot)
    assert dialog.aim.people == (anna.id,)
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: "Names were written beside" in room.window.message.label.text())
    names = {name for file in written(room) for name in keywords_in(read_sidecar(file)).people}
    assert names == {anna.name}


def test_of_a_search_in_sight_only_its_photos_get_names(room: Room, qtbot: QtBot) -> None:
    named = [p for p in list_people(room.library, room.collection_id) if p.name]
    search = PhotoSearch(all_of=tuple(person.id for person in named))
    room.window.go(Place(Kind.SEARCH, search=search))
    dialog = opened(room, qtbot)
    dialog.choices[1].click()
    settle(dialog, qtbot)
    assert dialog.aim.search == search
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: "Names were written beside" in room.window.message.label.text())
    found = room.window.desk.album.found_count(search)
    assert len(written(room)) == found > 0


def test_other_names_are_listed_and_give_way_when_asked(room: Room, qtbot: QtBot) -> None:
    dialog = opened(room, qtbot)
    assert dialog.conflicts.isHidden() and dialog.overwrite.isHidden()
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: "Names were written beside" in room.window.message.label.text())
    name = next(p.name for p in list_people(room.library, room.collection_id) if p.name)
    for file in written(room):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f'mwg-rs:Name="{name}"', 'mwg-rs:Name="Somebody"'), "utf-8")
    dialog = opened(room, qtbot)
    assert dialog.conflicts.isVisible() and dialog.conflicts.rows.rowCount() > 0
    index = dialog.conflicts.rows.index(0, 2)
    assert index.data() == "Somebody" and dialog.conflicts.rows.index(0, 1).data() == name
    QTest.mouseClick(dialog.overwrite, LEFT)
    settle(dialog, qtbot)
    assert dialog.conflicts.isHidden() and dialog.overwrite.isVisible()
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(
        lambda: all('Somebody"' not in f.read_text("utf-8") for f in written(room)), timeout=20000
    )


def test_what_fails_is_told(room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(room, qtbot)

    def refuse(*_: object, **__: object) -> None:
        raise KnownError("The disk is full.")

    monkeypatch.setattr(sidecars, "write_all_names", refuse)
    QTest.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: room.window.message.label.text() == "The disk is full.")
    assert not written(room)


def test_leaving_ends_the_looking(room: Room, qtbot: QtBot) -> None:
    room.window.actions_.write_names.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SidecarsDialog)
    token = dialog._steps.token
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert token.is_cancelled and not written(room)
