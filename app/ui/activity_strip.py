"""The activity strip: what runs, how far it is, and the means to hold or end it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.library.rows import TaskRow, TaskState, TaskType
from app.progress import Progress
from app.ui import words
from app.ui.activity import wording
from app.ui.sayings import translated
from app.ui.texts import Texts
from app.ui.widgets.yielding_label import YieldingLabel

tr = Texts("activity_strip")

_LINGER_MILLISECONDS = 8000
_LATER_MILLISECONDS = 1000
"""What is done beside the indexing is mostly over so soon that nobody needs to see it."""


class ActivityStrip(QFrame):
    """Shows the work under way; leaves by itself when there is nothing to read any more."""

    pause_wanted = Signal(bool)
    cancel_wanted = Signal(str)
    details_wanted = Signal()
    activity_wanted = Signal()
    """It was clicked beside its buttons."""
    came = Signal(bool)
    """It has come into sight, or gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._running: dict[str, Progress] = {}
        self._shown_id = ""
        self._is_paused = False
        self._to_read: TaskRow | None = None
        self._told: TaskRow | None = None
        self._goes_on = False
        self._resumed_id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 5, 24, 5)
        row.setSpacing(8)
        self._what = YieldingLabel()
        self._what.setObjectName("Strong")
        self._how_far = YieldingLabel()
        self._how_far.setObjectName("Secondary")
        self._skipped = YieldingLabel()
        self._skipped.setObjectName("Warning")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(60)
        self._bar.setMaximumWidth(200)
        self._pause = self._link()
        self._pause.clicked.connect(self._toggle_pause)
        self._cancel = self._link()
        self._cancel.clicked.connect(self._cancel_shown)
        self._details = self._link()
        self._details.clicked.connect(self.details_wanted)
        self._close = self._link()
        self._close.clicked.connect(self._dismiss)
        for label in (self._what, self._how_far, self._skipped):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self._bar, 4)
        row.addSpacing(8)
        for button in (self._pause, self._cancel, self._details, self._close):
            row.addWidget(button)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(_LINGER_MILLISECONDS)
        self._linger.timeout.connect(self.hide)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MILLISECONDS)
        self._later.timeout.connect(self._show_what_lasts)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name_parts()
        self.hide()

    @property
    def running(self) -> list[Progress]:
        """How far each task is that goes on."""
        return list(self._running.values())

    @property
    def is_busy(self) -> bool:
        """Whether some work is under way."""
        return bool(self._running)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:  # this strip outlives what is laid anew
            self._name_parts()
            if self._running:
                self._show_running()
            elif self._told is not None and self.isVisible():
                self._tell(self._told)
        super().changeEvent(event)

    def _name_parts(self) -> None:
        self._bar.setAccessibleName(tr("How far the work is"))
        self._pause.setText(tr("Resume") if self._is_paused else tr("Pause"))
        self._cancel.setText(tr("Cancel"))
        self._details.setText(tr("Details"))
        self._close.setText(tr("Close"))
        self.setToolTip(tr("What Kinfolk does and did"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.activity_wanted.emit()
        super().mouseReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.came.emit(False)

    def expect_resumption(self) -> None:
        """The last looking at photos was interrupted: the next one goes on where it stopped."""
        self._goes_on = True
        if self._running:
            self._note_resumption(max(self._running.values(), key=_weight))
            self._show_running()

    def _note_resumption(self, progress: Progress) -> None:
        if self._goes_on and progress.type == TaskType.INDEX:
            self._goes_on, self._resumed_id = False, progress.task_id

    def show_progress(self, progress: Progress) -> None:
        """Take in how far one task is."""
        self._note_resumption(progress)
        if progress.is_over:
            self._running.pop(progress.task_id, None)
            return
        self._running[progress.task_id] = progress
        if self._shown_id not in self._running and _is_beside(progress):
            if not self._later.isActive():
                self._later.start()
        else:
            self._show_running()

    def show_ended(self, task: TaskRow) -> None:
        """Take in that a task ended."""
        self._running.pop(task.id, None)
        if self._running:
            if self._shown_id == task.id or not self._later.isActive():
                self._show_running()
        elif not task.type.is_indexing:
            self._later.stop()
            if self._shown_id == task.id:  # what came of it is told where it was asked for
                self.hide()
        elif _stops_or_switches(task):
            self._tell(task)
        elif task.skipped or task.type == TaskType.INDEX:
            self._to_read = task if task.skipped else None
            self._tell(task)
        elif self._to_read is not None:
            self._tell(self._to_read)
        elif not self._linger.isActive():
            self.hide()

    def _tell(self, task: TaskRow) -> None:
        """Say what came of a task, in the language that is spoken now."""
        self._told = task
        if task.state == TaskState.FAILED:
            self._show_result(tr("The work stopped"), translated(task.error), stays=True)
        elif _stops_or_switches(task):
            self._show_result(tr("Done"), wording.done(task), stays=False)
        else:
            self._show_looked(task)

    def _show_looked(self, task: TaskRow) -> None:
        clouds = _in_cloud(task)
        if task.state == TaskState.CANCELLED:
            self._show_result(tr("Cancelled"), "", stays=False)
        elif task.total or task.skipped or clouds:
            looked = words.photos(max(0, task.done - len(task.skipped)))
            text = tr("Looked at {0}").format(looked)
            if clouds:
                waiting = tr("{0} in the cloud, not on this disk").format(words.photos(clouds))
                text = f"{text}  ·  {waiting}"
            self._show_result(tr("Done"), text, stays=bool(task.skipped))
        else:
            self.hide()
        self._say_skipped(len(task.skipped))
        self._details.setVisible(bool(task.skipped or clouds))

    def _show_what_lasts(self) -> None:
        if self._running:
            self._show_running()

    def _show_running(self) -> None:
        self._later.stop()
        progress = max(self._running.values(), key=_weight)
        self._shown_id = progress.task_id
        self._linger.stop()
        self._is_paused = progress.state == TaskState.PAUSED
        is_looking = progress.type in (TaskType.INDEX, TaskType.SWITCH)
        goes_on = progress.task_id == self._resumed_id
        self._what.setText(wording.doing(progress, goes_on))
        self._how_far.setText("  ·  ".join(wording.facts(progress)))
        self._how_far.setToolTip("")
        self._say_skipped(progress.skipped)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._pause.setText(tr("Resume") if self._is_paused else tr("Pause"))
        self._bar.show()
        # Only its own window can hold the work of another process.
        self._pause.setVisible(is_looking and not progress.by_other)
        self._cancel.setVisible(
            is_looking or (_is_beside(progress) and TaskType(progress.type).can_cancel)
        )
        self._details.setVisible(is_looking)
        self._close.hide()
        self.show()

    def _show_result(self, what: str, text: str, stays: bool) -> None:
        self._what.setText(what)
        self._how_far.setText(text)
        self._how_far.setToolTip(text if stays else "")
        for widget in (self._bar, self._pause, self._cancel, self._details):
            widget.hide()
        self._close.show()
        self._say_skipped(0)
        self.show()
        if stays:
            self._linger.stop()
        else:
            self._linger.start()

    def _say_skipped(self, count: int) -> None:
        self._skipped.setText(tr.counted("·  1 skipped", "·  {0} skipped", count))
        self._skipped.setVisible(count > 0)

    def _dismiss(self) -> None:
        self._to_read = None
        self.hide()

    def _toggle_pause(self) -> None:
        self.pause_wanted.emit(not self._is_paused)

    def _cancel_shown(self) -> None:
        self.cancel_wanted.emit(self._shown_id)

    @staticmethod
    def _link() -> QPushButton:
        button = QPushButton()
        button.setObjectName("Link")
        return button


def _stops_or_switches(task: TaskRow) -> bool:
    is_done = task.state == TaskState.DONE
    return task.state == TaskState.FAILED or (task.type == TaskType.SWITCH and is_done)


def _is_beside(progress: Progress) -> bool:
    return not TaskType(progress.type).is_indexing


def _weight(progress: Progress) -> tuple[bool, int]:
    """What is shown of several: looking at photos before grouping, and both before the rest."""
    return TaskType(progress.type).is_indexing, progress.total


def _in_cloud(task: TaskRow) -> int:
    """How many photos looking has left in the cloud."""
    count = task.result.get("InCloud", 0)
    return count if isinstance(count, int) else 0
