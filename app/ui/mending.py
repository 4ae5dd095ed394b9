"""Mending: what is asked and shown while there is no window, because the library is not open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QVBoxLayout,
)

from app.library.rows import BackupRow
from app.ui import words
from app.ui.theme import Theme

T = TypeVar("T")

_EVERY_MILLISECONDS = 50
_WIDTH = 460
_ACCEPT = QDialogButtonBox.ButtonRole.AcceptRole
_REJECT = QDialogButtonBox.ButtonRole.RejectRole


class Mending:
    """The dialogs around a library that is damaged, or is being restored."""

    def __init__(self, application: QApplication, resources: Path, theme: str) -> None:
        """`theme` is as in the settings."""
        self._theme = Theme(application, resources, theme)
        icon = resources / "icons" / "kinfolk.svg"
        if icon.is_file():
            application.setWindowIcon(QIcon(str(icon)))

    def close(self) -> None:
        """Let the window have its own theme."""
        shiboken6.delete(self._theme)

    def ask(self, backup: BackupRow | None) -> bool:
        """Tell that the library is damaged, and whether the user wants it mended; `backup` is the
        newest one that can be restored."""
        dialog = _Notice(
            _tr("The library is damaged"),
            _tr(
                "Kinfolk cannot open its library: the file was damaged, as by a power cut or a "
                "failing disk. Your photos are not touched by this."
            ),
            _offer(backup),
        )
        primary = _tr("Restore the newest backup") if backup else _tr("Begin a new library")
        dialog.add_button(primary, _ACCEPT)
        dialog.add_button(_tr("Close"), _REJECT)
        return bool(_shown(dialog) == QDialog.DialogCode.Accepted)

    def tell(self, title: str, text: str) -> None:
        """Say what was done, or why it could not be."""
        dialog = _Notice(title, text)
        dialog.add_button(_tr("OK"), _ACCEPT)
        _shown(dialog)

    def busy(self, title: str, work: Callable[[], T]) -> T:
        """Do something that takes a while, with a window that says so.

        Raises what `work` raises.
        """
        answers: list[T] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                answers.append(work())
            except BaseException as error:
                errors.append(error)

        dialog = _Busy(title)
        loop, timer = QEventLoop(), QTimer()
        thread = threading.Thread(target=run, name="mending")
        timer.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
        dialog.show()
        thread.start()
        timer.start(_EVERY_MILLISECONDS)
        loop.exec()
        thread.join()
        timer.stop()
        shiboken6.delete(dialog)
        if errors:
            raise errors[0]
        return answers[0]


class _Notice(QDialog):
    """A title, some sentences, and buttons; nothing of the rest of the window is there yet."""

    def __init__(self, title: str, *paragraphs: str) -> None:
        super().__init__()
        self.setWindowTitle("Kinfolk")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 24)
        column.setSpacing(12)
        heading = QLabel(title)
        heading.setObjectName("Heading")
        column.addWidget(heading)
        for text in paragraphs:
            label = QLabel(text)
            label.setWordWrap(True)
            label.setFixedWidth(_WIDTH)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self._buttons = QDialogButtonBox()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(self._buttons)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(paragraphs))

    def add_button(self, text: str, role: QDialogButtonBox.ButtonRole) -> None:
        """One more button; the first one is what Enter presses."""
        is_first = not self._buttons.buttons()
        button = self._buttons.addButton(text, role)
        if is_first:
            button.setObjectName("Primary")
        button.setDefault(is_first)
        button.setAutoDefault(is_first)


class _Busy(QDialog):
    """Says what is being done, and stays until it is."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle("Kinfolk")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(16)
        heading = QLabel(title)
        heading.setObjectName("Heading")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(_WIDTH)
        bar.setAccessibleName(title)
        column.addWidget(heading)
        column.addWidget(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # Escape ends nothing

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def moment(row: BackupRow) -> str:
    """When a backup was made: today, 18:40."""
    when = row.at.replace(tzinfo=UTC).astimezone()
    day = words.day(when.date(), date.today())
    return f"{day}, {words.time_of_day(when)}"


def _offer(backup: BackupRow | None) -> str:
    if backup is None:
        return _tr(
            "There is no backup of it. Kinfolk can keep the damaged file, begin a new library and "
            "look at your photos again; what you said of people is said again as far as it was "
            "written down."
        )
    return _tr(
        "The newest good backup is of {0}: {1} and {2} people with a name. Restoring it keeps the "
        "damaged file, and says again what you have said since."
    ).format(moment(backup), words.photos(backup.photos), words.number(backup.people))


def _shown(dialog: _Notice) -> Any:
    try:
        return dialog.exec()
    finally:
        shiboken6.delete(dialog)


def _tr(text: str) -> str:
    return QApplication.translate("Mending", text)
