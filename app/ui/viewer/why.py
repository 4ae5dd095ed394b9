"""Why: what speaks for a face being who it is said to be, with the faces that say so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.indexing.suggestions import Explanation
from app.library.rows import FaceRow
from app.ui import words
from app.ui.album import Album
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts

tr = Texts("viewer")

_SIDE = 40
_MOST = 5

Told = tuple[Explanation, list[FaceRow]]
"""An explanation, and the faces that are witnesses in it."""


class Why(QWidget):
    """A line that opens; only then is the album asked."""

    def __init__(self, desk: Desk, face: FaceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._face = face
        self._crops: list[tuple[QLabel, PictureKey]] = []
        self.button = QToolButton()
        self.button.setObjectName("Sort")
        self.button.setText(
            tr("Why is this face here?") if face.person_id is not None else tr("Who could this be?")
        )
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._open)
        self.said = QLabel()
        self.said.setObjectName("Small")
        self.said.setWordWrap(True)
        self.said.hide()
        self.after = QLabel()
        self.after.setObjectName("Small")
        self.after.setWordWrap(True)
        self.after.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        column.addLayout(self._row)
        column.addWidget(self.after)
        self._dress()
        desk.pictures.arrived.connect(self._paint_crops)
        desk.theme.changed.connect(self._dress)

    def _open(self, is_open: bool) -> None:
        self._dress()
        self.said.setVisible(is_open)
        self.after.setVisible(is_open and bool(self.after.text()))
        for label, _ in self._crops:
            label.setVisible(is_open)
        if is_open and not self.said.text():
            self.said.setText(tr("Comparing…"))
            read = partial(_read, self._desk.album, self._face.id)
            self._desk.background.read(self, read, self._show, self.said.setText)

    def _show(self, told: Told) -> None:
        explanation, witnesses = told
        self.said.setText(_grounds(explanation))
        self.after.setText(_rival(explanation))
        self.after.setVisible(self.button.isChecked() and bool(self.after.text()))
        for face in witnesses:
            self._add_crop(face, tr("A face that is alike"))
        self._row.addStretch(1)
        self._paint_crops()

    def _add_crop(self, face: FaceRow, name: str) -> None:
        label = QLabel()
        label.setFixedSize(_SIDE, _SIDE)
        label.setAccessibleName(name)
        label.setVisible(self.button.isChecked())
        self._row.addWidget(label)
        self._crops.append((label, PictureKey.of_face(face)))

    def _paint_crops(self) -> None:
        scale = self.devicePixelRatioF()
        for label, key in self._crops:
            pixmap = self._desk.pictures.round(key, _SIDE, scale)
            label.setPixmap(QPixmap() if pixmap is None else pixmap)

    def _dress(self) -> None:
        name = "chevron-down" if self.button.isChecked() else "chevron-right"
        self.button.setIcon(self._desk.icons.icon(name, "secondary", 16))


def _read(album: Album, face_id: int) -> Told:
    told = album.explain(face_id)
    ids = [] if told.reasons is None else [number for number, _ in told.reasons.witnesses]
    return told, album.faces_by_id(ids[:_MOST])


def _grounds(told: Explanation) -> str:
    """How sure it is, above the faces that make it so."""
    said = [tr("You said so.")] if told.by_user else []
    if told.reasons is None or told.about is None:
        said.append(tr("There is nobody to compare this face with."))
        return " ".join(said)
    sure = words.number(round(told.reasons.probability * 100))
    if told.about.name:
        said.append(
            tr("{0} % sure that this is {1}, by these faces:").format(sure, told.about.name)
        )
    else:
        said.append(tr("{0} % sure that this is one person with these faces:").format(sure))
    return " ".join(said)


def _rival(told: Explanation) -> str:
    """Who else it could be; empty where that is nobody."""
    if told.reasons is None or told.reasons.runner_up is None:
        return ""
    who = told.reasons.runner_up
    if who.name:
        return tr("Next comes {0}.").format(who.name)
    return tr("Next comes somebody without a name.")
