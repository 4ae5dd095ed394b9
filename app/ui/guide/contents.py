"""Contents: the pages of the guide at its side, or those on which something was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.guide.book import Found, GuidePage
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.widgets import paint
from app.ui.widgets.grid_model import AnyIndex

tr = Texts("guide")

_KEY = Qt.ItemDataRole.UserRole
_EXCERPT = Qt.ItemDataRole.UserRole + 1
_LINE = 32
_BAR = 16
_PAD = 10
_WRAP = int(Qt.TextFlag.TextWordWrap)


class Contents(QListWidget):
    """A list of pages; the marked one is open beside it."""

    wanted = Signal(str)
    """The page of this name is to be opened."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("Pages of the guide"))
        self.setItemDelegate(_Delegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._tell)
        self.itemClicked.connect(self._tell)  # also the marked one, after a link led elsewhere

    def show_pages(self, pages: Sequence[GuidePage]) -> None:
        """List all pages."""
        self._fill([(page.key, page.title, "") for page in pages])

    def show_found(self, found: Sequence[Found]) -> None:
        """List the pages on which something was found."""
        self._fill([(one.page.key, one.page.title, one.excerpt) for one in found])

    def mark(self, key: str) -> None:
        """Show which page is open, if it is listed."""
        self.blockSignals(True)
        for place in range(self.count()):
            if self.item(place).data(_KEY) == key:
                self.setCurrentRow(place)
                self.scrollToItem(self.item(place))
                break
        else:
            self.setCurrentRow(-1)
        self.blockSignals(False)

    def keys(self) -> list[str]:
        """The names of the pages that are listed."""
        return [self.item(place).data(_KEY) for place in range(self.count())]

    def _fill(self, lines: Sequence[tuple[str, str, str]]) -> None:
        self.blockSignals(True)
        self.clear()
        for key, title, excerpt in lines:
            item = QListWidgetItem(title)
            item.setData(_KEY, key)
            item.setData(_EXCERPT, excerpt)
            if excerpt:
                item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, excerpt)
            self.addItem(item)
        self.blockSignals(False)

    def _tell(self, item: QListWidgetItem | None, _: object = None) -> None:
        if item is not None:
            self.wanted.emit(item.data(_KEY))


class _Delegate(QStyledItemDelegate):
    """A title, and what was found in smaller type below it."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        view = self.parent()
        assert isinstance(view, QListWidget)
        width = max(80, view.width() - _BAR)  # whether a bar is beside it or not
        told = self._laid(index, width)
        return QSize(width, max(_LINE, sum(one.height() for one in told) + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, state = self._theme, option.state
        row = option.rect.adjusted(2, 1, -2, -1)
        is_open = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_open or state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, row, 8, theme.color("selection" if is_open else "hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            paint.ring(painter, row, 8, theme.color("accent"), 2)
        title, excerpt = self._laid(index, self.sizeHint(option, index).width())
        top = option.rect.y() + (option.rect.height() - title.height() - excerpt.height()) // 2
        painter.setFont(self._font(is_open or not excerpt.isEmpty()))
        painter.setPen(theme.color("accent" if is_open else "text"))
        place = title.translated(option.rect.x() + _PAD, top)
        painter.drawText(place, self._flags(option), index.data())
        if not excerpt.isEmpty():
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("secondary"))
            place = excerpt.translated(option.rect.x() + _PAD, top + title.height() + 2)
            painter.drawText(place, self._flags(option), index.data(_EXCERPT))
        painter.restore()

    def _flags(self, option: QStyleOptionViewItem) -> int:
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        return int(side) | _WRAP

    def _font(self, is_bold: bool) -> QFont:
        weight = QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal
        return self._theme.font(13, weight)

    def _laid(self, index: AnyIndex, width: int) -> tuple[QRect, QRect]:
        """How much room the title and the excerpt take, from (0, 0)."""
        room = QRect(0, 0, width - 2 * _PAD, 1000)
        bold = QFontMetrics(self._font(True))
        title = bold.boundingRect(room, _WRAP, index.data())
        title.setWidth(room.width())
        excerpt = index.data(_EXCERPT)
        if not excerpt:
            return title, QRect()
        small = QFontMetrics(self._theme.font(12)).boundingRect(room, _WRAP, excerpt)
        small.setWidth(room.width())
        return title, small
