"""Now: a card for each task that goes on, with how far it is and the means to hold or end it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.library.rows import TaskState, TaskType
from app.progress import Progress
from app.ui.activity import wording
from app.ui.activity.wording import tr
from app.ui.desk import Desk
from app.ui.widgets.cut_label import CutLabel

_ICON = 22


class NowCard(QFrame):
    """One task under way."""

    pause_wanted = Signal(bool)
    cancel_wanted = Signal(str)

    def __init__(self, desk: Desk, progress: Progress) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._desk = desk
        self.progress = progress
        self._picture = QLabel()
        self.title, self.facts = QLabel(), CutLabel()
        self.title.setObjectName("Strong")
        self.facts.setObjectName("Secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.pause, self.cancel = QPushButton(), QPushButton(tr("Cancel"))
        for button in (self.pause, self.cancel):
            button.setObjectName("Link")
        self.pause.clicked.connect(self._toggle_pause)
        self.cancel.clicked.connect(self._cancel)
        told = QHBoxLayout()
        told.setSpacing(10)
        told.addWidget(self.title)
        told.addWidget(self.facts, 1)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addLayout(told)
        middle.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(14)
        row.addWidget(self._picture)
        row.addLayout(middle, 1)
        for button in (self.pause, self.cancel):
            row.addWidget(button)
        desk.theme.changed.connect(self._dress)
        self._dress()
        self.show_progress(progress)

    def show_progress(self, progress: Progress) -> None:
        """It is so far."""
        self.progress = progress
        is_paused = progress.state == TaskState.PAUSED
        title, facts = wording.doing(progress), wording.facts(progress)
        if progress.skipped:
            facts.append(tr.counted("1 skipped", "{0} skipped", progress.skipped))
        self.title.setText(title)
        self.facts.say("  ·  ".join(facts))
        self.bar.setRange(0, progress.total)  # without a total it only shows that something is done
        self.bar.setValue(progress.done)
        self.bar.setAccessibleName(title)
        kind = TaskType(progress.type)
        # Only its own window can hold the work of another process.
        is_looking = kind in (TaskType.INDEX, TaskType.SWITCH)
        self.pause.setVisible(is_looking and not progress.by_other)
        self.pause.setText(tr("Resume") if is_paused else tr("Pause"))
        self.pause.setAccessibleDescription(title)
        self.cancel.setVisible(kind.can_cancel)
        self.cancel.setAccessibleDescription(title)

    def expect_cancel(self) -> None:
        """Somebody wants it to end: that may take a moment."""
        self.cancel.setEnabled(False)

    def _dress(self) -> None:
        name = wording.ICONS[TaskType(self.progress.type)]
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(self._desk.icons.pixmap(name, "accent", _ICON, scale))

    def _toggle_pause(self) -> None:
        self.pause_wanted.emit(self.progress.state != TaskState.PAUSED)

    def _cancel(self) -> None:
        self.expect_cancel()
        self.cancel_wanted.emit(self.progress.task_id)


class Now(QWidget):
    """The cards; nothing of it shows while nothing is done."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.cards: dict[str, NowCard] = {}
        self._heading = QLabel(tr("Now"))
        self._heading.setObjectName("Secondary")
        font = self._heading.font()
        font.setWeight(QFont.Weight.DemiBold)  # as the days below
        self._heading.setFont(font)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(32, 4, 32, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self._heading)
        desk.deeds.refused.connect(self._offer_again)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Take in how far one task is."""
        card = self.cards.get(progress.task_id)
        if progress.is_over:
            self.drop(progress.task_id)
        elif card is not None:
            card.show_progress(progress)
        else:
            card = self.cards[progress.task_id] = NowCard(self._desk, progress)
            card.pause_wanted.connect(self._desk.deeds.set_paused)
            card.cancel_wanted.connect(self._desk.deeds.cancel)
            self._column.addWidget(card)
            self.show()

    def drop(self, task_id: str) -> None:
        """A task has ended."""
        card = self.cards.pop(task_id, None)
        if card is None:
            return
        focus, page = QApplication.focusWidget(), self.parentWidget()
        held = focus is not None and card.isAncestorOf(focus)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self.cards))
        if held and page is not None:
            page.setFocus()

    def _offer_again(self) -> None:
        """Something could not be done, perhaps what was to end a task."""
        for card in self.cards.values():
            card.cancel.setEnabled(True)
