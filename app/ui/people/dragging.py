"""People that are dragged onto one another: what is carried, and what is shown meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.library.rows import PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.people.grid import MIME
from app.ui.pictures import PictureKey
from app.ui.widgets import paint

_SIDE = 80


def mime_of(ids: Sequence[int]) -> QMimeData:
    """People as something that can be dragged."""
    mime = QMimeData()
    mime.setData(MIME, ",".join(map(str, ids)).encode())
    return mime


def ids_of(mime: QMimeData) -> list[int]:
    """The people that are dragged."""
    return [int(part) for part in bytes(mime.data(MIME).data()).decode().split(",") if part]


def drag_of(desk: Desk, first: PersonRow, ids: Sequence[int], source: QWidget) -> QDrag:
    """A drag of these people, carrying the face of one and, of several, their number."""
    drag = QDrag(source)
    drag.setMimeData(mime_of(ids))
    pixmap = None
    if first.cover is not None:
        key, scale = PictureKey.of_face(first.cover), source.devicePixelRatioF()
        pixmap = desk.pictures.round(key, _SIDE, scale)
    if pixmap is not None:
        drag.setPixmap(counted(desk, pixmap, len(ids)) if len(ids) > 1 else pixmap)
        drag.setHotSpot(QPoint(_SIDE // 2, _SIDE // 2))
    return drag


def counted(desk: Desk, picture: QPixmap, count: int, side: int = _SIDE) -> QPixmap:
    """A picture of so many logical pixels with a number in its corner."""
    made = QPixmap(picture)
    theme = desk.theme
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    badge = QRect(side - 26, 0, 26, 26)
    paint.rounded(painter, badge, 13, theme.color("accent"))
    painter.setFont(theme.font(13, QFont.Weight.DemiBold))
    painter.setPen(theme.color("on_accent"))
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), words.number(count))
    painter.end()
    return made
