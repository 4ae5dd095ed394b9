"""Number boxes: numbers typed with their unit; what cannot be is said, not swallowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from app.settings import Option, Value
from app.ui.settings import wording

_LARGEST = 999_999_999
_State = QValidator.State
_Found = tuple[QValidator.State, str, int]


class Whole(QSpinBox):
    """A whole number. Scrolling over it scrolls the dialog, and changes nothing."""

    refused = Signal(str)
    """A number that was typed and cannot be."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def validate(self, text: str, place: int) -> _Found:
        return _patiently(super().validate(text, place), text, place, partial(_bare, self))

    def fixup(self, text: str) -> str:
        """It was left, or Enter pressed, with what cannot be."""
        self.refused.emit(_bare(self, text))
        return f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"


class Broken(QDoubleSpinBox):
    """As a whole one, with decimals."""

    refused = Signal(str)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def validate(self, text: str, place: int) -> _Found:
        return _patiently(super().validate(text, place), text, place, partial(_bare, self))

    def fixup(self, text: str) -> str:
        """It was left, or Enter pressed, with what cannot be."""
        self.refused.emit(_bare(self, text))
        return f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"


def _bare(box: Whole | Broken, text: str) -> str:
    """The number alone, without what stands around it."""
    return text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()


def make_box(option: Option) -> Whole | Broken:
    """A box for the numbers that an option may be."""
    if option.kind is int:
        whole = Whole()
        whole.setRange(int(option.least), int(min(option.most, _LARGEST)))
        box: Whole | Broken = whole
    else:
        broken, is_share = Broken(), option.most <= 1
        broken.setDecimals(2 if is_share else 1)
        broken.setSingleStep(0.05 if is_share else 1)
        broken.setRange(option.least, min(option.most, _LARGEST))
        box = broken
    box.setObjectName("Number")
    box.setGroupSeparatorShown(True)
    box.lineEdit().setTextMargins(8, 0, 8, 0)
    return box


def value_in(box: Whole | Broken) -> Value:
    """What is in a box."""
    return box.value() if isinstance(box, Whole) else round(float(box.value()), 2)


def put_in(box: Whole | Broken, option: Option, value: Value) -> None:
    """Show a number, which is no wish of the user's."""
    with QSignalBlocker(box):
        if isinstance(box, Whole):
            box.setValue(int(value))
        else:
            box.setValue(float(value))
    say_unit(box, option)


def say_unit(box: Whole | Broken, option: Option) -> None:
    """Let the unit be that of the number: 1 photo, 2 photos."""
    told = wording.unit(option, box.value())
    if told != box.suffix():
        with QSignalBlocker(box):
            box.setSuffix(told)


def _patiently(found: _Found, text: str, place: int, bare: Callable[[str], str]) -> _Found:
    """Let a number be typed that is too large, so that it can be said that it is."""
    state = found[0]
    typed = bare(text)
    is_number = typed.lstrip("-").replace(".", "").replace(",", "").isdigit()
    if state is _State.Invalid and is_number and len(typed) < 12:
        state = _State.Intermediate
    return state, text, place
