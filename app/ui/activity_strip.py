"""The activity strip: what runs, how far it is, and the means to hold or end it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.library.rows import TaskRow, TaskState, TaskType
from app.progress import Progress
from app.ui import words

_LINGER_MILLISECONDS = 8000


class ActivityStrip(QFrame):
    """Shows the work under way; leaves by itself when there is nothing to read any more."""

    pause_wanted = Signal(bool)
    cancel_wanted = Signal(str)
    details_wanted = Signal()
    came = Signal(bool)
    """It has come into sight, or gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Strip")
        self.setFixedHeight(44)
        self._running: dict[str, Progress] = {}
        self._shown_id = ""
        self._is_paused = False
        self._to_read: TaskRow | None = None
        self._goes_on = False
        self._resumed_id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 24, 0)
        row.setSpacing(8)
        self._what = QLabel()
        self._what.setObjectName("Strong")
        self._how_far = QLabel()
        self._how_far.setObjectName("Secondary")
        self._how_far.setMinimumWidth(1)  # a long reason must not widen the window
        self._skipped = QLabel()
        self._skipped.setObjectName("Warning")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(60)
        self._bar.setMaximumWidth(200)
        self._bar.setAccessibleName(self.tr("How far the work is"))
        self._pause = self._link(self.tr("Pause"))
        self._pause.clicked.connect(self._toggle_pause)
        self._cancel = self._link(self.tr("Cancel"))
        self._cancel.clicked.connect(self._cancel_shown)
        self._details = self._link(self.tr("Details"))
        self._details.clicked.connect(self.details_wanted)
        self._close = self._link(self.tr("Close"))
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
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether some work is under way."""
        return bool(self._running)

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
            self._note_resumption(max(self._running.values(), key=lambda one: one.total))
            self._show_running()

    def _note_resumption(self, progress: Progress) -> None:
        if self._goes_on and progress.type == TaskType.INDEX:
            self._goes_on, self._resumed_id = False, progress.task_id

    def show_progress(self, progress: Progress) -> None:
        """Take in how far one task is."""
        self._note_resumption(progress)
        if progress.is_over:
            self._running.pop(progress.task_id, None)
        else:
            self._running[progress.task_id] = progress
            self._show_running()

    def show_ended(self, task: TaskRow) -> None:
        """Take in that a task ended."""
        self._running.pop(task.id, None)
        if self._running:
            self._show_running()
        elif task.state == TaskState.FAILED:
            self._show_result(self.tr("The work stopped"), task.error, stays=True)
        elif task.skipped or task.type == TaskType.INDEX:
            self._to_read = task if task.skipped else None
            self._show_looked(task)
        elif self._to_read is not None:
            self._show_looked(self._to_read)
        elif not self._linger.isActive():
            self.hide()

    def _show_looked(self, task: TaskRow) -> None:
        if task.state == TaskState.CANCELLED:
            self._show_result(self.tr("Cancelled"), "", stays=False)
        elif task.total or task.skipped:
            looked = words.photos(max(0, task.done - len(task.skipped)))
            text = self.tr("Looked at {0}").format(looked)
            self._show_result(self.tr("Done"), text, stays=bool(task.skipped))
        else:
            self.hide()
        self._say_skipped(len(task.skipped))
        self._details.setVisible(bool(task.skipped))

    def _show_running(self) -> None:
        # The longest one first: looking at photos before grouping.
        progress = max(self._running.values(), key=lambda one: one.total)
        self._shown_id = progress.task_id
        self._linger.stop()
        self._is_paused = progress.state == TaskState.PAUSED
        is_looking = progress.type == TaskType.INDEX
        self._what.setText(self._title(progress))
        self._how_far.setText("  ·  ".join(self._facts(progress)))
        self._how_far.setToolTip("")
        self._say_skipped(progress.skipped)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._pause.setText(self.tr("Resume") if self._is_paused else self.tr("Pause"))
        self._bar.show()
        # Only its own window can hold the work of another process.
        self._pause.setVisible(is_looking and not progress.by_other)
        self._cancel.setVisible(is_looking)
        self._details.setVisible(is_looking)
        self._close.hide()
        self.show()

    def _title(self, progress: Progress) -> str:
        if progress.by_other:
            return self._title_of_other(progress)
        if progress.state == TaskState.WAITING:
            return self.tr("Waiting until another Kinfolk is done")
        if progress.state == TaskState.PAUSED:
            return self.tr("Paused")
        if progress.type == TaskType.CLUSTER:
            return self.tr("Putting faces together")
        if progress.total and progress.task_id == self._resumed_id:
            return self.tr("Going on where it stopped")
        return self.tr("Looking at photos") if progress.total else self.tr("Searching for photos")

    def _title_of_other(self, progress: Progress) -> str:
        if progress.type == TaskType.CLUSTER:
            return self.tr("Another Kinfolk is putting faces together")
        if progress.state == TaskState.PAUSED:
            return self.tr("Another Kinfolk has paused")
        return self.tr("Another Kinfolk is looking at photos")

    def _facts(self, progress: Progress) -> list[str]:
        facts: list[str] = []
        if progress.total:
            done, total = words.number(progress.done), words.number(progress.total)
            facts.append(self.tr("{0} of {1}").format(done, total))
        if progress.state != TaskState.PAUSED and progress.type == TaskType.INDEX:
            if progress.per_second >= 1:
                speed = words.number(round(progress.per_second))
                facts.append(self.tr("{0} a second").format(speed))
            elif progress.per_second > 0:
                speed = words.number(max(1, round(progress.per_second * 60)))
                facts.append(self.tr("{0} a minute").format(speed))
            if progress.seconds_left is not None:
                facts.append(words.duration(progress.seconds_left))
        return facts

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
        self._skipped.setText(self.tr("·  {0} skipped").format(words.number(count)))
        self._skipped.setVisible(count > 0)

    def _dismiss(self) -> None:
        self._to_read = None
        self.hide()

    def _toggle_pause(self) -> None:
        self.pause_wanted.emit(not self._is_paused)

    def _cancel_shown(self) -> None:
        self.cancel_wanted.emit(self._shown_id)

    @staticmethod
    def _link(text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("Link")
        return button
