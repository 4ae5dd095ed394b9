"""FamilyPicture: a drawing of five covers side by side, as they will be on the People page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class _Cover:
    """Somebody in a circle: the colours of ground, skin, hair and clothes."""

    side: int
    ground: str
    skin: str
    hair: str
    clothes: str
    style: str


_COVERS = (
    _Cover(58, "#CFE3D4", "#E9BFA0", "#6B4A34", "#4E8C6A", "short"),
    _Cover(72, "#F6D9C4", "#F3CFB3", "#B9B4AC", "#A4607A", "bun"),
    _Cover(88, "#D9E4FA", "#C98F6B", "#2E2622", "#2F6FED", "long"),
    _Cover(72, "#F7E6B5", "#F2C9A8", "#C2793A", "#C9683F", "short"),
    _Cover(58, "#E4D8F0", "#8D5B3E", "#241B18", "#7A5BA6", "curls"),
)
_OVERLAP = 10
_HEIGHT = 96


class FamilyPicture(QWidget):
    """Decoration: it says nothing to those who hear the window."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = sum(cover.side for cover in _COVERS) - _OVERLAP * (len(_COVERS) - 1)
        return QSize(width + 8, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, places = 4.0, []
        for cover in _COVERS:
            top = (_HEIGHT - cover.side) / 2
            places.append(QRectF(left, top, cover.side, cover.side))
            left += cover.side - _OVERLAP
        for place in (0, 4, 1, 3, 2):  # the middle one lies on top
            self._draw(painter, _COVERS[place], places[place])

    def _draw(self, painter: QPainter, cover: _Cover, place: QRectF) -> None:
        circle = QPainterPath()
        circle.addEllipse(place)
        painter.save()
        painter.setClipPath(circle)
        painter.fillRect(place, self._tone(cover.ground))
        middle, side = place.center(), place.width()
        head = QRectF(middle.x() - side * 0.19, place.y() + side * 0.22, side * 0.38, side * 0.44)
        self._hair_behind(painter, cover, head)
        body = QRectF(middle.x() - side * 0.36, place.y() + side * 0.72, side * 0.72, side * 0.6)
        _fill(painter, cover.clothes, lambda path: path.addEllipse(body))
        neck = QRectF(middle.x() - side * 0.075, head.center().y(), side * 0.15, side * 0.3)
        _fill(painter, cover.skin, lambda path: path.addRoundedRect(neck, 6, 6))
        _fill(painter, cover.skin, lambda path: path.addEllipse(head))
        self._hair_before(painter, cover, head)
        _face(painter, head)
        painter.restore()
        painter.setPen(QPen(self._theme.color("field"), 3))
        painter.drawEllipse(place.adjusted(-1, -1, 1, 1))

    def _hair_behind(self, painter: QPainter, cover: _Cover, head: QRectF) -> None:
        w, h = head.width(), head.height()
        if cover.style == "long":
            long = head.adjusted(-w * 0.2, -h * 0.14, w * 0.2, h * 0.5)
            _fill(painter, cover.hair, lambda path: path.addRoundedRect(long, w * 0.5, w * 0.5))
        elif cover.style == "bun":
            bun = QRectF(head.center().x() - w * 0.2, head.y() - h * 0.34, w * 0.4, w * 0.4)
            _fill(painter, cover.hair, lambda path: path.addEllipse(bun))
        elif cover.style == "curls":
            for x, y in ((-0.1, 0.12), (0.12, -0.12), (0.42, -0.2), (0.72, -0.1), (0.9, 0.14)):
                curl = QRectF(head.x() + w * (x - 0.08), head.y() + h * y, w * 0.42, w * 0.42)
                _fill(painter, cover.hair, lambda path, curl=curl: path.addEllipse(curl))

    def _hair_before(self, painter: QPainter, cover: _Cover, head: QRectF) -> None:
        w, h = head.width(), head.height()
        scalp, below = QPainterPath(), QPainterPath()
        scalp.addEllipse(head.adjusted(-w * 0.06, -h * 0.1, w * 0.06, 0))
        below.addEllipse(head.adjusted(w * 0.04, h * 0.24, w * 0.22, h * 0.5))
        painter.fillPath(scalp.subtracted(below) & _upper(head), QColor(cover.hair))

    def _tone(self, colour: str) -> QColor:
        """A ground that is quieter where the window is dark."""
        made = QColor(colour)
        return made.darker(150) if self._theme.tokens.is_dark else made


def _upper(head: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(head.adjusted(-20, -20, 20, -head.height() * 0.55))
    return path


def _face(painter: QPainter, head: QRectF) -> None:
    """Two eyes and a smile."""
    w, h = head.width(), head.height()
    ink = QColor("#3A2A22")
    for x in (0.32, 0.68):
        eye = QPainterPath()
        eye.addEllipse(QPointF(head.x() + w * x, head.y() + h * 0.52), w * 0.05, w * 0.055)
        painter.fillPath(eye, ink)
    mouth = QRectF(head.x() + w * 0.34, head.y() + h * 0.58, w * 0.32, h * 0.2)
    painter.setPen(QPen(ink, max(1.2, w * 0.045)))
    painter.drawArc(mouth, 200 * 16, 140 * 16)


def _fill(painter: QPainter, colour: str, shape: object) -> None:
    path = QPainterPath()
    shape(path)  # type: ignore[operator]
    painter.fillPath(path, QColor(colour))
