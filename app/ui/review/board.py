"""A board of large crops, painted as they arrive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from app.library.rows import FaceRow, PhotoRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.review.tiling import tiles
from app.ui.review.wording import day, tr
from app.ui.widgets import paint
from app.ui.widgets.spoken import Part, Spoken

_RADIUS = 12.0
_SLIDE = 18


class FaceBoard(QWidget):
    """Some faces as squares of one size, in the middle; the last square tells how many more."""

    looked = Signal(int)
    """A crop was clicked, or chosen by keyboard: its place."""
    pointed = Signal(int)
    """The mouse, or the keyboard, is over a crop; -1 when over none."""

    def __init__(self, desk: Desk, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._what = what
        self.faces: Sequence[FaceRow] = ()
        self.photos: Mapping[int, PhotoRow] = {}
        self._more = 0
        self._at = 0
        self._over = -1
        self._arrival = 1.0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 64)
        self._spoken = Spoken(self, self._parts)

    def show_faces(
        self, faces: Sequence[FaceRow], more: int, photos: Mapping[int, PhotoRow]
    ) -> None:
        """Show these, and that there are `more`."""
        self.faces, self._more, self.photos = tuple(faces), more, photos
        self._at = 0
        self._point(-1)
        count = words.faces(len(faces) + more)
        dates = sorted({day(photos.get(face.photo_id)) for face in faces})
        self.setAccessibleName(f"{self._what}: {count}")
        self.setAccessibleDescription(", ".join(dates[:4]))
        self._spoken.tell_later()
        self.update()

    def _parts(self) -> Iterator[Part]:
        places, count = self._tiles(len(self.faces), self._more), len(self.faces) + self._more
        for number, (face, tile) in enumerate(zip(self.faces, places, strict=False), 1):
            when = day(self.photos.get(face.photo_id))
            said = tr("Face {0} of {1}").format(words.number(number), words.number(count))
            yield tile, ", ".join(filter(None, (said, when)))

    def warm(self, faces: Sequence[FaceRow], more: int) -> None:
        """Have the crops ready in the size in which they will be shown here."""
        for face, tile in zip(faces, self._tiles(len(faces), more), strict=False):
            self._picture(face, tile)

    def set_arrival(self, share: float) -> None:
        """How far the faces have come into sight, 0..1."""
        self._arrival = share
        self.update()

    def tile(self, place: int) -> QRect:
        """Where a crop is."""
        return self._tiles(len(self.faces), self._more)[place]

    def sizeHint(self) -> QSize:
        return QSize(320, 64)  # the page lets it grow as far as there is room

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.35 + 0.65 * self._arrival)
        painter.translate(round((1 - self._arrival) * _SLIDE), 0)
        places = self._tiles(len(self.faces), self._more)
        for number, (face, tile) in enumerate(zip(self.faces, places, strict=False)):
            self._paint_face(painter, face, tile)
            if self.hasFocus() and number == self._at:
                paint.keyboard(painter, tile, _RADIUS, self._desk.theme)
            elif number == self._over:
                paint.ring(painter, tile, _RADIUS, self._desk.theme.color("accent"))
        if self._more and places:
            self._paint_more(painter, places[-1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._place_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.looked.emit(place)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        step = -step if self.isRightToLeft() else step
        if step and self.faces:
            self._at = (self._at + step) % len(self.faces)
            self._point(self._at)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return) and self.faces:
            self.looked.emit(self._at)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(-1)
        super().focusOutEvent(event)

    def _place_at(self, point: QPoint) -> int:
        places = self._tiles(len(self.faces), self._more)[: len(self.faces)]
        return next((n for n, tile in enumerate(places) if tile.contains(point)), -1)

    def _point(self, place: int) -> None:
        if place != self._over:
            self._over = place
            cursor = Qt.CursorShape.PointingHandCursor
            self.setCursor(cursor if place >= 0 else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(place)
            self.update()

    def _tiles(self, count: int, more: int) -> list[QRect]:
        found = tiles(self.size(), count + (1 if more else 0))
        if self.isRightToLeft():
            found = [QStyle.visualRect(self.layoutDirection(), self.rect(), one) for one in found]
        return found

    def _picture(self, face: FaceRow, tile: QRect) -> QPixmap | None:
        key, scale = PictureKey.of_face(face), self.devicePixelRatioF()
        return self._desk.pictures.tile(key, tile.size(), _RADIUS, scale)

    def _paint_face(self, painter: QPainter, face: FaceRow, tile: QRect) -> None:
        pixmap = self._picture(face, tile)
        if pixmap is not None:
            painter.drawPixmap(tile.topLeft(), pixmap)
            return
        paint.rounded(painter, tile, _RADIUS, self._desk.theme.color("hairline"))
        if self._desk.pictures.is_missing(PictureKey.of_face(face)):
            scale = self.devicePixelRatioF()
            icon = self._desk.icons.pixmap("image-off", "secondary", 24, scale)
            paint.centred(painter, tile, icon)

    def _paint_more(self, painter: QPainter, tile: QRect) -> None:
        theme = self._desk.theme
        paint.rounded(painter, tile, _RADIUS, theme.color("hover"))
        painter.setFont(theme.font(max(13, min(26, tile.height() // 4)), QFont.Weight.DemiBold))
        paint.elided(painter, tile, f"+{words.number(self._more)}", theme.color("secondary"))


def whole(count: int, shown: int) -> tuple[int, int]:
    """How many of `count` faces are shown where there is room for `shown` squares, and how many
    more there are: the last square is theirs."""
    return (count, 0) if count <= shown else (shown - 1, count - shown + 1)
