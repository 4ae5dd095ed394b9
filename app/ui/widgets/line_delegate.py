"""How a line of what was done looks, under the day on which it was."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.widgets import paint
from app.ui.widgets.grid_model import AnyIndex

HEIGHT = 40
MARGIN = 20
INDENT = 12
_TIME = 76
_ICON = 20
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_State = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in one line, from left to right; colours by the name of their token."""

    time: str
    icon: str
    text: str
    end: str = ""
    icon_token: str = "secondary"
    text_token: str = "text"
    end_token: str = "secondary"


class LineDelegate(QStyledItemDelegate):
    """Paints the time, a picture, the sentence, and what there is to say at its end."""

    least = QSize(320, HEIGHT)
    """A line is as wide as the list, and no narrower than this."""
    margin = MARGIN
    indent = INDENT

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return QSize(self.least.width(), scaled(self.least.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(self.margin, 0, -self.margin, 0)
        self.paint_any(painter, area, index.data(Qt.ItemDataRole.UserRole), option.state)
        painter.restore()

    def paint_any(
        self, painter: QPainter, area: QRect, line: object, state: QStyle.StateFlag
    ) -> None:
        """Paint whatever stands in this line."""
        raise NotImplementedError

    def paint_day(self, painter: QPainter, area: QRect, text: str) -> None:
        """The day that what is below belongs to."""
        theme = self.desk.theme
        painter.setFont(theme.font(13, QFont.Weight.DemiBold))
        painter.setPen(theme.color("secondary"))
        painter.drawText(area.adjusted(self.indent, 6, -self.indent, 0), int(_LEFT), text)

    def paint_card(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        """What is under a line that can be chosen."""
        theme = self.desk.theme
        card = area.adjusted(0, 1, 0, -1)
        if state & _State.State_Selected:
            paint.rounded(painter, card, 8, theme.color("selection"))
        elif state & _State.State_MouseOver:
            paint.rounded(painter, card, 8, theme.color("hover"))
        if state & _State.State_HasFocus:
            paint.ring(painter, card, 8, theme.color("accent"))

    def paint_line(
        self, painter: QPainter, area: QRect, look: Look, state: QStyle.StateFlag
    ) -> None:
        """One thing that was done."""
        theme = self.desk.theme
        self.paint_card(painter, area, state)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("secondary"))
        inner = area.adjusted(INDENT, 0, -INDENT, 0)
        time = QRect(inner.x(), inner.y(), scaled(_TIME), inner.height())
        painter.drawText(paint.turned(painter, area, time), middle, look.time)
        if look.end:
            painter.setPen(theme.color(look.end_token))
            width = painter.fontMetrics().horizontalAdvance(look.end)
            painter.drawText(inner, middle | int(Qt.AlignmentFlag.AlignRight), look.end)
            inner.setRight(inner.right() - width - 16)
        scale = painter.device().devicePixelRatio()
        picture = self.desk.icons.pixmap(look.icon, look.icon_token, scaled(18), scale)
        place = QRect(inner.x() + scaled(_TIME), inner.y(), scaled(_ICON), inner.height())
        paint.centred(painter, paint.turned(painter, area, place), picture)
        inner.setLeft(place.right() + 14)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color(look.text_token))
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(look.text, mode, inner.width())
        painter.drawText(paint.turned(painter, area, inner), middle, text)
