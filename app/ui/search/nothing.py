"""What a search without photos shows: why, and what to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.library.rows import PhotoSearch
from app.ui import words
from app.ui.texts import Texts
from app.ui.widgets.menus import menu_text

tr = Texts("search")

_MOST = 5


@dataclass(frozen=True, slots=True)
class WayOut:
    """A search that finds something, and which condition it lacks, in words."""

    left_out: str
    search: PhotoSearch
    photo_count: int


class Nothing(QWidget):
    """One sentence and a few buttons."""

    wanted = Signal(PhotoSearch)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel()
        self.sentence.setObjectName("Heading")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(48, 64, 48, 24)
        self._column.setSpacing(4)
        self._column.addWidget(self.sentence)
        self._column.addSpacing(8)

    def show_ways(self, sentence: str, ways: Sequence[WayOut]) -> None:
        """Say why there is nothing, and offer the ways out."""
        self.sentence.setText(sentence)
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(way) for way in ways[:_MOST]]
        for button in self.buttons:
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _button(self, way: WayOut) -> QPushButton:
        count = words.photos(way.photo_count)
        text = tr("Leave out {0}: {1}").format(way.left_out, count)
        button = QPushButton(menu_text(text))
        button.setObjectName("Link")
        button.setAccessibleName(text)
        button.clicked.connect(partial(self.wanted.emit, way.search))
        return button
