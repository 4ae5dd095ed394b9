"""How a photo and a face crop look in a grid."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.library.rows import FaceRow, PhotoItem
from app.ui.desk import Desk
from app.ui.photos.badges import film_words, paint_film
from app.ui.photos.model import CAPTION_ROLE, COUNT_ROLE, MARK_ROLE, Mark
from app.ui.photos.stack_badge import paint_stack_badge
from app.ui.pictures import PictureKey
from app.ui.scale import scaled
from app.ui.widgets import paint
from app.ui.widgets.grid_layout import Shape
from app.ui.widgets.grid_model import AnyIndex

_RADIUS = 6.0
_INSET = 8
_BADGE = 20
_State = QStyle.StateFlag


def tile_shape(side: int) -> Shape:
    """The measures of a grid of square tiles of about this side."""
    return Shape(
        cell_width=side,
        cell_height=side,
        gap_x=6,
        gap_y=6,
        header_height=scaled(40),
        section_gap=20,
        margin=32,
        stretch=True,
    )


class TileDelegate(QStyledItemDelegate):
    """Paints square tiles that are all picture; a quiet colour until it is here."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        theme, state = self._desk.theme, option.state
        if isinstance(row, PhotoItem):
            key, quiet = PictureKey.of_photo(row), _quiet(row.colour, theme.tokens.is_dark)
        elif isinstance(row, FaceRow):
            key, quiet = PictureKey.of_face(row), theme.color("hairline")
        else:
            return
        tile: QRect = option.rect
        if state & _State.State_Selected:
            paint.rounded(painter, tile, _RADIUS, theme.color("selection"))
            tile = tile.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        scale = painter.device().devicePixelRatioF()
        # A photo without a fingerprint is on its way from the library.
        pixmap = None
        if key.fingerprint:
            pixmap = self._desk.pictures.tile(key, tile.size(), _RADIUS, scale)
        if pixmap is not None:
            painter.drawPixmap(tile.topLeft(), pixmap)
        else:
            paint.rounded(painter, tile, _RADIUS, quiet)
            if self._desk.pictures.is_missing(key):
                icon = self._desk.icons.pixmap("image-off", "secondary", 20, scale)
                paint.centred(painter, tile, icon)
        self._paint_signs(painter, tile, index, scale)
        paint_stack_badge(painter, tile, row, theme, self._desk.icons, scale)
        below = 0
        if film := film_words(row):
            below = paint_film(painter, tile, film, theme).height() + 4
        if state & (_State.State_MouseOver | _State.State_Selected | _State.State_HasFocus):
            self._paint_count(painter, tile, index, below)
        if state & _State.State_MouseOver and not state & _State.State_Selected:
            paint.ring(painter, tile, _RADIUS, QColor(128, 128, 128, 90), 1)
        if state & _State.State_HasFocus:
            paint.keyboard(painter, option.rect, _RADIUS, theme)
        elif state & _State.State_Selected:
            paint.ring(painter, option.rect, _RADIUS, theme.color("accent"), 1)

    def _paint_signs(self, painter: QPainter, tile: QRect, index: AnyIndex, scale: float) -> None:
        """An age in one corner, a sign in the other."""
        caption, mark = index.data(CAPTION_ROLE), index.data(MARK_ROLE)
        low = tile.bottom() - 4 - scaled(_BADGE)
        if isinstance(caption, str) and caption:
            badge = QRect(tile.left() + 5, low, self._width_of(caption), scaled(_BADGE))
            self._paint_words(painter, paint.turned(painter, tile, badge), caption)
        if mark in tuple(Mark):
            badge = QRect(tile.right() - 4 - scaled(_BADGE), low, scaled(_BADGE), scaled(_BADGE))
            badge = paint.turned(painter, tile, badge)
            self._paint_paper(painter, badge)
            icon = self._desk.icons.pixmap(Mark(mark).value, "text", 14, scale)
            paint.centred(painter, badge, icon)

    def _paint_count(self, painter: QPainter, tile: QRect, index: AnyIndex, below: int) -> None:
        """How many files a photo has, at the upper edge, `below` what is there already."""
        count = index.data(COUNT_ROLE)
        if isinstance(count, str) and count:
            width = self._width_of(count) + 6
            badge = QRect(tile.right() - 4 - width, tile.top() + 5 + below, width, scaled(_BADGE))
            self._paint_words(painter, paint.turned(painter, tile, badge), count)

    def _width_of(self, text: str) -> int:
        return max(scaled(_BADGE), QFontMetrics(self._small()).horizontalAdvance(text) + 10)

    def _small(self) -> QFont:
        return self._desk.theme.font(11, QFont.Weight.DemiBold)

    def _paint_words(self, painter: QPainter, badge: QRect, text: str) -> None:
        self._paint_paper(painter, badge)
        painter.setFont(self._small())
        paint.elided(painter, badge, text, self._desk.theme.color("text"))

    def _paint_paper(self, painter: QPainter, badge: QRect) -> None:
        theme = self._desk.theme
        paper = theme.color("page")
        paper.setAlpha(225)
        paint.rounded(painter, badge, scaled(_BADGE) / 2, paper)
        paint.ring(painter, badge, scaled(_BADGE) / 2, theme.color("hairline"), 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return option.rect.size()


def _quiet(colour: int, is_dark: bool) -> QColor:
    """A photo's dominant colour, calmed to sit well on the page."""
    full, paper = QColor(colour), QColor("#333338" if is_dark else "#E7E4DF")
    share = 0.55
    return QColor(
        round(full.red() * share + paper.red() * (1 - share)),
        round(full.green() * share + paper.green() * (1 - share)),
        round(full.blue() * share + paper.blue() * (1 - share)),
    )
