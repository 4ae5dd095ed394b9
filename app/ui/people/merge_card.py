"""What merging does: in words, and as a card with the faces beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.texts import Texts
from app.ui.widgets import paint

tr = Texts("people")

_FACE = 44
_OVERLAP = 14
_MOST_FACES = 3
_ARROW = 30
_OFFSET = QPoint(18, 22)


def merge_words(keep: PersonRow, others: Sequence[PersonRow]) -> tuple[str, str]:
    """What becomes of the photos, and, where there is something to say of it, of the names."""
    count = words.photos_and_videos(
        sum(other.photo_count for other in others), sum(other.video_count for other in others)
    )
    into = keep.name or tr("this person")
    if len(others) > 1:
        text = tr.counted(
            "Merge 1 person, {1}, into {2}", "Merge {0} people, {1}, into {2}",
            len(others), count, into,
        )  # fmt: skip
    else:
        text = tr("Merge {0} into {1}").format(count, into)
    text = f"{text} ({words.photos_and_videos(keep.photo_count, keep.video_count)})"
    names = [other.name for other in others if other.name]
    if keep.name and names:
        gone = _and(names)
        stays = tr("The name {0} stays; {1} goes.")
        if len(names) > 1:
            stays = tr("The name {0} stays; {1} go.")
        return text, stays.format(keep.name, gone)
    if names:
        return text, tr("They will be called {0}.").format(names[0])
    return text, ""


def _and(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return tr("{0} and {1}").format(", ".join(names[:-1]), names[-1])


class MergeFaces(QWidget):
    """The faces of those who are merged, an arrow, and the face of the one who stays."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._others: Sequence[PersonRow] = ()
        self._keep: PersonRow | None = None
        desk.pictures.arrived.connect(self.update)

    def show_people(self, keep: PersonRow, others: Sequence[PersonRow]) -> None:
        """Show these."""
        self._keep, self._others = keep, others[:_MOST_FACES]
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        before = _FACE + (max(1, len(self._others)) - 1) * (_FACE - _OVERLAP)
        return QSize(before + _ARROW + _FACE, _FACE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._keep is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0
        for other in self._others:
            self._paint_face(painter, x, other)
            x += _FACE - _OVERLAP
        x += _OVERLAP
        icon = self._desk.icons.pixmap("arrow-right", "secondary", 18, self.devicePixelRatioF())
        place = paint.turned(painter, self.rect(), QRect(x, 0, _ARROW, _FACE))
        paint.centred(painter, place, icon)
        self._paint_face(painter, x + _ARROW, self._keep)

    def _paint_face(self, painter: QPainter, x: int, person: PersonRow) -> None:
        circle = paint.turned(painter, self.rect(), QRect(x, 0, _FACE, _FACE))
        theme, scale = self._desk.theme, self.devicePixelRatioF()
        pixmap = None
        if person.cover is not None:
            key = PictureKey.of_face(person.cover)
            pixmap = self._desk.pictures.round(key, _FACE - 4, scale)
        # A rim in the colour of the card sets faces off that overlap.
        paint.rounded(painter, circle, _FACE / 2, theme.color("page"))
        inner = circle.adjusted(2, 2, -2, -2)
        if pixmap is not None:
            painter.drawPixmap(inner.topLeft(), pixmap)
        else:
            paint.rounded(painter, inner, inner.width() / 2, theme.color("hairline"))


class MergeCard(QFrame):
    """Says near the pointer what would happen if one let go here."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.faces = MergeFaces(desk)
        self.text, self.note = QLabel(), QLabel()
        self.text.setObjectName("Strong")
        self.note.setObjectName("Secondary")
        lines = QVBoxLayout()
        paint.lift(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self.faces)
        row.addLayout(lines)
        lines.setSpacing(2)
        lines.addStretch(1)
        lines.addWidget(self.text)
        lines.addWidget(self.note)
        lines.addStretch(1)
        self.hide()

    def show_merge(self, keep: PersonRow, others: Sequence[PersonRow], pointer: QPoint) -> None:
        """Show what merging these would do, beside the pointer and within the parent."""
        self.faces.show_people(keep, others)
        text, note = merge_words(keep, others)
        self.text.setText(text)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.adjustSize()
        room = self._over.rect().adjusted(8, 8, -8, -8)
        corner = pointer + _OFFSET
        if corner.y() + self.height() > room.bottom():
            corner.setY(pointer.y() - _OFFSET.y() - self.height())
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)
        self.raise_()
        self.show()
