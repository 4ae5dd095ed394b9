"""FittingDialog: a dialog that scrolls rather than being larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.viewport import own_viewport

_FRAME = QSize(16, 48)
"""What the window's own frame may take of the screen."""


class FittingDialog(QDialog):
    """On a small screen, or with large text, all that is in it goes into an area that scrolls."""

    def showEvent(self, event: QShowEvent) -> None:
        self.fit(self.screen().availableSize() - _FRAME)
        super().showEvent(event)

    def fit(self, room: QSize) -> None:
        """Be no larger than `room`, in logical pixels."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        least = self.minimumSizeHint().expandedTo(self.minimumSize())
        if layout.hasHeightForWidth():
            width = max(self.width(), least.width())
            least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(width)))
        if least.width() > room.width() or least.height() > room.height():
            self._scroll(room, least)
        self.resize(self.size().boundedTo(room))

    def _scroll(self, room: QSize, least: QSize) -> None:
        inner = QWidget()
        inner.setLayout(self.layout())  # with all that it holds
        inner.setMinimumHeight(least.height())
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        own_viewport(area)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self.setMinimumSize(0, 0)
        self.setMaximumSize(room)
        bar = area.verticalScrollBar().sizeHint().width()
        self.resize(QSize(least.width() + bar, least.height()).boundedTo(room))
