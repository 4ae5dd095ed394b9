"""The badge of a stack: how many photos stand under the one that is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QStyle

from app.library.rows import PhotoItem
from app.ui.icons import Icons
from app.ui.scale import scaled
from app.ui.theme import Theme
from app.ui.widgets import paint

_HEIGHT = 20
_ICON = 12
_EDGE = 5
"""From the edges of the tile."""
_REACH = 8
"""A click so near beside it is meant for it."""


def stack_badge(tile: QRect, row: object, theme: Theme) -> QRect:
    """Where on the tile of a photo its badge is, at the upper left, or on the right where one reads
    from there; empty where it has none."""
    if not isinstance(row, PhotoItem) or row.stack <= 0:
        return QRect()
    width = QFontMetrics(_font(theme)).horizontalAdvance(str(row.stack + 1)) + _ICON + 18
    place = QRect(tile.left() + _EDGE, tile.top() + _EDGE, width, scaled(_HEIGHT))
    return QStyle.visualRect(QGuiApplication.layoutDirection(), tile, place)


def stack_reach(tile: QRect, row: object, theme: Theme) -> QRect:
    """Where a click is meant for the badge."""
    badge = stack_badge(tile, row, theme)
    return badge.adjusted(-_EDGE, -_EDGE, _REACH, _REACH) if badge.isValid() else badge


def paint_stack_badge(
    painter: QPainter, tile: QRect, row: object, theme: Theme, icons: Icons, scale: float
) -> None:
    """Paint two sheets and the number of photos, as on paper."""
    badge = stack_badge(tile, row, theme)
    if not badge.isValid() or not isinstance(row, PhotoItem):
        return
    paper = theme.color("page")
    paper.setAlpha(225)
    paint.rounded(painter, badge, scaled(_HEIGHT) / 2, paper)
    paint.ring(painter, badge, scaled(_HEIGHT) / 2, theme.color("hairline"), 1)
    sign = QRect(badge.left() + 6, badge.top(), _ICON, badge.height())
    paint.centred(painter, sign, icons.pixmap("layers-2", "text", _ICON, scale))
    painter.setFont(_font(theme))
    words = badge.adjusted(6 + _ICON, 0, -4, 0)
    paint.elided(painter, words, str(row.stack + 1), theme.color("text"))


def _font(theme: Theme) -> QFont:
    return theme.font(11, QFont.Weight.DemiBold)
