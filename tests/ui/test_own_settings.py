"""The settings of one collection: each as the library has it, or its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.library.commands.collections import delete_collection
from app.library.commands.folders import create_collection
from app.library.queries.collections import own_settings
from app.settings import OF_COLLECTION, Option, option_named
from app.ui.places import Kind
from app.ui.settings import wording
from app.ui.settings.categories import CATEGORIES, by_category
from app.ui.settings.own_dialog import OwnSettingsDialog
from app.ui.settings.own_fields import OwnField, OwnNumber, OwnText, make_own_field

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def open_own(room: Room, qtbot: QtBot, name: str = "min_photos") -> OwnSettingsDialog:
    """Open it by its menu entry, wait until it knows what is, and go to an option."""
    room.window.actions_.own_settings.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, OwnSettingsDialog)
    qtbot.waitUntil(dialog.fields["min_photos"].isEnabled)
    dialog.sheet.show_option(name)
    return dialog


def choose(field: OwnField, place: int) -> None:
    """Choose a line as a user does."""
    field.choice.setCurrentIndex(place)
    field.choice.activated.emit(place)


def number(dialog: OwnSettingsDialog, name: str) -> OwnNumber:
    field = dialog.fields[name]
    assert isinstance(field, OwnNumber)
    return field


def own(room: Room) -> dict[str, object]:
    return own_settings(room.library, room.collection_id)


def test_every_option_is_there_once_with_its_words(room: Room, qtbot: QtBot) -> None:
    dialog = open_own(room, qtbot)
    for row in range(dialog.sheet.categories.count()):
        dialog.sheet.categories.setCurrentRow(row)
    assert set(dialog.fields) == {option.name for option in OF_COLLECTION}
    assert "Photos" in dialog.windowTitle()
    for option in OF_COLLECTION:
        choice = dialog.fields[option.name].choice
        assert choice.currentText().startswith("As the library (")
        assert choice.accessibleName() == wording.title(option)
        assert choice.accessibleDescription() == wording.sentence(option)
    listed = [name for category in CATEGORIES for name in category.names]
    assert len(set(listed)) == len(listed)


def test_a_number_of_its_own_and_back(room: Room, qtbot: QtBot) -> None:
    dialog = open_own(room, qtbot)
    field = number(dialog, "min_photos")
    assert field.choice.currentText() == "As the library (3 photos)" and not field.box.isVisible()
    choose(field, 1)
    qtbot.waitUntil(lambda: own(room) == {"min_photos": 3})
    assert field.box.isVisible() and field.box.hasFocus()
    field.number.setValue(1)
    assert field.number.text() == "1 photo"
    field.number.selectAll()
    QTest.keyClicks(field.number, "12")
    assert field.number.text() == "12 photos"
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    assert own(room) == {"min_photos": 3}, "it is told first what that would change"
    QTest.mouseClick(dialog.panel.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: own(room) == {"min_photos": 12})
    qtbot.waitUntil(lambda: dialog.status.text() == "Applied.")
    qtbot.waitUntil(
        lambda: any(room.collection_id in one.collections for one in room.indexer.heeded)
    )
    choose(field, 0)
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    dialog.panel.apply.click()
    qtbot.waitUntil(lambda: own(room) == {})
    qtbot.waitUntil(lambda: not field.box.isVisible())


def test_a_page_comes_with_its_switch(room: Room, qtbot: QtBot) -> None:
    dialog = open_own(room, qtbot, "alerts")
    field = dialog.fields["alerts"]
    texts = [field.choice.itemText(place) for place in range(field.choice.count())]
    assert texts == ["As the library (Off)", "Off", "On"]
    choose(field, 2)
    qtbot.waitUntil(lambda: own(room) == {"alerts": "on"})
    entry = room.window.sidebar._entries[Kind.ALERTS]
    qtbot.waitUntil(lambda: not entry.isHidden())
    assert field.choice.currentText() == "On"


def test_what_a_kind_began_with_is_its_own(room: Room, qtbot: QtBot) -> None:
    door = create_collection(room.library, "Door", "camera").id
    room.furniture.collections.go(door)
    qtbot.waitUntil(lambda: room.window.desk.album.collection_id == door)
    dialog = open_own(room, qtbot)
    field = number(dialog, "cluster_delay_seconds")
    assert field.choice.currentText() == "Its own" and field.number.value() == 1
    assert field.number.suffix() == " s"
    assert dialog.fields["hd_face_angle"].choice.currentText() == "As the library (50°)"


def test_it_says_when_it_cannot_be(room: Room, qtbot: QtBot) -> None:
    create_collection(room.library, "Other")
    dialog = open_own(room, qtbot, "visitors")
    delete_collection(room.library, room.collection_id)
    choose(dialog.fields["visitors"], 2)
    qtbot.waitUntil(lambda: "no such collection" in dialog.status.text())
    assert dialog.fields["visitors"].choice.currentIndex() == 0


def test_the_wheel_changes_nothing(room: Room, qtbot: QtBot) -> None:
    dialog = open_own(room, qtbot)
    field = number(dialog, "min_photos")
    choose(field, 1)
    qtbot.waitUntil(lambda: own(room) == {"min_photos": 3})
    for widget in (field.choice, field.box):
        middle = QPointF(widget.rect().center())
        event = QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
    assert field.choice.currentIndex() == 1 and field.number.value() == 3


@pytest.mark.parametrize(
    ("name", "library", "told"),
    [
        ("hd_face_quality", 0.2, "As the library (0.2)"),
        ("hd_face_pixels", 40, "As the library (40 px)"),
        ("visitors", "off", "As the library (Off)"),
    ],
)
def test_what_the_library_has_is_told(qtbot: QtBot, name: str, library: object, told: str) -> None:
    field = make_own_field(option_named(name))
    qtbot.addWidget(field)
    field.show_value(library, None)  # type: ignore[arg-type]
    assert field.choice.currentText() == told


def test_a_text_is_taken_when_it_is_left(qtbot: QtBot) -> None:
    option = Option("names", str, "", "", "Some text.", (), 0, 1, True)
    field = make_own_field(option)
    assert isinstance(field, OwnText)
    qtbot.addWidget(field)
    field.show()
    wished: list[object] = []
    field.changed.connect(lambda _, value: wished.append(value))
    field.show_value("all", "Family")
    assert field.line.text() == "Family" and field.choice.currentText() == "Its own"
    field.line.selectAll()
    QTest.keyClicks(field.line, "Friends ")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert wished == ["Friends"]
    choose(field, 0)
    assert wished == ["Friends", None] and not field.line.isVisible()
    assert [one.key for one, _ in by_category([option])] == ["advanced"]
