"""What the Alerts page shows before a camera has seen a stranger: how to set one up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.texts import Texts

tr = Texts("alerts")

_WIDTH = 420


class NoAlerts(QWidget):
    """A picture, what to do, and a button while there is no folder."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._picture = QLabel()
        self.title, self.text = QLabel(), QLabel()
        self.title.setObjectName("Heading")
        self.text.setObjectName("Secondary")
        self.text.setWordWrap(True)
        self.text.setFixedWidth(scaled(_WIDTH))
        self.button = QPushButton(tr("Add the camera's folder…"))
        self.button.setObjectName("Primary")
        self.button.setMinimumHeight(36)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 64)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self._picture, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.say(has_folder=False)

    def say(self, *, has_folder: bool) -> None:
        """Tell what is still to be done."""
        if has_folder:
            self.title.setText(tr("No stranger was seen"))
            text = tr(
                "Kinfolk looks at every photo that comes into the folders of this collection. Whom "
                "you have named in your albums is known; anybody else who is seen clearly shows "
                "here, and on the desktop."
            )
        else:
            self.title.setText(tr("Let Kinfolk watch the door"))
            text = tr(
                "1.  Have your camera save its snapshots into a folder.\n"
                "2.  Add that folder here.\n\n"
                "Whom you have named in your albums is known; anybody else raises an alert. All of "
                "it stays on this computer."
            )
        self.text.setText(text)
        self.text.setAlignment(
            Qt.AlignmentFlag.AlignHCenter if has_folder else Qt.AlignmentFlag.AlignLeft
        )
        self.text.setMinimumHeight(self.text.heightForWidth(scaled(_WIDTH)))
        self.button.setVisible(not has_folder)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(text.replace("\n", " "))
        self.dress()

    def dress(self) -> None:
        """The colours have changed."""
        scale = self.devicePixelRatioF()
        self._picture.setPixmap(self._desk.icons.pixmap("camera", "secondary", 44, scale))
