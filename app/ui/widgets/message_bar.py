"""The message at the bottom: what was done, with Undo; it leaves by itself."""

from __future__ import annotations

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.theme import Theme

_SECONDS_SHOWN = 7
_MARGIN = 20


class MessageBar(QFrame):
    """Floats over the bottom of its parent. The newest message takes the place of an older."""

    undo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("Message")
        self._theme = theme
        self._lift = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 10, 8)
        row.setSpacing(12)
        self.label = QLabel()
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.setObjectName("Link")
        self.undo.clicked.connect(self._undo)
        row.addWidget(self.label)
        row.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS_SHOWN * 1000)
        self._timer.timeout.connect(self.hide)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, can_undo: bool = False) -> None:
        """Show a sentence for some seconds."""
        longest = max(200, self._over.width() - 220)
        metrics, middle = self.label.fontMetrics(), Qt.TextElideMode.ElideMiddle
        self.label.setText(metrics.elidedText(text, middle, longest))
        self.label.setToolTip(text)
        self.setAccessibleName(text)
        self.undo.setVisible(can_undo)
        self.adjustSize()
        end = self._place()
        self.raise_()
        self.show()
        duration = self._theme.duration(160)
        self._slide.stop()
        if duration:
            self._slide.setDuration(duration)
            self._slide.setStartValue(end + QPoint(0, self.height() + _MARGIN))
            self._slide.setEndValue(end)
            self._slide.start()
        else:
            self.move(end)
        self._timer.start()

    def set_lift(self, pixels: int) -> None:
        """Stay this far above the parent's lower edge."""
        self._lift = pixels
        if self.isVisible():
            self._slide.stop()
            self.move(self._place())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.move(self._place())
        return super().eventFilter(watched, event)

    def _place(self) -> QPoint:
        room = self._over.rect()
        x = (room.width() - self.width()) // 2
        return QPoint(x, room.height() - self.height() - _MARGIN - self._lift)

    def _undo(self) -> None:
        self.hide()
        self.undo_wanted.emit()
