"""PlaceFacts: where a photo was taken, in the information panel."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.library.rows import Shot
from app.private import as_user
from app.ui.texts import Texts
from app.ui.viewer import facts

tr = Texts("viewer")

_MAP = "https://www.openstreetmap.org/?mlat={0:.6f}&mlon={1:.6f}#map=15/{0:.6f}/{1:.6f}"


class PlaceFacts(QWidget):
    """The coordinates, to be copied or looked up on a map.

    [Note: No map] Kinfolk shows no map, since that takes a network: whoever fetches a map tells
    its server what is looked at. The user's own browser does so when it is asked to, and only then;
    the panel says that before.
    """

    def __init__(self, shot: Shot, parent: QWidget | None = None) -> None:
        """`shot` knows latitude and longitude."""
        super().__init__(parent)
        self._shot = shot
        heading = QLabel(tr("Place"))
        heading.setObjectName("Heading")
        self.told = QLabel(facts.coordinates(shot))
        self.told.setObjectName("Secondary")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = _link(tr("Copy"))
        self.copy.setAccessibleName(tr("Copy the coordinates"))
        self.copy.clicked.connect(self._copy)
        self.show_map = _link(tr("Show on a map"))
        self.show_map.clicked.connect(self._show_map)
        warning = QLabel(
            tr(
                "The map opens in your browser, on openstreetmap.org: this place then leaves your "
                "computer."
            )
        )
        warning.setObjectName("Small")
        warning.setWordWrap(True)
        self.show_map.setAccessibleDescription(warning.text())
        row = QHBoxLayout()
        row.setContentsMargins(-8, 0, 0, 0)  # the words stand under each other
        row.setSpacing(4)
        row.addWidget(self.copy)
        row.addWidget(self.show_map)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(2)
        column.addWidget(heading)
        column.addWidget(self.told)
        column.addLayout(row)
        column.addWidget(warning)

    def _copy(self) -> None:
        """As every map understands it, whatever the user's language."""
        QGuiApplication.clipboard().setText(
            f"{self._shot.latitude:.6f}, {self._shot.longitude:.6f}"
        )

    def _show_map(self) -> None:
        with as_user():
            QDesktopServices.openUrl(QUrl(_MAP.format(self._shot.latitude, self._shot.longitude)))


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("Link")
    button.setStyleSheet("font-weight: 400; padding: 1px 6px;")
    return button
