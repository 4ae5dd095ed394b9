"""A chip: one condition of the search, in the search field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QStyle, QWidget

from app.ui.desk import Desk
from app.ui.scale import scaled
from app.ui.widgets.paint import ring, rounded, turned

_HEIGHT = 28
_PICTURE = 20
_CROSS = 12
_GAP = 5
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Look:
    """What a chip shows."""

    text: str
    word: str = ""
    """How it is meant, before the text."""
    is_against: bool = False
    """Whether it keeps photos out: its text is struck through as well."""
    is_off: bool = False
    """Whether it is offered, and not in force."""
    can_be_removed: bool = True


class Chip(QAbstractButton):
    """Is clicked to change it; its cross, Delete or Backspace takes it away."""

    removed = Signal()
    moved = Signal(int)
    """The keyboard goes so many chips on; to the line, far enough to the right."""
    typed = Signal(str)
    escaped = Signal()

    def __init__(
        self, desk: Desk, fill_menu: Callable[[QMenu], None] | None, parent: QWidget | None = None
    ) -> None:
        """Without a menu, a click is only told."""
        super().__init__(parent)
        self._desk = desk
        self._look = Look("")
        self._fill_menu = fill_menu
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(scaled(_HEIGHT))
        if fill_menu is not None:
            self.clicked.connect(self.open_menu)

    def show_look(self, look: Look, icon: QIcon) -> None:
        """Show this."""
        self._look = look
        self.setIcon(icon)
        self.setText(look.text)
        spoken = f"{look.word} {look.text}".strip()
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setFixedWidth(self._width())
        self.update()

    def open_menu(self) -> None:
        """What can be done with it."""
        if self._fill_menu is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def sizeHint(self) -> QSize:
        return QSize(self._width(), scaled(_HEIGHT))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._look.can_be_removed and self._cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        on = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Left: -on, Qt.Key.Key_Right: on,
            Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99,
        }  # fmt: skip
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in steps:
            self.moved.emit(steps[Qt.Key(key)])
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        look, theme, box = self._look, self._desk.theme, self.rect()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = "hover" if look.is_against else "selection"
        if not look.is_off or self.underMouse():
            rounded(painter, box, 8, theme.color("hover" if look.is_off else base))
        if look.is_off:
            ring(painter, box, 8, theme.color("hairline"), 1)
        if self.hasFocus():
            ring(painter, box, 8, theme.color("accent"))
        left = 4
        if not self.icon().isNull():
            place = QRect(left, (scaled(_HEIGHT) - _PICTURE) // 2, _PICTURE, _PICTURE)
            self.icon().paint(painter, turned(painter, box, place))
            left += _PICTURE
        left += _GAP
        upright = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if look.word:
            painter.setFont(self._word_font())
            painter.setPen(theme.color("secondary"))
            width = painter.fontMetrics().horizontalAdvance(look.word)
            word = QRect(left, 0, width + 2, scaled(_HEIGHT))
            painter.drawText(turned(painter, box, word), upright, look.word)
            left += width + _GAP
        painter.setFont(self._text_font())
        quiet = look.is_off or look.is_against
        painter.setPen(theme.color("secondary" if quiet else "accent"))
        room = QRect(left, 0, self._text_width() + 2, scaled(_HEIGHT))
        painter.drawText(turned(painter, box, room), upright, self._text_shown())
        if look.can_be_removed:
            icon = self._desk.icons.icon("x", "secondary" if quiet else "accent", _CROSS)
            place = self._cross()
            place = QRect(0, 0, _CROSS, _CROSS).translated(
                place.center() - QPoint(_CROSS // 2, _CROSS // 2)
            )
            icon.paint(painter, place)

    def _cross(self) -> QRect:
        """Where a click takes the chip away."""
        side = _CROSS + 10
        place = QRect(self.width() - side, 0, side, scaled(_HEIGHT))
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _width(self) -> int:
        width = 4 + _GAP + self._text_width() + _GAP
        width += 0 if self.icon().isNull() else _PICTURE
        if self._look.word:
            word = QFontMetrics(self._word_font()).horizontalAdvance(self._look.word)
            width += word + _GAP
        return width + (_CROSS + 8 if self._look.can_be_removed else 5)

    def _text_shown(self) -> str:
        metrics = QFontMetrics(self._text_font())
        return metrics.elidedText(self._look.text, Qt.TextElideMode.ElideRight, scaled(_LONGEST))

    def _text_width(self) -> int:
        return QFontMetrics(self._text_font()).horizontalAdvance(self._text_shown())

    def _text_font(self) -> QFont:
        font = self._desk.theme.font(13, QFont.Weight.DemiBold)
        font.setStrikeOut(self._look.is_against)
        return font

    def _word_font(self) -> QFont:
        return self._desk.theme.font(12)
