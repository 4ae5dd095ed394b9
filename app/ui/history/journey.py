"""Journey: the bar above the history that shows a long way back or forward, and can end it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.progress import Steps
from app.ui import words
from app.ui.texts import Texts

tr = Texts("history")

_LOOK_MILLISECONDS = 100


class Journey(QWidget):
    """How many words have been taken back or said again; quick ones are over before it shows."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Steps | None = None
        self._what = ""
        self._label = QLabel()
        self._label.setObjectName("Secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(tr("How far this is"))
        self.stop = QPushButton(tr("Stop here"))
        self.stop.setObjectName("Link")
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._label, self._bar, self.stop):
            row.addWidget(widget)
        row.addStretch(1)
        # Looked at from here: the one who takes the steps knows nothing of windows.
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self.hide()

    @property
    def is_under_way(self) -> bool:
        """Whether steps are being taken."""
        return self._steps is not None

    def follow(self, steps: Steps, what: str) -> None:
        """Show these steps; `what` says in words what is done."""
        self._steps, self._what = steps, what
        self._timer.start()

    def _look(self) -> None:
        if self._steps is None:
            return
        if self._steps.is_over:
            self._steps = None
            self._timer.stop()
            self.hide()
            self.ended.emit()
            return
        done, total = self._steps.done, max(self._steps.total, self._steps.done)
        count = tr("{0} of {1}").format(words.number(done), words.number(total))
        self._label.setText(f"{self._what}  ·  {count}")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()

    def _stop(self) -> None:
        if self._steps is not None:
            self._steps.token.cancel()
