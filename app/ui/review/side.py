"""One side of a question: who it is about, and their faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.review.board import FaceBoard

_COVER = 44
_MARGIN = 18
_GAP = 12


class Side(QFrame):
    """A heading with a small cover, and a board of faces."""

    def __init__(self, desk: Desk, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ReviewSide")
        self._desk = desk
        self._cover_of: PersonRow | None = None
        self._said = ("", "")
        self._cover = QLabel()
        self._cover.setFixedSize(_COVER, _COVER)
        self.title, self.note = QLabel(), QLabel()
        self.title.setObjectName("Heading")
        self.note.setObjectName("Secondary")
        for label in (self.title, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.board = FaceBoard(desk, what)
        said = QVBoxLayout()
        head = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 14, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addLayout(head)
        head.setSpacing(_GAP)
        head.addWidget(self._cover)
        head.addLayout(said, 1)
        said.setSpacing(2)
        said.addWidget(self.title)
        said.addWidget(self.note)
        said.setContentsMargins(0, 0, 0, 0)
        head.addStrut(_COVER)
        column.addWidget(self.board, 1)

    def show_head(self, title: str, note: str, cover_of: PersonRow | None) -> None:
        """Say who this is; a cover only where they are somebody."""
        self._said, self._cover_of = (title, note), cover_of
        self.title.setToolTip(title)
        self._fit_words()
        self.repaint_pictures()

    def show_faces(
        self, faces: Sequence[FaceRow], more: int, photos: Mapping[int, PhotoRow]
    ) -> None:
        """Show their faces."""
        self.board.show_faces(faces, more, photos)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        for label, text in zip((self.title, self.note), self._said, strict=True):
            room = self.width() - 2 * _MARGIN - (_COVER + _GAP if self._cover_of else 0)
            metrics, end = label.fontMetrics(), Qt.TextElideMode.ElideRight
            label.setText(metrics.elidedText(text, end, max(80, room)))

    def repaint_pictures(self) -> None:
        """Some pictures have arrived."""
        cover = None if self._cover_of is None else self._cover_of.cover
        self._cover.setVisible(cover is not None)
        if cover is not None:
            key, scale = PictureKey.of_face(cover), self.devicePixelRatioF()
            self._cover.setPixmap(self._desk.pictures.round(key, _COVER, scale) or QPixmap())
        self.board.update()
