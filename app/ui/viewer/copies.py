"""Copies: the other files of a photo in the information panel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui import words
from app.ui.photos.files import show_in_file_manager
from app.ui.texts import Texts

tr = Texts("viewer")


class Copies(QWidget):
    """Each further file of the same content; a press shows it in the file manager."""

    def __init__(self, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(tr("Copies"))
        heading.setObjectName("Heading")
        heading.setToolTip(tr("Other files with exactly the same picture"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(2)
        column.addWidget(heading)
        self.lines = [PathLine(path) for path in paths]
        for line in self.lines:
            line.clicked.connect(partial(show_in_file_manager, line.path))
            column.addWidget(line)


class PathLine(QPushButton):
    """A path on one line, cut in the middle where it has to be; its tool tip has all of it."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._whole = words.shown(str(path))
        self.setObjectName("Link")
        self.setStyleSheet("text-align: left; font-weight: 400; padding: 1px 0;")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Show {0} in file manager").format(self._whole))
        self.setToolTip(self._whole)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 8
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(cut.replace("&", "&&"))
