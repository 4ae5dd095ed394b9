"""Mending: what is asked and shown while there is no window, because the library is not open."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QLocale, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from app.errors import KnownError
from app.library.commands.backups import Recovery, Restored, list_backups
from app.library.rows import BackupRow
from app.paths import Paths, resources
from app.settings import Settings
from app.ui import words
from app.ui.application import make_application
from app.ui.backups.wording import local
from app.ui.language import Language
from app.ui.sayings import translated
from app.ui.scale import scaled
from app.ui.screen import SCREENS, has_screen
from app.ui.texts import Texts
from app.ui.theme import Theme

tr = Texts("mending")

T = TypeVar("T")

_EVERY_MILLISECONDS = 50
_WIDTH = 460
_ACCEPT = QDialogButtonBox.ButtonRole.AcceptRole
_REJECT = QDialogButtonBox.ButtonRole.RejectRole


def can_ask() -> bool:
    """Whether somebody sees a dialog and can press a button."""
    return make_application().platformName() in SCREENS


def complain(message: str) -> None:
    """Show in a window why Kinfolk cannot start, where there is a screen to show it on."""
    if has_screen() and can_ask():
        with _look(Settings()):
            _tell(tr("Kinfolk cannot start"), translated(message))


def mend(paths: Paths, recover: Callable[[Paths], Recovery]) -> bool:
    """Tell that the library is damaged, have it mended by `recover` if the user wants that, and
    say what was done; whether there is a library now."""
    with _look(Settings.load(paths.settings)):
        backup = next((row for row in list_backups(paths.backups) if not row.problem), None)
        if not _ask(backup):
            return False
        try:
            done = _busy(tr("The library is being restored"), partial(recover, paths))
        except KnownError as error:
            _tell(tr("The library could not be restored"), translated(str(error)))
            return False
        _tell(tr("The library is restored"), *_told(done))
        return True


def restore(paths: Paths, file: Path, work: Callable[[Paths, Path], Restored]) -> str:
    """Let a backup take the place of the library, which is closed, by `work`; gives the sentence
    for the user that says what came of it."""
    with _look(Settings.load(paths.settings)):
        try:
            done = _busy(tr("The library is being restored"), partial(work, paths, file))
        except KnownError as error:
            return tr("The library is as it was. {0}").format(translated(str(error)))
        told = tr("Restored the library of {0}.").format(moment(done.backup))
        if done.has_restore_point:
            return told + " " + tr("What was there before is kept as a backup.")
        if done.set_aside is not None:
            return told + " " + tr("What was there before was damaged, and is set aside.")
        return told


@contextlib.contextmanager
def _look(settings: Settings) -> Iterator[None]:
    """The look of the window, which is not there, for the dialogs that are shown instead."""
    application = make_application()
    language = Language(application, resources(), settings.language)
    theme = Theme(application, resources(), settings.theme)
    icon = resources() / "icons" / "kinfolk.svg"
    if icon.is_file():
        application.setWindowIcon(QIcon(str(icon)))
    try:
        yield
    finally:
        language.silence()
        for thing in (theme, language):
            shiboken6.delete(thing)


def _ask(backup: BackupRow | None) -> bool:
    dialog = _Notice(
        tr("The library is damaged"),
        tr(
            "Kinfolk cannot open its library: the file was damaged, as by a power cut or a failing "
            "disk. Your photos are not touched by this."
        ),
        _offer(backup),
    )
    primary = tr("Restore the newest backup") if backup else tr("Restore what can be restored")
    dialog.add_button(primary, _ACCEPT)
    dialog.add_button(tr("Close"), _REJECT)
    return bool(_shown(dialog) == QDialog.DialogCode.Accepted)


def _tell(title: str, *paragraphs: str) -> None:
    dialog = _Notice(title, *paragraphs)
    dialog.add_button(tr("OK"), _ACCEPT)
    _shown(dialog)


def _busy(title: str, work: Callable[[], T]) -> T:
    """Do something that takes a while, with a window that says so. Raises what `work` raises."""
    answers: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:
            errors.append(error)

    gc.collect()
    gc.disable()  # what there is of Qt must not die in the thread
    dialog, loop, timer = _Busy(title), QEventLoop(), QTimer()
    thread = threading.Thread(target=run, name="mending")
    timer.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    dialog.show()
    thread.start()
    timer.start(_EVERY_MILLISECONDS)
    loop.exec()
    timer.stop()
    shiboken6.delete(dialog)
    gc.enable()
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
            label.setFixedWidth(scaled(_WIDTH))
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
        button = QPushButton(text)
        if is_first:
            button.setObjectName("Primary")
        self._buttons.addButton(button, role)
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
        bar.setFixedWidth(scaled(_WIDTH))
        bar.setAccessibleName(title)
        column.addWidget(heading)
        column.addWidget(bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # Escape ends nothing

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def moment(row: BackupRow) -> str:
    """When a backup was made, within a sentence: today, 18:40."""
    when = local(row)
    day = words.day(when.date(), date.today())
    if (date.today() - when.date()).days in (0, 1):
        day = QLocale().toLower(day)
    return f"{day}, {words.time_of_day(when)}"


def _offer(backup: BackupRow | None) -> str:
    if backup is None:
        return tr(
            "There is no good backup of it. Kinfolk can keep the damaged file, take over what can "
            "still be read of it, and look at your photos again; what you have said of people is "
            "said again."
        )
    return tr(
        "The newest good backup is of {0}, and has {1} and {2}. Restoring it keeps the damaged "
        "file, and says again what you have said since."
    ).format(moment(backup), words.photos(backup.photos), _named(backup.people))


def _named(count: int) -> str:
    return tr.counted("1 person with a name", "{0} people with a name", count)


def _told(done: Recovery) -> list[str]:
    """What was done, in sentences."""
    if done.backup is not None:
        text = tr("Restored the backup of {0}.").format(moment(done.backup))
    elif done.is_new:
        text = tr(
            "A new library was begun. Your photos are looked at again; folders that are missing "
            "have to be added."
        )
    else:
        text = tr("The file could be mended: everything is still there.")
    paragraphs = [text]
    if done.said_again:
        paragraphs.append(
            tr.counted(
                "The one thing that you have said since was said again.",
                "The {0} things that you have said since were said again.",
                done.said_again,
            )
        )
    if done.unsaid:
        number = words.number(done.unsaid)
        paragraphs.append(
            tr(
                "{0} of them have no effect, because what they were about is not there any more."
            ).format(number)
        )
    if done.set_aside is not None:
        kept = words.shown(str(done.set_aside))
        paragraphs.append(tr("The damaged file is kept: {0}").format(kept))
    return paragraphs


def _shown(dialog: _Notice) -> Any:
    try:
        return dialog.exec()
    finally:
        shiboken6.delete(dialog)
