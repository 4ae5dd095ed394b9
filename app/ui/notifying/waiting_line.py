"""The waiting line: how many faces wait to be grouped, where that is not done by itself soon."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.changes import Changes
from app.ui import words
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.indexing.grouper import Waiting

tr = Texts("notifying")

_PAUSE_MILLISECONDS = 2000
"""Between two countings at least..."""
_SHARE = 20
"""...and so many times as long as one took: in a large library they are work, and photos come by
the thousand."""


class WaitingLine(QFrame):
    """One quiet line with “Group now”; it is not there while nothing waits."""

    left = Signal()
    """It has no use for the keyboard any more, and had it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._is_stale = True
        self._pause = _PAUSE_MILLISECONDS
        self.label = QLabel()
        self.label.setObjectName("Secondary")
        self.label.setMinimumWidth(1)
        self.button = QPushButton(tr("Group now"))
        self.button.setObjectName("Link")
        self.button.clicked.connect(self._group)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 4, 24, 4)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.button)
        row.addStretch(1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._catch_up)
        self.hide()

    def enter(self) -> None:
        """The page has come into sight."""
        self._catch_up()

    def refresh(self) -> None:
        """Count anew."""
        self._is_stale = False
        if self._job is not None:
            self._job.drop()
        self._rest.start(self._pause)
        self._job = self._desk.background.read(self, self._count, self._tell)

    def take_note(self, changes: Changes) -> None:
        """Something changed: it is counted again, soon, if the page is in sight."""
        if changes.photos or changes.regrouped or changes.collections:
            self._is_stale = True
            page = self.parentWidget()
            if not self._rest.isActive() and page is not None and page.isVisible():
                self._catch_up()

    def _catch_up(self) -> None:
        if self._is_stale:
            self.refresh()

    def _count(self) -> tuple[Waiting | None, float]:
        begun = time.monotonic()
        return self._desk.deeds.waiting(), time.monotonic() - begun

    def _tell(self, counted: tuple[Waiting | None, float]) -> None:
        waiting, took = counted
        if self._rest.isActive():
            self._rest.start(max(self._pause, round(1000 * _SHARE * took)))
        self._show(waiting)

    def _show(self, waiting: Waiting | None) -> None:
        is_there = waiting is not None and waiting.faces > 0
        had_keyboard = self.button.hasFocus()
        if waiting is not None and is_there:
            text = self._sentence(waiting)
            self.label.setText(text)
            self.button.setAccessibleDescription(text)
        self.button.setEnabled(is_there)
        self.setVisible(is_there)
        if had_keyboard and not is_there:
            self.left.emit()

    def _sentence(self, waiting: Waiting) -> str:
        if waiting.seconds is None:
            return tr.counted(
                "1 face waits to be grouped.", "{0} faces wait to be grouped.", waiting.faces
            )
        moment = datetime.now() + timedelta(seconds=waiting.seconds)
        return tr.counted(
            "1 face waits, to be grouped at {1}.",
            "{0} faces wait, to be grouped at {1}.",
            waiting.faces,
            words.time_of_day(moment),
        )

    def _group(self) -> None:
        had_keyboard = self.button.hasFocus()
        self.button.setEnabled(False)
        if had_keyboard:
            self.left.emit()
        self._desk.deeds.group_now()
