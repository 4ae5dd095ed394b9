"""Own fields: one option of a collection each, which may be as the library has it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSignalBlocker, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.settings import Option, Value
from app.ui.scale import scaled
from app.ui.settings import wording
from app.ui.settings.frame import Frame
from app.ui.settings.number_boxes import make_box, put_in, say_unit, value_in
from app.ui.settings.wording import tr

_PAUSE = 600
"""Milliseconds after the last digit, after which a number is taken as meant."""
_WIDTH = 210
_HIGH = 32


class OwnField(Frame):
    """An option with what the library has, and what the collection may have instead; `changed`
    tells the value, or None to follow the library."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.default.hide()  # what it is without a value of its own says the choice
        self.choice = _Choice()
        self.choice.setMinimumSize(scaled(_WIDTH), scaled(_HIGH))
        self.choice.setMaximumWidth(scaled(2 * _WIDTH))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setAccessibleName(self.heading.text())
        self.choice.setAccessibleDescription(self.sentence.text())
        self.heading.setBuddy(self.choice)
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(self._choose)
        self.column.setSpacing(6)
        self.column.addWidget(self.choice)
        self._finish(self.column)

    def show_value(self, library: Value, own: Value | None) -> None:
        """Show what the library has, and the collection; None where it follows the library."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            told = wording.amount(self.option, library)
            self.choice.addItem(tr("As the library ({0})").format(told), None)
            self._offer()
            self._show(library, own)
        self.choice.setToolTip(self.choice.currentText())

    def _reset_words(self) -> str:
        return tr("As the library")

    def _finish(self, column: QVBoxLayout) -> None:
        """Add what else there is to be seen."""

    def _offer(self) -> None:
        """Offer what the collection may have instead."""
        for value in self.option.choices:
            self.choice.addItem(wording.choice(self.option, value)[0], value)

    def _show(self, library: Value, own: Value | None) -> None:  # noqa: ARG002
        self.choice.setCurrentIndex(0 if own is None else self.choice.findData(own))

    def _choose(self, place: int) -> None:
        self.changed.emit(self.option.name, self.choice.itemData(place))


class _Typed(OwnField):
    """An option that is typed in: the second choice is what is in the box below."""

    box: QWidget

    def _dress_box(self, column: QVBoxLayout) -> None:
        self.box.setMaximumWidth(scaled(_WIDTH))
        self.box.setMinimumHeight(scaled(_HIGH))
        self.box.setAccessibleName(wording.title(self.option))
        self.box.setAccessibleDescription(wording.sentence(self.option))
        self.box.hide()
        column.addWidget(self.box)

    def _offer(self) -> None:
        self.choice.addItem(tr("Its own"), True)

    def _show(self, library: Value, own: Value | None) -> None:
        self.choice.setCurrentIndex(0 if own is None else 1)
        self.box.setVisible(own is not None)
        self._fill(library if own is None else own)

    def _choose(self, place: int) -> None:
        self.box.setVisible(place == 1)
        self._begin(is_own=place == 1)
        self.changed.emit(self.option.name, self._typed() if place == 1 else None)
        if place == 1:
            self.box.setFocus()

    def _begin(self, is_own: bool) -> None:
        """The choice was made."""

    def _fill(self, value: Value) -> None:
        raise NotImplementedError

    def _typed(self) -> Value:
        raise NotImplementedError


class OwnNumber(_Typed):
    """A number."""

    def _finish(self, column: QVBoxLayout) -> None:
        self.number = make_box(self.option)
        self.box = self.number
        self.number.refused.connect(self._refuse)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._take)
        self._value: Value | None = None
        self.number.valueChanged.connect(self._wait)
        self._say_unit()
        self.number.editingFinished.connect(self._take)
        self._dress_box(column)

    def _fill(self, value: Value) -> None:
        self._value = value
        if not self._timer.isActive():
            put_in(self.number, self.option, value)

    def _begin(self, is_own: bool) -> None:
        self._timer.stop()
        self._value = self._typed() if is_own else None

    def _typed(self) -> Value:
        return value_in(self.number)

    def _wait(self, _: float) -> None:
        if self._typed() != self._value:  # else it was refused, and is what it was
            self.complain("")
        self._say_unit()
        self._timer.start()

    def _refuse(self, typed: str) -> None:
        self._timer.stop()  # the beginning of a number is no wish
        if self._value is not None:
            put_in(self.number, self.option, self._value)
        told, domain = tr("{0} is not possible.").format(typed), wording.domain(self.option)
        self.complain(tr("{0} {1}").format(told, domain) if typed else domain)

    def _say_unit(self) -> None:
        say_unit(self.number, self.option)

    def _take(self) -> None:
        self._timer.stop()
        value = self._typed()
        if self.choice.currentIndex() == 1 and value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)


class OwnText(_Typed):
    """A text."""

    def _finish(self, column: QVBoxLayout) -> None:
        self.line = QLineEdit()
        self.box = self.line
        self._value = ""
        self.line.editingFinished.connect(self._take)
        self._dress_box(column)

    def _fill(self, value: Value) -> None:
        self._value = str(value)
        if not self.line.hasFocus():
            self.line.setText(self._value)

    def _typed(self) -> Value:
        return self.line.text().strip()

    def _take(self) -> None:
        value = self.line.text().strip()
        if self.choice.currentIndex() == 1 and value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)


class _Choice(QComboBox):
    """Scrolling over it scrolls the dialog, and changes nothing. Its arrow is painted here: the
    stylesheet knows only pictures of arrows, in one colour."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(QPen(self.palette().color(group, QPalette.ColorRole.Text), 1.5))
        x, y = self.width() - 18, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])


def make_own_field(option: Option) -> OwnField:
    """The field for an option of a collection."""
    if option.choices:
        return OwnField(option)
    return OwnText(option) if option.kind is str else OwnNumber(option)
