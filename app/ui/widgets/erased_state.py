"""What the pages of people show after all face data was erased: how faces come back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.icons import Icons
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.widgets.act_button import act_button

tr = Texts("widgets")


class ErasedState(QWidget):
    """One sentence and one button."""

    def __init__(
        self, theme: Theme, icons: Icons, look_again: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._picture = QLabel()
        title = QLabel(tr("All face data was erased"))
        title.setObjectName("Heading")
        text = QLabel(
            tr(
                "Kinfolk will not look for faces in these photos again until you ask.\n"
                "Faces in new photos are found as ever."
            )
        )
        text.setObjectName("Secondary")
        self.button = act_button(look_again, "Primary")
        self.button.setMinimumHeight(36)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 96)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self._picture, title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(12)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(text.text().replace("\n", " "))
        self.setFocusProxy(self.button)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(self._icons.pixmap("eraser", "secondary", 44, scale))
