"""Nobody: what a page of people says when there is nobody to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.widgets.focus_ring import FocusRing


class Nobody(QWidget):
    """A drawing, a sentence, and what to do about it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._icon = "users-round"
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title, self.text = QLabel(), QLabel()
        self.title.setObjectName("Heading")
        self.text.setObjectName("Secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 96)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._picture)
        column.addSpacing(4)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(2)
        FocusRing(self, desk.theme)
        desk.theme.changed.connect(self._dress)
        self._dress()

    def say(self, icon: str, title: str, text: str) -> None:
        """Say it."""
        self._icon = icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.title.setText(title)
        self.text.setText(text)
        self._dress()

    def _dress(self) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(self._desk.icons.pixmap(self._icon, "secondary", 44, scale))
