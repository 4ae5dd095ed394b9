"""The canvas of the viewer: one picture, zoomed and moved, with frames round the faces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.library.rows import FaceRow
from app.ui.theme import Theme
from app.ui.viewer.frames import Frame, frames_for

_STEP = 1.25
_MOST = 8.0
_MARGIN = 16


class Canvas(QWidget):
    """Shows an image of a photo whose full size is known; the image itself may be smaller."""

    face_clicked = Signal(FaceRow)
    moved = Signal()
    """The picture lies elsewhere now, or is of another size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixmap = QPixmap()
        self._full = QSizeF()
        self._zoom: float | None = None
        self._centre = QPointF(0.5, 0.5)
        self._faces: Sequence[FaceRow] = ()
        self._are_frames_shown = True
        self._grabbed: QPointF | None = None
        self._hovered = 0
        self.message = ""
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photo"))
        theme.changed.connect(self.update)

    # -- what is shown ---------------------------------------------------------------------

    def show_photo(self, width: int, height: int) -> None:
        """Begin with another photo of this full size; its image follows."""
        self._full = QSizeF(width, height)
        self._pixmap = QPixmap()
        self._faces = ()
        self.message = ""
        self.fit()

    def show_image(self, image: QImage) -> None:
        """The photo's pixels, at any size; a finer one may follow."""
        self._pixmap = QPixmap.fromImage(image)
        if self._full.isEmpty():
            self._full = QSizeF(image.size())
        self.update()

    def show_message(self, text: str) -> None:
        """Say why there is no picture."""
        self.message = text
        self.update()

    def show_faces(self, faces: Sequence[FaceRow]) -> None:
        """The faces to frame."""
        self._faces = faces
        self.update()

    def toggle_frames(self) -> None:
        """Show or hide the frames."""
        self._are_frames_shown = not self._are_frames_shown
        self.update()

    # -- zoom ------------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Screen pixels for each pixel of the photo, in logical pixels."""
        return self._fitting() if self._zoom is None else self._zoom

    @property
    def has_image(self) -> bool:
        """Whether there is something to look at."""
        return not self._pixmap.isNull()

    def wants_finer(self) -> bool:
        """Whether the picture is shown larger than the image that is here."""
        if self._pixmap.isNull() or self._full.isEmpty():
            return False
        shown = self.zoom * self._full.width() * self.devicePixelRatioF()
        return self._pixmap.width() < min(shown * 0.98, self._full.width() - 1)

    def fit(self) -> None:
        """Show all of the photo."""
        self._zoom = None
        self._centre = QPointF(0.5, 0.5)
        self._told()

    def actual_size(self) -> None:
        """One pixel of the photo to one of the screen."""
        self._zoom_to(1 / self.devicePixelRatioF(), QRectF(self.rect()).center())

    def zoom_by(self, steps: float, around: QPointF | None = None) -> None:
        """Larger or smaller, keeping the point `around` where it is."""
        point = QRectF(self.rect()).center() if around is None else around
        self._zoom_to(self.zoom * _STEP**steps, point)

    def picture(self) -> QRectF:
        """Where the photo lies, in widget pixels."""
        size = self._full * self.zoom
        room = QRectF(self.rect())
        x = self._edge(room.width(), size.width(), self._centre.x())
        y = self._edge(room.height(), size.height(), self._centre.y())
        return QRectF(QPointF(x, y), size)

    def frames(self) -> list[Frame]:
        """The frames in sight."""
        if not self._are_frames_shown or self._full.isEmpty():
            return []
        self.setFont(self._theme.font(13, QFont.Weight.DemiBold))
        question = self.tr("Who is this?")
        return frames_for(self._faces, self.picture(), self.fontMetrics(), question)

    def _fitting(self) -> float:
        if self._full.isEmpty():
            return 1.0
        across = (self.width() - 2 * _MARGIN) / self._full.width()
        down = (self.height() - 2 * _MARGIN) / self._full.height()
        return max(1e-6, min(across, down, max(1.0, 2 / self.devicePixelRatioF())))

    def _zoom_to(self, zoom: float, point: QPointF) -> None:
        if self._full.isEmpty():
            return
        before = self.picture()
        inside = QPointF(
            (point.x() - before.x()) / before.width(), (point.y() - before.y()) / before.height()
        )
        fitting = self._fitting()
        # A small photo fits at more than its own size: then that is the least.
        least = min(fitting, 1 / self.devicePixelRatioF())
        zoom = min(max(zoom, least), max(_MOST, fitting))
        self._zoom = None if abs(zoom / fitting - 1) < 0.001 else zoom
        size = self._full * self.zoom
        middle = QRectF(self.rect()).center()
        self._centre = QPointF(
            inside.x() + (middle.x() - point.x()) / size.width(),
            inside.y() + (middle.y() - point.y()) / size.height(),
        )
        self._told()

    @staticmethod
    def _edge(room: float, size: float, centre: float) -> float:
        if size <= room:
            return (room - size) / 2
        return min(0.0, max(room - size, room / 2 - centre * size))

    def _told(self) -> None:
        self.update()
        self.moved.emit()

    # -- hands -----------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        for frame in self.frames():
            if frame.tag.contains(event.position()):
                self.face_clicked.emit(frame.face)
                return
        self._grabbed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            size = self._full * self.zoom
            if not size.isEmpty():
                step = event.position() - self._grabbed
                self._centre -= QPointF(step.x() / size.width(), step.y() / size.height())
                half_x = min(0.5, self.width() / 2 / size.width())
                half_y = min(0.5, self.height() / 2 / size.height())
                self._centre.setX(min(1 - half_x, max(half_x, self._centre.x())))
                self._centre.setY(min(1 - half_y, max(half_y, self._centre.y())))
            self._grabbed = event.position()
            self._told()
            return
        over = [f.face.id for f in self.frames() if f.tag.contains(event.position())]
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        if (over[0] if over else 0) != self._hovered:
            self._hovered = over[0] if over else 0
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom is None:
            self._zoom_to(1 / self.devicePixelRatioF(), event.position())
        else:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.fillRect(self.rect(), self._theme.color("page"))
        if self.message:
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.color("secondary"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(64, 64, -64, -64), int(flags), self.message)
            return
        picture = self.picture()
        if self._pixmap.isNull():
            painter.fillRect(picture, self._theme.color("hairline"))
            return
        painter.drawPixmap(picture, self._pixmap, QRectF(self._pixmap.rect()))
        painter.setFont(self._theme.font(13, QFont.Weight.DemiBold))
        for frame in self.frames():
            self._paint_frame(painter, frame)

    def _paint_frame(self, painter: QPainter, frame: Frame) -> None:
        accent = frame.face.id == self._hovered
        line = self._theme.color("accent") if accent else QColor("#FFFFFF")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = min(12.0, frame.frame.width() / 6)
        painter.setPen(QPen(QColor(0, 0, 0, 90), 3.5))
        painter.drawRoundedRect(frame.frame, radius, radius)
        painter.setPen(QPen(line, 1.75))
        painter.drawRoundedRect(frame.frame, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent") if accent else QColor(16, 16, 18, 200))
        painter.drawRoundedRect(frame.tag, frame.tag.height() / 2, frame.tag.height() / 2)
        painter.setPen(self._theme.color("on_accent") if accent else QColor("#FFFFFF"))
        room = frame.tag.adjusted(10, 0, -10, 0)
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(frame.text, mode, round(room.width()) + 1)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
