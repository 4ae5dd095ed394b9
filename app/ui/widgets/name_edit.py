"""NameEdit: a field for a person's name that completes the names in use."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.texts import Texts
from app.ui.widgets.name_offers import NameOffers

tr = Texts("widgets")

_LEAST_WIDTH = 280
_GAP = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 6,
    Qt.Key.Key_PageUp: -6,
}


class NameEdit(QLineEdit):
    """A line for a name, with the names that complete it in a list below.

    Enter takes the marked line of the list: the first name that begins with what was typed, or
    what was typed itself, which is always the last line unless somebody has just that name. The
    arrow keys move the mark. What the line held before anything was typed is not offered.
    """

    chosen = Signal(str)
    """By Enter, or by a click in the list."""
    left_empty = Signal()
    """Enter, with nothing typed."""

    def __init__(
        self,
        names: QStringListModel,
        parent: QWidget | None = None,
        *,
        offers: NameOffers | None = None,
    ) -> None:
        """`offers` is a list that stands somewhere; without one, a list pops up when needed."""
        super().__init__(parent)
        self.setMaxLength(100)
        self.setPlaceholderText(tr("Name"))
        self.setAccessibleName(tr("Name of this person"))
        self._own = ""
        self._pops_up = offers is None
        self.offers = NameOffers(names, self) if offers is None else offers
        if self._pops_up:
            # Of a kind that no window manager touches and that leaves the focus where it is.
            self.offers.setWindowFlags(
                Qt.WindowType.ToolTip
                | Qt.WindowType.FramelessWindowHint
                | Qt.WindowType.WindowDoesNotAcceptFocus
            )
            self.offers.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.offers.hide()
        self.offers.picked.connect(self._take)
        self.textEdited.connect(self._offer)

    def setText(self, text: str | None) -> None:
        self._own = (text or "").strip()
        super().setText(text)

    def begin_with(self, letters: str) -> None:
        """Go on from these letters as if they had been typed."""
        super().setText(letters)
        self.setModified(True)
        self.setCursorPosition(len(letters))
        self._offer(letters)

    def take(self) -> None:
        """Choose what Enter chooses."""
        self._take()

    def settle(self) -> bool:
        """Have in the line what Enter would choose, and choose nothing yet; whether that is a line
        of the list."""
        offer = self.offers.current() if self.offers.isVisible() else None
        if offer is not None:
            super().setText(offer.name)
            self.setModified(True)
        self._put_away()
        return offer is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ENTER:
            event.accept()  # a QLineEdit would hand it on, and the grid would open it again
            if not event.isAutoRepeat():
                self._take()
        elif key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.offers.isVisible():
                self.offers.step(_STEPS[key])
            elif key == Qt.Key.Key_Down:
                self._offer(self.text() if self.isModified() else "")
                self.offers.step(1)
            event.accept()
        else:
            if key == Qt.Key.Key_Escape:
                self._put_away()
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._put_away()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._put_away()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        return super().eventFilter(watched, event)

    def _take(self, place: int | None = None) -> None:
        if place is not None:
            self.offers.setCurrentIndex(self.offers.offers.index(place, 0))
        chosen = self.settle()
        name = " ".join(self.text().split())
        if name and (chosen or self.offers.takes_new):
            self.chosen.emit(name)
        elif not name:
            self.left_empty.emit()

    def _offer(self, typed: str) -> None:
        self.offers.show_offers(typed, self._own)
        if not self._pops_up:
            return
        # A list that holds nothing but what was typed helps nobody.
        if any(not offer.is_new for offer in self.offers.offers.offers):
            if not self.offers.isVisible():
                self.window().installEventFilter(self)
            self._place(show=True)
        else:
            self._put_away()

    def _place(self, show: bool = False) -> None:
        if not self._pops_up or not (show or self.offers.isVisible()):
            return
        size = QSize(max(self.width(), _LEAST_WIDTH), self.offers.wanted_height())
        line = QRect(self.mapToGlobal(QPoint()), self.size())
        screen = self.screen().availableGeometry()
        window = self.window().geometry().adjusted(_GAP, 0, -_GAP, 0)
        self.offers.setGeometry(_beside(line, size, window.intersected(screen), screen.bottom()))
        self.offers.show()

    def _put_away(self) -> None:
        if self._pops_up and self.offers.isVisible():
            self.window().removeEventFilter(self)
            self.offers.hide()


def _beside(line: QRect, size: QSize, room: QRect, bottom: int) -> QRect:
    """Where a list of this size goes: below the line, or to its side where that is too low, since
    above the line is the face that is named."""
    list_ = QRect(QPoint(), size)
    if line.bottom() + _GAP + size.height() <= bottom:
        list_.moveTop(line.bottom() + 1 + _GAP)
        list_.moveLeft(line.center().x() - size.width() // 2)
    else:
        list_.moveBottom(line.bottom())
        list_.moveLeft(line.right() + 1 + _GAP)
        if list_.right() > room.right():
            list_.moveRight(line.left() - 1 - _GAP)
    list_.moveLeft(max(room.left(), min(list_.left(), room.right() - size.width())))
    return list_
