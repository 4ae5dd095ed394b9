"""FittingDialog: a dialog that scrolls rather than being larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.scale import scaled
from app.ui.widgets.viewport import own_viewport

_FRAME = QSize(16, 48)
"""What the window's own frame may take of the screen."""


def room_for(window: QWidget) -> QSize:
    """What the screen has room for, in logical pixels."""
    return window.screen().availableSize() - _FRAME


class FittingDialog(QDialog):
    """On a small screen, or with large text, all that is in it goes into an area that scrolls."""

    _was_shown = False
    is_scrolling = False
    """Whether there is not room for all of it at once."""

    def showEvent(self, event: QShowEvent) -> None:
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized) and not self._was_shown:
            self.resize(QSize(scaled(self.width()), scaled(self.height())))
        self._was_shown = True
        self.fit(room_for(self))
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit(room_for(self))  # for lines that wrap, the layout itself asks for no room
        return answer

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
            self._scroll(layout, room, least)
        else:
            self.resize(self.size().expandedTo(least).boundedTo(room))

    def _scroll(self, layout: QLayout, room: QSize, least: QSize) -> None:
        self.is_scrolling = True
        inner = QWidget()
        inner.setLayout(layout)  # with all that it holds
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
