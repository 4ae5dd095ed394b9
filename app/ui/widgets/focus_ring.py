"""FocusRing: shows that a whole part of the window has the keyboard, when it came there by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets import paint

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
)
_INSET = 2
_RADIUS = 8.0


class FocusRing(QWidget):
    """Lies over `owner`, lets the mouse through, and goes with the keyboard."""

    def __init__(self, owner: QWidget, theme: Theme) -> None:
        super().__init__(owner)
        self._owner = owner
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        owner.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        owner.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.setVisible(event.gotFocus() and event.reason() in _BY_KEYS)
            self.raise_()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.setGeometry(self._owner.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET)
        paint.ring(painter, area, _RADIUS, self._theme.color("accent"))
