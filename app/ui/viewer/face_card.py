"""FaceCard: one face of a photo in the information panel, with all that is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.viewer import facts
from app.ui.viewer.why import Why

tr = Texts("viewer")

_SIDE = 44


class FaceCard(QWidget):
    """A small face, the name, and what was seen in the face."""

    opened = Signal(FaceRow)
    """The name was pressed."""

    def __init__(
        self,
        desk: Desk,
        photo: PhotoRow,
        face: FaceRow,
        person: PersonRow | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.face = face
        self._crop = QLabel()
        self._crop.setFixedSize(_SIDE, _SIDE)
        self.name = QPushButton(face.person_name or tr("Who is this?"))
        self.name.setObjectName("Link")
        self.name.setStyleSheet("text-align: left;")
        self.name.setAccessibleName(
            tr("Face of {0}").format(face.person_name)
            if face.person_name
            else tr("Face without a name")
        )
        self.name.clicked.connect(self._open)
        self.why = Why(desk, face)
        column = QVBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._crop, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        column.setSpacing(2)
        column.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        for text, more in (
            (self._moment(), ""),
            (facts.age_then(photo, person), ""),
            (facts.looks(face), ""),
            (facts.clearness(face), facts.clearness_in_numbers(face)),
            (facts.belonging(face), ""),
        ):
            if text:
                line = _line(text)
                line.setToolTip(more)
                column.addWidget(line)
        column.addWidget(self.why)
        desk.pictures.arrived.connect(self._paint_crop)
        self._paint_crop()

    def _moment(self) -> str:
        """When in a video the face is seen."""
        return tr("At {0}").format(words.length(self.face.moment)) if self.face.seen else ""

    def _open(self) -> None:
        self.opened.emit(self.face)

    def _paint_crop(self) -> None:
        key = PictureKey.of_face(self.face)
        pixmap = self._desk.pictures.round(key, _SIDE, self.devicePixelRatioF())
        self._crop.setPixmap(QPixmap() if pixmap is None else pixmap)


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("Small")
    label.setWordWrap(True)
    label.setContentsMargins(8, 0, 0, 0)
    return label
