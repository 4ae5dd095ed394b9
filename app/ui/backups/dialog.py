"""The dialog of backups: to make one, and to bring an earlier one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import BackupRow
from app.ui.backups import wording
from app.ui.backups.list import BackupList
from app.ui.backups.wording import tr
from app.ui.desk import Desk
from app.ui.folder_dialog import ask_for_folder
from app.ui.photos.files import show_in_file_manager
from app.ui.sayings import translated
from app.ui.widgets.act import Keys, add_act
from app.ui.widgets.act_button import act_button
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.question import Question


class BackupsDialog(FittingDialog):
    """Lists the backups of the library; what it does runs in the background."""

    restore_wanted = Signal(Path)
    """The user wants everything to be as it was in this backup, and knows what that means."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Backups"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 540)
        self._desk = desk
        self._is_busy = False
        self.list = BackupList(desk)
        self.now = self._act(tr("Back up now"), "", self._back_up, "Ctrl+N")
        self.into = self._act(tr("Back up into a folder…"), "folder-open", self._ask_where)
        self.restore = self._act(tr("Restore…"), "archive-restore", self._restore_chosen)
        self.from_file = self._act(tr("Restore from a file…"), "", self._ask_which)
        self._show = self._act(tr("Show in file manager"), "folder-open", self._reveal)
        self.status = QLabel()
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the list must not jump
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("At work"))
        self._lay_out()
        self.list.followed.connect(self._follow)
        self.list.itemActivated.connect(self.restore.trigger)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._say("")
        self._follow()
        self.list.setFocus()
        self.reload()

    def _act(self, text: str, icon: str, work: Callable[[], object], *keys: Keys) -> QAction:
        act = add_act(self, text, work, *keys)
        if icon:
            self._desk.icons.put_on(act, icon)
        return act

    def _lay_out(self) -> None:
        heading = QLabel(tr("Backups"))
        heading.setObjectName("Heading")
        about = QLabel(
            tr(
                "A backup is a copy of everything you said and of every face found, never of the "
                "photos themselves. Kinfolk makes one every day and keeps the newest fourteen."
            )
        )
        about.setObjectName("Secondary")
        about.setWordWrap(True)
        above, below = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(about)
        column.addLayout(above)
        column.addWidget(self.list, 1)
        column.addWidget(self._bar)
        column.addWidget(self.status)
        column.addLayout(below)
        for button in (act_button(self.now, "Primary"), act_button(self.into)):
            above.addWidget(button)
        above.addStretch(1)
        below.addWidget(act_button(self.from_file))
        below.addStretch(1)
        below.addWidget(act_button(self.restore))
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        below.addWidget(close)

    # -- showing ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list anew."""
        self._desk.background.read(self, self._desk.album.backups, self._show_backups, self._fail)

    def menu(self) -> QMenu:
        """What can be done with the selected backup."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.restore, self._show])
        return menu

    def _show_backups(self, rows: Sequence[BackupRow]) -> None:
        self.list.show_backups(rows, date.today())
        if not rows and not self.status.text():
            self._say(tr("There is no backup yet."))
        self._follow()

    def _follow(self) -> None:
        """Let be done what can be done now; say what is wrong with the selected backup."""
        chosen = self.list.chosen()
        is_free = not self._is_busy
        for act in (self.now, self.into, self.from_file):
            act.setEnabled(is_free)
        self.restore.setEnabled(is_free and chosen is not None and not chosen.problem)
        self._show.setEnabled(chosen is not None)
        if is_free and chosen is not None and chosen.problem:
            self._warn(translated(chosen.problem))
        elif is_free and self.status.objectName() == "Warning" and chosen is not None:
            self._say("")

    def _say(self, text: str, name: str = "Secondary") -> None:
        self.status.setText(text)
        self.status.setObjectName(name)
        self.status.style().polish(self.status)

    def _warn(self, reason: str) -> None:
        self._say(reason, "Warning")

    def _begin(self, text: str) -> None:
        """Something is under way: nothing else can be begun."""
        self._set_busy(True)
        self._say(text)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._bar.setVisible(is_busy)
        self._follow()

    def _fail(self, reason: str) -> None:
        self._set_busy(False)
        self._warn(reason)

    # -- backing up ------------------------------------------------------------------------

    def _back_up(self, into: Path | None = None) -> None:
        self._begin(tr("Backing up…"))
        self._desk.deeds.back_up(into, partial(self._tell_made, into), self._fail)

    def _ask_where(self) -> None:
        ask_for_folder(self, self._back_up_into, tr("Where is the backup to go?"))

    def _back_up_into(self, folders: list[Path]) -> None:
        self._back_up(folders[0])

    def _tell_made(self, into: Path | None, row: BackupRow) -> None:
        self._set_busy(False)
        told = tr("Backed up: {0}.") if into is None else tr("Backed up into “{1}”: {0}.")
        self._say(told.format(wording.contents(row), "" if into is None else row.path.parent))
        if into is None:
            self.list.choose(-1)
            self.list.clearSelection()  # the new one is at the top, and is selected then
        self.reload()

    # -- restoring -------------------------------------------------------------------------

    def _restore_chosen(self) -> None:
        chosen = self.list.chosen()
        if chosen is not None and not chosen.problem:
            self._check(chosen.path)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, tr("Which backup is to be restored?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Backups of Kinfolk (*.db)"), tr("All files (*)")])
        dialog.fileSelected.connect(self._check_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _check_named(self, name: str) -> None:
        self._check(Path(name))

    def _check(self, path: Path) -> None:
        """What is promised before a backup is restored must be kept: read it first."""
        self._begin(tr("Checking the backup…"))
        read = partial(self._desk.album.verified_backup, path)
        self._desk.background.read(self, read, self._ask, self._fail)

    def _ask(self, row: BackupRow) -> None:
        self._set_busy(False)
        if row.problem:
            self._warn(translated(row.problem))
            return
        self._say("")
        today = date.today()
        text = QLabel(wording.consequences(row, today))
        text.setWordWrap(True)
        text.setMinimumWidth(420)
        question = Question(tr("Restore this backup?"), text, tr("Restore"), self)
        question.setAccessibleDescription(text.text())
        question.prefer(question.yes)
        question.accepted.connect(partial(self._want, row.path))
        question.open()

    def _want(self, path: Path) -> None:
        self.accept()
        self.restore_wanted.emit(path)

    def _reveal(self) -> None:
        chosen = self.list.chosen()
        if chosen is not None:
            show_in_file_manager(chosen.path)

    def _open_menu(self, point: QPoint) -> None:
        if self.list.itemAt(point) is not None:
            self.menu().popup(self.list.viewport().mapToGlobal(point))
