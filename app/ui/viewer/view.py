"""View: where a photo lies in the room for it, zoomed and moved. Plain geometry."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

STEP = 1.25
"""What one step larger multiplies by."""
MARGIN = 16
"""Pixels that stay free around a photo."""
_MOST = 8.0


class View:
    """A photo of a known size in a room of a known size, both in pixels of the room."""

    def __init__(self) -> None:
        self.full = QSizeF()
        """The photo's own pixels."""
        self._room = QSizeF()
        self._margin = float(MARGIN)
        self._dots = 1.0
        self._zoom: float | None = None
        self._centre = QPointF(0.5, 0.5)

    def begin(self, full: QSizeF) -> None:
        """Show another photo, all of it."""
        self.full = full
        self.fit()

    def set_room(self, room: QSizeF, dots: float, margin: float = MARGIN) -> None:
        """How much room there is, dots of the screen a pixel, and what stays free around."""
        self._room, self._dots, self._margin = room, dots, margin
        self._settle()

    @property
    def zoom(self) -> float:
        """Pixels of the room for each pixel of the photo."""
        return self.fitting() if self._zoom is None else self._zoom

    @property
    def is_fitted(self) -> bool:
        """Whether the photo is shown as large as fits."""
        return self._zoom is None

    @property
    def actual(self) -> float:
        """The zoom at which one pixel of the photo is one dot of the screen."""
        return 1 / self._dots

    def fitting(self) -> float:
        """The zoom at which all of the photo is seen."""
        if self.full.isEmpty():
            return 1.0
        across = (self._room.width() - 2 * self._margin) / self.full.width()
        down = (self._room.height() - 2 * self._margin) / self.full.height()
        return max(1e-6, min(across, down, max(1.0, 2 / self._dots)))

    def clamped(self, zoom: float) -> float:
        """The nearest zoom that makes sense."""
        fitting = self.fitting()
        # A small photo fits at more than its own size: then that is the least.
        return min(max(zoom, min(fitting, self.actual)), max(_MOST, fitting))

    def fit(self) -> None:
        """Show all of the photo."""
        self._zoom = None
        self._centre = QPointF(0.5, 0.5)

    def zoom_to(self, zoom: float, point: QPointF) -> None:
        """Show the photo at another zoom, what is at `point` staying there."""
        if self.full.isEmpty():
            return
        inside = self.inside(point)
        zoom = self.clamped(zoom)
        self._zoom = None if abs(zoom / self.fitting() - 1) < 0.001 else zoom
        size = self.full * self.zoom
        self._centre = QPointF(
            inside.x() + (self._room.width() / 2 - point.x()) / size.width(),
            inside.y() + (self._room.height() / 2 - point.y()) / size.height(),
        )
        self._settle()

    def pan(self, step: QPointF) -> bool:
        """Move the photo by a step, as far as there is more of it; whether it moved."""
        size = self.full * self.zoom
        if size.isEmpty():
            return False
        before = self.picture().topLeft()
        self._centre -= QPointF(step.x() / size.width(), step.y() / size.height())
        self._settle()
        return self.picture().topLeft() != before

    def can_pan(self) -> tuple[bool, bool]:
        """Whether there is more of the photo than is seen: across, down."""
        size = self.full * self.zoom
        return size.width() > self._room.width() + 0.5, size.height() > self._room.height() + 0.5

    def picture(self) -> QRectF:
        """Where the photo lies in the room."""
        size = self.full * self.zoom
        x = _edge(self._room.width(), size.width(), self._centre.x())
        y = _edge(self._room.height(), size.height(), self._centre.y())
        return QRectF(QPointF(x, y), size)

    def inside(self, point: QPointF) -> QPointF:
        """A point of the room as a place in the photo, 0..1 within it."""
        picture = self.picture()
        return QPointF(
            (point.x() - picture.x()) / picture.width(),
            (point.y() - picture.y()) / picture.height(),
        )

    def _settle(self) -> None:
        """Keep the centre where the room can be filled around it."""
        size = self.full * self.zoom
        if self._zoom is None or size.isEmpty():
            self._centre = QPointF(0.5, 0.5)
            return
        half_x = min(0.5, self._room.width() / 2 / size.width())
        half_y = min(0.5, self._room.height() / 2 / size.height())
        self._centre = QPointF(
            min(1 - half_x, max(half_x, self._centre.x())),
            min(1 - half_y, max(half_y, self._centre.y())),
        )


def _edge(room: float, size: float, centre: float) -> float:
    if size <= room:
        return (room - size) / 2
    return min(0.0, max(room - size, room / 2 - centre * size))
