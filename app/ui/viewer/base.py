"""Base: what lies below the picture: the strip of a video, and the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.viewer.film_strip import FilmStrip
from app.ui.viewer.foot import Foot


class Base(QWidget):
    """The strip above the foot; as one they come and go in full screen."""

    def __init__(self, strip: FilmStrip, foot: Foot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(foot)
