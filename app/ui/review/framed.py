"""A whole photo with one face of it framed: small beside a crop, or large over the page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QWidget

from app.library.rows import FaceRow, PhotoRow
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.pictures import PictureKey
from app.ui.review.wording import day, tr
from app.ui.scale import scaled
from app.ui.widgets import paint

_CARD = 260
_CAPTION = 30
_LARGE = 2000


def paint_framed(painter: QPainter, place: QRect, face: FaceRow, colour: QColor) -> None:
    """The frame round a face, a little larger than it, over a photo that fills `place`."""
    grow = 0.12
    box = QRect(
        place.x() + round((face.x - face.w * grow) * place.width()),
        place.y() + round((face.frame_y - face.h * grow) * place.height()),
        round(face.w * (1 + 2 * grow) * place.width()),
        round(face.h * (1 + 2 * grow) * place.height()),
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.ring(painter, box.adjusted(-1, -1, 1, 1), 7, QColor(0, 0, 0, 110), 4)
    paint.ring(painter, box, 6, colour, 2.5)


_Scene = tuple[int, float]
"""A photo, or a video at a moment."""


def _scene(photo: PhotoRow, face: FaceRow) -> _Scene:
    return photo.id, face.moment if photo.is_video else 0.0


def _stay_small(reason: str) -> None:
    """The file is not there now: the small picture says enough."""


def fitting(photo: PhotoRow, room: QSize) -> QSize:
    """The size of a photo that fits into `room`."""
    size = QSize(max(1, photo.width), max(1, photo.height))
    return size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)


class PhotoCard(QFrame):
    """The photo of a crop, small, floating beside it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._desk = desk
        self._shown: tuple[PhotoRow, FaceRow] | None = None
        self._frame: tuple[_Scene, QPixmap] | None = None
        self.setObjectName("PhotoCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_beside(self, tile: QRect, photo: PhotoRow, face: FaceRow) -> None:
        """Come up at the side of a crop; `tile` is in the coordinates of the parent."""
        self._shown = (photo, face)
        if photo.is_video and (self._frame is None or self._frame[0] != _scene(photo, face)):
            load = partial(self._desk.source.frame, photo.path, face.moment, 2 * _CARD)
            take = partial(self._take, _scene(photo, face))
            self._desk.background.read(self, load, take, _stay_small)
        size = fitting(photo, QSize(_CARD, _CARD)).expandedTo(QSize(120, 60))
        self.resize(size.width() + 16, size.height() + 16 + scaled(_CAPTION))
        room = self._over.rect()
        right = tile.right() + 12
        left = right if right + self.width() <= room.width() else tile.left() - 12 - self.width()
        top = tile.center().y() - self.height() // 2
        left = max(4, min(left, room.width() - self.width() - 4))
        self.move(left, max(4, min(top, room.height() - self.height() - 4)))
        self.raise_()
        self.show()
        self.update()

    def _take(self, scene: _Scene, image: QImage) -> None:
        self._frame = (scene, QPixmap.fromImage(image))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._shown is None:
            return
        photo, face = self._shown
        painter = QPainter(self)
        theme = self._desk.theme
        room = self.rect().adjusted(8, 8, -8, -8 - scaled(_CAPTION))
        place = paint.middle(room, fitting(photo, room.size()))
        if self._paint_picture(painter, place, photo, face):
            paint_framed(painter, place, face, QColor("#FFFFFF"))
        painter.setFont(theme.font(12))
        below = QRect(
            8, self.height() - 8 - scaled(_CAPTION), self.width() - 16, scaled(_CAPTION) + 4
        )
        paint.elided(painter, below, day(photo), theme.color("secondary"))

    def _paint_picture(
        self, painter: QPainter, place: QRect, photo: PhotoRow, face: FaceRow
    ) -> bool:
        """The photo, or of a video the frame with the face; whether that is where the face is."""
        if photo.is_video and self._frame is not None and self._frame[0] == _scene(photo, face):
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._frame[1])
            return True
        key = PictureKey(photo.id, photo.fingerprint)
        pixmap = self._desk.pictures.tile(key, place.size(), 4, self.devicePixelRatioF())
        if pixmap is None:
            paint.rounded(painter, place, 4, self._desk.theme.color("hairline"))
        else:
            painter.drawPixmap(place.topLeft(), pixmap)
        return not photo.is_video


class Peek(QWidget):
    """The photo large over the page, until a key or a click takes it away."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._desk = desk
        self._faces: list[tuple[FaceRow, PhotoRow]] = []
        self._at = 0
        self._large: tuple[_Scene, QPixmap] | None = None
        self._job: Job | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open(self, faces: list[tuple[FaceRow, PhotoRow]], start: int) -> None:
        """Show the photo of one of these faces."""
        if not faces:
            return
        self._faces = faces
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self._go(start)

    def step(self, by: int) -> None:
        """Show the photo of another face."""
        self._go((self._at + by) % len(self._faces))

    def close_(self) -> None:
        """Go away."""
        if self.isVisible():
            self.hide()
            self._faces, self._large = [], None
            self.closed.emit()

    @property
    def shown(self) -> tuple[FaceRow, PhotoRow] | None:
        """The face that is framed, and its photo."""
        return self._faces[self._at] if self._faces else None

    def _go(self, at: int) -> None:
        self._at = at
        face, photo = self._faces[at]
        scene = _scene(photo, face)
        if self._job is not None:
            self._job.drop()
        if self._large is None or self._large[0] != scene:
            self._large = None
            load = partial(self._desk.source.large, photo.path, _LARGE)
            if photo.is_video:
                load = partial(self._desk.source.frame, photo.path, face.moment, _LARGE)
            take = partial(self._take, scene)
            self._job = self._desk.background.read(self, load, take, _stay_small)
        self.setAccessibleName(self._caption(photo))
        self.update()

    def _take(self, scene: _Scene, image: QImage) -> None:
        self._large = (scene, QPixmap.fromImage(image))
        self.update()

    def _caption(self, photo: PhotoRow) -> str:
        said = f"{day(photo)}  ·  {photo.name}"
        if len(self._faces) > 1:
            said += "  ·  " + tr("{0} of {1}, ← and → show the others").format(
                self._at + 1, len(self._faces)
            )
        return said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        step = -step if self.isRightToLeft() else step
        if step:
            self.step(step)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.close_()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.close_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        shown = self.shown
        if shown is None:
            return
        face, photo = shown
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(16, 16, 18, 235))
        room = self.rect().adjusted(24, 20, -24, -48)
        place = paint.middle(room, fitting(photo, room.size()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._large is not None:
            painter.drawPixmap(place, self._large[1])
        else:
            scale = self.devicePixelRatioF()
            key = PictureKey(photo.id, photo.fingerprint)
            pixmap = self._desk.pictures.tile(key, place.size(), 0, scale)
            if pixmap is not None:
                painter.drawPixmap(place.topLeft(), pixmap)
        if self._large is not None or not photo.is_video:
            paint_framed(painter, place, face, QColor("#FFFFFF"))
        painter.setFont(self._desk.theme.font(13))
        below = QRect(QPoint(24, self.height() - 44), QSize(self.width() - 48, 36))
        paint.elided(painter, below, self._caption(photo), QColor("#E8E6E3"))
