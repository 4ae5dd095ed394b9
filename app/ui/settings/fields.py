"""Fields: one option of the declared list each, with a title, and what it may be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.settings import Option, Value
from app.ui.settings import wording

_LARGEST = 999_999_999
_PAUSE = 600
"""Milliseconds after the last digit, after which a number is taken as meant."""


class Field(QWidget):
    """One option; `changed` tells what the user wants it to be."""

    changed = Signal(str, object)
    """The name of the option, and the value."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self.heading = QLabel(wording.title(option))
        self.heading.setObjectName("Strong")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(self.heading)

    def show_value(self, value: Value) -> None:
        """Show what the option is now; this is no wish of the user's."""
        raise NotImplementedError


class ChoiceField(Field):
    """An option that is one of a few: a radio button with a sentence for each."""

    def __init__(self, option: Option, choices: Sequence[str] | None = None) -> None:
        super().__init__(option)
        self.setAccessibleName(self.heading.text())
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._sentences: dict[str, QLabel] = {}
        self._value: Value = option.default
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.column.addLayout(self._place)
        self.offer(option.choices if choices is None else choices)

    def offer(self, choices: Sequence[str]) -> None:
        """Let the user choose among these, too."""
        for value in choices:
            if value not in self.buttons:
                self._add(value)

    def show_value(self, value: Value) -> None:
        """Show what was chosen."""
        self._value = value
        self.offer([str(value)])
        self.buttons[str(value)].setChecked(True)
        self.setFocusProxy(self.buttons[str(value)])

    def say(self, value: str, sentence: str) -> None:
        """Say something about a choice."""
        label = self._sentences[value]
        label.setText(sentence)
        label.setVisible(bool(sentence))
        self.buttons[value].setAccessibleDescription(sentence)

    def _add(self, value: str) -> None:
        name, sentence = wording.choice(self.option, value)
        button, label = QRadioButton(name), QLabel()
        label.setObjectName("Choice")
        label.setWordWrap(True)
        self._group.addButton(button)
        self.buttons[value], self._sentences[value] = button, label
        # Only what the user does, by mouse or by key, and not what is shown to them.
        button.clicked.connect(partial(self._choose, value))
        self._place.addWidget(button)
        self._place.addWidget(label)
        self.say(value, sentence)

    def _choose(self, value: str, *_: object) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)


class NumberField(Field):
    """An option that is a whole number."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.box = box = QSpinBox()
        box.setRange(int(option.least), int(min(option.most, _LARGEST)))
        box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        box.setMinimumHeight(34)
        box.setMaximumWidth(220)
        box.setAccessibleName(self.heading.text())
        box.setAccessibleDescription(option.sentence)
        box.setSpecialValueText(wording.number(option, option.least))
        self.heading.setBuddy(box)
        self.setFocusProxy(box)
        self.column.setSpacing(6)
        self.column.addWidget(box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._take)
        self._value: Value = option.default
        box.valueChanged.connect(self._timer.start)
        box.editingFinished.connect(self._take)

    def show_value(self, value: Value) -> None:
        """Show the number, unless the user is typing another."""
        self._value = value
        if not self._timer.isActive():
            with QSignalBlocker(self.box):
                self.box.setValue(int(value))

    def _take(self) -> None:
        self._timer.stop()
        value = self.box.value()
        if value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)


class _Edit(QLineEdit):
    """A line that Escape leaves as it was."""

    abandoned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        super().keyPressEvent(event)


class TextField(Field):
    """An option that is a text. It is taken when the user is done with it: half a text may well be
    something, and nothing they want."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.edit = edit = _Edit()
        edit.setAccessibleName(self.heading.text())
        edit.setAccessibleDescription(option.sentence)
        edit.setPlaceholderText(wording.placeholder(option))
        self.heading.setBuddy(edit)
        self.setFocusProxy(edit)
        self.column.setSpacing(6)
        self.column.addWidget(edit)
        note = QLabel(wording.note(option))
        note.setObjectName("Secondary")
        note.setWordWrap(True)
        note.setVisible(bool(note.text()))
        self.column.addWidget(note)
        self._value: Value = option.default
        self._wanted: Value = option.default
        edit.editingFinished.connect(self._take)
        edit.abandoned.connect(self._abandon)

    def show_value(self, value: Value) -> None:
        """Show the text, unless the user is typing another, or mends one that was refused."""
        is_typing = self.edit.hasFocus() and self.edit.text() != self._value
        self._value = self._wanted = value
        if not is_typing:
            self.edit.setText(str(value))

    def _take(self) -> None:
        value = self.edit.text().strip()
        if value != self._wanted:
            self._wanted = value
            self.changed.emit(self.option.name, value)

    def _abandon(self) -> None:
        self._wanted = self._value
        self.edit.setText(str(self._value))


def make_field(option: Option) -> Field:
    """The field for an option of the declared list.

    Raises ValueError for a kind of option that has none yet.
    """
    if option.choices:
        return ChoiceField(option)
    if option.kind is int:
        return NumberField(option)
    if option.kind is str:
        return TextField(option)
    raise ValueError(f"there is no field for {option.name}")
