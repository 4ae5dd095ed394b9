"""The message: what was done, with a way back; it hides nothing and leaves by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui.deeds import Offer
from app.ui.sayings import translated
from app.ui.scale import scaled
from app.ui.texts import Texts

tr = Texts("widgets")

_SECONDS_TO_READ = 7
_SECONDS_TO_ACT = 10
_SECONDS_MORE = 3
_MARGIN = 10
_SIDE, _HIGH, _GAP = 18, 8, 12
_BESIDE_BUTTON, _HIGH_WITH_BUTTON = 8, 6
_WIDEST = 620


class MessageBar(QWidget):
    """One sentence in a row of its own below a page, or over the upper edge of a photo.

    The newest message takes the place of an older one, without a movement.
    """

    undo_wanted = Signal()
    left = Signal()
    """It went while the keyboard was with it: whoever is below may have it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("MessageBand")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over: QWidget | None = None
        self._text = ""
        self._offer: Offer | None = None
        self._pill = QFrame()
        self._pill.setObjectName("Message")
        self._row = QHBoxLayout(self._pill)
        self._row.setSpacing(_GAP)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.undo = QPushButton(tr("Undo"))
        self.undo.setObjectName("Link")
        # A click leaves the keyboard where it is; Tab and F6 lead here.
        self.undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.undo.clicked.connect(self._take_up)
        self._row.addWidget(self.label)
        self._row.addWidget(self.undo)
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._outer.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave_unless_held)
        self.hide()

    def say(self, text: str, can_undo: bool = False) -> None:
        """Show a sentence for some seconds, with Undo if it can be taken back."""
        self._show(translated(text), Offer(tr("Undo"), self.undo_wanted.emit) if can_undo else None)

    def offer(self, text: str, offer: Offer) -> None:
        """Show a sentence with something that can be done about it."""
        self._show(translated(text), offer)

    def leave(self) -> None:
        """Go, and give the keyboard back."""
        held = self.undo.hasFocus()
        self._timer.stop()
        self.hide()
        if held:
            self.left.emit()

    def dock(self, column: QBoxLayout, place: int) -> None:
        """Stand in a column of widgets from now on."""
        shown = not self.isHidden()
        self._let_go()
        column.insertWidget(place, self)
        self._be_band(True)
        self.setVisible(shown)
        self._fit()

    def float_over(self, widget: QWidget) -> None:
        """Lie over the middle of the upper edge of a widget from now on."""
        shown = not self.isHidden()
        self._let_go()
        self._over = widget
        self.setParent(widget)
        widget.installEventFilter(self)
        self._be_band(False)
        self._fit()
        self.setVisible(shown)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._over is None:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _show(self, text: str, offer: Offer | None) -> None:
        self._text, self._offer = text, offer
        self.label.setText(text)
        self.setAccessibleName(text)
        held = self.undo.hasFocus()
        self.undo.setVisible(offer is not None)
        if offer is not None:
            self.undo.setText(offer.text)
        self._fit()
        self.show()
        if self._over is not None:
            self.raise_()
        if held and offer is None:
            self.left.emit()
        self._timer.start(1000 * (_SECONDS_TO_READ if offer is None else _SECONDS_TO_ACT))
        announce(self, text)

    def _fit(self) -> None:
        """Give the sentence as much width as it needs and there is, and then more lines."""
        if not self._text:
            return
        for part in (self.label, self.undo):
            part.ensurePolished()  # its type is that of the stylesheet only then
        has_button = self._offer is not None
        right = _BESIDE_BUTTON if has_button else _SIDE
        high = _HIGH_WITH_BUTTON if has_button else _HIGH
        self._row.setContentsMargins(_SIDE, high, right, high)
        around = self._over.width() if self._over is not None else self.width()
        button = self.undo.sizeHint().width() + _GAP if has_button else 0
        most = max(120, min(scaled(_WIDEST), around - 2 * _MARGIN - _SIDE - right - button))
        natural = self.label.fontMetrics().horizontalAdvance(self._text) + 4
        width = min(most, natural)
        self.label.setMinimumSize(0, 0)  # or it would be no lower than it has been
        self.label.setFixedSize(width, self.label.heightForWidth(width))
        # They learn of another text or button only when events are handled next.
        for layout in (self._row, self._outer):
            layout.invalidate()
            layout.activate()
        if self._over is not None:
            self.resize(self.sizeHint())
            self.move(QPoint((around - self.width()) // 2, 0))

    def _be_band(self, is_band: bool) -> None:
        """A line sets the row below a page off from what is cut there; over a photo is none."""
        self.setProperty("band", is_band)
        self.style().unpolish(self)
        self.style().polish(self)

    def _let_go(self) -> None:
        if self._over is not None:
            self._over.removeEventFilter(self)
            self._over = None

    def _leave_unless_held(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start(_SECONDS_MORE * 1000)
        else:
            self.leave()

    def _take_up(self) -> None:
        offer = self._offer
        self.leave()
        if offer is not None:
            offer.work()


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a sentence, where Qt can ask for it (6.8 and later)."""
    from PySide6 import QtGui
    from PySide6.QtGui import QAccessible

    make = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if make is not None and QAccessible.isActive():
        QAccessible.updateAccessibility(make(widget, text))
