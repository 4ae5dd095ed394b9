"""The section titles of a grid: painted, folded by a click, and walked to from the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QStyle

from app.ui import words
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.grid_model import GridModel, Section

if TYPE_CHECKING:
    from app.ui.widgets.grid import SectionedGrid

tr = Texts("widgets")

_GAP = 8
_CHEVRON = 14
_keys = Qt.Key


class Titles:
    """Speaks for the titles of one grid. Those with a key can be folded."""

    def __init__(self, grid: SectionedGrid) -> None:
        self._grid = grid
        self._font = QFont()
        self._color = QColor()
        self._hovered = -1
        self.current = ""
        """The key of the title on which the keyboard is; "" while it is on an item."""

    def set_look(self, font: QFont, color: QColor) -> None:
        """The type and colour of the titles."""
        self._font, self._color = font, color

    # -- the mouse -------------------------------------------------------------------------

    def at(self, point: QPoint) -> int:
        """The section whose title, if it can be folded, is under a point; else -1."""
        section = self._grid.plan().header_at(point.y() + self._grid.verticalOffset())
        if section < 0 or not self._sections()[section].key:
            return -1
        return section if self._pill(section).contains(point) else -1

    def hover(self, point: QPoint | None) -> None:
        """The pointer is here now; None where it has left."""
        under = -1 if point is None else self.at(point)
        if under != self._hovered:
            self._hovered = under
            self._grid.viewport().update()

    def click(self, point: QPoint) -> bool:
        """Fold or unfold what is under a point; whether there was something."""
        section = self.at(point)
        if section >= 0:
            self.toggle(self._sections()[section])
        return section >= 0

    # -- the keyboard ----------------------------------------------------------------------

    def toggle(self, section: Section) -> None:
        """Fold or unfold a section."""
        self.fold(section.key, not section.is_folded)

    def fold(self, key: str, folded: bool) -> None:
        """Fold or unfold the section of this key; the keyboard goes on from its title."""
        model = self._model()
        if model is None or model.is_folded(key) == folded:
            return
        model.fold(key, folded)
        self._grid.doItemsLayout()  # now, not when the events are worked off
        self._go(key)

    def of_current(self) -> str:
        """The key of the section in which the keyboard is; "" for none that can be folded."""
        index = self._grid.currentIndex()
        if self.current or not index.isValid():
            return self.current
        section = self._grid.plan().section_of(index.row())
        return self._sections()[section].key

    def leave(self) -> None:
        """The keyboard is on an item again."""
        if self.current:
            self.current = ""
            self._grid.viewport().update()

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for a title."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        place = self._place_of(self.current)
        if place < 0:
            return self._come(_keys(event.key()))
        return self._walk(_keys(event.key()), place)

    def _come(self, key: _keys) -> bool:
        """From an item to the title above it, or to a folded one below."""
        if key not in (_keys.Key_Up, _keys.Key_Down):
            return False
        plan, index, sections = self._grid.plan(), self._grid.currentIndex(), self._sections()
        if not index.isValid():
            wanted = (
                next((n for n, s in enumerate(sections) if s.key), -1) if not plan.count else -1
            )
        else:
            section = plan.section_of(index.row())
            is_up = key == _keys.Key_Up
            moved = plan.above(index.row()) if is_up else plan.below(index.row())
            leaves = moved == index.row() or plan.section_of(moved) != section
            wanted = section if is_up and leaves else -1
            if not is_up and leaves and section + 1 < len(sections):
                wanted = section + 1 if sections[section + 1].is_folded else -1
        if wanted < 0 or not sections[wanted].key:
            return False
        self._go(sections[wanted].key)
        return True

    def _walk(self, key: _keys, place: int) -> bool:
        """From the title at `place` to wherever the key leads."""
        sections, plan = self._sections(), self._grid.plan()
        section = sections[place]
        if self._grid.isRightToLeft():  # forward is where the lines go on
            key = {_keys.Key_Left: _keys.Key_Right, _keys.Key_Right: _keys.Key_Left}.get(key, key)
        if key in (_keys.Key_Return, _keys.Key_Enter, _keys.Key_Space):
            self.toggle(section)
        elif key == _keys.Key_Left:
            self.fold(section.key, True)
        elif key == _keys.Key_Right and section.is_folded:
            self.fold(section.key, False)
        elif key in (_keys.Key_Down, _keys.Key_Right) and section.count:
            self._enter(plan.first_of(place))
        elif key == _keys.Key_Down and place + 1 < len(sections):
            self._go(sections[place + 1].key)
        elif key == _keys.Key_Up and place > 0:
            above = sections[place - 1]
            if above.count:
                self._enter(plan.first_of(place) - 1)
            else:
                self._go(above.key)
        elif key not in (_keys.Key_Up, _keys.Key_Down, _keys.Key_Right):
            self.leave()
            return False
        return True

    def _go(self, key: str) -> None:
        self.current = key
        place = self._place_of(key)
        if place < 0:
            return
        band = self._grid.plan().header(place, self._grid.width())
        self._grid.show_band(band.y, band.y + band.h)
        self._grid.viewport().update()
        section = self._sections()[place]
        said = tr("{0}, {1}, collapsed") if section.is_folded else "{0}, {1}"
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        event = QAccessibleAnnouncementEvent(
            self._grid, said.format(section.title, section.total or section.count)
        )
        QAccessible.updateAccessibility(event)

    def _enter(self, item: int) -> None:
        self.leave()
        self._grid.setCurrentIndex(self._grid.model().index(item, 0))

    def _place_of(self, key: str) -> int:
        places = (n for n, section in enumerate(self._sections()) if section.key == key)
        return next(places, -1) if key else -1

    def _model(self) -> GridModel[object] | None:
        model = self._grid.model()
        return model if isinstance(model, GridModel) else None

    def _sections(self) -> list[Section]:
        model = self._model()
        return list(model.sections) if model is not None else []

    # -- painting --------------------------------------------------------------------------

    def paint(self, painter: QPainter, top: int, bottom: int) -> None:
        """Paint the titles between two heights of the content."""
        sections = self._sections()
        for place in self._grid.plan().sections_between(top, bottom):
            if sections[place].title:
                self._paint_one(painter, place, sections[place])

    def _paint_one(self, painter: QPainter, place: int, section: Section) -> None:
        band = self._band(place)
        palette = self._grid.palette()
        has_keyboard = bool(section.key) and section.key == self.current and self._grid.hasFocus()
        if section.key and place == self._hovered:
            paint.rounded(painter, self._pill(place), 8, palette.color(QPalette.ColorRole.Button))
        if has_keyboard:
            accent = palette.color(QPalette.ColorRole.Accent)
            paint.ring(painter, self._pill(place), 8, accent)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._font)
        painter.setPen(self._color)
        painter.drawText(band, int(flags), section.title)
        x = band.x() + QFontMetrics(self._font).horizontalAdvance(section.title) + _GAP
        if section.total:
            font = self._light()
            number = self._number(section)
            painter.setFont(font)
            place_of = paint.turned(painter, band, band.adjusted(x - band.x(), 0, 0, 0))
            painter.drawText(place_of, int(flags), number)
            x += QFontMetrics(font).horizontalAdvance(number) + _GAP
        if section.key:
            sign = QRect(x, band.y(), _CHEVRON, band.height())
            self._paint_chevron(painter, paint.turned(painter, band, sign).center(), section)

    def _paint_chevron(self, painter: QPainter, middle: QPoint, section: Section) -> None:
        painter.setPen(QPen(self._color, 1.75, c=Qt.PenCapStyle.RoundCap))
        x, y = float(middle.x()), float(middle.y() + 1)
        points = (
            [(-4, -2), (0, 2), (4, -2)] if not section.is_folded else [(-2, -4), (2, 0), (-2, 4)]
        )
        if self._grid.isRightToLeft():
            points = [(-dx, dy) for dx, dy in points]
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])

    def _band(self, place: int) -> QRect:
        band = self._grid.plan().header(place, self._grid.width())
        return QRect(band.x, band.y - self._grid.verticalOffset(), band.w, band.h)

    def _pill(self, place: int) -> QRect:
        """What is clicked and framed: the words of a title with room around them."""
        band, section = self._band(place), self._sections()[place]
        width = QFontMetrics(self._font).horizontalAdvance(section.title) + _GAP + _CHEVRON
        if section.total:
            width += QFontMetrics(self._light()).horizontalAdvance(self._number(section)) + _GAP
        pill = QRect(band.x() - _GAP, band.y() + 4, width + 2 * _GAP, band.height() - 8)
        return QStyle.visualRect(self._grid.layoutDirection(), band, pill)

    def _light(self) -> QFont:
        font = QFont(self._font)
        font.setWeight(QFont.Weight.Normal)
        return font

    @staticmethod
    def _number(section: Section) -> str:
        return words.number(section.total)
