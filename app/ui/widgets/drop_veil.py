"""The veil over the window while something is dragged onto it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class DropVeil(QFrame):
    """Says that what is dragged will be added."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("DropVeil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label = QLabel(self.tr("Drop to add to your album"))
        label.setObjectName("PageTitle")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(label)
        self.hide()

    def cover(self) -> None:
        """Come into sight over the whole parent."""
        self.setGeometry(self._over.rect().adjusted(8, 8, -8, -8))
        self.raise_()
        self.show()


def local_paths(mime: QMimeData) -> Sequence[Path]:
    """The files and folders that are dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
