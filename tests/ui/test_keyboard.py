"""What Enter presses: the button that has the keyboard, in the window and in its dialogs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.library.commands.folders import ensure_collection
from tests.ui.test_settings import choices, open_settings, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.library.database import Library
    from tests.ui.conftest import Room


def test_enter_presses_the_button_of_the_first_screen(
    furnish: Callable[[int], Room], library: Library, qtbot: QtBot
) -> None:
    room = furnish(ensure_collection(library, "Photos").id)
    page = room.window.invitations.empty
    qtbot.waitUntil(page.isVisible)
    pressed: list[bool] = []
    page.tour.clicked.connect(lambda: pressed.append(True))
    page.tour.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.tour, Qt.Key.Key_Return)
    assert pressed == [True]


def test_enter_opens_the_menu_of_a_button(room: Room, qtbot: QtBot) -> None:
    sort = room.window.findChild(QToolButton, "Sort")
    assert sort is not None
    qtbot.waitUntil(sort.isVisible)
    sort.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[bool] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        seen.append(menu is sort.menu())
        if menu is not None:
            menu.close()

    QTimer.singleShot(100, sort, look)
    QTest.keyClick(sort, Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: seen == [True])


def test_enter_presses_what_has_the_keyboard_in_settings(room: Room, qtbot: QtBot) -> None:
    choices(room).change("workers", 2)
    dialog = open_settings(room, qtbot)
    qtbot.waitUntil(dialog.reset_all.isEnabled)
    dialog.reset_all.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dialog.reset_all, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: written(room) == {})
    assert dialog.isVisible()


def test_enter_in_a_dialog_is_the_dialogs_where_something_is_ticked(
    room: Room, qtbot: QtBot
) -> None:
    dialog = QDialog(room.window)
    column = QVBoxLayout(dialog)
    tick, plain, last = QToolButton(), QPushButton("Look"), QPushButton("Do it")
    tick.setCheckable(True)
    plain.setAutoDefault(False)
    last.setDefault(True)
    said: list[str] = []
    for button in (tick, plain, last):
        column.addWidget(button)
        button.clicked.connect(partial(said.append, button.text()))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert said == ["Do it"] and not tick.isChecked()
    plain.setFocus()
    QTest.keyClick(plain, Qt.Key.Key_Return)
    assert said == ["Do it", "Look"]
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    QApplication.sendEvent(plain, held)
    assert said == ["Do it", "Look"], "a key that is held presses once"
    dialog.reject()
