"""Fields: one for each kind of option of the declared list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QVBoxLayout

from app.settings import FOLDER, SCALE, Option, Value
from app.ui.settings import wording
from app.ui.settings.frame import Frame, label
from app.ui.settings.number_boxes import make_box, put_in, say_unit, value_in
from app.ui.settings.wording import tr

_PAUSE = 600
"""Milliseconds after the last digit, after which a number is taken as meant."""
WIDTH = 220


class Field(Frame):
    """An option of the library."""

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
        self._stop_at(str(value))

    def say(self, value: str, sentence: str) -> None:
        """Say something about a choice."""
        told = self._sentences[value]
        told.setText(sentence)
        told.setVisible(bool(sentence))
        self.buttons[value].setAccessibleDescription(sentence)

    def _add(self, value: str) -> None:
        name, sentence = wording.choice(self.option, value)
        button, told = QRadioButton(name), label("", "Choice")
        self._group.addButton(button)
        self.buttons[value], self._sentences[value] = button, told
        # Only what the user does, by mouse or by key, and not what is shown to them.
        button.clicked.connect(partial(self._choose, value))
        self._place.addWidget(button)
        self._place.addWidget(told)
        self.say(value, sentence)

    def _stop_at(self, value: str) -> None:
        """Tab stops at what is chosen, and the arrows go on from there."""
        for one, button in self.buttons.items():
            stops = Qt.FocusPolicy.StrongFocus if one == value else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stops)
        self.setFocusProxy(self.buttons[value])

    def _choose(self, value: str, *_: object) -> None:
        self._stop_at(value)
        if value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)


class NumberField(Field):
    """An option that is a number, whole or not."""

    def __init__(self, option: Option) -> None:
        super().__init__(option)
        self.box = box = make_box(option)
        box.setMinimumHeight(34)
        box.setMinimumWidth(WIDTH // 2)
        box.setMaximumWidth(WIDTH)
        box.setAccessibleName(self.heading.text())
        box.setAccessibleDescription(self.sentence.text())
        box.setSpecialValueText(wording.number(option, option.least))
        self.heading.setBuddy(box)
        self.setFocusProxy(box)
        self.column.addWidget(box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._take)
        self._value: Value = option.default
        box.valueChanged.connect(self._wait)
        box.editingFinished.connect(self._take)
        box.refused.connect(self._refuse)

    def show_value(self, value: Value) -> None:
        """Show the number, unless the user is typing another."""
        self._value = value
        if not self._timer.isActive():
            put_in(self.box, self.option, value)

    def _wait(self, _: float) -> None:
        if value_in(self.box) != self._value:  # else it was refused, and is what it was
            self.complain("")
        say_unit(self.box, self.option)
        self._timer.start()

    def _refuse(self, typed: str) -> None:
        self._timer.stop()  # the beginning of a number is no wish
        put_in(self.box, self.option, self._value)
        told = tr("{0} is not possible.").format(typed)
        domain = wording.domain(self.option)
        self.complain(tr("{0} {1}").format(told, domain) if typed else domain)

    def _take(self) -> None:
        self._timer.stop()
        value = value_in(self.box)
        if value != self._value:
            self._value = value
            self.changed.emit(self.option.name, value)


class Edit(QLineEdit):
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
        self.edit = edit = Edit()
        edit.setAccessibleName(self.heading.text())
        edit.setAccessibleDescription(self.sentence.text())
        edit.setPlaceholderText(wording.placeholder(option))
        self.heading.setBuddy(edit)
        self.setFocusProxy(edit)
        self._add_edit()
        note = label(wording.note(option), "Small")
        self.column.addWidget(note)
        note.setVisible(bool(note.text()))
        self._value: Value = option.default
        self._wanted: Value = option.default
        edit.editingFinished.connect(self._take)
        edit.abandoned.connect(self._abandon)

    def show_value(self, value: Value) -> None:
        """Show the text, unless the user is typing another, or mends one that was refused."""
        is_meant = self.edit.hasFocus() or not self.trouble.isHidden()
        is_typing = is_meant and self.edit.text() != self._value
        self._value = self._wanted = value
        if not is_typing:
            self.edit.setText(str(value))

    def _add_edit(self) -> None:
        self.column.addWidget(self.edit)

    def _take(self) -> None:
        value = self.edit.text().strip()
        if value != self._wanted:
            self._wanted = value
            self.complain("")
            self.changed.emit(self.option.name, value)

    def _abandon(self) -> None:
        self._wanted = self._value
        self.edit.setText(str(self._value))
        self.complain("")


def make_field(option: Option) -> Field:
    """The field for an option of the declared list."""
    from app.ui.settings.folder_field import FolderField
    from app.ui.settings.scale_field import ScaleField

    if option.choices:
        return ChoiceField(option)
    if option.kind is str:
        return FolderField(option) if option.form == FOLDER else TextField(option)
    return ScaleField(option) if option.form == SCALE else NumberField(option)
