"""The veil over the window while something is dragged onto it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.ui.texts import Texts

tr = Texts("widgets")


class DropVeil(QFrame):
    """Takes the folders and files that are dropped on its parent."""

    dropped = Signal(list)
    """Paths (Path)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("DropVeil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = label = QLabel()
        label.setObjectName("PageTitle")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(label)
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Come into sight over the whole parent."""
        self._label.setText(tr("Drop to add to your album"))
        self.setGeometry(self._over.rect().adjusted(8, 8, -8, -8))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent | QDragMoveEvent | QDragEnterEvent):
            paths = local_paths(event.mimeData())
            if not paths or event.source() is not None:  # what is in the album already
                return False
            event.acceptProposedAction()
            if event.type() == QEvent.Type.DragEnter:
                self.cover()
            elif event.type() == QEvent.Type.Drop:
                self.hide()
                self.dropped.emit(paths)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        return super().eventFilter(watched, event)


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders that are dragged."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
