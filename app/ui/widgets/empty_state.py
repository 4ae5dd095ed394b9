"""What an album without photos shows: one sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.icons import Icons
from app.ui.texts import Texts
from app.ui.theme import Theme

tr = Texts("widgets")


class EmptyState(QWidget):
    """Invites to drop a folder; the window takes the drop itself."""

    add_folder_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        frame = QFrame()
        frame.setObjectName("EmptyDrop")
        frame.setMaximumSize(640, 400)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(tr("Drop a folder with photos here"))
        title.setObjectName("PageTitle")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)
        text = QLabel(
            tr(
                "Kinfolk shows you who is in them. Everything stays on this computer, "
                "and your photos are never changed."
            )
        )
        text.setObjectName("Secondary")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setWordWrap(True)
        text.setFixedWidth(400)
        self.button = QPushButton(tr("Add a folder…"))
        self.button.setObjectName("Primary")
        self.button.setMinimumSize(150, 36)
        self.button.clicked.connect(self.add_folder_wanted)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(48, 56, 48, 56)
        inner.setSpacing(12)
        inner.addStretch(1)
        inner.addWidget(self._picture)
        inner.addSpacing(4)
        inner.addWidget(title)
        inner.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addSpacing(12)
        inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 64)
        column.addStretch(1)
        column.addWidget(frame, 8)
        column.addStretch(1)
        column.setAlignment(frame, Qt.AlignmentFlag.AlignCenter)
        frame.setMinimumSize(520, 340)
        theme.changed.connect(self._dress)
        self._dress()
        self.setFocusProxy(self.button)

    def _dress(self) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(self._icons.pixmap("images", "accent", 48, scale))
